// What htmx cannot finish is said aloud and stays visible: offline, signed out, stale, refused, busy, broken.

import { announce, button, text } from "./texts.js";

const reload = () => button(text("reload"), () => window.location.reload());

const ANSWERS = {
  403: () => announce("request", text("refused")),
  404: () => announce("request", text("gone"), reload()),
  409: () => announce("request", text("stale"), reload()),
  412: () => announce("request", text("stale"), reload()),
  413: () => announce("request", text("large")),
  429: () => announce("request", text("busy")),
  503: () => announce("request", text("unavailable")),
};

function sayExpired() {
  const link = document.createElement("a");
  link.className = "ds-button";
  link.dataset.size = "sm";
  link.href = window.location.href;
  link.textContent = text("signin");
  announce("request", text("expired"), link);
}

// A page of its own instead of a piece: the session ended and the sign-in page was sent.
const isWholePage = (xhr) => /^\s*<!doctype html/i.test(xhr.responseText ?? "");

// A form that came back with something wrong is shown at what is wrong, also when a form further
// down the page was sent.
const goToWhatIsWrong = () => document.querySelector("main [data-focus]")?.focus();

export function watchRequests() {
  if (document.readyState === "complete") goToWhatIsWrong();
  else window.addEventListener("load", goToWhatIsWrong);

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (event.detail.boosted || !xhr || xhr.status !== 200 || !isWholePage(xhr)) return;
    event.detail.shouldSwap = false;
    sayExpired();
  });

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) sayExpired();
    else if (ANSWERS[status]) ANSWERS[status]();
    else announce("request", text("broken"));
  });

  document.addEventListener("htmx:sendError", () => announce("request", text("offline")));
  document.addEventListener("htmx:timeout", () => announce("request", text("slow")));
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, xhr } = event.detail;
    if (successful && !isWholePage(xhr)) announce("request", "");
  });

  window.addEventListener("offline", () => announce("line", text("offline")));
  window.addEventListener("online", () => announce("line", ""));

  document.addEventListener("htmx:afterSwap", (event) => {
    const first = event.detail.target.querySelector?.("[data-focus]");
    if (first) first.focus();
  });
}
