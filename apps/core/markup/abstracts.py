"""Abstracts: plain text with the LaTeX that authors leave in it, made readable. `*` and `_` are what they are here.

One pass from the left to the right, every step of which is bounded; knows no Django.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from apps.core.markup.mathml import Unreadable, mathml, spoken
from apps.core.markup.rendered import CLOSE, FORMULA, OPEN, Rendered, Slot, with_formulas, without_marks
from apps.core.markup.sanitiser import made_safe
from apps.core.markup.tex_tokens import (
    CONTRACTION,
    DOUBLE,
    INLINE,
    TOKEN,
    is_formula,
    matching,
    whole_of,
    without_punctuation,
)
from apps.core.markup.tex_words import AROUND, FROM_HERE, LETTERS, SIGNS, SYMBOLS, accented

MOST = 10_000  # characters: what is longer is no abstract, and stands as it was typed
_MOST_LEVELS = 20
# A text without any of these is shown as it is.
_SPECIAL = ("\\", "$", "~", "{", "}", "`", "''", "--", "://", "rXiv", "rxiv", "RXIV", "doi:", "DOI:")


def make(text: str, cut: bool = False) -> Rendered:
    """Never raises. `cut`: the text ends in the middle, which "…" says; a formula that was cut in two is left out."""
    text = without_marks(text)
    if len(text) > MOST or not any(sign in text for sign in _SPECIAL):
        return Rendered(escape(text) + "…" * cut)
    return _made(text, cut)


@lru_cache(maxsize=1_024)
def _made(text: str, cut: bool) -> Rendered:
    return _Abstract(text, cut).rendered()


class _Abstract:
    def __init__(self, text: str, cut: bool) -> None:
        self.text, self.cut = text.rstrip("\\") if cut else text, cut
        self.parts: list[str] = []
        self.slots: list[Slot] = []
        self.formulas: list[str] = []
        self.ends: list[str] = []  # what closes each open brace
        self.quoted = 0
        self.closed = matching(text)

    def rendered(self) -> Rendered:
        place = 0
        while token := TOKEN.search(self.text, place):
            self.parts.append(escape(self.text[place : token.start()]))
            kind = str(next(name for name, value in token.groupdict().items() if value is not None))
            place = _STEPS[kind](self, token)
        self.parts += [escape(self.text[place:]), *reversed(self.ends)]
        html = made_safe("".join(self.parts).rstrip() if self.cut else "".join(self.parts))
        html = with_formulas(html, self.formulas)
        return Rendered(html + "…" * self.cut, tuple(self.slots))

    def say(self, words: str, token: re.Match[str]) -> int:
        self.parts.append(escape(words))
        return token.end()

    def accent(self, token: re.Match[str]) -> int:
        accent, letter = token["accent"] or token["below"], token["letter"] or token["its"]
        after_letter = token.start() > 0 and self.text[token.start() - 1].isalpha()
        made = accented(accent, letter)
        if after_letter and CONTRACTION.match(self.text, token.start()):
            made = ""
        if made:
            return self.say(made, token)
        if token["below"]:
            return self.say(token[0], token)
        self.parts.append(escape(accent))
        return token.start() + 2

    def link(self, href: str, words: str) -> None:
        end = self.opened(href)
        self.parts += [escape(words), end]

    def opened(self, href: str) -> str:
        """Begin a link; what ends it. A link holds no other."""
        if any(OPEN in end for end in self.ends):
            return ""
        number = len(self.slots)
        self.slots.append(Slot("link", {"href": re.sub(r"\\(.)", r"\1", href), "title": ""}))
        self.parts.append(f"{OPEN}{number}o{CLOSE}")
        return f"{OPEN}{number}c{CLOSE}"

    def url(self, token: re.Match[str]) -> int:
        self.link(token["url"], re.sub(r"\\(.)", r"\1", token["url"]))
        return token.end()

    def href(self, token: re.Match[str]) -> int:
        self.ends.append(self.opened(token["href"]))
        return token.end() + 1

    def bare(self, token: re.Match[str]) -> int:
        """An address in the text, without the punctuation behind it."""
        words = address = without_punctuation(token[0])
        if token["doi"]:
            address = "https://doi.org/" + address[len(token["doi"]) :]
        self.link(address, words)
        return token.start() + len(words)

    def arxiv(self, token: re.Match[str]) -> int:
        self.link(f"https://arxiv.org/abs/{token['id']}", token[0])
        return token.end()

    def keys(self, token: re.Match[str]) -> int:
        return self.say(f"[{token['keys']}]", token)

    def verb(self, token: re.Match[str]) -> int:
        self.parts.append(f"<code>{escape(token['verb'])}</code>")
        return token.end()

    def command(self, token: re.Match[str]) -> int:
        name, end = token["command"], token.end()
        group = self.text.startswith("{", end)
        if name in AROUND and group:
            return self.around(AROUND[name], end + 1)
        if name == "footnote" and group:
            self.parts.append(" (")
            self.ends.append(")")
            return end + 1
        if name in FROM_HERE:
            if self.ends:
                self.ends[-1] = self.tag(FROM_HERE[name]) + self.ends[-1]
            return end
        if name in LETTERS:
            self.parts.append(LETTERS[name])
            return _behind_nothing(self.text, end)
        return self.sign(name, token)

    def sign(self, name: str, token: re.Match[str]) -> int:
        end = token.end() - len(token["gap"])
        if name in SIGNS:
            self.parts.append(escape(SIGNS[name]))
            return _behind_nothing(self.text, end)
        drawn = spoken(f"\\{name}")
        if drawn.startswith("\\"):  # nobody knows it: it stays as it is
            self.parts.append("" if self.cut and end == len(self.text) else escape(f"\\{name}"))
            if self.text.startswith("{", end):  # and its braces with it
                self.parts.append("{")
                self.ends.append("}")
                return end + 1
            return end
        self.parts.append(escape(drawn))
        return _behind_nothing(self.text, end)

    def around(self, tag: str, end: int) -> int:
        self.ends.append(self.tag(tag))
        return end

    def tag(self, tag: str) -> str:
        """Open it; what closes it."""
        if not tag or len(self.ends) > _MOST_LEVELS:
            return ""
        self.parts.append(f"<{tag}>")
        return f"</{tag}>"

    def symbol(self, token: re.Match[str]) -> int:
        if self.cut and token.end() == len(self.text):
            return token.end()
        return self.say(SYMBOLS.get(token["symbol"], token[0]), token)

    def brace(self, token: re.Match[str]) -> int:
        if token[0] == "}":
            self.parts.append(self.ends.pop() if self.ends else "}")
        elif token.start() in self.closed:
            self.ends.append("")
        else:
            self.parts.append("{")
        return token.end()

    def dollar(self, token: re.Match[str]) -> int:
        double = token[0] == "$$"
        start = token.start()
        found = (DOUBLE if double else INLINE).match(self.text, start)
        if found and (double or is_formula(found)):
            self.formula(found[1], double)
            return found.end()
        if found is None and self.cut and "$" not in self.text[token.end() :]:
            return self.cut_formula(token.end())
        self.parts.append(token[0])
        return token.end()

    def bracketed(self, token: re.Match[str]) -> int:
        self.formula(token["bracketed"], token["bracket"] == "[")
        return token.end()

    def formula(self, tex: str, display: bool) -> None:
        try:
            self.formulas.append(mathml(tex.strip(), display))
        except Unreadable:
            self.parts.append(f"<code>{escape(tex)}</code>")
        else:
            self.parts.append(f"{FORMULA}{len(self.formulas) - 1}{CLOSE}")

    def cut_formula(self, place: int) -> int:
        """The last `$` has no partner: what is whole of the formula, or the words behind an amount."""
        whole = whole_of(self.text, place)
        if whole is None:
            self.parts.append("$")
            return place
        if whole:
            self.formula(whole, False)
        return len(self.text)

    def unseen(self, token: re.Match[str]) -> int:
        return token.end()

    def tie(self, token: re.Match[str]) -> int:
        return self.say("\u00a0", token)

    def dash(self, token: re.Match[str]) -> int:
        return self.say("—" if len(token[0]) == 3 else "–", token)

    def quote(self, token: re.Match[str]) -> int:
        if token[0] == "`":
            end = self.text.index("'", token.end())
            self.text = f"{self.text[:end]}’{self.text[end + 1 :]}"
            return self.say("‘", token)
        self.quoted += 1 if token[0] == "``" else -1
        if self.quoted < 0:
            self.quoted = 0
            return self.say(token[0], token)
        return self.say("“" if token[0] == "``" else "”", token)


def _behind_nothing(text: str, place: int) -> int:
    r"""Behind the braces of `\LaTeX{}`, which only keep a command from the next word."""
    return place + 2 if text.startswith("{}", place) else place


_STEPS: dict[str, Callable[[_Abstract, re.Match[str]], int]] = {
    "accent": _Abstract.accent,
    "below": _Abstract.accent,
    "url": _Abstract.url,
    "href": _Abstract.href,
    "keys": _Abstract.keys,
    "unseen": _Abstract.unseen,
    "bar": _Abstract.verb,
    "bracket": _Abstract.bracketed,
    "command": _Abstract.command,
    "symbol": _Abstract.symbol,
    "dollar": _Abstract.dollar,
    "brace": _Abstract.brace,
    "link": _Abstract.bare,
    "arxiv": _Abstract.arxiv,
    "doi": _Abstract.bare,
    "tie": _Abstract.tie,
    "dash": _Abstract.dash,
    "apart": _Abstract.dash,
    "quote": _Abstract.quote,
}
