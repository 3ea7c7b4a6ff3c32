// Behind [[ or 【【 our papers are offered: arrows choose, Enter or Tab takes, Escape closes.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const OPENED = /(\[\[|【【)([^[\]【】\n|｜]{0,80})$/;
  const CLOSING = { "[[": "]]", "【【": "】】" };

  function part(tag, name, text) {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function option(paper, id) {
    const made = document.createElement("li");
    made.id = id;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    if (paper.name) made.append(part("span", "editor-paper-name", paper.name));
    made.append(part("span", "editor-paper-title", paper.title));
    if (paper.detail) made.append(part("span", "editor-paper-detail", paper.detail));
    return made;
  }

  editor.part((desk) => {
    const { box } = desk;
    const list = desk.one("[role=listbox]");
    const address = desk.root.dataset.completeAddress;
    if (!address) return;
    let [papers, current, asked, timer, closedAt] = [[], -1, null, 0, -1];
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);

    const before = () => {
      if (box.selectionStart !== box.selectionEnd) return null;
      const place = box.selectionStart;
      const found = OPENED.exec(box.value.slice(Math.max(0, place - 90), place));
      return found && { sign: found[1], words: found[2], start: place - found[2].length, place };
    };

    function close() {
      clearTimeout(timer);
      asked?.abort();
      asked = null;
      list.hidden = true;
      [papers, current] = [[], -1];
      box.removeAttribute("aria-activedescendant");
    }

    function choose(place) {
      current = (place + papers.length) % papers.length;
      [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === current)));
      list.children[current].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", list.children[current].id);
    }

    function put() {
      const there = before();
      if (!there) return;
      const at = editor.caretAt(box, there.start);
      const around = box.parentElement;
      list.style.left = `${Math.max(0, Math.min(at.left, around.clientWidth - list.offsetWidth))}px`;
      const below = box.offsetTop + at.bottom + 4;
      const above = box.offsetTop + at.top - list.offsetHeight - 4;
      const room = innerHeight - around.getBoundingClientRect().top - below;
      list.style.top = `${room < list.offsetHeight + 60 && above > -40 ? above : below}px`;
    }

    function show(found) {
      papers = found;
      list.replaceChildren(...papers.map((paper, number) => option(paper, `${list.id}-${number}`)));
      list.hidden = !papers.length;
      desk.speak(papers.length ? desk.words("found", { count: papers.length }) : desk.words("noneFound"));
      if (!papers.length) return box.removeAttribute("aria-activedescendant");
      put();
      choose(0);
    }

    async function ask(words) {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, {
          signal: asked.signal, headers: { Accept: "application/json" },
        });
        const found = answer.ok && !answer.redirected ? await answer.json() : [];
        const there = before();
        if (there && there.words.trim() === words && !desk.composing) show(found.slice(0, 12));
      } catch {
        // A later question took its place, or the server is away: one writes on without.
      }
    }

    function look() {
      const there = desk.composing ? null : before();
      if (!there || there.start === closedAt || editor.inCode(box.value, there.place)) {
        if (!there) closedAt = -1;
        return close();
      }
      clearTimeout(timer);
      timer = setTimeout(() => ask(there.words.trim()), 120);
    }

    function take(number) {
      const there = before();
      const paper = papers[number];
      if (!there || !paper) return close();
      const closing = CLOSING[there.sign];
      let end = there.place;
      if (box.value.startsWith(closing, end)) end += closing.length;
      close();
      editor.change(box, { start: there.start, end, text: paper.insert + closing });
    }

    box.addEventListener("input", look);
    box.addEventListener("compositionend", () => setTimeout(look));
    box.addEventListener("click", () => (list.hidden ? null : look()));
    box.addEventListener("blur", close);
    box.addEventListener("scroll", () => (list.hidden ? null : close()));
    addEventListener("resize", close);
    box.addEventListener("keyup", (event) => {
      if (!list.hidden && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) look();
    });
    // Before all other listeners: while the list is open these keys are its own.
    box.addEventListener("keydown", (event) => {
      if (list.hidden || editor.isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const acts = {
        ArrowDown: () => choose(current + 1),
        ArrowUp: () => choose(current - 1),
        Enter: () => take(current),
        Tab: () => take(current),
        Escape: () => { closedAt = before()?.start ?? -1; close(); },
      };
      if (!Object.hasOwn(acts, event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      acts[event.key]();
    }, { capture: true });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the caret stays in the text
      const item = event.target.closest("[role=option]");
      if (item) take([...list.children].indexOf(item));
    });
  });
})();
