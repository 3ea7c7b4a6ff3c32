// Every box for notes on the page becomes a desk.
(() => {
  "use strict";
  for (const root of document.querySelectorAll("[data-note-editor]")) {
    const desk = window.noteEditor.open(root);
    desk.begin();
  }

  // The field in which papers are sought is made, and made anew, by a script of the admin, which gives it no name.
  for (const row of document.querySelectorAll(".note-page .fieldBox.field-papers")) {
    const name = () => {
      const words = row.querySelector("label")?.textContent.replace(/[:：]\s*$/, "").trim() ?? "";
      row.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
    };
    new MutationObserver(name).observe(row, { childList: true, subtree: true });
    name();
  }
})();
