// What-if: a slider moves its number, and every change asks the server what comes of it. One question is on its way at
// a time; what was changed meanwhile is asked next, so the answer always belongs to what is seen.
"use strict";

const form = document.getElementById("what-if-form");
const METHODS = JSON.parse(document.getElementById("what-if-methods").textContent);
const TYPING = 300;

let asking = false;
let again = false;
let brief = false;
let typing;

function ask() {
  clearTimeout(typing);
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  htmx.trigger(form, "vary");
}

// An address holds what differs from the scheme in force and nothing else.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  const { parameters } = event.detail;
  delete parameters.csrfmiddlewaretoken;
  if (brief) parameters.brief = "on";
  for (const field of form.querySelectorAll("[data-base]")) {
    if (field.value === field.dataset.base) delete parameters[field.name];
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== form) return;
  asking = false;
  sayProblems();
  if (again) {
    again = false;
    ask();
  }
});

// The server's words go beside the fields they are about.
function sayProblems() {
  const words = new Map();
  for (const problem of document.querySelectorAll("#what-if-outcome [data-problem]")) {
    words.set(problem.dataset.problem, problem.dataset.words);
  }
  for (const place of form.querySelectorAll("[data-error]")) {
    const text = words.get(place.dataset.error) ?? "";
    if (place.textContent !== text) place.textContent = text;
    const field = place.closest("[data-control]")?.querySelector("input.form-control");
    if (field) {
      field.classList.toggle("is-invalid", text !== "");
      field.toggleAttribute("aria-invalid", text !== "");
    }
  }
}

function partsOf(control) {
  return {
    field: control.querySelector("[data-base]"),
    slider: control.querySelector("input[type=range]"),
    reset: control.querySelector("[data-reset]"),
  };
}

// The slider stands where the number is; a text that is none leaves it.
function follow({ field, slider }) {
  if (!slider) return;
  const percent = slider.dataset.sign === "%";
  const [, number, over, sign] = /^\s*(-?[\d.]+)(?:\/([\d.]+))?\s*(%?)\s*$/.exec(field.value) ?? [];
  if (number === undefined) return;
  slider.value = (number / (over ?? 1)) * (percent && !sign ? 100 : 1);
}

function mark(control) {
  const { field, reset } = partsOf(control);
  const changed = field.value !== field.dataset.base;
  control.classList.toggle("is-changed", changed);
  reset.hidden = !changed;
}

// How many controls differ stands beside each heading, also while it is closed.
function count() {
  for (const details of form.querySelectorAll("details")) {
    const changed = details.querySelectorAll(".is-changed, input[name=without]:checked").length;
    const badge = details.querySelector(":scope > summary [data-count]");
    badge.textContent = changed;
    badge.hidden = changed === 0;
  }
}

// Another rule has other parameters: those it has are shown, blank for its defaults. Points, direction, ties stay.
function fitParts(select) {
  const defaults = METHODS[select.value] ?? {};
  const own = select.value === select.dataset.base;
  for (const control of select.closest("[data-line]").querySelectorAll("[data-part]")) {
    const { field } = partsOf(control);
    if (field.tagName !== "INPUT" || field.dataset.own === undefined) continue;
    const { part } = control.dataset;
    control.hidden = !(part in defaults);
    field.dataset.base = own ? field.dataset.own : "";
    field.value = field.dataset.base;
    field.placeholder = own ? "" : defaults[part] ?? "";
    follow(partsOf(control));
    mark(control);
  }
}

form.addEventListener("input", (event) => {
  const control = event.target.closest("[data-control]");
  const sliding = event.target.type === "range";
  if (control) {
    const { field } = partsOf(control);
    if (sliding) field.value = `${event.target.value}${event.target.dataset.sign}`;
    else follow(partsOf(control));
    if (control.dataset.part === "折分方法") fitParts(field);
    mark(control);
  }
  count();
  clearTimeout(typing);
  brief = sliding;
  if (event.target.matches("input.form-control")) typing = setTimeout(ask, TYPING);
  else ask();
});

// While a slider moves the first rows are enough; once it rests all of them come.
form.addEventListener("change", (event) => {
  if (event.target.type !== "range") return;
  brief = false;
  ask();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reset]");
  if (!button) return;
  const control = button.closest("[data-control]");
  const { field } = partsOf(control);
  field.value = field.dataset.base;
  if (control.dataset.part === "折分方法") fitParts(field);
  follow(partsOf(control));
  mark(control);
  count();
  field.focus();
  brief = false;
  ask();
});

// Enter computes at once instead of leaving the page.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

for (const control of form.querySelectorAll("[data-control]")) {
  const { slider } = partsOf(control);
  if (slider) slider.hidden = false;
  mark(control);
}
form.classList.add("is-live");
