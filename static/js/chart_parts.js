// What all drawings are made of: colours, sizes, the marks' texts, legends, axes, guides (chart_kinds.js, chart.js).
"use strict";

const COLOURS = ["#1d4f83", "#b5651d", "#2f7d5b", "#8a5a9e", "#7a8794", "#9b1c1f"];
const PALES = ["#c9d9ea", "#f0d9c3", "#cbe3d7", "#e2d4ea", "#dde2e7", "#ecd0d0"];
const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3], [12, 4], [2, 6]];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
// from pale to deep, as the cells of the tables are (results.css)
const LEVELS = ["#fdf1ea", "#fbf3e4", "#f9f5df", "#f4f6df", "#ebf4e0", "#dff0e0", "#cfe8d6", "#b9dec8", "#9fd2b6"];
const INK = "#1f2730";
const INK_2 = "#4b5663";
const LINE = "#d9dee4";
const RED = "#9b1c1f";
// a grade, a state (site.css), or the place of a series among the colours
const HUES = { green: "#1f6b45", blue: "#1d4f83", amber: "#b5801d", red: "#9b1c1f", grey: "#a9b3bd" };

const textStyle = (size) => ({ color: INK, fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily });
const pick = (list, at) => list[at % list.length];

// The colour of a series, and of what is written on it.
function paint(chart, at) {
  const tone = chart.tones?.[at];
  if (!tone) return [at < COLOURS.length ? COLOURS[at] : pick(PALES, at), at < COLOURS.length ? "#fff" : INK];
  const base = HUES[tone.hue] ?? COLOURS[Number(tone.hue)];
  const part = (from) => Math.round(parseInt(base.slice(from, from + 2), 16) * (1 - tone.pale) + 255 * tone.pale);
  return [`rgb(${part(1)}, ${part(3)}, ${part(5)})`, tone.pale > 0.4 || tone.hue === "grey" ? INK : "#fff"];
}

function sizes(width, printed) {
  if (printed) return { text: 13, row: 24 };
  if (width >= 1500) return { text: 17, row: 36 };
  return width < 600 ? { text: 12, row: 28 } : { text: 14, row: 30 };
}

function item(mark) {
  if (!mark) return { value: null };
  return { value: Number(mark.value), text: mark.text, href: mark.href, note: mark.note };
}

function tooltip(size) {
  const formatter = ({ seriesName, name, data }) => {
    if (!data || data.text === undefined) return "";
    return [[name, seriesName].filter(Boolean).join(" · "), data.text, data.note].filter(Boolean).join("\n");
  };
  return { trigger: "item", renderMode: "richText", confine: true, formatter, textStyle: { fontSize: size.text } };
}

function legend(chart, size) {
  return {
    top: 0,
    left: 0,
    itemGap: 14,
    itemHeight: 12,
    selectedMode: false,
    textStyle: textStyle(size.text),
    data: chart.series.map((name) => ({ name })),
    show: chart.series.length > 1,
  };
}

function legendHeight(chart, size, width) {
  if (chart.series.length < 2) return 10;
  const words = chart.series.reduce((sum, name) => sum + widthOf(name, size.text) + 50, 0);
  return 14 + Math.ceil(words / width) * (size.text + 12);
}

// Chinese characters are as wide as they are high, others about half of it.
function widthOf(text, size) {
  let units = 0;
  for (const letter of text) units += letter.codePointAt(0) > 0x2e7f ? 1 : 0.58;
  return units * size;
}

function labelWidth(chart, size, width) {
  const widest = Math.max(...chart.rows.map((row) => widthOf(row.label, size.text)), 0);
  return Math.min(widest + 12, width * 0.34);
}

function categories(chart, size, room) {
  return {
    type: "category",
    data: chart.rows.map((row) => ({ value: row.label })),
    inverse: true,
    triggerEvent: true,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE } },
    axisLabel: { ...textStyle(size.text), width: room - 10, overflow: "truncate", interval: 0 },
  };
}

function values(chart, size) {
  return {
    type: "value",
    max: chart.top === "" ? null : Number(chart.top),
    splitLine: { lineStyle: { color: LINE } },
    axisLabel: { ...textStyle(size.text - 2), color: INK_2, hideOverlap: true },
  };
}

// Where guides stand, `across` in pixels: words that would touch go one level higher, those at the edge move inwards.
function levels(chart, size, width, across) {
  const ends = [];
  return chart.guides.map((guide) => {
    const [middle, half] = [across(Number(guide.at)), widthOf(guide.label, size.text - 1) / 2];
    const inwards = Math.min(0, width - 4 - middle - half) + Math.max(0, half + 4 - middle);
    let level = ends.findIndex((end) => end + 8 < middle + inwards - half);
    if (level < 0) level = ends.length;
    ends[level] = middle + inwards + half;
    return { level, inwards };
  });
}

const guideRoom = (found, size) => (found.length ? 8 + (1 + Math.max(...found.map(({ level }) => level))) * (size.text + 3) : 0);

function guides(chart, size, position, found) {
  return {
    silent: true,
    symbol: "none",
    z: 1,
    lineStyle: { color: RED, type: position === "end" ? "dashed" : "solid", width: 1.5 },
    data: chart.guides.map((guide, at) => ({
      xAxis: Number(guide.at),
      label: {
        formatter: guide.label,
        color: RED,
        fontSize: size.text - 1,
        position,
        distance: 4 + found[at].level * (size.text + 3),
        offset: position === "end" ? [found[at].inwards, 0] : [0, 0],
      },
    })),
  };
}
