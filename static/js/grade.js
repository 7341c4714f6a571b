// Counts the chosen grades while they are chosen: [data-grade-counts] holds a cell per grade, data-count its grade and
// data-elsewhere how many of it are decided that this page does not show. The first grade has a quota, data-places; the
// words of [data-grade-over] say by how many it is exceeded. Without script the numbers are those that are stored.
"use strict";

class GradeCounts {
  constructor(table) {
    this.cells = [...table.querySelectorAll("[data-count]")];
    this.over = document.querySelector("[data-grade-over]");
    this.selects = [...document.querySelectorAll(".grade-table select[data-suggested]")];
    for (const select of this.selects) select.addEventListener("change", () => this.count());
    this.count();
  }

  count() {
    for (const cell of this.cells) {
      const chosen = this.selects.filter((select) => this.counts(select, cell.dataset.count)).length;
      const all = chosen + Number(cell.dataset.elsewhere);
      cell.textContent = String(all);
      if (cell.dataset.places !== undefined) this.warn(cell, all, Number(cell.dataset.places));
    }
  }

  // Who has no suggestion needs no decision and is not among the undecided.
  counts(select, grade) {
    return select.value === grade && (grade !== "" || select.dataset.suggested !== "");
  }

  warn(cell, decided, places) {
    const over = decided - places;
    cell.classList.toggle("grade-count-over", over > 0);
    if (!this.over) return;
    this.over.hidden = over <= 0;
    const values = { decided, places, over };
    const words = this.over.dataset.gradeOver.replace(/%\((\w+)\)s/g, (_match, name) => values[name]);
    this.over.textContent = over > 0 ? words : "";
  }
}

for (const table of document.querySelectorAll("[data-grade-counts]")) new GradeCounts(table);
