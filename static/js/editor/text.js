// Changes of the text. An edit is { start, end, text, from, to }: what to put where, and what is selected then.
(() => {
  "use strict";
  const editor = window.noteEditor;

  // execCommand is old, and the only way to change a textarea that the browser's own undo knows of.
  editor.change = (box, { start, end, text, from = start + text.length, to = from }) => {
    box.focus({ preventScroll: true });
    if (text !== box.value.slice(start, end)) {
      box.setSelectionRange(start, end);
      const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
      if (!done) {
        box.setRangeText(text, start, end, "end");
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    }
    box.setSelectionRange(from, to);
  };

  // While somebody writes on, in this box or in another field: what is selected there stays selected.
  editor.changeQuietly = (box, start, end, text) => {
    const active = document.activeElement;
    const [top, from, to] = [box.scrollTop, box.selectionStart, box.selectionEnd];
    const moved = (place) => (place <= start ? place : place >= end ? place + text.length - (end - start) : start + text.length);
    editor.change(box, { start, end, text, from: moved(from), to: moved(to) });
    box.scrollTop = top;
    if (active && active !== box && active !== document.body) active.focus({ preventScroll: true });
  };

  // The whole lines that the selection touches.
  editor.linesAt = (value, start, end) => {
    const last = end > start && value[end - 1] === "\n" ? end - 1 : end;
    const first = value.lastIndexOf("\n", start - 1) + 1;
    const stop = value.indexOf("\n", last);
    return { first, stop: stop < 0 ? value.length : stop };
  };

  // Within a block of code nothing is Markdown.
  editor.inCode = (value, place) => {
    let fence = "";
    for (const line of value.slice(0, value.lastIndexOf("\n", place - 1) + 1).split("\n")) {
      const found = /^(?: {0,3}|[> ]*)(`{3,}|~{3,})/.exec(line)?.[1];
      if (!found) continue;
      if (!fence) fence = found;
      else if (found[0] === fence[0] && found.length >= fence.length) fence = "";
    }
    return Boolean(fence);
  };

  // A block stands between blank lines.
  editor.block = (value, start, end, text, from = 0, to = from) => {
    const before = value.slice(0, start);
    const after = value.slice(end);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const tail = !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    const place = start + lead.length;
    return { start, end, text: lead + text + tail, from: place + from, to: place + to };
  };
})();
