"""What a query says, as a tree; places are those of the typed text and make no difference between two trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Leaf:
    place: Place = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Leaf):
    """One word as it was typed; it may be a compound. An empty field is any."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase(Leaf):
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix(Leaf):
    """The beginning of a word, without its star."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Facet(Leaf):
    """A parameter of the papers page with one or more of its values; one of them is enough."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ident(Leaf):
    """An identifier or an address of a paper, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Added(Leaf):
    """When a paper came into the library: from the first to the last day, or in so many days up to today."""

    first: date | None = None
    last: date | None = None
    days: int | None = None

    def between(self, today: date) -> tuple[date | None, date | None]:
        if self.days is None:
            return self.first, self.last
        return today - timedelta(days=min(self.days - 1, today.toordinal() - 1)), today


@dataclass(frozen=True, slots=True)
class Similar(Leaf):
    """Papers like the one with this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Not:
    item: Node


@dataclass(frozen=True, slots=True)
class And:
    """Without items it asks for nothing, and every paper answers."""

    items: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[Node, ...]


Text = Word | Phrase | Prefix
Node = Word | Phrase | Prefix | Facet | Ident | Added | Similar | Not | And | Or
EVERYTHING = And()


def every(items: Iterable[Node]) -> Node:
    """All of them, in the one form that such a tree has: flat, each once, and nothing around a single one."""
    flat = dict.fromkeys(part for item in items for part in (item.items if isinstance(item, And) else (item,)))
    return next(iter(flat)) if len(flat) == 1 else And(tuple(flat))


def either(items: Iterable[Node]) -> Node:
    """One of them, likewise; values of one facet are one facet with several values."""
    flat: dict[Node | str, Node] = {}
    for part in (part for item in items for part in (item.items if isinstance(item, Or) else (item,))):
        if isinstance(part, Facet):
            before = flat.get(part.name)
            values = before.values if isinstance(before, Facet) else ()
            flat[part.name] = Facet(part.name, tuple(dict.fromkeys((*values, *part.values))), place=part.place)
        elif part != EVERYTHING:
            flat[part] = part
    if not flat:
        return EVERYTHING
    return next(iter(flat.values())) if len(flat) == 1 else Or(tuple(flat.values()))


def negated(item: Node) -> Node:
    return item.item if isinstance(item, Not) else Not(item)


def wanted(tree: Node) -> Iterator[Text]:
    """The words that a paper is sought for: those that are not excluded, as they come."""
    if isinstance(tree, Word | Phrase | Prefix):
        yield tree
    elif isinstance(tree, And | Or):
        for item in tree.items:
            yield from wanted(item)
