// A deadline that nobody has touched follows the day of the decision, so many months later.
"use strict";

const deadline = document.querySelector("input[name=deadline][data-months]");
const decidedOn = document.querySelector("input[name=decided_on]");
let untouched = deadline !== null && deadline.value === deadline.defaultValue && !document.querySelector(".is-invalid");

function monthsAfter(text, months) {
  const [year, month, day] = text.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

if (deadline && decidedOn) {
  deadline.addEventListener("input", () => { untouched = false; });
  decidedOn.addEventListener("input", () => {
    if (untouched && decidedOn.value) deadline.value = monthsAfter(decidedOn.value, Number(deadline.dataset.months));
  });
}
