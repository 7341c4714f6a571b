// Help for voters. Without it the code is typed by hand, and the ballot works all the same.
"use strict";

// The slip's QR code leads to …/vote/#CODE: what stands behind # stays in the browser, and is taken away here at once.
function sendCode() {
  const code = location.hash.slice(1);
  if (!/^[0-9A-Za-z-]{12,14}$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  const form = document.createElement("form");
  form.method = "post";
  form.hidden = true;
  const field = document.createElement("input");
  field.name = "code";
  field.value = code;
  form.append(field);
  document.body.append(form);
  form.submit();
}

function showProgress(ballot, line) {
  const answered = ballot.querySelectorAll(".answers input:checked:not([value='0'])").length;
  line.textContent = line.dataset.progress.replace("{done}", answered);
  line.hidden = false;
}

// A second tap while the first is under way would ask for a second receipt.
function sendOnce(event) {
  const button = event.target.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
  button.setAttribute("aria-disabled", "true");
}

addEventListener("hashchange", sendCode);
sendCode();

const ballot = document.querySelector("form[data-ballot]");
if (ballot) {
  const line = ballot.querySelector("[data-progress]");
  ballot.addEventListener("change", () => showProgress(ballot, line));
  showProgress(ballot, line);
}
for (const form of document.forms) form.addEventListener("submit", sendOnce);
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form button")) button.removeAttribute("aria-disabled");
});

const said = document.querySelector("[data-focus]");
if (said) said.focus();
