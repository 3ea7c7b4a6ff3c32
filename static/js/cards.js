// Cards of papers: what a link to a paper (data-card="address") leads to, shown while the pointer or the keyboard is on it.
(() => {
  "use strict";
  const WAIT = 250; // ms that the pointer rests before a card comes
  const STAY = 250; // ms for the way from the link to its card
  const GAP = 6;
  const known = new Map();
  let shown = null; // { link, card, title }
  let timer = 0;

  function fetched(address) {
    if (!known.has(address)) {
      const answer = fetch(address, { headers: { "X-Requested-With": "fetch" } }).then((response) => {
        if (!response.ok || response.redirected) throw new Error(String(response.status));
        return response.text();
      });
      answer.catch(() => known.delete(address));
      known.set(address, answer);
    }
    return known.get(address);
  }

  function close() {
    clearTimeout(timer);
    if (!shown) return;
    shown.card?.remove();
    if (shown.title !== null) shown.link.title = shown.title;
    shown = null;
  }

  async function open(link) {
    if (shown?.link === link) return;
    close();
    const mine = { link, card: null, title: link.getAttribute("title") };
    shown = mine;
    link.removeAttribute("title"); // the browser's own hint would cover the card
    let html;
    try {
      html = await fetched(link.dataset.card);
    } catch {
      if (shown === mine) close();
      return;
    }
    if (shown !== mine || !link.isConnected) return;
    const card = document.createElement("span");
    card.className = "paper-card";
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", mine.title ?? link.textContent);
    const parsed = new DOMParser().parseFromString(html, "text/html");
    card.append(...parsed.body.childNodes);
    mine.card = card;
    link.after(card); // the next stop of the Tab key
    place(card, link);
  }

  // Beside the first or last line of the link, within the window, without moving anything.
  function place(card, link) {
    const lines = [...link.getClientRects()];
    const first = lines[0] ?? link.getBoundingClientRect();
    const last = lines[lines.length - 1] ?? first;
    const below = innerHeight - last.bottom - GAP;
    const top = card.offsetHeight <= below || below >= first.top ? last.bottom + GAP : first.top - GAP - card.offsetHeight;
    const left = Math.min(last.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    card.style.top = `${Math.max(8, top)}px`;
    card.style.left = `${Math.max(8, left)}px`;
  }

  const linkAt = (target) => target?.closest?.("a[data-card]");
  const isWithin = (target) => Boolean(target && shown && (shown.link.contains(target) || shown.card?.contains(target)));

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    if (isWithin(event.target)) {
      clearTimeout(timer);
      return;
    }
    const link = linkAt(event.target);
    if (link) later(() => open(link), WAIT);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "mouse" || isWithin(event.relatedTarget)) return;
    if (shown) later(() => { if (!isWithin(document.activeElement)) close(); }, STAY);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link?.matches(":focus-visible")) open(link);
    else if (shown && !isWithin(event.target)) close();
  });
  document.addEventListener("focusout", (event) => {
    if (shown && !isWithin(event.relatedTarget)) later(() => { if (!isWithin(document.activeElement)) close(); }, STAY);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || event.isComposing || event.keyCode === 229) return;
    const { link, card } = shown;
    const back = card?.contains(document.activeElement);
    close();
    if (back) {
      link.focus();
      close(); // coming back does not show it again
    }
  });
  document.addEventListener("scroll", (event) => { if (!shown?.card?.contains(event.target)) close(); }, { capture: true, passive: true });
  addEventListener("resize", close);
  addEventListener("pagehide", close);
})();
