// Sets the chosen theme before the page is drawn, and tends the switch. Without it the system's preference holds.
(() => {
  "use strict";
  const KEY = "papernotes-theme";
  const root = document.documentElement;
  const THEMES = ["auto", "light", "dark"];

  function remembered() {
    try {
      const theme = localStorage.getItem(KEY);
      return THEMES.includes(theme) ? theme : "auto";
    } catch {
      return "auto"; // storage is forbidden here
    }
  }

  function wear(theme) {
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = theme;
  }

  function showPressed(theme) {
    for (const button of document.querySelectorAll("[data-set-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
    }
  }

  function choose(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds for this page then.
    }
    wear(theme);
    showPressed(theme);
  }

  function showWhatNeedsScripts() {
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  }

  wear(remembered());
  document.addEventListener("DOMContentLoaded", () => {
    showWhatNeedsScripts();
    showPressed(remembered());
  });
  document.addEventListener("htmx:afterSwap", showWhatNeedsScripts); // a part of the page came anew
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-theme]");
    if (button) choose(button.dataset.setTheme);
  });
  // Another tab chose.
  addEventListener("storage", (event) => {
    if (event.key === KEY) {
      wear(remembered());
      showPressed(remembered());
    }
  });
})();
