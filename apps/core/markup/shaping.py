"""Parsed Markdown made fit for our pages: ids, classes for styles, and slots for what each reader sees in his way."""

from __future__ import annotations

import re
from html import escape

from markdown_it.token import Token

from apps.core.markup.code import set_code
from apps.core.markup.mathml import TOO_MANY, Unreadable, mathml
from apps.core.markup.rendered import CLOSE, FORMULA, OPEN, PREFIX, Heading, Slot, without_marks
from apps.core.markup.sentences import Sentences, plain, spoken

MOST_FORMULAS = 5_000
MOST_CODE = 60_000  # characters that are highlighted in one text
LINK_HERE, BACK, DONE, TO_DO = "Link to this heading", "Back to the text", "Done:", "To do:"
_ALIGN = re.compile(r"text-align:\s*(center|right)")
_OF_FOOTNOTES = re.compile(r"fn(?:ref)?-[0-9-]+")
_LONGEST_WORDS = 200  # of a link


class Shaper:
    """Changes the tokens of one text; `slots`, `formulas` and `outline` are what it found."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.formulas: list[str] = []
        self.outline: list[Heading] = []
        self._ids: dict[str, int] = {}  # each with the last number that was put behind it
        self._words: dict[str, str] = {}
        self._room = MOST_CODE

    def shape(self, tokens: list[Token]) -> list[Token]:
        shaped: list[Token] = []
        for token, following in zip(tokens, [*tokens[1:], None], strict=False):
            if token.type != "inline":  # a person may write our marks as entities
                token.content = without_marks(token.content)
            if token.type in {"th_open", "td_open"}:
                _align(token)
            if token.type == "heading_open" and following is not None:
                self._heading(token, following)
            if token.children:
                token.children = self._inline(token.children)
            shaped.append(self._block(token))
        return shaped

    def _block(self, token: Token) -> Token:
        if token.type == "embed":
            return self._single(Slot("embed", token.meta))
        if token.type == "callout_kind":
            return _html(f'<span class="callout-kind">{self._word(token.meta["word"])}</span> ')
        if token.type in {"fence", "code_block"}:
            html, used = set_code(token.content, without_marks(token.info), self._room)
            self._room -= used
            return _html(html)
        if token.type == "math_block":
            return self._formula(token)
        return token

    def _heading(self, token: Token, inside: Token) -> None:
        said = without_marks(plain(inside.children or ())).strip()
        name = self._free(re.sub(r"[^\w.-]+", "-", said.lower()).strip("-.")[:80] or "heading")
        token.attrSet("id", f"n{PREFIX}-{name}")
        self.outline.append(Heading(int(token.tag[1]), name, said))
        inside.children = [*(inside.children or ()), Token("heading_link", "", 0, meta={"id": name})]

    def _free(self, words: str) -> str:
        candidate, number = words, self._ids.get(words, 1)
        while candidate in self._ids or _OF_FOOTNOTES.fullmatch(candidate):
            number += 1
            candidate = f"{words}_{number}" if _OF_FOOTNOTES.fullmatch(words) else f"{words}-{number}"
        self._ids[words] = number
        self._ids.setdefault(candidate, 1)
        return candidate

    def _inline(self, tokens: list[Token]) -> list[Token]:
        shaped: list[Token] = []
        open_links: list[tuple[int | None, int]] = []  # the number of the slot, and where its words begin
        for token in tokens:
            token.content = without_marks(token.content)
        said, sentences = 0, Sentences(plain(tokens))
        for place, token in enumerate(tokens):
            around = sentences.at(said) if token.type in {"link_open", "paper"} else ""
            said += len(spoken(token))
            if token.type == "link_open":
                open_links.append((self._link(token, around, shaped), place))
            elif token.type == "link_close":
                number, start = open_links.pop()
                self._say(number, plain(tokens[start:place]))
                shaped.append(token if number is None else _mark(f"{number}c"))
            else:
                shaped.append(self._one(token, around, bool(open_links)))
        return shaped

    def _one(self, token: Token, around: str, linked: bool) -> Token:
        if token.type == "image":
            values = {"src": str(token.attrGet("src") or ""), "alt": plain(token.children or ())}
            values |= {"title": str(token.attrGet("title") or ""), "linked": "1" if linked else ""}
            return self._single(Slot("picture", values))
        if token.type == "paper":
            return self._single(Slot("paper", token.meta, around))
        if token.type.startswith("math_"):
            return self._formula(token)
        if token.type == "box":
            mark, word = ("☑", DONE) if token.meta["done"] else ("☐", TO_DO)
            state = " task-done" if token.meta["done"] else ""
            words = f'<span class="visually-hidden">{self._word(word)} </span>'
            return _html(f'<span class="task-mark{state}">{mark}</span> {words}')
        if token.type in {"heading_link", "footnote_ref", "footnote_back"}:
            return self._place(token)
        return token

    def _place(self, token: Token) -> Token:
        """Links within the text: they are the same for everybody."""
        if token.type == "heading_link":
            address = f"n{PREFIX}-{token.meta['id']}"
            return _html(f' <a class="heading-link" href="#{address}" aria-label="{self._word(LINK_HERE)}"></a>')
        number = token.meta["id"] + 1
        if token.type == "footnote_ref":
            here = f"n{PREFIX}-fnref-{number}-{token.meta['subId']}"
            link = f'<a href="#n{PREFIX}-fn-{number}" id="{here}">{number}</a>'
            return _html(f'<sup class="footnote-ref">{link}</sup>')
        there = f"n{PREFIX}-fnref-{number}-{token.meta['nth']}"
        return _html(f' <a class="footnote-back" href="#{there}" aria-label="{self._word(BACK)}">↩\ufe0e</a>')

    def _link(self, token: Token, around: str, shaped: list[Token]) -> int | None:
        """The number of its slot; None for a place on this page, which is the same for everybody."""
        href = str(token.attrGet("href"))
        if href.startswith("#"):
            token.attrs = {"href": f"#n{PREFIX}-{href[1:]}"}
            shaped.append(token)
            return None
        number = len(self.slots)
        title = without_marks(str(token.attrGet("title") or ""))
        self.slots.append(Slot("link", {"href": href, "title": title}, around))
        shaped.append(_mark(f"{number}o"))
        return number

    def _say(self, number: int | None, words: str) -> None:
        """The words of a link, where they are not its address."""
        if number is not None and words != self.slots[number].values["href"]:
            self.slots[number].values["words"] = words[:_LONGEST_WORDS]

    def _formula(self, token: Token) -> Token:
        box = {"math_block": "div", "math_double": "span"}.get(token.type, "")
        try:
            if len(self.formulas) >= MOST_FORMULAS:
                raise Unreadable(TOO_MANY)
            html = mathml(token.content, bool(box))
        except Unreadable as why:
            reason = self._word(why.words) + (f" ({escape(why.command)})" if why.command else "")
            html = f'<code class="math-unread" title="{reason}">{escape(token.content)}</code>'
        self.formulas.append(f'<{box} class="math-box" tabindex="0">{html}</{box}>' if box else html)
        return _html(f"{FORMULA}{len(self.formulas) - 1}{CLOSE}" + "\n" * (box == "div"))

    def _word(self, word: str) -> str:
        if word not in self._words:
            self._words[word] = self._single(Slot("word", {"word": word})).content
        return self._words[word]

    def _single(self, slot: Slot) -> Token:
        self.slots.append(slot)
        return _mark(str(len(self.slots) - 1))


def _mark(content: str) -> Token:
    return _html(f"{OPEN}{content}{CLOSE}")


def _html(content: str) -> Token:
    """HTML of ours, as it stands."""
    return Token("slot", "", 0, content=content)


def _align(token: Token) -> None:
    """Styles are classes here: the content policy forbids style attributes."""
    style = _ALIGN.search(str(token.attrs.pop("style", "")))
    if style:
        token.attrSet("class", f"align-{style[1]}")
