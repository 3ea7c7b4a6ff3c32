// What is pasted or dropped: an address makes words a link, a table becomes Markdown, pictures are sent.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const MOST_SPAN = 50;

  const cellText = (cell) => cell.textContent.replace(/\s+/g, " ").trim().replace(/\|/g, "\\|");
  const bare = (text) => text.replace(/\s+/g, "");

  // Each cell in its column: where one reaches over several columns or rows, the others stay empty.
  function grid(table) {
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((row, number) => {
      let column = 0;
      for (const cell of row.cells) {
        while (rows[number][column] !== undefined) column += 1;
        const [wide, high] = [Math.min(MOST_SPAN, cell.colSpan), Math.min(MOST_SPAN, cell.rowSpan || 1)];
        for (const below of rows.slice(number, number + high)) {
          for (let place = column; place < column + wide; place += 1) below[place] ??= "";
        }
        rows[number][column] = cellText(cell);
      }
    });
    return rows;
  }

  function markdownOf(table) {
    const rows = grid(table);
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (!width || rows.length * width < 2) return "";
    const line = (row) => `| ${Array.from({ length: width }, (_, place) => row[place] ?? "").join(" | ")} |`;
    return [line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n");
  }

  // Rows and cells without their styles, which our content policy would complain of even in a page that nobody sees.
  const KEPT = /^\/?(?:table|thead|tbody|tfoot|tr|td|th)$/i;
  function bareTable(html) {
    return html
      .replace(/<!--[\s\S]*?-->|<(style|script|title|caption)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replace(/<(\/?[a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi, (_, tag, rest) => {
        if (!KEPT.test(tag)) return " ";
        const spans = [...rest.matchAll(/\b(colspan|rowspan)\s*=\s*["']?(\d{1,3})/gi)];
        return `<${tag}${spans.map(([, name, size]) => ` ${name}="${size}"`).join("")}>`;
      });
  }

  // Tables and nothing else, as spreadsheets copy them; of any other page the words are enough.
  editor.tableFrom = (html) => {
    if (!/<table[\s>]/i.test(html) || html.length > 2_000_000) return "";
    const page = new DOMParser().parseFromString(bareTable(html), "text/html");
    const tables = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
    if (bare(tables.map((table) => table.textContent).join("")) !== bare(page.body.textContent)) return "";
    return tables.map(markdownOf).filter(Boolean).join("\n\n");
  };

  function edit(box, data) {
    const { value, selectionStart: start, selectionEnd: end } = box;
    const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
    if (editor.inCode(value, start) || line.split("`").length % 2 === 0) return null; // code stays as it is
    const [plain, words] = [data.getData("text/plain").trim(), value.slice(start, end)];
    const inTarget = value[start - 1] === "(" && value[start - 2] === "]";
    if (editor.isAddress(plain) && words.trim() && !inTarget && !/[\n[\]]/.test(words) && !editor.isAddress(words.trim())) {
      return { start, end, text: `[${words}](${editor.asTarget(plain)})` };
    }
    const table = editor.tableFrom(data.getData("text/html"));
    if (!table) return null;
    const made = editor.block(value, start, end, table);
    return { start, end, text: made.text };
  }

  const hasFiles = (data) => Boolean(data && [...data.types].includes("Files") && data.files.length);

  editor.part((desk) => {
    const { box } = desk;
    box.addEventListener("paste", (event) => {
      const data = event.clipboardData;
      if (!data || desk.composing) return;
      // Spreadsheets bring a picture of their table along: words go before pictures.
      if (hasFiles(data) && !data.getData("text/plain").trim() && desk.takePictures) {
        event.preventDefault();
        desk.takePictures(data.files);
        return;
      }
      const made = edit(box, data);
      if (!made) return;
      event.preventDefault();
      editor.change(box, made);
    });
    box.addEventListener("dragover", (event) => {
      if (!desk.takePictures || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      desk.root.classList.add("is-dropping");
    });
    box.addEventListener("dragleave", () => desk.root.classList.remove("is-dropping"));
    box.addEventListener("drop", (event) => {
      desk.root.classList.remove("is-dropping");
      if (!hasFiles(event.dataTransfer) || !desk.takePictures) return;
      event.preventDefault(); // or the browser would leave the page for the picture
      desk.takePictures(event.dataTransfer.files);
    });
  });
})();
