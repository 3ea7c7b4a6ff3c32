// The search box of the papers page offers what begins so: arrows choose, Enter takes, Escape closes (a combobox after
// the pattern of WAI-ARIA). Without a script it is a plain box.
(() => {
  "use strict";
  const PAUSE = 80; // milliseconds after the last key
  const LIST = "suggestions";
  let [timer, asked, current] = [0, null, -1];

  const boxOf = (target) => target?.closest?.("form[data-suggest]")?.querySelector("input[name=q]") ?? null;
  const listOf = (box) => box.form.querySelector("[role=listbox]");
  const options = (box) => [...(listOf(box)?.querySelectorAll("[role=option]") ?? [])];
  const isOpen = (box) => Boolean(listOf(box)) && !listOf(box).hidden;

  function prepared(box) {
    if (listOf(box)) return listOf(box);
    const list = document.createElement("ul");
    list.id = LIST;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.getAttribute("aria-label"));
    box.form.append(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", LIST);
    return list;
  }

  function close(box) {
    clearTimeout(timer);
    asked?.abort();
    [asked, current] = [null, -1];
    box.removeAttribute("aria-activedescendant");
    if (!listOf(box)) return;
    listOf(box).hidden = true;
    box.setAttribute("aria-expanded", "false");
  }

  function choose(box, place) {
    const all = options(box);
    current = place < -1 ? all.length - 1 : place >= all.length ? -1 : place; // one step beyond is the box itself
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === current)));
    if (current < 0) return box.removeAttribute("aria-activedescendant");
    all[current].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", all[current].id);
  }

  async function ask(box) {
    const typed = box.value.slice(0, box.selectionStart ?? box.value.length);
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const answer = await fetch(`${box.form.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal });
      const found = answer.ok && !answer.redirected ? await answer.text() : "";
      if (signal.aborted || document.activeElement !== box) return;
      const list = prepared(box);
      list.innerHTML = found;
      list.hidden = !options(box).length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      choose(box, -1);
    } catch (error) {
      if (error.name !== "AbortError") close(box);
    }
  }

  function take(box, option) {
    const { address, name, value, start } = option.dataset;
    close(box);
    if (address) return window.location.assign(address);
    const rest = box.value.slice(box.selectionStart ?? box.value.length).trimStart();
    box.value = [box.value.slice(0, Number(start)).trimEnd(), rest].filter(Boolean).join(" ");
    const kept = [...box.form.querySelectorAll("input[type=hidden]")];
    if (!kept.some((field) => field.name === name && field.value === value)) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      box.form.append(field);
    }
    box.form.requestSubmit();
  }

  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box || box !== event.target) return;
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => ask(box), PAUSE);
  });
  document.addEventListener("compositionend", (event) => {
    const box = boxOf(event.target);
    if (box) timer = setTimeout(() => ask(box), PAUSE);
  });

  document.addEventListener("keydown", (event) => {
    const box = boxOf(event.target);
    if (!box || box !== event.target || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!isOpen(box)) {
      if (event.key === "ArrowDown" && box.value.trim()) {
        event.preventDefault();
        ask(box);
      }
      return;
    }
    if (event.key === "ArrowDown") choose(box, current + 1);
    else if (event.key === "ArrowUp") choose(box, current < 0 ? -2 : current - 1);
    else if (event.key === "Escape") close(box);
    else if (event.key === "Enter" && current >= 0) take(box, options(box)[current]);
    else return event.key === "Enter" || event.key === "Tab" ? close(box) : undefined;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // Before the box loses its focus to the click.
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("form[data-suggest] [role=option]");
    if (!option || event.button !== 0) return;
    event.preventDefault();
    take(boxOf(option), option);
  });
  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box && box === event.target) close(box);
  });
})();
