// <form data-compare="6">: counts the boxes of a table that belong to it, closes the others at the most, and keeps what
// is ticked while the table is searched, filtered and sorted. Without script the boxes go with the form as they are.
"use strict";

for (const form of document.querySelectorAll("form[data-compare]")) {
  const most = Number(form.dataset.compare);
  const status = form.querySelector("[data-chosen]");
  const untick = form.querySelector("[data-untick]");
  const store = `compare ${location.pathname}`;
  const ticked = new Set(JSON.parse(sessionStorage.getItem(store) ?? "[]"));
  const boxes = () => [...document.querySelectorAll(`input[type=checkbox][form="${form.id}"]`)];

  const report = () => {
    for (const box of boxes()) {
      box.checked = ticked.has(box.value);
      box.disabled = !box.checked && ticked.size >= most;
    }
    const { none, some, full } = status.dataset;
    untick.hidden = ticked.size === 0;
    status.textContent = ticked.size === 0 ? none : ticked.size < most ? some.replace("{n}", String(ticked.size)) : full;
    sessionStorage.setItem(store, JSON.stringify([...ticked]));
  };

  document.addEventListener("change", ({ target }) => {
    if (target.getAttribute("form") !== form.id) return;
    if (target.checked) ticked.add(target.value);
    else ticked.delete(target.value);
    report();
  });

  untick.addEventListener("click", () => {
    ticked.clear();
    report();
  });

  // what is ticked but not in the table now goes along
  form.addEventListener("formdata", ({ formData }) => {
    const [first] = boxes();
    if (!first) return;
    formData.delete(first.name);
    for (const value of ticked) formData.append(first.name, value);
  });

  document.addEventListener("htmx:load", report);
  window.addEventListener("pageshow", report);
  report();
}
