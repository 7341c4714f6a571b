// The scheme editor's rows: which parameters a rule has, and the preview of a row as typed. Sums and problems come from
// the server, which checks the form while it is typed.
"use strict";

const PARTS = JSON.parse(document.getElementById("method-parts").textContent);

function fieldOf(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

// Parameters that a rule does not have cannot be typed; those of the rule before are taken away with it.
function fitParts(row, clear) {
  const wanted = PARTS[fieldOf(row, "method").value] ?? [];
  for (const input of row.querySelectorAll("input[data-part]")) {
    const used = wanted.includes(input.dataset.part);
    input.readOnly = !used;
    input.tabIndex = used ? 0 : -1;
    if (clear) input.value = "";
  }
}

function preview(row) {
  const filled = [...row.querySelectorAll("input[data-part]")].filter((input) => input.value.trim());
  const query = new URLSearchParams({
    method: fieldOf(row, "method").value,
    text: filled.map((input) => `${input.dataset.part}=${input.value.trim()}`).join(";"),
    points: fieldOf(row, "points").value,
    ties: fieldOf(row, "ties").value,
    direction: fieldOf(row, "direction").value,
    n: row.closest("table").dataset.ranked,
  });
  const url = row.closest("table").dataset.previewUrl;
  htmx.ajax("GET", `${url}?${query}`, { target: "#line-preview", swap: "innerHTML" });
}

function fitAll() {
  for (const row of document.querySelectorAll("[data-scheme-lines] tbody tr")) fitParts(row, false);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-scheme-lines] [name$='-method']")) fitParts(event.target.closest("tr"), true);
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preview]");
  if (button) preview(button.closest("tr"));
});
document.addEventListener("htmx:afterSettle", fitAll);
fitAll();
