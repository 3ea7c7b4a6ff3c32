// Where on the page the caret stands: the text before it is set once more in a hidden box of the same shape.
(() => {
  "use strict";
  const SHAPE = [
    "boxSizing", "width", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth",
    "borderBottomWidth", "borderLeftWidth", "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontVariant", "fontStretch",
    "lineHeight", "letterSpacing", "wordSpacing", "tabSize", "textIndent", "textAutospace", "textSpacingTrim", "direction", "lineBreak", "wordBreak",
  ];

  // Relative to the box: the left of the caret, the top and the bottom of its line.
  window.noteEditor.caretAt = (box, place) => {
    const mirror = document.createElement("div");
    const set = getComputedStyle(box);
    for (const name of SHAPE) if (name in set) mirror.style[name] = set[name];
    mirror.className = "editor-mirror";
    mirror.style.width = `${box.clientWidth + parseFloat(set.borderLeftWidth) + parseFloat(set.borderRightWidth)}px`;
    mirror.textContent = box.value.slice(0, place);
    const mark = document.createElement("span");
    mark.textContent = "\u200b";
    mirror.append(mark);
    document.body.append(mirror);
    const [left, top] = [mark.offsetLeft - box.scrollLeft, mark.offsetTop - box.scrollTop];
    const found = { left, top, bottom: top + (parseFloat(set.lineHeight) || mark.offsetHeight) };
    mirror.remove();
    return found;
  };
})();
