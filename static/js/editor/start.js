// Every box for notes on the page becomes a desk.
(() => {
  "use strict";
  for (const root of document.querySelectorAll("[data-note-editor]")) {
    const desk = window.noteEditor.open(root);
    desk.begin();
  }
})();
