// Buttons that copy: data-copy="text", or data-copy-from="id of an element", or data-copy-address for this very view.
(() => {
  "use strict";
  function textOf(button) {
    if (button.hasAttribute("data-copy-address")) return location.href;
    const from = button.dataset.copyFrom && document.getElementById(button.dataset.copyFrom);
    return from ? (from.value ?? from.textContent) : button.dataset.copy;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from], [data-copy-address]");
    if (!button) return;
    const live = document.getElementById("announcements");
    try {
      await navigator.clipboard.writeText(textOf(button));
      live.textContent = live.dataset.copied;
    } catch {
      live.textContent = live.dataset.notCopied; // no permission, or the page is not served over https
    }
    live.classList.add("is-shown");
    setTimeout(() => live.classList.remove("is-shown"), 2500);
  });
})();
