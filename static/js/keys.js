// The keyboard: / search, j k move, Enter open, x select, r reading state, e note, m remark, f facets, ? help;
// in the inbox p keep, t tags, d dismiss, u undo.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  let current = null;

  function mark(row) {
    current?.classList.remove("is-current");
    current = row;
    row.classList.add("is-current");
    if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const holder = document.activeElement?.closest?.("[data-row]");
    const place = all.indexOf(holder ?? (current?.isConnected ? current : null));
    const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, place + step));
    mark(all[next]);
  }

  const here = () => document.activeElement?.closest?.("[data-row]") ?? (current?.isConnected ? current : null);

  // The row's own part first, else the page's: <a data-key="e">, <input data-key="x">, <select data-key="r">.
  function use(key) {
    const part = here()?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`main [data-key="${key}"]`);
    if (!part) return false;
    if (part.matches("select, input:not([type=checkbox]), [data-key-focus]")) part.focus();
    else part.click();
    return true;
  }

  // Of the row alone: a key that decides something never means a row that nobody chose.
  const useRow = (key) => Boolean(here()?.querySelector(`[data-key="${key}"]`)) && use(key);

  function openRow() {
    if (!document.activeElement?.matches?.("[data-row]")) return false;
    const link = document.activeElement.querySelector("a[data-open], a[href]");
    link?.click();
    return Boolean(link);
  }

  function search() {
    const box = document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]");
    box?.focus();
    box?.select();
    return Boolean(box);
  }

  function help() {
    const dialog = document.getElementById("keys-help");
    if (dialog && !dialog.open) dialog.showModal();
    return Boolean(dialog);
  }

  const KEYS = {
    "/": search,
    j: () => (move(1), true),
    k: () => (move(-1), true),
    Enter: openRow,
    x: () => use("x"),
    r: () => use("r"),
    e: () => use("e"),
    m: () => use("m"),
    f: () => use("f"),
    p: () => useRow("p"),
    t: () => useRow("t"),
    d: () => useRow("d"),
    u: () => useRow("u"),
    "?": help,
  };

  // Somebody writes, an input method composes, or the key means something else.
  function busy(event) {
    const target = event.target;
    return (
      event.defaultPrevented || event.isComposing || event.keyCode === 229 ||
      event.ctrlKey || event.metaKey || event.altKey ||
      target.isContentEditable ||
      target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]")
    );
  }

  document.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (act && !busy(event) && act()) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-keys]")) help();
  });
})();
