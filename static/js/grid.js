// Keyboard entry for a table of inputs, <table data-grid>. Enter and ArrowDown go down, Shift+Enter and ArrowUp go up,
// Tab goes right as ever, Escape puts back what was stored, and a block copied from Excel or WPS fills the cells from the
// focused one. In a drop-down the arrows choose, as ever. A cell that differs from what is stored is marked;
// [data-grid-status] says how many there are. Its words come from its attributes data-none, data-one and data-many
// ("{n} unsaved").
"use strict";

const FIELD = "input:not([type=hidden]), select";

class Grid {
  constructor(table) {
    this.table = table;
    this.status = table.closest("form")?.querySelector("[data-grid-status]") ?? null;
    this.sending = false;
    table.addEventListener("keydown", (event) => this.onKey(event));
    table.addEventListener("paste", (event) => this.onPaste(event));
    table.addEventListener("input", (event) => this.mark(event.target));
    table.addEventListener("focusin", (event) => event.target.matches("input") && event.target.select());
    table.closest("form")?.addEventListener("submit", () => { this.sending = true; });
    window.addEventListener("beforeunload", (event) => this.onLeave(event));
    for (const input of table.querySelectorAll("input, select")) this.mark(input);
  }

  rows() {
    return [...this.table.tBodies[0].rows];
  }

  at(row, column) {
    return this.rows()[row]?.cells[column]?.querySelector(FIELD) ?? null;
  }

  position(input) {
    const cell = input.closest("td");
    return [this.rows().indexOf(cell.parentElement), cell.cellIndex];
  }

  onKey(event) {
    const arrows = event.target.matches("input");
    const down = (arrows && event.key === "ArrowDown") || (event.key === "Enter" && !event.shiftKey);
    const up = (arrows && event.key === "ArrowUp") || (event.key === "Enter" && event.shiftKey);
    if (event.isComposing || !event.target.matches("input, select")) return;
    if (event.key === "Escape") this.write(event.target, this.stored(event.target));
    if (!down && !up) return;
    event.preventDefault();
    this.move(event.target, down ? 1 : -1);
  }

  move(input, step) {
    const [row, column] = this.position(input);
    for (let next = row + step; next >= 0 && next < this.rows().length; next += step) {
      const target = this.at(next, column);
      if (target && !target.disabled && !target.readOnly) return target.focus();
    }
  }

  onPaste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!event.target.matches("input") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [row, column] = this.position(event.target);
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((value, right) => {
        const target = this.at(row + down, column + right);
        if (target && !target.disabled && !target.readOnly) this.write(target, value.trim());
      });
    });
  }

  write(input, value) {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A page shown again with errors tells what is stored by data-stored; else it is what the page came with.
  stored(input) {
    return input.dataset.stored ?? input.defaultValue ?? "";
  }

  mark(input) {
    if (!input.matches?.(FIELD)) return;
    const changed = input.value !== this.stored(input);
    input.classList.toggle("unsaved", changed);
    if (changed && this.status?.id) input.setAttribute("aria-describedby", this.status.id);
    else input.removeAttribute("aria-describedby");
    this.report();
  }

  unsaved() {
    return this.table.querySelectorAll("input.unsaved, select.unsaved").length;
  }

  report() {
    if (!this.status) return;
    const count = this.unsaved();
    const { none = "", one = "{n}", many = "{n}" } = this.status.dataset;
    this.status.dataset.unsaved = String(count);
    this.status.textContent = (count === 0 ? none : count === 1 ? one : many).replace("{n}", String(count));
  }

  onLeave(event) {
    if (!this.sending && this.unsaved() > 0) event.preventDefault();
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) new Grid(table);
