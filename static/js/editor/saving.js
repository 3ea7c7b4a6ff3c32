// Saving by keys; pictures on their way are waited for; who saves and goes on finds the caret where it was.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const KEY = "papernotes-editor-caret";

  const before = (box, place) => box.value.slice(Math.max(0, place - 200), place);

  function comeBack(box) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      sessionStorage.removeItem(KEY);
      if (!kept || before(box, kept.from) !== kept.before) return; // it is another text
      box.focus({ preventScroll: true });
      box.setSelectionRange(kept.from, kept.to);
      box.scrollTop = kept.top;
      scrollTo(0, kept.page);
    } catch {
      // Storage is forbidden here: the caret is at the beginning.
    }
  }

  function leaveMark(box) {
    const { selectionStart: from, selectionEnd: to, scrollTop: top } = box;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ before: before(box, from), from, to, top, page: scrollY }));
    } catch {
      // As above.
    }
  }

  editor.part((desk) => {
    const { box, form } = desk;
    if (!form) return;
    const button = (name) => form.querySelector(`[name=${name}]`);
    let waiting = null;

    form.addEventListener("keydown", (event) => {
      if (editor.isComposing(event) || event.shiftKey || !editor.hasMod(event)) return;
      const saves = event.key.toLowerCase() === "s" ? button("_continue") ?? button("_save") : event.key === "Enter" ? button("_save") : null;
      if (!saves) return;
      event.preventDefault();
      form.requestSubmit(saves);
    });
    // In the title Enter goes on to the text rather than saving half a note.
    form.querySelector("[name=title]")?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || editor.isComposing(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      box.focus();
    });

    form.addEventListener("submit", (event) => {
      if (desk.uploads?.size) {
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting = { by: event.submitter };
        desk.uploadsChanged();
        return;
      }
      if (event.submitter?.name === "_continue") leaveMark(box);
    }, { capture: true });
    desk.uploadsChanged = () => {
      if (!waiting) return;
      const left = [...(desk.uploads ?? [])];
      if (left.some((upload) => upload.failed)) {
        waiting = null;
        desk.notice(desk.words("stays"));
      } else if (left.length) {
        desk.notice(desk.words("waits"));
      } else {
        const { by } = waiting;
        waiting = null;
        desk.notice("");
        form.requestSubmit(by);
      }
    };
    comeBack(box);
  });
})();
