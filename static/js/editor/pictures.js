// Pictures on their way: a placeholder in the text, a line beside it with how far it is, and another try when it fails.
(() => {
  "use strict";
  const editor = window.noteEditor;
  const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
  const megabytes = (bytes) => (bytes / 1048576).toFixed(1).replace(/\.0$/, "");
  const nameOf = (file) => (file.name || "picture").replace(/[[\]()\n\\]/g, " ").trim().slice(0, 80) || "picture";

  editor.token = (desk) => desk.form?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  // The answer of the server in one word: { markdown } or { error }.
  function read(request) {
    try {
      const answer = JSON.parse(request.responseText);
      if (answer && (answer.markdown || answer.error)) return answer;
    } catch {
      // An error page, or the page of the login.
    }
    return {};
  }

  editor.part((desk) => {
    if (!desk.root.dataset.uploadAddress) {
      const button = desk.one("[data-tool=picture]");
      button.disabled = true;
      return;
    }
    const list = desk.one("[data-uploads]");
    const open = new Set(); // on their way, or failed and not yet dealt with

    function put(upload, text) {
      // The one place where the placeholder stands; if it was deleted meanwhile the picture was not wanted.
      const place = desk.box.value.indexOf(upload.placeholder);
      if (place >= 0) editor.changeQuietly(desk.box, place, place + upload.placeholder.length, text);
    }

    // An input method must not be disturbed, in whatever field it works.
    function whenCalm(work) {
      if (!desk.composing) work();
      else document.addEventListener("compositionend", () => setTimeout(() => whenCalm(work)), { once: true });
    }

    function end(upload, text) {
      whenCalm(() => {
        put(upload, text);
        open.delete(upload);
        upload.line.remove();
        desk.uploadsChanged?.();
      });
    }

    function button(words, work) {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = words;
      made.addEventListener("click", work);
      return made;
    }

    function fail(upload, sentence) {
      upload.failed = true;
      upload.line.classList.add("is-failed");
      upload.said.textContent = sentence;
      upload.bar.hidden = true;
      upload.choice.replaceChildren(
        button(desk.words("again"), () => send(upload)),
        button(desk.words("dismiss"), () => {
          end(upload, "");
          desk.box.focus();
        }),
      );
      desk.uploadsChanged?.();
    }

    function answered(upload, request) {
      const { markdown, error, notice } = read(request);
      if (request.status < 400 && markdown) {
        end(upload, markdown);
        if (notice) desk.notice(notice);
      } else if (error) fail(upload, error);
      else if (request.status === 403 || /\/login\//.test(request.responseURL)) fail(upload, desk.words("signedOut"));
      else fail(upload, desk.words("refused", { name: upload.name }));
    }

    function send(upload) {
      upload.failed = false;
      upload.line.classList.remove("is-failed");
      upload.said.textContent = desk.words("uploading", { name: upload.name });
      upload.choice.replaceChildren();
      upload.bar.hidden = false;
      upload.bar.removeAttribute("value");
      const request = new XMLHttpRequest(); // fetch does not tell how far it is
      request.open("POST", desk.root.dataset.uploadAddress);
      request.setRequestHeader("X-CSRFToken", editor.token(desk));
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) upload.bar.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => answered(upload, request));
      request.addEventListener("error", () => fail(upload, desk.words("notSent", { name: upload.name })));
      const data = new FormData();
      data.append("file", upload.file, upload.file.name || "picture");
      request.send(data);
    }

    function line(upload) {
      upload.line = document.createElement("li");
      upload.said = document.createElement("span");
      upload.bar = document.createElement("progress");
      upload.choice = document.createElement("span");
      upload.said.setAttribute("role", "status");
      upload.bar.setAttribute("aria-label", upload.name);
      upload.line.append(upload.said, upload.bar, upload.choice);
      list.append(upload.line);
    }

    // Two pictures of one name have two placeholders.
    function placeholder(name, taken) {
      const words = desk.words("uploading", { name });
      for (let number = 1; ; number += 1) {
        const made = `![${words}${number > 1 ? ` ${number}` : ""}]()`;
        if (!desk.box.value.includes(made) && !taken.includes(made)) return made;
      }
    }

    function refusal(file) {
      const most = Number(desk.root.dataset.mostBytes);
      if (!KINDS.includes(file.type)) return desk.words("noPicture", { name: nameOf(file) });
      if (file.size <= most) return "";
      return desk.words("tooLarge", { name: nameOf(file), size: megabytes(file.size), most: megabytes(most) });
    }

    desk.uploads = open;
    desk.takePictures = (files) => {
      const refusals = [];
      const fresh = [];
      for (const file of files) {
        const why = refusal(file);
        if (why) refusals.push(why);
        else {
          const name = nameOf(file);
          fresh.push({ file, name, placeholder: placeholder(name, fresh.map((each) => each.placeholder)) });
        }
      }
      desk.notice(refusals.join(" "));
      if (!fresh.length) return;
      const { selectionStart: start, selectionEnd: end } = desk.box;
      const text = fresh.map((upload) => upload.placeholder).join("\n\n");
      // Put behind what is selected: nothing that was written goes away.
      editor.change(desk.box, { start: Math.max(start, end), end: Math.max(start, end), text });
      for (const upload of fresh) {
        open.add(upload);
        line(upload);
        send(upload);
      }
    };

    const chooser = desk.one("[data-choose]");
    chooser.addEventListener("change", () => {
      const files = [...chooser.files];
      chooser.value = ""; // the same file may be chosen again
      if (files.length) desk.takePictures(files);
    });
  });
})();
