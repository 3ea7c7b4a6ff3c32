// The inbox: after a decision the keyboard stays at its paper, and Escape leads from the tags back to it.
(() => {
  "use strict";
  let held = "";

  document.addEventListener("htmx:beforeSwap", (event) => {
    const row = event.detail.target;
    held = row?.matches?.(".finding") && row.contains(document.activeElement) ? row.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const row = held ? document.getElementById(held) : null;
    held = "";
    // Only a focus that the swap took away: whoever has moved on by then stays where they are.
    if (row && document.activeElement === document.body) row.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    if (event.target.matches?.(".decide input")) event.target.closest("[data-row]")?.focus({ preventScroll: true });
  });
})();
