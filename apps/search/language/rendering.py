"""A tree as a query, in one canonical form: `parse(render(tree)).tree == tree`."""

from __future__ import annotations

import re

from apps.search.language import signs
from apps.search.language.cursor import in_one_line
from apps.search.language.fields import EXACTLY
from apps.search.language.tree import Added, And, Facet, Ident, Node, Not, Or, Phrase, Prefix, Similar, Word
from apps.search.language.values import as_typed, days_as_typed

_SIMPLE = re.compile(r"[\w./:-]+")


def render(tree: Node) -> str:
    match tree:
        case And(items):
            return " ".join(_inside(item) for item in items)
        case Or(items):
            return " OR ".join(_inside(item) for item in items)
        case Not(item):
            return f"-{_inside(item)}"
        case _:
            return _leaf(tree)


def _inside(item: Node) -> str:
    return f"({render(item)})" if isinstance(item, And | Or) else render(item)


def _leaf(leaf: Node) -> str:
    match leaf:
        case Word(text, field):
            return f"{_named(field)}{text}"
        case Phrase(text, field):
            return f'{_named(field)}"{text}"'
        case Prefix(text, field):
            return f"{_named(field)}{text}*"
        case Facet(name, values):
            return f"{_named(name)}{EXACTLY if name == 'author' else ''}{_values(name, values)}"
        case Ident(text) | Similar(text):
            name = "id" if isinstance(leaf, Ident) else "similar"
            return f"{name}:{text}" if _SIMPLE.fullmatch(text) else f'{name}:"{text}"'
        case Added():
            return f"added:{days_as_typed(leaf)}"
        case _:
            raise TypeError(f"{leaf!r} is no leaf")


def _named(name: str) -> str:
    return f"{name}:" if name else ""


def _values(name: str, values: tuple[str, ...]) -> str:
    texts = [as_typed(value) if name == "year" else in_one_line(value) for value in values]
    return ",".join(text if signs.VALUE.fullmatch(text) else f'"{text}"' for text in texts)
