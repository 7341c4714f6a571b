// Draws charts from the JSON that stands beside each (scoring/chart.py). It knows no words and computes no numbers:
// what is read on a drawing is the text that came with the mark.
"use strict";

const PRINTED = 1000; // pixels that fill the width of a sheet
const drawings = new Map();

function opened(chart, event) {
  if (event.componentType === "yAxis") return chart.rows[event.dataIndex]?.href;
  return event.data?.href;
}

function draw(place, width, printed = false) {
  const { chart, view } = drawings.get(place);
  const size = sizes(width, printed);
  const { height, option } = KINDS[chart.kind](chart, size, width);
  view.resize({ width, height });
  view.setOption({ animation: false, tooltip: tooltip(size), ...option }, { notMerge: true });
  place.querySelector("svg").setAttribute("viewBox", `0 0 ${width} ${height}`); // paper scales the whole drawing
}

function start(place) {
  if (drawings.has(place)) return;
  const chart = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  if (!chart.rows.length) return;
  const view = echarts.init(place, null, { renderer: "svg", width: Math.max(place.clientWidth, 1), height: 200 });
  view.on("click", (event) => {
    const href = opened(chart, event);
    if (href) window.location.assign(href);
  });
  drawings.set(place, { chart, view });
  new ResizeObserver(() => place.clientWidth && draw(place, place.clientWidth)).observe(place);
}

function startAll(root) {
  for (const place of root.querySelectorAll("[data-chart]")) start(place);
}

function redraw(printed) {
  for (const place of drawings.keys()) {
    if (!place.isConnected) drawings.delete(place);
    else if (printed) draw(place, Number(place.dataset.printed) || PRINTED, true);
    else if (place.clientWidth) draw(place, place.clientWidth);
  }
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.target));
window.addEventListener("beforeprint", () => redraw(true));
window.addEventListener("afterprint", () => redraw(false));
