// Writing alone, beside the preview, or the preview alone; remembered. A narrow screen has no room for two.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const KEY = "papernotes-editor-mode";
  const MODES = ["write", "split", "preview"];
  const narrow = matchMedia("(max-width: 50rem)");

  function remembered() {
    try {
      const mode = localStorage.getItem(KEY);
      return MODES.includes(mode) ? mode : "write";
    } catch {
      return "write"; // storage is forbidden here
    }
  }

  function remember(mode) {
    try {
      localStorage.setItem(KEY, mode);
    } catch {
      // It holds for this page then.
    }
  }

  editor.part((desk) => {
    let mode = "write";

    function show() {
      const seen = narrow.matches && mode === "split" ? "write" : mode;
      desk.root.dataset.mode = seen;
      desk.one(".editor-writing").hidden = seen === "preview";
      desk.one(".editor-preview").hidden = seen === "write";
      for (const button of desk.all("[data-set-mode]")) {
        button.setAttribute("aria-pressed", String(button.dataset.setMode === seen));
      }
      desk.root.dispatchEvent(new CustomEvent("editor:mode", { detail: seen }));
    }

    desk.setMode = (wanted, { unlessSeen = false } = {}) => {
      if (unlessSeen && desk.root.dataset.mode !== "preview") return;
      mode = wanted;
      show();
    };
    for (const button of desk.all("[data-set-mode]")) {
      button.addEventListener("click", () => {
        remember(button.dataset.setMode);
        desk.setMode(button.dataset.setMode);
      });
    }
    narrow.addEventListener("change", show);
    // The other parts listen first. Nobody comes to an empty page of preview.
    desk.begin = () => desk.setMode(remembered() === "preview" && !desk.box.value.trim() ? "write" : remembered());
  });
})();
