// What every page shares: the print button, and the guard over what was typed but not sent.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button && button.dataset.action === "print") window.print();
});

// <form data-guard>: leaving the page with changes asks first. A form shown again with errors counts as changed.
let unsent = document.querySelector("form[data-guard] :is(.is-invalid, .problems)") !== null;

// A page shown again with errors: the keyboard, and a screen reader, stand at the first of them.
const wrong = document.querySelector("main :is(input, select, textarea).is-invalid");
if (wrong && !document.querySelector("main [autofocus]")) wrong.focus();

document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsent = true;
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-guard]")) unsent = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unsent) event.preventDefault();
});

// A filter form sends itself when a choice is made; typing waits for Enter.
document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-autosubmit] select, form[data-autosubmit] input[type=checkbox]")) {
    event.target.form.requestSubmit();
  }
});

// A menu closes when something else is clicked or focused, and by Escape; without script its heading closes it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// What is folded is printed; the numbers of a chart stand on its drawing already.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not(.chart-table)")) details.open = true;
});
