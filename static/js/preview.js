// A button that shows place to points below its row takes it away again.
"use strict";

function previewOf(button) {
  const row = button.closest("[data-line]") ?? button.closest("tr").nextElementSibling;
  return row.querySelector(".line-preview");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-preview]");
  if (!button) return;
  const box = previewOf(button);
  const open = box.hasChildNodes();
  button.setAttribute("aria-expanded", String(!open));
  if (!open) return;
  box.replaceChildren();
  event.preventDefault();
  event.stopPropagation();
}, true);
