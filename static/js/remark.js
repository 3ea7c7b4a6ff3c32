// A remark of one line, written where one reads: the page's one form comes to the row that asks for it.
(() => {
  "use strict";
  const template = document.querySelector("template[data-remark-template]");
  if (!template) return;
  let opener = null;

  const boxOf = (part) => part.closest("[data-remark-box]");
  function shown(box) {
    for (const part of box.querySelectorAll("[data-remark-close]")) part.hidden = false;
    window.noteDrafts?.tend(box);
    (box.querySelector("input[name=body]") ?? box.querySelector("button[type=submit]"))?.focus();
  }

  function open(link) {
    const place = link.closest("[data-row]") ?? link.parentElement.parentElement;
    let box = place.querySelector("[data-remark-box]");
    if (!box) {
      close(document.querySelector("[data-remark-box]"));
      box = document.createElement("div");
      box.className = "remark-box";
      box.dataset.remarkBox = "";
      box.append(template.content.cloneNode(true));
      const form = box.querySelector("form");
      form.action = link.href;
      form.elements.papers.value = link.href.match(/\/papers\/(\d+)\//)[1];
      form.elements.draft.value = window.noteDrafts.newKey();
      place.append(box);
    }
    opener = link;
    shown(box);
  }

  function close(box) {
    if (!box) return;
    const had = box.contains(document.activeElement);
    window.noteDrafts?.leave(box);
    box.remove();
    // A row takes the focus only where the keys have led to it; elsewhere it goes back to the link.
    if (had && opener?.isConnected) (opener.closest("[data-row][tabindex]") ?? opener).focus();
  }

  async function send(form, box) {
    const words = form.querySelector("[data-remark-words]");
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "remark" }, redirect: "manual" });
      if (answer.headers.get("X-Part") === "remark") {
        const text = await answer.text();
        box.innerHTML = text;
        shown(box);
        return;
      }
      // Signed out, or the form is too old: the page for that carries what was typed.
      if (answer.type === "opaqueredirect" || answer.status < 500) {
        form.submit();
        return;
      }
      throw new Error(String(answer.status));
    } catch {
      for (const button of buttons) button.disabled = false;
      if (!words) return form.submit();
      words.textContent = form.dataset.away;
      words.hidden = false;
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-remark]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      open(link);
    }
    const closer = event.target.closest("[data-remark-close]");
    if (closer && boxOf(closer)) close(boxOf(closer));
  });
  document.addEventListener("submit", (event) => {
    const box = boxOf(event.target);
    if (!box || !event.target.matches("[data-remark-form]")) return;
    event.preventDefault();
    send(event.target, box);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    const box = boxOf(event.target);
    if (box) close(box);
  });
})();
