// A function a kind of chart (scoring/chart.py): from the chart, the sizes and the width in pixels to a height in pixels
// and the options of ECharts.
"use strict";

function stack(chart, size, width) {
  const room = labelWidth(chart, size, width);
  const end = Math.max(...chart.rows.map((row) => widthOf(row.end, size.text)), 0);
  const top = legendHeight(chart, size, width);
  const totals = chart.rows.map((row) => row.marks.reduce((sum, mark) => sum + (mark ? Number(mark.value) : 0), 0));
  const scale = (width - room - end - 14) / (Number(chart.top) || Math.max(...totals, 1));
  const found = levels(chart, size, width, (at) => room + at * scale);
  const fits = (mark) => Number(mark.value) * scale > widthOf(mark.text, size.text - 2) + 4;
  const bars = chart.series.map((name, at) => ({
    type: "bar",
    stack: "all",
    name,
    barWidth: "68%",
    itemStyle: { color: paint(chart, at)[0], borderColor: "#fff", borderWidth: 1 },
    data: chart.rows.map((row) => item(row.marks[at])),
    label: { show: true, color: paint(chart, at)[1], fontSize: size.text - 2, formatter: ({ data }) => (data.text && fits(data) ? data.text : "") },
    emphasis: { focus: "series" },
  }));
  bars.push({
    type: "bar",
    stack: "all",
    silent: true,
    z: 3,
    data: totals.map(() => 0),
    blur: { label: { opacity: 1 } },
    label: { show: true, position: "right", ...textStyle(size.text), fontWeight: 600, backgroundColor: "#fff", formatter: ({ dataIndex }) => chart.rows[dataIndex].end },
  });
  const guided = guideRoom(found, size);
  const foot = guided ? 30 : 8; // without a guide the numbers on the bars say it all
  if (bars[0]) bars[0].markLine = guides(chart, size, "start", found);
  return {
    height: top + guided + chart.rows.length * size.row + foot,
    option: {
      legend: legend(chart, size),
      grid: { left: room, right: end + 14, top: top + guided, bottom: foot },
      xAxis: { ...values(chart, size), ...(guided ? {} : { axisLabel: { show: false } }) },
      yAxis: categories(chart, size, room),
      series: bars,
    },
  };
}

function bars(chart, size, width) {
  const room = labelWidth(chart, size, width);
  const top = legendHeight(chart, size, width);
  const each = chart.series.length > 2 ? 16 : 20;
  const series = chart.series.map((name, at) => ({
    type: "bar",
    name,
    barGap: "10%",
    itemStyle: { color: pick(COLOURS, at) },
    data: chart.rows.map((row) => item(row.marks[at])),
    label: { show: true, position: "right", ...textStyle(size.text - 2), formatter: ({ data }) => data.text ?? "" },
  }));
  const found = levels(chart, size, width, (at) => room + (at / (Number(chart.top) || 1)) * (width - room - 78));
  const guided = guideRoom(found, size);
  series[0].markLine = guides(chart, size, "start", found);
  return {
    height: top + guided + chart.rows.length * (chart.series.length * each + 14) + 40,
    option: {
      legend: legend(chart, size),
      grid: { left: room, right: 78, top: top + guided, bottom: 30 },
      xAxis: values(chart, size),
      yAxis: categories(chart, size, room),
      series,
    },
  };
}

function columns(chart, size, width) {
  const gap = chart.rows.length > 1 ? Math.abs(Number(chart.rows[1].at) - Number(chart.rows[0].at)) : 1;
  const at = chart.rows.map((row) => Number(row.at));
  const reach = chart.guides.map((guide) => Number(guide.at));
  const [first, last] = [Math.min(...at) - gap / 2, Math.max(...at) + gap / 2];
  const min = first - Math.ceil(Math.max(0, first - Math.min(...reach)) / gap) * gap;
  const max = last + Math.ceil(Math.max(0, Math.max(...reach) - last) / gap) * gap;
  const found = levels(chart, size, width, (value) => 40 + ((value - min) / (max - min)) * (width - 60));
  const series = {
    type: "bar",
    barWidth: "92%",
    name: chart.series[0],
    itemStyle: { color: COLOURS[0] },
    data: chart.rows.map((row) => ({ ...item(row.marks[0]), value: [Number(row.at), Number(row.marks[0]?.value ?? 0)], name: row.label })),
    label: { show: true, position: "top", ...textStyle(size.text - 1), formatter: ({ data }) => (data.value[1] ? data.text : "") },
    markLine: guides(chart, size, "end", found),
  };
  return {
    height: 290,
    option: {
      grid: { left: 40, right: 20, top: 14 + guideRoom(found, size), bottom: 30 },
      xAxis: {
        ...values(chart, size),
        min,
        max,
        interval: gap,
        splitLine: { show: false },
      },
      yAxis: { ...values({ top: "" }, size), minInterval: 1 },
      series: [series],
    },
  };
}

