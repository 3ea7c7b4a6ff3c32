// Menus of the toolbar: opened by their button, walked with the arrows, closed by Escape and by a click elsewhere.
(() => {
  "use strict";
  const editor = window.noteEditor;

  editor.part((desk) => {
    let opened = null;
    const menuOf = (button) => desk.one(`[data-menu-of="${button.dataset.menu}"]`);
    const items = () => (opened ? [...menuOf(opened).querySelectorAll("[role=menuitem]")] : []);

    function close(focus) {
      if (!opened) return;
      const button = opened;
      opened = null;
      menuOf(button).hidden = true;
      button.setAttribute("aria-expanded", "false");
      if (focus) focus.focus();
    }

    function open(button, last = false) {
      close();
      opened = button;
      const menu = menuOf(button);
      button.setAttribute("aria-expanded", "true");
      menu.hidden = false;
      const [place, around] = [button.getBoundingClientRect(), desk.root.getBoundingClientRect()];
      menu.style.top = `${place.bottom - around.top + 4}px`;
      menu.style.left = `${Math.max(0, Math.min(place.left - around.left, around.width - menu.offsetWidth))}px`;
      items().at(last ? -1 : 0)?.focus();
    }

    for (const button of desk.all("[data-menu]")) {
      button.addEventListener("click", () => (opened === button ? close(button) : open(button)));
      button.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        open(button, event.key === "ArrowUp");
      });
    }
    for (const menu of desk.all("[data-menu-of]")) {
      menu.addEventListener("click", (event) => {
        if (event.target.closest("[role=menuitem]")) close(desk.box);
      });
      menu.addEventListener("keydown", (event) => {
        const all = items();
        const place = all.indexOf(document.activeElement);
        const steps = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 };
        if (Object.hasOwn(steps, event.key)) {
          event.preventDefault();
          all.at(steps[event.key] % all.length)?.focus();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          close(opened);
        } else if (event.key === "Tab") {
          close(opened); // Tab goes on from the button
        }
      });
    }
    document.addEventListener("click", (event) => {
      if (opened && !opened.contains(event.target) && !menuOf(opened).contains(event.target)) close();
    });
    for (const item of desk.all("[data-callout]")) {
      item.addEventListener("click", () => desk.use(`callout-${item.dataset.callout}`));
      editor.tools[`callout-${item.dataset.callout}`] = editor.callout(item.dataset.callout);
    }
  });
})();
