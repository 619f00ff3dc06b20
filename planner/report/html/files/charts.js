// Draws the charts of a report: each is an element and, after it, its data as JSON. Colours are the style's.
"use strict";

(function () {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const coarse = window.matchMedia("(pointer: coarse)");
  const style = () => getComputedStyle(document.documentElement);

  // Where a chart names a variable of the style; anywhere else two dashes are somebody's words.
  const STYLED = new Set(["color", "fillcolor", "gridcolor", "bgcolor", "bordercolor", "family", "colorscale"]);

  function resolved(value, from, styled = false) {
    if (typeof value === "string") {
      return styled && value.startsWith("--") ? from.getPropertyValue(value).trim() : value;
    }
    if (Array.isArray(value)) {
      return value.map((each) => resolved(each, from, styled));
    }
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, from, styled || STYLED.has(name))]));
    }
    return value;
  }

  function draw(root, width) {
    const from = style();
    const asked = { displayModeBar: false, responsive: true, showTips: false };
    for (const data of root.querySelectorAll("script[data-chart]")) {
      const place = root.querySelector("#" + CSS.escape(data.dataset.chart));
      const chart = resolved(JSON.parse(data.textContent), from);
      const size = { height: Number(place.dataset.height), dragmode: coarse.matches ? false : "zoom" };
      window.Plotly.react(place, chart.data, { ...chart.layout, ...size, width: width, autosize: !width }, asked);
    }
  }

  function print(on) {
    document.documentElement.toggleAttribute("data-print", on);
    draw(document, on ? 680 : undefined);
  }

  window.drawCharts = draw;
  dark.addEventListener("change", () => draw(document));
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  draw(document);
})();
