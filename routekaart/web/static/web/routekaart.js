// Makes the pages quicker to use. Everything works without it.
"use strict";

const cookie = (name) =>
  document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

// After signing in again in another tab the token in this page is old; the cookie has the new one.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = cookie("csrftoken");
  if (detail.verb !== "get" && token) detail.parameters.csrfmiddlewaretoken = token;
});

// Where the errors are is where the reader goes first.
document.querySelector("[data-focus]")?.focus();

// What is typed and not yet saved is not left without a question.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let unsaved = 0;
  let sent = 0;
  form.addEventListener("input", () => { unsaved += 1; });
  form.addEventListener("submit", () => { unsaved = 0; });
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) sent = unsaved; });
  form.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target === form && detail.successful && sent === unsaved) unsaved = 0;
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

// A double click sends a form once.
const lastSent = new WeakMap();
document.addEventListener("submit", (event) => {
  const { target: form, timeStamp } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (timeStamp - lastSent.get(form) < 3000) event.preventDefault();
  else lastSent.set(form, timeStamp);
});

// No answer at all: said where the save is reported.
document.addEventListener("htmx:sendError", () => {
  const place = document.getElementById("bewaard");
  if (place) place.textContent = "Nog niet bewaard: er is geen verbinding. Bij je volgende wijziging proberen we het weer.";
});
