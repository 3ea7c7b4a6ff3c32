// What a line begins with: headings, lists, tasks, quotations; and blocks of code.
(() => {
  "use strict";
  const { tools, linesAt, block } = window.noteEditor;

  const ITEM = /^(\s*)(?:([-*+])\s+(\[[ xX]\]\s+)?|(\d{1,9})[.)]\s+)/;
  const IS = {
    bullets: (found) => found && found[2] && !found[3],
    numbers: (found) => found && found[4],
    tasks: (found) => found && found[3],
  };
  const MARKS = { bullets: () => "- ", numbers: (count) => `${count}. `, tasks: () => "- [ ] " };

  // Gives each touched line to `work(line, number)`; the caret keeps its distance to the end of its line.
  function onLines(value, start, end, work) {
    const { first, stop } = linesAt(value, start, end);
    const old = value.slice(first, stop);
    const text = work(old.split("\n")).join("\n");
    if (start !== end) return { start: first, end: stop, text, from: first, to: first + text.length };
    return { start: first, end: stop, text, from: Math.max(first, start + text.length - old.length) };
  }

  // Blank lines between are left alone, one alone is where a list begins.
  const touched = (lines) => (line) => lines.length === 1 || line.trim() !== "";

  const list = (kind) => (value, start, end) =>
    onLines(value, start, end, (lines) => {
      const meant = touched(lines);
      const on = lines.filter(meant).every((line) => IS[kind](ITEM.exec(line)));
      let count = 0;
      return lines.map((line) => {
        if (!meant(line)) return line;
        const found = ITEM.exec(line);
        const indent = found ? found[1] : /^\s*/.exec(line)[0];
        const words = line.slice(found ? found[0].length : indent.length);
        count += 1;
        return indent + (on ? "" : MARKS[kind](count)) + words;
      });
    });

  function quote(value, start, end) {
    return onLines(value, start, end, (lines) => {
      const on = lines.every((line) => /^\s{0,3}>/.test(line));
      return lines.map((line) => (on ? line.replace(/^\s{0,3}> ?/, "") : `> ${line}`));
    });
  }

  // One # is the note's own title, so sections begin with two.
  const NEXT = { 0: 2, 1: 2, 2: 3, 3: 4 };
  function heading(value, start, end) {
    return onLines(value, start, end, (lines) => {
      const meant = touched(lines);
      const level = /^(#{1,6})\s/.exec(lines.find(meant) ?? "")?.[1].length ?? 0;
      const mark = NEXT[level] ? `${"#".repeat(NEXT[level])} ` : "";
      return lines.map((line) => (meant(line) ? mark + line.replace(/^#{1,6}\s+/, "") : line));
    });
  }

  const FENCE = /^(`{3,})[^`\n]*\n([\s\S]*?)\n?\1$/;
  function codeblock(value, start, end) {
    const { first, stop } = linesAt(value, start, end);
    const before = value.slice(0, first);
    const opening = /(^|\n)(`{3,})[^`\n]*\n$/.exec(before);
    const lines = value.slice(first, stop);
    const inside = opening && value.startsWith(`\n${opening[2]}`, stop);
    if (inside) {
      const from = first - (opening[0].length - opening[1].length);
      return { start: from, end: stop + 1 + opening[2].length, text: lines, from, to: from + lines.length };
    }
    const whole = FENCE.exec(lines);
    if (whole) return { start: first, end: stop, text: whole[2], from: first, to: first + whole[2].length };
    const ticks = "`".repeat(Math.max(3, ...[...lines.matchAll(/`+/g)].map(([found]) => found.length + 1)));
    const size = ticks.length + 1;
    return block(value, first, stop, `${ticks}\n${lines}\n${ticks}`, size, size + lines.length);
  }

  Object.assign(tools, {
    heading, quote, codeblock, bullets: list("bullets"), numbers: list("numbers"), tasks: list("tasks"),
  });
})();
