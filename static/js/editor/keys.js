// Keys in the text. On a Mac the Ctrl key moves the caret, so ⌘ takes its place there.
(() => {
  "use strict";
  const editor = window.noteEditor;

  const PLAIN = { b: "bold", i: "italic", e: "code", k: "link" };
  const SHIFTED = { x: "strike" };
  // With Shift a digit is another sign on every keyboard: these go by their place.
  const PLACES = { Digit7: "numbers", Digit8: "bullets", Digit9: "tasks", Period: "quote" };

  editor.hasMod = (event) =>
    editor.isMac ? event.metaKey && !event.ctrlKey && !event.altKey : event.ctrlKey && !event.metaKey && !event.altKey;

  function toolOf(event) {
    const names = event.shiftKey ? SHIFTED : PLAIN;
    const key = event.key.toLowerCase();
    if (Object.hasOwn(names, key)) return names[key];
    return event.shiftKey && Object.hasOwn(PLACES, event.code) ? PLACES[event.code] : null;
  }

  editor.part((desk) => {
    desk.box.addEventListener("keydown", (event) => {
      if (editor.isComposing(event) || event.defaultPrevented) return;
      if (event.altKey && event.key === "F10") {
        event.preventDefault();
        desk.toToolbar();
        return;
      }
      const tool = editor.hasMod(event) ? toolOf(event) : null;
      if (!tool) return;
      event.preventDefault();
      desk.use(tool);
    });
  });
})();
