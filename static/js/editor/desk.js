// The desk at which a note is written: the box, the words that the page brought, and the tools that the other files lay on it.
(() => {
  "use strict";
  const parts = [];
  const tools = {};

  function open(root) {
    const box = root.querySelector("textarea");
    const desk = {
      root,
      box,
      form: box.form,
      composing: false,
      one: (selector) => root.querySelector(selector),
      all: (selector) => [...root.querySelectorAll(selector)],
      // A sentence of the page: words("tooLarge", { name }) is data-words-too-large with its {name} filled in.
      words: (key, values = {}) =>
        Object.entries(values).reduce(
          (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
          root.dataset[`words${key[0].toUpperCase()}${key.slice(1)}`] ?? "",
        ),
      speak: (text) => { desk.one("[data-spoken]").textContent = text; },
      notice(text) {
        const place = desk.one("[data-notice]");
        place.textContent = text;
        place.hidden = !text;
      },
      use(name) {
        if (desk.composing || box.readOnly || box.disabled || !Object.hasOwn(tools, name)) return;
        const edit = tools[name](box.value, box.selectionStart, box.selectionEnd, desk);
        if (edit) noteEditor.change(box, edit);
        else box.focus();
      },
    };
    // An input method works on its field itself, be it the text, the title or the papers: nothing else may meanwhile.
    document.addEventListener("compositionstart", () => { desk.composing = true; }, { capture: true });
    document.addEventListener("compositionend", () => { desk.composing = false; }, { capture: true });
    // A field that goes away while it is composed in never says so.
    document.addEventListener("keydown", (event) => { desk.composing &&= noteEditor.isComposing(event); }, { capture: true });
    for (const part of parts) part(desk);
    for (const element of desk.all("[data-needs-script]")) element.hidden = false;
    return desk;
  }

  window.noteEditor = {
    open,
    tools,
    part: (work) => parts.push(work),
    isComposing: (event) => event.isComposing || event.keyCode === 229,
  };
})();
