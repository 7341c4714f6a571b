// Keying of paper ballots: says while typing which rows add up to the valid ballots. It only helps; the server decides.
// Enter goes on from issued, returned and void to the grid (static/js/grid.js), Ctrl+Enter saves from anywhere.
"use strict";

class PaperForm {
  constructor(form) {
    this.form = form;
    this.ballots = [...form.querySelectorAll("[data-paper-ballots] input:not([type=hidden])")];
    this.rows = [...form.querySelectorAll("[data-paper-votes] tbody tr")];
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("input", () => this.check());
    for (const input of this.ballots) input.addEventListener("focus", () => input.select());
    const wrong = form.querySelector(".is-invalid, .paper-off");
    (wrong?.matches("td") ? this.inputs(wrong.parentElement)[0] : (wrong ?? this.undecided()))?.focus();
    this.check();
  }

  inputs(row) {
    return [...row.querySelectorAll("input:not([type=hidden])")];
  }

  // Where two people differ nothing is filled in: a third person begins there.
  undecided() {
    if (!("deciding" in this.form.dataset)) return null;
    return [...this.ballots, ...this.rows.flatMap((row) => this.inputs(row))].find((input) => input.value.trim() === "");
  }

  onKey(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      this.form.requestSubmit();
    } else if (this.ballots.includes(event.target)) {
      event.preventDefault();
      const place = this.ballots.indexOf(event.target) + (event.shiftKey ? -1 : 1);
      (this.ballots[place] ?? (place > 0 ? this.inputs(this.rows[0])[0] : null))?.focus();
    }
  }

  // A blank is 0, full-width digits count; NaN where it is no whole number.
  number(input) {
    const text = input.value.normalize("NFKC").replaceAll(",", "").trim();
    return text === "" ? 0 : /^\d+$/.test(text) ? Number(text) : NaN;
  }

  check() {
    const [, returned, none] = this.ballots;
    const known = returned.value.trim() !== "";
    const valid = known ? this.number(returned) - this.number(none) : NaN;
    this.form.querySelector("[data-paper-valid]").textContent = Number.isNaN(valid) ? "—" : String(valid);
    const good = this.rows.filter((row) => this.checkRow(row, valid)).length;
    const status = this.form.querySelector("[data-paper-status]");
    const text = this.form.dataset.rows.replace("{good}", String(good)).replace("{all}", String(this.rows.length));
    if (status.textContent !== text) status.textContent = text;
  }

  checkRow(row, valid) {
    const inputs = this.inputs(row);
    const cell = row.querySelector("[data-paper-check]");
    const blank = inputs.every((input) => input.value.trim() === "");
    const sum = inputs.reduce((total, input) => total + this.number(input), 0);
    const good = sum === valid;
    cell.classList.toggle("paper-off", !good);
    if (blank || Number.isNaN(valid)) cell.textContent = good ? "✓" : "";
    else cell.textContent = good ? `✓ ${sum}` : this.off(sum, valid);
    return good;
  }

  off(sum, valid) {
    return this.form.dataset.off.replace("{sum}", Number.isNaN(sum) ? "?" : String(sum)).replace("{valid}", String(valid));
  }
}

for (const form of document.querySelectorAll("form[data-paper]")) new PaperForm(form);
