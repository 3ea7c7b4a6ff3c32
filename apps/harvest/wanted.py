"""The words of a saved query: read once, asked of titles and abstracts here, and put into arXiv's own language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from apps.harvest import folding
from apps.harvest.arxiv.gateway import quoted

MOST_TERMS = 40  # arXiv refuses addresses that are too long
_SHOWN = 60
_EITHER, _ALSO = {"or", "或"}, {"and", "且"}
_PIECE = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>[^\s"]+)')
_FIELD = re.compile(r"(?:ti|au|abs|co|jr|cat|rn|id|all):", re.IGNORECASE)


class Wrong(ValueError):
    """The words cannot be read; the text says where and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase, or (`open`) the beginning of a word. `forms` are its words with and without its hyphens."""

    said: str
    forms: tuple[str, ...]
    open: bool = False

    def fits(self, texts: Iterable[str]) -> bool:
        end = "" if self.open else " "
        return any(f" {form}{end}" in text for text, form in product(texts, self.forms))

    @property
    def for_arxiv(self) -> str:
        if not self.open:
            return f"all:{quoted(self.said)}"
        *before, last = self.forms[0].split()
        return f'(all:"{" ".join(before)}" AND all:{last}*)' if before else f"all:{last}*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One term of each group must occur, and none of `without`. Nothing at all: everything fits."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    def fits(self, title: str, abstract: str, authors: Iterable[str] = ()) -> bool:
        if not self.groups and not self.without:
            return True
        # Phrases do not reach from one text into another.
        texts = [form for text in (title, abstract, *authors) for form in folding.forms(text)]
        fitting = all(any(term.fits(texts) for term in group) for group in self.groups)
        return fitting and not any(term.fits(texts) for term in self.without)

    def for_arxiv(self, category: str) -> str:
        """In arXiv's query language; each part in parentheses, as its AND and OR bind equally."""
        parts = [f"cat:{category}" if "." in category else f"(cat:{category} OR cat:{category}.*)"]
        for group in self.groups:
            either = " OR ".join(term.for_arxiv for term in group)
            parts.append(f"({either})" if len(group) > 1 else either)
        return " AND ".join(parts) + "".join(f" ANDNOT {term.for_arxiv}" for term in self.without)


def parse(text: str) -> Wanted:
    """`LLM recommend* "a phrase" a OR b -without`; raises Wrong."""
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    joins = False  # whether the next term belongs to the group before it
    for piece in _pieces(text):
        if piece.word.casefold() in _EITHER:
            if joins or not groups:
                raise Wrong(_("OR needs a word on each side of it."))
            joins = True
        elif piece.word.casefold() not in _ALSO:
            term = _term(piece)
            if piece.minus and joins:
                raise Wrong(
                    _("“-%(word)s” cannot stand beside OR: what must not occur stands for itself.") % _shown(piece)
                )
            if piece.minus:
                without.append(term)
            elif joins:
                groups[-1] += (term,)
            else:
                groups.append((term,))
            joins = False
    if joins:
        raise Wrong(_("OR needs a word on each side of it."))
    if sum(map(len, groups)) + len(without) > MOST_TERMS:
        raise Wrong(_("These are too many words: at most %(most)s can be looked for at once.") % {"most": MOST_TERMS})
    return Wanted(tuple(groups), tuple(without))


@dataclass(frozen=True, slots=True)
class _Piece:
    """`word` is "" for a phrase."""

    said: str
    minus: bool = False
    word: str = ""


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _PIECE.finditer(folding.signs(text)):
        phrase, word = found["phrase"], found["word"]
        if phrase is not None and not found["end"]:
            raise Wrong(
                _("The quotation mark before “%(word)s” has no partner: put another one after the phrase.")
                % _cut(phrase)
            )
        if word is None:
            yield _Piece(phrase, bool(found["minus"]))
        elif word == "-":
            raise Wrong(_("“-” must stand right before the word that must not occur, without a blank."))
        else:
            minus = word.startswith("-")
            yield _Piece(word.removeprefix("-"), minus, word)


def _term(piece: _Piece) -> Term:
    said, ends_open = piece.said, False
    if piece.word:
        _refuse_other_languages(piece)
        said, ends_open = said.rstrip("*"), said.endswith("*")
    forms = folding.words_of(said)
    if not forms:
        raise Wrong(_("“%(word)s” holds no letter and no number, so it cannot be looked for.") % _shown(piece))
    if "*" in said:
        raise Wrong(
            _("“%(word)s”: * stands for the rest of a word, at its end and outside of quotation marks.") % _shown(piece)
        )
    if ends_open and len(forms[0].split()[-1]) < 2 and forms[0].isascii():
        raise Wrong(_("“%(word)s”: at least two letters must stand before *.") % _shown(piece))
    return Term(said, forms, ends_open)


def _refuse_other_languages(piece: _Piece) -> None:
    """What is spelled as in arXiv's own search or elsewhere, and would be looked for as a word."""
    if piece.word in {"NOT", "ANDNOT"}:
        raise Wrong(_("%(word)s is not known here: write -word for a word that must not occur.") % _shown(piece))
    if set("()") & set(piece.word):
        raise Wrong(
            _("“%(word)s”: parentheses are not known here. OR binds first: a OR b c means one of a and b, and c.")
            % _shown(piece)
        )
    if _FIELD.match(piece.said):
        raise Wrong(
            _("“%(word)s”: fields are not known here. Words are looked for in title, abstract and authors.")
            % _shown(piece)
        )


def _shown(piece: _Piece) -> dict[str, str]:
    return _cut(piece.said)


def _cut(text: str) -> dict[str, str]:
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text.strip())
    return {"word": visible if len(visible) <= _SHOWN else visible[:_SHOWN] + "…"}
