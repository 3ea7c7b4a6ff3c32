"""A box for a note as the tests of the editor see it: text with ‸ where the caret stands, ⟨words⟩ where they are selected."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

ADD = "/admin/notes/note/add/"
BOX = "#id_body"

_PUT = """([text]) => {
  const box = document.querySelector("#id_body");
  const bare = text.replace(/[‸⟨⟩]/g, "");
  const caret = text.indexOf("‸");
  const from = text.indexOf("⟨"), to = text.indexOf("⟩") - 1;
  box.focus();
  box.select();
  bare ? document.execCommand("insertText", false, bare) : document.execCommand("delete");
  const [start, end] = from >= 0 ? [from, to] : caret >= 0 ? [caret, caret] : [bare.length, bare.length];
  box.setSelectionRange(start, end);
}"""
_SEEN = """() => {
  const { value, selectionStart: from, selectionEnd: to } = document.querySelector("#id_body");
  if (from === to) return value.slice(0, from) + "‸" + value.slice(from);
  return value.slice(0, from) + "⟨" + value.slice(from, to) + "⟩" + value.slice(to);
}"""


def put(page: Page, text: str) -> None:
    page.evaluate(_PUT, [text])


def seen(page: Page) -> str:
    return str(page.evaluate(_SEEN))


def text(page: Page) -> str:
    return page.locator(BOX).input_value()


def after(page: Page, before: str, *keys: str) -> str:
    put(page, before)
    for key in keys:
        page.keyboard.press(key)
    return seen(page)


def failures(page: Page, examples: list[tuple[Any, ...]]) -> list[str]:
    """Of examples (text, key, ..., what comes of it) those that do not hold."""
    wrong = []
    for before, *keys, wanted in examples:
        found = after(page, before, *keys)
        if found != wanted:
            wrong.append(f"{before!r} and {keys}: {found!r} instead of {wanted!r}")
    return wrong


def paste(page: Page, **kinds: str) -> None:
    """Paste texts by their kinds: paste(page, plain="…", html="…")."""
    page.evaluate(
        """(kinds) => {
          const data = new DataTransfer();
          for (const [kind, text] of Object.entries(kinds)) data.setData(`text/${kind}`, text);
          const box = document.querySelector("#id_body");
          const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          if (box.dispatchEvent(event)) document.execCommand("insertText", false, data.getData("text/plain"));
        }""",
        kinds,
    )


def bring_files(page: Page, kind: str, files: list[dict[str, Any]]) -> None:
    """`kind`: paste or drop; files are {name, type, bytes: list of numbers, or size}."""
    page.evaluate(
        """([kind, files]) => {
          const data = new DataTransfer();
          for (const file of files) {
            const bytes = file.size ? new Uint8Array(file.size) : new Uint8Array(file.bytes);
            data.items.add(new File([bytes], file.name, { type: file.type }));
          }
          const box = document.querySelector("#id_body");
          const made = { bubbles: true, cancelable: true };
          box.dispatchEvent(kind === "drop"
            ? new DragEvent("drop", { ...made, dataTransfer: data })
            : new ClipboardEvent("paste", { ...made, clipboardData: data }));
        }""",
        [kind, files],
    )
