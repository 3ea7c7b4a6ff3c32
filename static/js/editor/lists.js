// Enter goes on with a list or a quotation and ends it in an empty item; Tab moves an item deeper.
(() => {
  "use strict";
  const editor = window.noteEditor;

  const QUOTES = /^(?: {0,3}> ?)*/;
  // - * + and tasks; 1. 1) with a blank behind; （1） (1) 1、 as Chinese texts count. A year is no number of an item.
  const MARK = /^(\s*)(?:([-*+])([ \t]+)(\[[ xX]\][ \t]+)?|(\d{1,3})([.)])([ \t]+)|([（(])(\d{1,3})([）)])([ \t]*)|(\d{1,2})(、)([ \t]*))/;

  function parse(line) {
    const quotes = QUOTES.exec(line)[0];
    const found = MARK.exec(line.slice(quotes.length));
    if (!found) return { quotes, indent: "", size: quotes.length, next: "", width: 0 };
    const [whole, indent, bullet, gap, task, number, sign, blank, open, count, close, after, chinese, comma, space] = found;
    let next = "";
    if (bullet) next = bullet + gap + (task ? "[ ] " : "");
    else if (number) next = `${Number(number) + 1}${sign}${blank}`;
    else if (count) next = `${open}${Number(count) + 1}${close}${after}`;
    else next = `${Number(chinese) + 1}${comma}${space}`;
    const isItem = Boolean(bullet || number);
    const width = bullet ? 1 + gap.length : number ? number.length + 1 + blank.length : 0;
    return { quotes, indent, size: quotes.length + whole.length, next, width, isItem, number, sign, blank };
  }

  function lineAt(value, place) {
    const { first, stop } = editor.linesAt(value, place, place);
    return { first, stop, line: value.slice(first, stop) };
  }

  // The edit that Enter makes, or null where it is an ordinary new line.
  function goOn(value, start, end) {
    const { first, stop, line } = lineAt(value, start);
    const { quotes, indent, size, next, width } = parse(line);
    if (!quotes.trim() && !next) return null;
    if (start < first + size || editor.inCode(value, start)) return null;
    if (!line.slice(size).trim() && start === end) {
      if (next && indent && width) return outdent(value, start, end);
      // Within a quotation the list ends first, then the quotation.
      const left = next && quotes.trim() ? quotes : "";
      return { start: first, end: stop, text: left };
    }
    return { start, end, text: `\n${quotes}${next ? indent + next : ""}` };
  }

  // The number of an item that comes to stand at `indent`, after those above it.
  function numberAt(above, indent) {
    for (const line of above.reverse()) {
      const found = parse(line);
      if (!found.isItem) {
        if (line.trim()) continue;
        return 1;
      }
      if (found.indent.length === indent) return found.number ? Number(found.number) + 1 : 1;
      if (found.indent.length < indent) return 1;
    }
    return 1;
  }

  function shift(value, start, end, work) {
    const { first, stop } = editor.linesAt(value, start, end);
    const lines = value.slice(first, stop).split("\n");
    if (!lines.some((line) => parse(line).isItem) || editor.inCode(value, start)) return null;
    const above = value.slice(0, first).split("\n").slice(0, -1).slice(-200);
    const moved = [];
    for (const line of lines) moved.push(work(line, [...above, ...moved]));
    const text = moved.join("\n");
    if (text === lines.join("\n")) return null;
    if (start !== end) return { start: first, end: stop, text, from: first, to: first + text.length };
    return { start: first, end: stop, text, from: Math.max(first, start + text.length - (stop - first)) };
  }

  function renumbered(line, above) {
    const { quotes, indent, size, number, sign, blank } = parse(line);
    if (!number) return line;
    return `${quotes}${indent}${numberAt([...above], indent.length)}${sign}${blank}${line.slice(size)}`;
  }

  function widthAbove(above, depth) {
    const sibling = above.findLast((line) => parse(line).isItem && parse(line).indent.length <= depth);
    return sibling ? parse(sibling).width : 0;
  }

  function indent(value, start, end) {
    return shift(value, start, end, (line, above) => {
      const { quotes, indent: there, width, isItem } = parse(line);
      if (!line.trim()) return line;
      const by = " ".repeat(widthAbove(above, there.length) || (isItem ? width : 2));
      return renumbered(quotes + by + line.slice(quotes.length), above);
    });
  }

  function outdent(value, start, end) {
    return shift(value, start, end, (line, above) => {
      const { quotes, indent: there } = parse(line);
      const rest = line.slice(quotes.length);
      const depth = rest.length - rest.trimStart().length;
      if (!depth) return line;
      const parent = above.findLast((each) => parse(each).isItem && parse(each).indent.length < there.length);
      const to = parent ? parse(parent).indent.length : Math.max(0, depth - 2);
      return renumbered(quotes + " ".repeat(to) + rest.slice(depth), above);
    });
  }

  editor.part((desk) => {
    let leaving = false; // after Escape the next Tab leaves, in a list too

    desk.box.addEventListener("keydown", (event) => {
      if (editor.isComposing(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { value, selectionStart: start, selectionEnd: end } = desk.box;
      let edit = null;
      if (event.key === "Enter" && !event.shiftKey) edit = goOn(value, start, end);
      else if (event.key === "Tab" && !leaving) edit = (event.shiftKey ? outdent : indent)(value, start, end);
      if (event.key !== "Shift") leaving = event.key === "Escape";
      if (!edit) return;
      event.preventDefault();
      editor.change(desk.box, edit);
    });
    desk.box.addEventListener("blur", () => { leaving = false; });
  });
})();
