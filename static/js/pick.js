// <fieldset data-pick>: [data-pick-search] leaves of the list what holds every word typed, and what is ticked.
"use strict";

for (const list of document.querySelectorAll("[data-pick]")) {
  const search = list.querySelector("[data-pick-search]");
  const rows = [...list.querySelectorAll("[data-pick-text]")];

  const narrow = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.dataset.pickText.toLowerCase();
      row.hidden = !row.querySelector("input").checked && !words.every((word) => text.includes(word));
    }
  };

  search.hidden = false;
  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
