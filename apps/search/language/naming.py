"""What stands behind a name and its colon: values of facets, days, identifiers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.core.filters import shown
from apps.search.language import signs
from apps.search.language.cursor import Cursor
from apps.search.language.tree import EVERYTHING, Facet, Ident, Node, Similar
from apps.search.language.values import added, years

Value = tuple[str, int, int]  # with its place


def named(cursor: Cursor, name: str, start: int) -> Node:
    """The condition of this name, of which the colon is read already."""
    if name == "id":
        return _identifier(cursor, start)
    values = [value for value in _values(cursor) if value[0] and cursor.may_count(value[1])]
    if not values:
        return nothing_behind(cursor, start)
    if name == "added":
        return _added(cursor, values, start)
    if name == "similar":
        return Similar(values[0][0], place=(start, cursor.at))
    texts = _years(cursor, values) if name == "year" else [text for text, *_place in values]
    return Facet(name, tuple(dict.fromkeys(texts)), place=(start, cursor.at)) if texts else EVERYTHING


def nothing_behind(cursor: Cursor, start: int) -> Node:
    if not cursor.cut:
        name = shown(cursor.text[start : cursor.at].rstrip())
        cursor.problem(_("Nothing stands behind “%(name)s”.") % {"name": name}, start, cursor.at)
    return EVERYTHING


def _identifier(cursor: Cursor, start: int) -> Node:
    if cursor.sign and cursor.sign in signs.QUOTES:
        text = cursor.quoted()
    elif found := signs.identifier(cursor.text, cursor.at):
        text, cursor.at = found
    else:
        word = cursor.take(signs.WORD)
        text = word[0] if word else ""
    text = signs.bare_identifier(text).rstrip(signs.AROUND)
    if not text:
        return nothing_behind(cursor, start)
    return Ident(text, place=(start, cursor.at)) if cursor.may_count(start) else EVERYTHING


def _added(cursor: Cursor, values: list[Value], start: int) -> Node:
    text, begin, end = values[0]
    found = added(text)
    if found is None or len(values) > 1:
        message = _("A day, a month, a range or a number of days is wanted: 2024-01-31, 2024-01..2024-03, 7d.")
        cursor.problem(message, begin, values[-1][2] if found else end)
    return type(found)(found.first, found.last, found.days, place=(start, cursor.at)) if found else EVERYTHING


def _years(cursor: Cursor, values: list[Value]) -> list[str]:
    for text, start, end in values:
        if not years(text):
            cursor.problem(_("A year or a range of years is wanted: 2023, 2021..2023, 2021.., ..2023."), start, end)
    return [found for text, _start, _end in values if (found := years(text))]


def _values(cursor: Cursor) -> list[Value]:
    """`gpt-4`, `"GPT-4",llama` or `(GPT-4 OR "Llama 2")`."""
    if cursor.sign and cursor.sign in signs.OPEN:
        return _in_parentheses(cursor)
    values = [_one(cursor)]
    while values[-1][0] and cursor.take(signs.COMMA):
        values.append(_one(cursor))
    return values


def _one(cursor: Cursor) -> Value:
    start = cursor.at
    if cursor.sign and cursor.sign in signs.QUOTES:
        return cursor.quoted(), start, cursor.at
    found = cursor.take(signs.VALUE)
    return found[0] if found else "", start, cursor.at


def _in_parentheses(cursor: Cursor) -> list[Value]:
    """Values parted by OR or commas; what stands side by side is one value with a blank in it."""
    opened, inner = cursor.at, 0
    cursor.at += 1
    values: list[Value] = []
    value = ("", cursor.at, cursor.at)
    while inner or not cursor.closes():
        if cursor.ended:
            break
        start = cursor.at
        if cursor.take(signs.PARTS_VALUES):
            values, value = [*values, value], ("", cursor.at, cursor.at)
        elif cursor.take(signs.SPACE):
            pass
        elif cursor.sign in signs.OPEN:
            cursor.problem(_("No further parentheses can stand within the values of a field."), start, start + 1)
            inner, cursor.at = inner + 1, start + 1
        elif cursor.sign in signs.CLOSE:
            inner, cursor.at = inner - 1, start + 1
        else:
            text = _one(cursor)[0]
            value = (f"{value[0]} {text}".strip(), start if not value[0] else value[1], cursor.at)
    if cursor.ended and not cursor.cut:
        cursor.problem(_("This parenthesis is not closed."), opened, opened + 1)
    cursor.at += 0 if cursor.ended else 1
    return [*values, value]
