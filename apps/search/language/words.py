"""Single words of a query, and beginnings of words with a star."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from apps.search import han
from apps.search.language import signs
from apps.search.language.cursor import Cursor
from apps.search.language.fields import EXACTLY
from apps.search.language.tree import EVERYTHING, Node, Phrase, Prefix, Word, every
from apps.search.tokens import parts

_ENOUGH = re.compile(rf"[{han.SIGNS}]|[^\W_].*[^\W_]", re.DOTALL)


def word(cursor: Cursor, field: str) -> Node:
    start, found = cursor.at, cursor.take(signs.WORD)
    if found is None:
        cursor.at += 1
        return EVERYTHING
    typed = found[0].strip(signs.AROUND)
    text = signs.STARS.sub(" ", typed).strip().strip(signs.AROUND)
    if not lies_open(text):
        if signs.STARS.search(typed):
            cursor.problem(_("A star needs the beginning of a word before it."), start, found.end())
        return EVERYTHING
    if not cursor.may_count(start):
        return EVERYTHING
    place = (start, found.end())
    if not signs.STARS.search(typed):
        return as_word(text, field, place)
    if " " in text or typed[0] in "*＊":
        cursor.problem(_("A star can only stand at the end of a word."), *place)
        return every(as_word(each, field, place) for each in text.split() if lies_open(each))
    if not (_ENOUGH.search(text) and stands_alone(f"{text}*")):
        cursor.problem(_("At least two letters or one Chinese character must stand before a star."), *place)
        return as_word(text, field, place)
    return Prefix(text, field, place=place)


def as_word(text: str, field: str, place: tuple[int, int]) -> Node:
    """What would be read as something else when it stood alone is quoted; that is the same for a single word."""
    return Word(text, field, place=place) if stands_alone(text) else Phrase(text, field, place=place)


def lies_open(text: str) -> bool:
    """Whether there is anything in it that could be found."""
    return bool(parts(text))


def stands_alone(text: str) -> bool:
    """Whether it is read as one word wherever it stands in a query."""
    return bool(
        signs.WORD.fullmatch(text)
        and text == text.strip(signs.AROUND)
        and not text.startswith(EXACTLY)
        and not any(pattern.match(text) for pattern in (signs.OPERATOR, signs.MINUS, signs.NAME, signs.BLANKS))
        and not signs.identifier(text, 0)
    )
