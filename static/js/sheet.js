// The evaluation sheet, <form data-sheet>. Each answer is sent as soon as it is chosen; what could not be sent waits in
// the page and is sent again, so nothing is lost while the page is open. `seen` is what the page knows to be stored: an
// answer that another window gave meanwhile is shown, not overwritten.
// Keys: 1–4 and 0 choose, Enter and ArrowDown go on, Shift+Enter and ArrowUp go back, Delete takes an answer back.
"use strict";

const WAIT = 200;
const AGAIN = 4000;

class Sheet {
  constructor(form) {
    this.form = form;
    this.rows = [...form.querySelectorAll("[data-key]")];
    this.byKey = new Map(this.rows.map((row) => [row.dataset.key, row]));
    this.seen = JSON.parse(form.elements.seen.value);
    this.pending = new Map();
    this.unsure = new Map(); // sent, but the answer did not come: the server may have it all the same
    this.sending = null;
    this.state = form.querySelector("[data-state]");
    this.place = `sheet-place ${location.pathname}`;
    form.addEventListener("change", (event) => event.target.matches("input[type=radio]") && this.onChoice(event.target));
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("focusin", (event) => this.onFocus(event.target.closest("[data-key]")));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    window.addEventListener("online", () => this.send());
    window.addEventListener("beforeunload", (event) => this.pending.size > 0 && event.preventDefault());
    this.button("[data-retry]", () => this.send());
    this.button("[data-next]", () => this.nextOpen()).hidden = false;
    this.restore();
    this.count();
  }

  button(selector, action) {
    const button = this.form.querySelector(selector);
    button.addEventListener("click", action);
    return button;
  }

  // A browser that reloads may bring its own choices back; what is stored is what counts.
  restore() {
    for (const [key, row] of this.byKey) this.show(row, this.seen[key] ?? "");
    const row = this.byKey.get(sessionStorage.getItem(this.place));
    if (row && !location.hash) this.focus(row);
  }

  mark(row) {
    return row.querySelector("input:checked")?.value ?? "";
  }

  show(row, mark) {
    for (const input of row.querySelectorAll("input")) input.checked = input.value === mark;
  }

