// Files dropped anywhere on the form are chosen, and what was chosen is listed with its size.
(() => {
  "use strict";
  const form = document.querySelector("form[data-drop]");
  const input = form && form.querySelector("input[type=file]");
  const list = form && form.querySelector("[data-drop-list]");
  if (!input || !list) return;

  const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;

  const show = () => {
    list.replaceChildren(...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      const large = file.size > Number(list.dataset.limit);
      item.textContent = `${file.name} · ${size(file.size)}${large ? ` · ${list.dataset.tooLarge}` : ""}`;
      item.classList.toggle("field-error", large);
      return item;
    }));
  };

  const hasFiles = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("is-dropping");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-dropping");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-dropping");
    if (!hasFiles(event)) return;
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    show();
  });
  input.addEventListener("change", show);
})();