// Names above columns: in lines as wide as a column where its longest word fits, else slanted.
function headings(names, size, column) {
  const widest = Math.max(...names.map((name) => widthOf(name, size)));
  const word = Math.max(...names.flatMap((name) => name.split(/ |(?<=[\u2e80-\uffff])/).map((part) => widthOf(part, size))));
  const lines = Math.ceil(widest / Math.max(column - size, 1));
  if (word < column - 4 && lines <= 4) return { height: lines * (size + 5) + 10, axisLabel: { width: column - 4, overflow: "break", lineHeight: size + 4 } };
  const length = Math.min(widest + 4, 190);
  return { height: length * 0.87 + 18, axisLabel: { rotate: 60, width: length, overflow: "truncate" } };
}

// A narrow screen gets the columns of the map in several maps, one below the other.
function heat(chart, size, width) {
  const room = labelWidth(chart, size, width);
  const most = Math.max(1, Math.floor((width - room) / (size.text * 3.6)));
  const maps = Math.ceil(chart.series.length / most);
  const per = Math.ceil(chart.series.length / maps);
  const names = headings(chart.series, size.text - 1, (width - room - 4) / per);
  const above = names.height;
  const high = above + chart.rows.length * size.row + 14;
  const option = { grid: [], xAxis: [], yAxis: [], series: [] };
  for (let map = 0; map < maps; map += 1) {
    const first = map * per;
    const shown = chart.series.slice(first, first + per);
    option.grid.push({ left: room, right: 4, top: map * high + above, height: chart.rows.length * size.row });
    option.xAxis.push({
      type: "category",
      gridIndex: map,
      position: "top",
      data: shown,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { ...textStyle(size.text - 1), interval: 0, ...names.axisLabel },
    });
    option.yAxis.push({ ...categories(chart, size, room), gridIndex: map });
    option.series.push({
      type: "heatmap",
      xAxisIndex: map,
      yAxisIndex: map,
      data: chart.rows.flatMap((row, y) => shown.map((name, x) => cell(row.marks[first + x], x, y, `${row.label} · ${name}`))),
      itemStyle: { borderColor: "#fff", borderWidth: 1 },
      label: { show: true, ...textStyle(size.text - 2), formatter: ({ data }) => data.text ?? "" },
    });
  }
  return { height: maps * high, option };
}

function cell(mark, x, y, name) {
  if (!mark) return { value: [x, y, null], name, itemStyle: { color: "#fff" } };
  const step = mark.level === undefined ? -1 : Math.max(0, Math.min(LEVELS.length - 1, Math.floor(mark.level * 10) - 1));
  return { ...item(mark), value: [x, y, mark.value], name, itemStyle: { color: step < 0 ? "#fff" : LEVELS[step] } };
}

// How the line of a series looks: its colour, its dashes, its marks.
function stroke(chart, at) {
  const turn = Number(chart.tones?.[at]?.hue ?? at);
  const own = Number.isNaN(turn) ? at : turn;
  const [color] = paint(chart, at);
  return { symbol: pick(SYMBOLS, own), lineStyle: { width: 3, type: pick(DASHES, own), color }, itemStyle: { color } };
}