  onChoice(input) {
    const row = input.closest("[data-key]");
    row.classList.remove("sheet-conflict");
    row.querySelector(".sheet-note").textContent = "";
    this.pending.set(row.dataset.key, this.mark(row));
    this.count();
    this.later(WAIT);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending || this.pending.size === 0) return this.sending;
    this.sending = this.post(Object.fromEntries(this.pending)).finally(() => { this.sending = null; });
    await this.sending;
    if (this.pending.size > 0 && this.state.dataset.state === "saved") await this.send();
    return null;
  }

  // With what was chosen while an earlier answer was under way.
  async sendAll() {
    await this.send();
    if (this.pending.size > 0 && (this.sending || this.state.dataset.state === "saved")) await this.sendAll();
  }

  async post(changes) {
    this.say("saving");
    const body = new FormData();
    const seen = Object.keys(changes).map((key) => [key, this.seen[key] ?? ""]);
    body.set("changes", JSON.stringify(changes));
    body.set("seen", JSON.stringify(Object.fromEntries(seen)));
    try {
      const headers = { "X-CSRFToken": this.token() };
      const answer = await fetch(this.form.dataset.save, { method: "POST", body, headers, redirect: "manual" });
      if (answer.ok) this.saved(changes, await answer.json());
      else if (answer.status === 409) this.say("shut", (await answer.json()).message);
      else if (answer.type === "opaqueredirect" || answer.status === 403) this.say("out");
      else this.lost(changes);
    } catch {
      this.lost(changes);
    }
  }

  // Signing in again in another window brings a new token, which stands in the cookie.
  token() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? this.form.elements.csrfmiddlewaretoken.value;
  }

  saved(sent, { marks, conflicts, at }) {
    const others = Object.keys(conflicts).filter((key) => this.unsure.get(key) !== (marks[key] ?? ""));
    for (const [key, mark] of Object.entries(sent)) {
      if (this.pending.get(key) === mark && !(key in conflicts)) this.pending.delete(key);
    }
    for (const key of others) this.pending.delete(key);
    this.unsure.clear();
    this.seen = marks;
    this.form.elements.seen.value = JSON.stringify(marks);
    for (const [key, row] of this.byKey) if (!this.pending.has(key)) this.show(row, marks[key] ?? "");
    for (const key of others) this.conflict(this.byKey.get(key), conflicts[key]);
    this.count();
    this.say("saved", at);
  }

  conflict(row, text) {
    row.classList.add("sheet-conflict");
    row.querySelector(".sheet-note").textContent = text;
  }

  lost(changes) {
    for (const [key, mark] of Object.entries(changes)) this.unsure.set(key, mark);
    this.say("lost");
    this.later(AGAIN);
  }

  say(state, more = "") {
    const words = this.state.dataset;
    words.state = state;
    const text = words[state].replace("{n}", String(this.pending.size));
    this.state.textContent = more ? `${text} ${more}` : text;
    this.form.querySelector("[data-retry]").hidden = !["lost", "out", "shut"].includes(state);
  }

  async onSubmit(event) {
    event.preventDefault();
    const signing = event.submitter?.name === "sign";
    await this.sendAll();
    if (this.pending.size > 0) return;
    if (!signing) this.say("saved");
    else if (this.form.querySelector(".sheet-conflict")) this.focus(this.form.querySelector(".sheet-conflict"));
    else location.assign(this.form.dataset.sign);
  }

  onKey(event) {
    const row = event.target.closest("[data-key]");
    if (!row || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const back = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
    if (/^[0-4]$/.test(event.key)) this.choose(row, event.key);
    else if (event.key === "Delete" || event.key === "Backspace") this.choose(row, "");
    else if (back) this.step(row, -1);
    else if (event.key === "Enter" || event.key === "ArrowDown") this.step(row, 1);
    else return;
    event.preventDefault();
  }

  choose(row, mark) {
    const input = row.querySelector(mark ? `input[value="${mark}"]` : "input");
    this.show(row, mark);
    input.focus();
    this.onChoice(input);
  }

  step(row, by) {
    const next = this.rows[this.rows.indexOf(row) + by];
    if (next) this.focus(next);
    else if (by > 0) this.form.querySelector("[name=sign]").focus();
  }

  focus(row) {
    const input = row.querySelector("input:checked") ?? row.querySelector("input");
    input.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  nextOpen() {
    const here = this.rows.findIndex((row) => row.dataset.key === sessionStorage.getItem(this.place));
    const ahead = [...this.rows.slice(here + 1), ...this.rows.slice(0, here + 1)];
    const open = ahead.find((row) => !this.mark(row));
    if (open) this.focus(open);
    else this.form.querySelector("[name=sign]").focus();
  }

  // Whose row it is stays with this tab, so that a reload comes back to it; what was chosen does not.
  onFocus(row) {
    if (!row) return;
    sessionStorage.setItem(this.place, row.dataset.key);
    for (const other of this.form.querySelectorAll(".sheet-here")) other.classList.remove("sheet-here");
    row.classList.add("sheet-here");
    const section = row.closest("section").id;
    for (const link of this.form.querySelectorAll("[data-section]")) {
      const current = link.dataset.section === section;
      link.toggleAttribute("aria-current", current);
      const list = link.closest("ol");
      if (current) list.scrollTo({ left: link.parentElement.offsetLeft - list.clientWidth / 3, top: link.parentElement.offsetTop - list.clientHeight / 2 });
    }
  }

  count() {
    let total = 0;
    for (const section of this.form.querySelectorAll("section")) {
      const rows = [...section.querySelectorAll("[data-key]")];
      const done = rows.filter((row) => this.mark(row)).length;
      total += done;
      const index = this.form.querySelector(`[data-section="${section.id}"]`);
      for (const place of [section, index]) place.querySelector("[data-done]").textContent = String(done);
      index.classList.toggle("sheet-complete", done === rows.length);
    }
    for (const row of this.rows) row.classList.toggle("sheet-answered", this.mark(row) !== "");
    this.form.querySelector("[data-total-done]").textContent = String(total);
  }
}

for (const form of document.querySelectorAll("form[data-sheet]")) new Sheet(form);
