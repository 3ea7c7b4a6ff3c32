// A button on every block of code that copies it; copy.js does the copying, the words come from the page.
(() => {
  "use strict";
  const words = document.getElementById("announcements")?.dataset.copyCode;

  function equip(part) {
    for (const box of part.querySelectorAll(".prose .code")) {
      if (box.querySelector(".code-copy")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain code-copy";
      button.textContent = words;
      button.dataset.copy = box.querySelector("code").textContent;
      box.append(button);
    }
  }

  if (!words) return;
  equip(document);
  document.addEventListener("htmx:load", (event) => equip(event.target));
})();
