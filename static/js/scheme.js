// The scheme editor's rows: which parameters a rule has, and the preview of a row as typed. Sums and problems come from
// the server, which checks the form while it is typed.
"use strict";

const PARTS = JSON.parse(document.getElementById("method-parts").textContent);

function fieldOf(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

// Parameters that a rule does not have are not shown; those of the rule before are taken away with it.
function fitParts(row, clear) {
  const wanted = PARTS[fieldOf(row, "method").value] ?? [];
  for (const input of row.querySelectorAll("input[data-part]")) {
    if (clear) input.value = "";
    const used = wanted.includes(input.dataset.part);
    input.closest(".line-field").hidden = !used && !input.value;
  }
}

// Below the row, where the eye is.
function preview(row) {
  const list = row.closest("[data-scheme-lines]");
  const filled = [...row.querySelectorAll("input[data-part]")].filter((input) => input.value.trim());
  const query = new URLSearchParams({
    method: fieldOf(row, "method").value,
    text: filled.map((input) => `${input.dataset.part}=${input.value.trim()}`).join(";"),
    points: fieldOf(row, "points").value,
    ties: fieldOf(row, "ties").value,
    direction: fieldOf(row, "direction").value,
    n: list.dataset.ranked,
  });
  htmx.ajax("GET", `${list.dataset.previewUrl}?${query}`, { target: row.querySelector(".line-preview"), swap: "innerHTML" });
}

function fitAll() {
  for (const row of document.querySelectorAll("[data-line]")) fitParts(row, false);
}

document.addEventListener("change", (event) => {
  const row = event.target.closest("[data-line]");
  if (!row) return;
  if (event.target.matches("[name$='-method']")) fitParts(row, true);
  if (row.querySelector(".line-preview").hasChildNodes()) preview(row);
}, true);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preview]");
  if (button) preview(button.closest("[data-line]"));
});
document.addEventListener("htmx:afterSettle", fitAll);
fitAll();
