/* Shows the events of a part, a kind and an actor, says how many they are, and fades the others on the strip. */
(() => {
  "use strict";
  for (const timeline of document.querySelectorAll(".timeline")) {
    const tools = timeline.querySelector(".timeline-tools");
    const told = tools.querySelector("output");
    const events = [...timeline.querySelectorAll(".timeline-list tbody tr")];
    const marks = timeline.querySelectorAll(".timeline-strip rect");

    const choose = () => {
      const asked = [...new FormData(tools)].filter(([, value]) => value !== "");
      events.forEach((event, place) => {
        event.hidden = !asked.every(([by, value]) => event.dataset[by].split(" ").includes(value));
        marks[place].classList.toggle("off", event.hidden);
      });
      const shown = events.filter((event) => !event.hidden).length;
      told.textContent = told.dataset.told.replace("{shown}", shown).replace("{total}", events.length);
    };

    tools.hidden = false;
    tools.addEventListener("change", choose);
    tools.addEventListener("submit", (event) => event.preventDefault());
    /* A form has its first values again only after this has been told. */
    tools.addEventListener("reset", () => setTimeout(choose));
    choose();
  }
})();
