// How much is written: Chinese characters, words of other scripts, and how long one reads.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const HAN = /\p{Script=Han}/gu;
  const WORD = /[\p{L}\p{N}\p{M}]+(?:['’.\-_][\p{L}\p{N}\p{M}]+)*/gu;
  const [HAN_A_MINUTE, WORDS_A_MINUTE] = [400, 220];
  const length = (text) => new TextEncoder().encode(text).length;

  editor.count = (text) => {
    const han = text.match(HAN)?.length ?? 0;
    const words = text.replace(/\]\([^)\n]*\)/g, "]").replace(HAN, " ").match(WORD)?.length ?? 0;
    return { han, words, minutes: Math.ceil(han / HAN_A_MINUTE + words / WORDS_A_MINUTE) };
  };

  editor.part((desk) => {
    const place = desk.one("[data-count]");
    const most = Number(desk.root.dataset.mostText);
    const format = new Intl.NumberFormat(document.documentElement.lang || undefined);
    let timer = 0;

    function show() {
      const counts = Object.entries(editor.count(desk.box.value)).map(([name, number]) => [name, format.format(number)]);
      const long = desk.box.value.length * 3 > most && length(desk.box.value) > most;
      place.textContent = long ? desk.words("long") : desk.words("count", Object.fromEntries(counts));
      place.classList.toggle("is-wrong", long);
    }
    desk.box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, 300);
    });
    show();
  });
})();
