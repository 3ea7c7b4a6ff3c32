// The toolbar: one stop of the Tab key, arrows within; its buttons say their keys; the help.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const isMac = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);
  const NAMES = { Mod: isMac ? "⌘" : "Ctrl", Shift: isMac ? "⇧" : "Shift", Alt: isMac ? "⌥" : "Alt", Escape: "Esc" };
  editor.isMac = isMac;

  const spoken = (keys) => keys.split("+").map((key) => NAMES[key] ?? key).join(isMac ? "" : "+");
  const aria = (keys) => keys.replace("Mod", isMac ? "Meta" : "Control");

  editor.part((desk) => {
    const bar = desk.one("[role=toolbar]");
    const buttons = [...bar.querySelectorAll("button")];
    const stop = (button) => {
      for (const each of buttons) each.tabIndex = each === button ? 0 : -1;
    };
    stop(buttons[0]);
    desk.toToolbar = () => buttons.find((button) => button.tabIndex === 0).focus();

    for (const button of buttons) {
      if (!button.dataset.keys) continue;
      button.title = `${button.title} (${spoken(button.dataset.keys)})`;
      button.setAttribute("aria-keyshortcuts", aria(button.dataset.keys));
    }
    for (const keys of desk.all("[data-show-keys]")) keys.textContent = spoken(keys.dataset.showKeys);

    bar.addEventListener("focusin", (event) => {
      if (buttons.includes(event.target)) stop(event.target);
    });
    bar.addEventListener("keydown", (event) => {
      const seen = buttons.filter((button) => button.offsetParent !== null);
      const place = seen.indexOf(document.activeElement);
      const steps = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 };
      if (place < 0 || !Object.hasOwn(steps, event.key)) return;
      event.preventDefault();
      seen.at(steps[event.key] % seen.length).focus();
    });
    // A press of the mouse leaves the caret where it is, so that the words stay selected.
    bar.addEventListener("mousedown", (event) => {
      if (event.target.closest("[data-tool]")) event.preventDefault();
    });
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tool]");
      if (!button) return;
      desk.setMode?.("write", { unlessSeen: true });
      if (button.dataset.tool === "picture") desk.one("[data-choose]").click();
      else desk.use(button.dataset.tool);
    });

    const help = desk.one("dialog");
    desk.one("[data-help]").addEventListener("click", () => help.showModal());
    desk.one("[data-close-help]").addEventListener("click", () => help.close());
    help.addEventListener("click", (event) => {
      if (event.target === help) help.close(); // beside it
    });
  });
})();