// The better of two places has its words above, the worse below. Of many lines only the ends have words: the others
// stand in the table.
function placeLabel(chart, year, at) {
  const marks = chart.rows[year].marks;
  const better = marks.filter((mark) => mark && marks[at] && Number(mark.value) < Number(marks[at].value)).length;
  const tied = marks.slice(0, at).some((mark) => mark && marks[at] && mark.value === marks[at].value);
  if (chart.series.length > 3) return { show: year === chart.rows.length - 1 && !tied, position: "right" };
  return { show: true, position: better || tied ? "bottom" : "top" };
}

function places(chart, size, width) {
  const top = legendHeight(chart, size, width);
  return {
    height: top + 270,
    option: {
      legend: legend(chart, size),
      grid: { left: 46, right: chart.series.length > 3 ? 86 : 40, top: top + 22, bottom: 54 },
      xAxis: { type: "category", data: chart.rows.map((row) => row.label), axisLabel: { ...textStyle(size.text), margin: 26 }, axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false } },
      yAxis: { ...values(chart, size), inverse: true, min: 1, minInterval: 1, axisLine: { show: false } },
      series: chart.series.map((name, at) => ({
        type: "line",
        name,
        ...stroke(chart, at),
        symbolSize: 11,
        data: chart.rows.map((row, year) => ({ ...item(row.marks[at]), label: placeLabel(chart, year, at) })),
        label: { ...textStyle(size.text - 1), formatter: ({ data }) => data.text ?? "" },
        labelLayout: { hideOverlap: true },
      })),
    },
  };
}

function radar(chart, size, width) {
  const top = legendHeight(chart, size, width);
  const across = Math.min(width, 460);
  return {
    height: top + across,
    option: {
      legend: legend(chart, size),
      radar: {
        center: ["50%", top + across / 2],
        radius: across / 2 - Math.max(56, across * 0.22),
        indicator: chart.rows.map((row) => ({ name: row.label, max: Number(chart.top || 1), min: 0 })),
        axisName: { ...textStyle(size.text - 1), width: 76, overflow: "break" },
        splitArea: { show: false },
        splitLine: { lineStyle: { color: LINE } },
        axisLine: { lineStyle: { color: LINE } },
      },
      series: [{
        type: "radar",
        data: chart.series.map((name, at) => ({
          name,
          value: chart.rows.map((row) => Number(row.marks[at]?.value ?? 0)),
          text: chart.rows.map((row) => `${row.label} ${row.marks[at]?.text ?? "—"}`).join("\n"),
          ...stroke(chart, at),
          symbolSize: 8,
          areaStyle: { opacity: chart.series.length > 2 ? 0 : 0.12 },
        })),
      }],
    },
  };
}

function ranges(chart, size, width) {
  const room = labelWidth(chart, size, width);
  const rows = chart.rows.map((row) => row.marks[0]);
  const worst = Math.max(...rows.map((mark) => (mark ? Number(mark.high) : 1)));
  const band = (row, mark) => ({ value: mark ? [Number(mark.low), row, Number(mark.high)] : [null, row, null], ...(mark && { text: mark.text, href: mark.href, note: mark.note, name: chart.rows[row].label }) });
  const draw = (params, api) => {
    const [from, row] = [api.coord([api.value(0), api.value(1)]), api.value(1)];
    const to = api.coord([api.value(2), row]);
    return { type: "rect", shape: { x: from[0] - 5, y: from[1] - 6, width: to[0] - from[0] + 10, height: 12, r: 6 }, style: { fill: "#c9d9ea" } };
  };
  return {
    height: chart.rows.length * size.row + 60,
    option: {
      grid: { left: room, right: 20, top: 26, bottom: 10 },
      xAxis: { ...values(chart, size), position: "top", min: 1, max: chart.top === "" ? Math.max(worst, 2) : Number(chart.top), minInterval: 1 },
      yAxis: categories(chart, size, room),
      series: [
        { type: "custom", renderItem: draw, encode: { x: [0, 2], y: 1 }, data: rows.map((mark, row) => band(row, mark)) },
        { type: "scatter", name: chart.series[0], symbolSize: 12, itemStyle: { color: COLOURS[0] }, data: rows.map((mark, row) => ({ ...item(mark), value: mark ? [Number(mark.value), row] : [null, row], name: chart.rows[row].label })) },
      ],
    },
  };
}

const KINDS = { stack, heat, columns, bars, places, radar, ranges };
