/* Filters and sorts the board of verdicts, opens the question of a claim that an address names, and opens all for print. */
(() => {
  "use strict";
  const board = document.querySelector(".verdict-board:not(.brief)");
  const tools = board?.querySelector(".board-tools");
  const questions = [...document.querySelectorAll(".verdict-board .board-question")];

  function open() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const question = named?.closest(".board-question");
    if (question && !question.open) {
      question.open = true;
      named.scrollIntoView();
    }
  }

  /* Claims are sorted within their question, and questions by the first of theirs. */
  function arrange() {
    const { verdict, order } = Object.fromEntries(new FormData(tools));
    for (const question of questions) {
      const claims = [...question.querySelectorAll("li[data-order]")];
      for (const claim of claims) claim.hidden = verdict !== "" && claim.dataset.verdict !== verdict;
      claims.sort((one, other) => one.dataset[order] - other.dataset[order] || one.dataset.order - other.dataset.order);
      question.querySelector("ul").append(...claims);
      question.hidden = claims.every((claim) => claim.hidden);
    }
    const first = (question) => question.querySelector("li[data-order]").dataset;
    const sorted = [...questions].sort((one, other) => first(one)[order] - first(other)[order] || first(one).order - first(other).order);
    board.append(...(order === "order" ? questions : sorted));
  }

  if (tools) {
    tools.hidden = false;
    tools.addEventListener("change", arrange);
    tools.addEventListener("submit", (event) => event.preventDefault());
  }
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => questions.forEach((question) => { question.open = true; }));
  open();
})();
