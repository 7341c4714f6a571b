// A finished page may have been rendered a while ago: what it says on paper is when it is printed.
"use strict";

function two(number) {
  return String(number).padStart(2, "0");
}

window.addEventListener("beforeprint", () => {
  const now = new Date();
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  for (const time of document.querySelectorAll("time[data-printed]")) {
    time.textContent = `${day} ${two(now.getHours())}:${two(now.getMinutes())}`;
  }
});
