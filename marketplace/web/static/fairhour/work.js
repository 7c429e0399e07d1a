// The Work View page: the dialog that rejects a tile, and looking for changes while the page is visible.
// htmx sends and swaps; without this script a tile is rejected on its own page.

const dialog = document.getElementById("reject-dialog");
const form = dialog?.querySelector("form");
const liveState = document.getElementById("live-state");
let opener = "";

const digests = () =>
  [...document.querySelectorAll("[data-digest]")].map((part) => `${part.id}:${part.dataset.digest}`).join(",");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reject]");
  if (!button || !dialog) return;
  form.action = button.dataset.reject;
  form.reset();
  form.elements.reason.value = sessionStorage.getItem(form.action) ?? "";
  sessionStorage.removeItem(form.action);
  dialog.querySelector("[data-effect-words]").textContent = button.dataset.effect;
  dialog.querySelector("[data-what-words]").textContent = button.dataset.what;
  document.getElementById("reject-problem").replaceChildren();
  opener = button.id;
  dialog.showModal();
});

dialog?.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel]")) dialog.close();
});

dialog?.addEventListener("close", () => {
  // The button may be gone: then its tile offers to take the rejection back.
  const there = document.getElementById(opener) ?? document.getElementById(opener.replace("reject-", "take-back-"));
  there?.focus({ preventScroll: true });
});

document.body.addEventListener("fairhour:judged", () => {
  if (dialog?.open) dialog.close();
});

document.body.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event;
  detail.parameters.have = digests();
  if (event.target === form) detail.path = form.getAttribute("action");
  if (event.target.id === "take-back-form") {
    detail.path = detail.triggeringEvent.submitter.getAttribute("formaction");
  }
});

// The session is over and htmx leaves for the sign-in page: the words are there again in the dialog afterwards.
document.body.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status === 401 && dialog?.open) sessionStorage.setItem(form.action, form.elements.reason.value);
});

// A page that nobody sees asks for nothing; it looks as soon as it is shown again.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "live" && document.hidden) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.body.dispatchEvent(new Event("fairhour:look"));
});

// A strip that the reader has pushed sideways stays there when its hour is replaced.
const pushed = new Map();
document.body.addEventListener("htmx:beforeSwap", () => {
  for (const strip of document.querySelectorAll(".cells, .day-strip")) {
    if (strip.scrollLeft) pushed.set(strip.id, strip.scrollLeft);
  }
});
document.body.addEventListener("htmx:afterSettle", () => {
  for (const [id, left] of pushed) document.getElementById(id)?.scrollTo({ left, behavior: "instant" });
  pushed.clear();
});

const lost = () => {
  liveState.textContent = liveState.dataset.lost;
};
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.body.addEventListener(name, lost);
}
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) liveState.textContent = "";
});
