/* Draws the figures of a page when they come near the viewport, in the colours of the theme. */
(() => {
  "use strict";
  const library = document.currentScript.dataset.library;
  const base = new URL(".", document.currentScript.src);
  const dark = new Map([
    ["#22262a", "#e9e7e2"], ["#5d646b", "#a8adb3"], ["#dcd9d2", "#41464c"],
    ["#efece5", "#2b3036"], ["#ffffff", "#1b1f23"],
  ]);
  const config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  let loading;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(library, base);
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${script.src} did not load`));
      document.head.append(script);
    });
    return loading;
  }

  function isDark() {
    return document.documentElement.dataset.theme === "dark";
  }

  async function draw(figure) {
    await load();
    let text = figure.querySelector(".figure-json").textContent;
    if (isDark()) dark.forEach((there, here) => { text = text.replaceAll(here, there); });
    const { data, layout } = JSON.parse(text);
    const plot = figure.querySelector(".figure-plot");
    await Plotly.react(plot, data, layout, config);
    figure.dataset.drawn = isDark() ? "dark" : "light";
  }

  const figures = [...document.querySelectorAll(".plotly-figure")];
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      near.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "600px 0px" });
  figures.forEach((figure) => near.observe(figure));
  addEventListener("beforeprint", () => figures.filter((f) => !f.dataset.drawn).forEach(draw));
  new MutationObserver(() => figures.filter((f) => f.dataset.drawn).forEach(draw))
    .observe(document.documentElement, { attributeFilter: ["data-theme"] });
})();
