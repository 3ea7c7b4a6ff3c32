// Templates: put where the caret stands, and offered as links while a new note is empty.
(() => {
  "use strict";
  const editor = window.noteEditor;

  editor.part((desk) => {
    const { box } = desk;
    const offers = document.querySelector("[data-template-offers]");

    function insert(text) {
      const { value, selectionStart: start, selectionEnd: end } = box;
      const empty = !value.trim();
      const edit = empty ? { start: 0, end: value.length, text: `${text.trimEnd()}\n` } : editor.block(value, start, end, text.trimEnd());
      // One begins to write behind its first line.
      const first = edit.text.search(/\S.*\n\n/) >= 0 ? edit.text.indexOf("\n\n", edit.text.search(/\S/)) : edit.text.length;
      const place = edit.start + Math.min(edit.text.length, first + 1);
      editor.change(box, { ...edit, from: place, to: place });
    }

    for (const item of desk.all("[data-template]")) item.addEventListener("click", () => insert(item.dataset.template));
    if (!offers) return;
    desk.one(".editor-bar").after(offers);
    const show = () => { offers.hidden = Boolean(box.value.trim()); };
    offers.addEventListener("click", (event) => {
      const offer = event.target.closest("[data-offer]");
      const item = offer && desk.all("[data-template]")[Number(offer.dataset.offer)];
      if (!item) return;
      event.preventDefault();
      insert(item.dataset.template);
    });
    box.addEventListener("input", show);
    show();
  });
})();
