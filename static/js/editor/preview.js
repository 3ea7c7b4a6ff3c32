// The preview: asked of the same renderer that makes the page, the last answer wins, both sides scroll in step.
(() => {
  "use strict";
  const editor = window.noteEditor;

  editor.part((desk) => {
    const { box, root } = desk;
    const pane = desk.one(".editor-preview");
    const place = desk.one("[data-preview]");
    const notice = desk.one("[data-preview-notice]");
    const breaks = desk.form?.querySelector("[name=hard_breaks]");
    let [timer, asked, shown, took] = [0, null, null, 0];

    const seen = () => root.dataset.mode !== "write";
    const part = (element) => element.scrollTop / Math.max(1, element.scrollHeight - element.clientHeight);
    const follow = (element, share) => { element.scrollTop = share * (element.scrollHeight - element.clientHeight); };

    function say(text) {
      notice.textContent = text;
      notice.hidden = !text;
    }

    function put(html) {
      const top = pane.scrollTop;
      place.innerHTML = html; // made by our own renderer, which lets no active content through
      place.dispatchEvent(new CustomEvent("editor:previewed", { bubbles: true }));
      if (root.dataset.mode === "split") follow(pane, part(box));
      else pane.scrollTop = top;
    }

    async function ask() {
      const question = `${breaks?.checked ? "b" : "-"}${box.value}`;
      if (question === shown) return;
      asked?.abort();
      asked = new AbortController();
      const mine = asked;
      const data = new FormData();
      data.append("body", box.value);
      if (breaks?.checked) data.append("hard_breaks", "on");
      if (!box.value.trim()) {
        shown = question;
        say("");
        place.replaceChildren();
        return say(desk.words("previewEmpty"));
      }
      const begun = performance.now();
      root.classList.add("is-asking");
      try {
        const answer = await fetch(root.dataset.previewAddress, {
          method: "POST", body: data, signal: mine.signal, headers: { "X-CSRFToken": editor.token(desk) },
        });
        if (answer.redirected || answer.status === 403) throw new Error("signedOut");
        if (!answer.ok && answer.status !== 413) throw new Error("previewFailed");
        const html = await answer.text();
        if (asked !== mine) return;
        put(html);
        shown = question;
        say("");
      } catch (problem) {
        if (problem.name === "AbortError" || asked !== mine) return;
        say(desk.words(problem.message === "signedOut" ? "signedOut" : "previewFailed"));
        timer = setTimeout(ask, 5000);
      } finally {
        if (asked === mine) {
          took = performance.now() - begun;
          root.classList.remove("is-asking");
        }
      }
    }

    // A text that takes long to set is asked for less often.
    function soon() {
      if (!seen()) return;
      clearTimeout(timer);
      timer = setTimeout(ask, Math.min(2000, Math.max(250, took * 1.5)));
    }

    box.addEventListener("input", soon);
    breaks?.addEventListener("change", soon);
    root.addEventListener("editor:mode", () => {
      clearTimeout(timer);
      if (seen()) ask();
    });

    // Whoever scrolls leads; the other follows and does not answer back.
    let leader = null;
    for (const [one, other] of [[box, pane], [pane, box]]) {
      for (const kind of ["pointerenter", "focusin", "wheel", "touchstart"]) {
        one.addEventListener(kind, () => { leader = one; }, { passive: true });
      }
      one.addEventListener("scroll", () => {
        if (root.dataset.mode === "split" && leader === one) follow(other, part(one));
      }, { passive: true });
    }
    box.addEventListener("input", () => { leader = box; });
  });
})();
