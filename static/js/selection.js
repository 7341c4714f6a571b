// <form data-selection>: [data-select-all] ticks and unticks the boxes of its table, or of the whole form where it stands
// in none; [data-selected] says how many are ticked, in its words data-none, data-one and data-many ("{n} chosen").
"use strict";

for (const form of document.querySelectorAll("form[data-selection]")) {
  const boxes = (within) => [...within.querySelectorAll("input[type=checkbox][name]:not(:disabled)")];
  const scope = (box) => box.closest("table") ?? form;
  const status = form.querySelector("[data-selected]");

  const report = () => {
    for (const all of form.querySelectorAll("[data-select-all]")) {
      const own = boxes(scope(all));
      const ticked = own.filter((box) => box.checked).length;
      all.disabled = own.length === 0;
      all.checked = own.length > 0 && ticked === own.length;
      all.indeterminate = ticked > 0 && ticked < own.length;
    }
    const count = boxes(form).filter((box) => box.checked).length;
    const { none = "", one = "{n}", many = "{n}" } = status?.dataset ?? {};
    if (status) status.textContent = (count === 0 ? none : count === 1 ? one : many).replace("{n}", String(count));
  };

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) {
      for (const box of boxes(scope(event.target))) box.checked = event.target.checked;
    }
    report();
  });
  for (const hidden of form.querySelectorAll("[data-select-all]")) hidden.closest("[hidden]")?.removeAttribute("hidden");
  report();
}
