// Marks around words: bold, italic, struck through, code. The same tool takes away what it gave.
(() => {
  "use strict";
  const { tools, linesAt } = window.noteEditor;

  const LEAD = /^\s*(?:> ?)*\s*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|#{1,6}\s+)?/;
  const LETTER = /[\p{Script=Latin}\p{N}_-]/u;

  function run(text, place, step, sign) {
    let count = 0;
    while (text[place + count * step] === sign) count += 1;
    return count;
  }

  // One star is italic, two are bold, three are both.
  function holds(mark, count) {
    if (mark === "*") return count % 2 === 1;
    return count >= mark.length;
  }

  const isMarked = (text, mark) =>
    text.length > 2 * mark.length &&
    holds(mark, run(text, 0, 1, mark[0])) && holds(mark, run(text, text.length - 1, -1, mark[0]));

  function atCaret(value, place, mark) {
    const size = mark.length;
    const before = run(value, place - 1, -1, mark[0]);
    const after = run(value, place, 1, mark[0]);
    if (holds(mark, before) && holds(mark, after)) {
      return { start: place - size, end: place + size, text: "", from: place - size };
    }
    const line = value.slice(value.lastIndexOf("\n", place - 1) + 1, place);
    if (holds(mark, after) && line.split(mark).length % 2 === 0) {
      return { start: place, end: place, text: "", from: place + size }; // written to its end: step out
    }
    let [from, to] = [place, place];
    while (from > 0 && LETTER.test(value[from - 1])) from -= 1;
    while (to < value.length && LETTER.test(value[to])) to += 1;
    if (from < place && place < to) return aroundSelection(value, from, to, mark, place);
    return { start: place, end: place, text: mark + mark, from: place + size };
  }

  function aroundSelection(value, from, to, mark, caret = null) {
    const size = mark.length;
    const words = value.slice(from, to);
    const selected = (shift, edit) =>
      caret === null ? edit : { ...edit, from: caret + shift, to: caret + shift };
    if (isMarked(words, mark)) {
      const bare = words.slice(size, -size);
      return selected(-size, { start: from, end: to, text: bare, from, to: from + bare.length });
    }
    if (holds(mark, run(value, from - 1, -1, mark[0])) && holds(mark, run(value, to, 1, mark[0]))) {
      return selected(-size, { start: from - size, end: to + size, text: words, from: from - size, to: to - size });
    }
    return selected(size, { start: from, end: to, text: mark + words + mark, from: from + size, to: to + size });
  }

  // A mark ends with its paragraph: of several lines each gets its own.
  function onLines(value, start, end, mark) {
    const { first, stop } = linesAt(value, start, end);
    const lines = value.slice(first, stop).split("\n").map((line) => {
      const lead = LEAD.exec(line)[0];
      return [lead, line.slice(lead.length).trimEnd()];
    });
    const full = lines.filter(([, words]) => words);
    const marked = full.length > 0 && full.every(([, words]) => isMarked(words, mark));
    const set = (words) => {
      if (!words || isMarked(words, mark) !== marked) return words;
      return marked ? words.slice(mark.length, -mark.length) : mark + words + mark;
    };
    const text = lines.map(([lead, words]) => lead + set(words)).join("\n");
    return { start: first, end: stop, text, from: first, to: first + text.length };
  }

  function toggle(value, start, end, mark) {
    if (start === end) return atCaret(value, start, mark);
    const words = value.slice(start, end);
    const [from, to] = [start + words.length - words.trimStart().length, end - (words.length - words.trimEnd().length)];
    if (from >= to) return atCaret(value, end, mark);
    return value.slice(from, to).includes("\n") ? onLines(value, from, to, mark) : aroundSelection(value, from, to, mark);
  }

  Object.assign(tools, {
    bold: (value, start, end) => toggle(value, start, end, "**"),
    italic: (value, start, end) => toggle(value, start, end, "*"),
    strike: (value, start, end) => toggle(value, start, end, "~~"),
    code: (value, start, end) =>
      value.slice(start, end).trim().includes("\n") ? tools.codeblock(value, start, end) : toggle(value, start, end, "`"),
  });
})();
