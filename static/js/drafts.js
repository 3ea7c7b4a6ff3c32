// What one types in the form of a note is kept as a draft: on the server, and in this browser while the server is away.
// What this browser kept is for the person who typed it: it is sent when they, and nobody else, are signed in again.
(() => {
  "use strict";
  const PREFIX = "papernotes-draft:";
  const PAUSE = 1500; // after the last key
  const LONGEST = 6000; // while somebody types without a pause
  const AGAIN = 15_000; // until the next try while the server is away
  const PATIENCE = 10_000; // for one answer
  const SETTLED = -1; // the note of this form is saved
  const KEEPALIVE = 60_000; // bytes that a browser sends for a page that is going

  // --- This browser
  const place = (user, key) => `${PREFIX}${user}:${key}`;
  function keepHere(user, key, text) {
    try {
      localStorage.setItem(place(user, key), text);
      return true;
    } catch {
      return false; // full, or forbidden
    }
  }
  function dropHere(user, key) {
    try {
      localStorage.removeItem(place(user, key));
    } catch {
      // Then nothing was kept.
    }
  }
  function keptHere(user) {
    try {
      const start = `${PREFIX}${user}:`;
      return Object.keys(localStorage).filter((name) => name.startsWith(start)).map((name) => [name.slice(start.length), localStorage.getItem(name)]);
    } catch {
      return [];
    }
  }

  // --- The server
  let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  async function post(address, text, options = {}) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token };
    const answer = await fetch(address, { method: "POST", body: text, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options });
    if (answer.type === "opaqueredirect") return 403;
    return answer.status === 200 && (await answer.json()).settled ? SETTLED : answer.status;
  }
  // After signing in again forms carry another token; and somebody else may have signed in.
  async function askWho(address, user) {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || answer.status === 403) return "signedOut";
    if (!answer.ok) return "here";
    const me = await answer.json();
    if (String(me.id) !== user) return "somebodyElse";
    const changed = me.token !== token;
    token = me.token;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return changed ? "" : "refused";
  }
  // What became of it: kept, settled (its note is saved), large, or why it is only here.
  async function send(holder, user, key, text) {
    try {
      const address = `${holder.at}${key}/`;
      let status = await post(address, text);
      if (status === 403) {
        const why = await askWho(holder.tokenAddress, user);
        if (why && why !== "refused") return why;
        status = await post(address, text);
      }
      if (status === 200) return "kept";
      if (status === SETTLED) return "settled";
      if (status === 413) return "large";
      return status === 403 || status === 404 ? "refused" : "here";
    } catch {
      return "here";
    }
  }

  // --- What an earlier page left here
  async function deliver(holder, user, but) {
    const found = [];
    for (const [key, text] of keptHere(user)) {
      if (key === but) continue;
      const what = await send(holder, user, key, text);
      if (what === "kept") found.push([key, text]);
      if (what === "kept" || what === "settled") dropHere(user, key);
      else if (what !== "large") break;
    }
    return found;
  }

  // --- The form
  const NAMES = ["title", "body", "papers", "visibility", "hard_breaks", "byline", "base", "base_papers"];
  const randomKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  function tend(state) {
    const form = state.closest("form");
    const holder = state.dataset;
    const { user } = holder;
    // In sight, however long the text is.
    const row = form.querySelector(".submit-row");
    row?.insertBefore(state, row.querySelector(".deletelink"));
    const words = state.querySelector("[data-draft-words]");
    const link = state.querySelector("[data-draft-link]");
    const key = () => form.elements.draft.value;
    const typed = () => {
      const all = new FormData(form);
      const data = new URLSearchParams();
      for (const [name, value] of all) if (NAMES.includes(name) && typeof value === "string") data.append(name, value);
      if (holder.note) data.set("note", holder.note);
      return data;
    };
    const isEmpty = (data) => !`${data.get("title") ?? ""}${data.get("body") ?? ""}`.trim();
    let sent = holder.typed === undefined ? typed().toString() : "";
    let timer = 0;
    let first = 0;
    let sending = false;
    let leaving = false;

    function say(what) {
      const time = new Date().toLocaleTimeString(holder.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      words.textContent = (holder[what] ?? "").replace("{time}", time);
      state.hidden = !words.textContent;
      state.classList.toggle("is-worse", what !== "kept" && what !== "found");
      link.hidden = what !== "found";
    }

    // A remark's form comes and goes with the page around it staying.
    const isGone = () => !state.isConnected;

    async function save() {
      clearTimeout(timer);
      timer = first = 0;
      const data = typed();
      const text = data.toString();
      if (sending) return soon();
      if (leaving || isGone() || text === sent || isEmpty(data)) return;
      sending = true;
      let what = await send(holder, user, key(), text);
      if (what === "settled" && !leaving) {
        // This page was left by saving, and come back to: what is typed now is something new.
        form.elements.draft.value = randomKey();
        what = await send(holder, user, key(), text);
      }
      sending = false;
      if (leaving || isGone()) return;
      if (what === "kept" || what === "settled") {
        sent = text;
        dropHere(user, key());
        say("kept");
      } else {
        say(keepHere(user, key(), text) ? what : "nowhere");
        timer = setTimeout(save, AGAIN);
      }
    }

    function soon() {
      const now = Date.now();
      first ||= now;
      clearTimeout(timer);
      timer = setTimeout(save, Math.max(0, Math.min(PAUSE, first + LONGEST - now)));
    }

    function changed(event) {
      if (event?.isComposing) return; // it is told once more when the input method is done
      soon();
    }

    // The page goes, perhaps for ever: first what is sure, then what is likely.
    function last() {
      const data = typed();
      const text = data.toString();
      if (isGone() || text === sent || isEmpty(data)) return;
      keepHere(user, key(), text);
      if (leaving || text.length > KEEPALIVE) return;
      post(`${holder.at}${key()}/`, text, { keepalive: true, signal: undefined }).then((status) => {
        if (status === 200) dropHere(user, key());
      }).catch(() => {});
    }

    for (const kind of ["input", "change", "compositionend"]) form.addEventListener(kind, changed);
    // The box for papers tells only those who listen through jQuery.
    window.django?.jQuery?.(form).on("change", "select", () => soon());
    form.addEventListener("submit", (event) => {
      setTimeout(() => {
        if (event.defaultPrevented) return;
        // Kept here until the server says that it is saved: the answer may never come.
        const text = typed().toString();
        if (!isEmpty(typed())) keepHere(user, key(), text);
        leaving = true;
      });
    });
    addEventListener("pagehide", last);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) last();
      else if (state.classList.contains("is-worse")) save();
    });
    addEventListener("pageshow", (event) => {
      leaving = false;
      if (event.persisted) sent = "";
    });
    addEventListener("online", () => save());

    deliver(holder, user, key()).then((found) => {
      const here = found.find(([, text]) => (new URLSearchParams(text).get("note") ?? "") === (holder.note ?? ""));
      if (!here) return;
      link.href = `${holder.at}${here[0]}/`;
      say("found");
    });
    if (holder.typed !== undefined) soon();
    ways.set(state, last);
  }

  // For forms that come later: static/js/remark.js.
  const ways = new WeakMap();
  window.noteDrafts = {
    newKey: randomKey,
    tend(part) {
      for (const state of part.querySelectorAll("[data-drafts]")) if (!ways.has(state)) tend(state);
    },
    leave(part) {
      for (const state of part.querySelectorAll("[data-drafts]")) ways.get(state)?.();
    },
  };
  window.noteDrafts.tend(document);
  const elsewhere = document.querySelector("[data-drafts-of]");
  if (elsewhere) {
    deliver({ at: elsewhere.dataset.draftsAt, tokenAddress: elsewhere.dataset.tokenAddress }, elsewhere.dataset.draftsOf).then((found) => {
      if (found.length && elsewhere.dataset.reload !== undefined) location.reload();
    });
  }
})();
