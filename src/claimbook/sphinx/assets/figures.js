/* Draws the figures of a page when they come near the viewport, in the colours of the theme, moves them from day to day, and reads them mark by mark. */
(() => {
  "use strict";
  const library = document.currentScript.dataset.library;
  const base = new URL(".", document.currentScript.src);
  const colour = /#[0-9a-f]{6}\b|rgba\([^)]*\)/g;
  const config = { displayModeBar: false, scrollZoom: false, doubleClick: false };
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

  /* The marks of a figure that have something to say: points and bars, and areas as wholes. */
  function marksOf(plot) {
    const marks = [];
    plot.calcdata.forEach((points, curve) => {
      const { trace } = points[0];
      if (trace.visible !== true || trace.hoverinfo === "skip") return;
      const subplot = trace.xaxis + trace.yaxis;
      if (trace.hoveron === "fills") {
        const half = Math.floor(trace.x.length / 2), at = Math.floor(half / 4), across = trace.x.length - 1 - at;
        const middle = (values) => (values[at] + values[across]) / 2;
        marks.push({ subplot, at: { xval: middle(trace.x), yval: middle(trace.y) }, text: trace.text });
        return;
      }
      points.forEach((point, number) => {
        if (trace.type === "bar" ? point.s : point.x !== undefined && point.y !== undefined) {
          marks.push({ subplot, at: [{ curveNumber: curve, pointNumber: point.i ?? number }] });
        }
      });
    });
    return marks;
  }

  function said(plot) {
    const lines = [...plot.querySelectorAll(".hovertext text")].flatMap((text) => {
      const spans = [...text.querySelectorAll("tspan.line")];
      return (spans.length ? spans : [text]).map((line) => line.textContent.trim());
    });
    // A line that begins with a zero-width space goes on with the sentence of the line above.
    return lines.filter(Boolean).join(", ").replaceAll(", \u200b", " ");
  }

  function step(figure, plot, slider) {
    const mark = marksOf(plot)[slider.value];
    Plotly.Fx.unhover(plot);
    Plotly.Fx.hover(plot, mark.at, mark.subplot);
    const text = `${Number(slider.value) + 1} ${slider.dataset.of} ${Number(slider.max) + 1}: ${mark.text ?? said(plot)}`;
    slider.setAttribute("aria-valuetext", text);
    figure.querySelector(".figure-mark").textContent = text;
  }

  function makeReadable(figure, plot) {
    const slider = figure.querySelector(".figure-steps input");
    slider.max = marksOf(plot).length - 1;
    if (!slider.disabled) return;
    slider.disabled = false;
    for (const kind of ["input", "focus"]) slider.addEventListener(kind, () => step(figure, plot, slider));
    slider.addEventListener("blur", () => Plotly.Fx.unhover(plot));
  }

  async function move(figure, plot, slider, { steps }) {
    const { args, value } = steps[slider.value];
    await Plotly.update(plot, structuredClone(args[0]), structuredClone(args[1]));
    slider.setAttribute("aria-valuetext", value);
    figure.querySelector(".figure-day").textContent = value;
    const marks = figure.querySelector(".figure-steps input");
    [marks.max, marks.value] = [marksOf(plot).length - 1, 0];
    figure.querySelector(".figure-mark").textContent = "";
  }

  /* The plotting library's own slider answers to the mouse alone: a native one takes its place. */
  function makeMovable(figure, plot, days) {
    const slider = figure.querySelector(".figure-days input");
    if (slider.disabled) {
      slider.disabled = false;
      slider.addEventListener("input", () => move(figure, plot, slider, days));
    }
    return move(figure, plot, slider, days);
  }

  /* The library looks for a new width when the window changes alone: a page that reflows while a figure is drawn, or whose side bar goes, would leave it cut off. */
  const widths = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.clientWidth && target.clientWidth !== target._fullLayout.width) Plotly.Plots.resize(target);
    }
  });

  /* The partners of all colours on dark paper: each stands with the first figure of the page that has the colour. */
  const partners = Object.assign({}, ...[...document.querySelectorAll(".figure-dark")].map((told) => JSON.parse(told.textContent)));

  /* The drawing as the theme wants it: in the dark each colour gives way to its partner, all in one pass. */
  function drawing(figure) {
    const text = figure.querySelector(".figure-json").textContent;
    if (!isDark()) return JSON.parse(text);
    return JSON.parse(text.replace(colour, (found) => partners[found] ?? found));
  }

  async function draw(figure) {
    await load();
    const { data, layout } = drawing(figure);
    const days = layout.sliders?.[0];
    delete layout.sliders;
    layout.legend = { ...layout.legend, itemclick: false, itemdoubleclick: false };
    const plot = figure.querySelector(".figure-plot");
    await Plotly.react(plot, data, layout, config);
    if (days) await makeMovable(figure, plot, days);
    makeReadable(figure, plot);
    widths.observe(plot);
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
  // Hidden on the screen, needed in print: they come last, so that they are there when somebody prints.
  addEventListener("load", () => document.querySelectorAll(".figure-picture").forEach((picture) => { picture.loading = "eager"; }));
  new MutationObserver(() => figures.filter((f) => f.dataset.drawn).forEach(draw))
    .observe(document.documentElement, { attributeFilter: ["data-theme"] });
})();
