// Things put into the text: links, references, tables, formulas, callouts.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;

  editor.isAddress = (text) => ADDRESS.test(text);
  // Brackets that would end the link are kept in by pointed ones.
  editor.asTarget = (address) => (/[()<>]/.test(address) ? `<${address.replace(/</g, "%3C").replace(/>/g, "%3E")}>` : address);

  // The link in which the caret stands.
  function linkAt(value, start, end) {
    const first = value.lastIndexOf("\n", start - 1) + 1;
    const { stop } = editor.linesAt(value, start, end);
    for (const found of value.slice(first, stop).matchAll(/!?\[([^\]\n]*)\]\(([^)\n]*)\)/g)) {
      const from = first + found.index;
      if (from <= start && end <= from + found[0].length && !found[0].startsWith("!")) return { from, words: found[1], whole: found[0] };
    }
    return null;
  }

  function link(value, start, end) {
    const there = linkAt(value, start, end);
    if (there) {
      const stop = there.from + there.whole.length;
      return { start: there.from, end: stop, text: there.words, from: there.from, to: there.from + there.words.length };
    }
    const words = value.slice(start, end);
    if (editor.isAddress(words.trim())) return { start, end, text: `[](${editor.asTarget(words.trim())})`, from: start + 1 };
    const text = `[${words}](https://)`;
    // With words it is the address that is missing, without any the words are first.
    const from = words ? start + words.length + 3 : start + 1;
    return { start, end, text, from, to: words ? from + 8 : from };
  }

  function reference(value, start, end) {
    const words = value.slice(start, end);
    if (words && !/[[\]\n]/.test(words)) return { start, end, text: `[[${words}]]`, from: start + 2 + words.length };
    return { start: end, end, text: "[[" };
  }

  function table(value, start, end) {
    return editor.block(value, end, end, "|   |   |   |\n| --- | --- | --- |\n|   |   |   |\n", 2);
  }

  function formula(value, start, end) {
    const words = value.slice(start, end);
    const { first, stop } = editor.linesAt(value, start, end);
    if (words.length > 2 && /^\$[^$]+\$$/.test(words)) {
      return { start, end, text: words.slice(1, -1), from: start, to: end - 2 };
    }
    if (words && value[start - 1] === "$" && value[end] === "$" && value[end + 1] !== "$") {
      return { start: start - 1, end: end + 1, text: words, from: start - 1, to: end - 1 };
    }
    const alone = !value.slice(first, stop).trim();
    if (words.includes("\n") || alone) return editor.block(value, start, end, `$$\n${words.trim()}\n$$`, 3 + words.trim().length);
    return { start, end, text: `$${words}$`, from: start + 1, to: start + 1 + words.length };
  }

  editor.callout = (kind) => (value, start, end) => {
    const { first, stop } = editor.linesAt(value, start, end);
    const words = value.slice(first, stop).trim();
    const text = [`> [!${kind}]`, ...(words || "").split("\n").map((line) => `> ${line}`)].join("\n");
    return editor.block(value, first, stop, text, text.length);
  };

  Object.assign(editor.tools, { link, reference, table, formula });
})();
