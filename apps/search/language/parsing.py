"""A typed query becomes a tree; whatever is wrong with it is said with its place, and never raised."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.search.language import signs
from apps.search.language.cursor import Cursor
from apps.search.language.fields import EXACTLY, TEXTS, known, nearest
from apps.search.language.naming import named, nothing_behind
from apps.search.language.problems import MOST_DEPTH, Problem
from apps.search.language.tree import EVERYTHING, Ident, Node, Phrase, either, every, negated
from apps.search.language.words import lies_open, word

_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    tree: Node
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Query:
    """Blanks are AND, and bind less than OR; an AND that is written binds more: `a b OR c AND d` is a (b OR (c AND d))."""
    cursor = Cursor(text)
    tree = _Parser(cursor).side_by_side("", 0)
    problems = cursor.problems.in_order()
    if tree == EVERYTHING and text.strip() and not problems:
        problems = (Problem(_("There is no word to look for."), 0, len(text)),)
    return Query(text, tree, problems)


class _Parser:
    """Each method reads what its name says from the cursor on. `field` is the text that words are sought in."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.ignored = 0  # parentheses that are too deep are read as if they were not there

    def side_by_side(self, field: str, depth: int) -> Node:
        cursor, items = self.cursor, []
        while cursor.take(signs.BLANKS) or not cursor.ended:
            if cursor.ended or (cursor.sign in signs.CLOSE and depth and not self.ignored):
                break
            if cursor.sign not in signs.CLOSE:
                items.append(self.alternatives(field, depth))
                continue
            self.surplus()
        return every(items)

    def surplus(self) -> None:
        """Closing parentheses that no group waits for."""
        cursor = self.cursor
        if self.ignored:
            self.ignored, cursor.at = self.ignored - 1, cursor.at + 1
        elif found := cursor.take(signs.CLOSING):
            cursor.problem(_("This parenthesis closes nothing."), *found.span())

    def alternatives(self, field: str, depth: int) -> Node:
        found = [self.together(field, depth)]
        while place := self.operator("OR"):
            found.append(self.together(field, depth))
            self.complain_of_gaps("OR", found[-2:], place)
        return either(item for item in found if item is not None)

    def together(self, field: str, depth: int) -> Node | None:
        found = [self.single(field, depth)]
        while place := self.operator("AND"):
            found.append(self.single(field, depth))
            self.complain_of_gaps("AND", found[-2:], place)
        items = [item for item in found if item is not None]
        return every(items) if items else None

    def single(self, field: str, depth: int) -> Node | None:
        """None where there is nothing to read."""
        cursor, negative, start = self.cursor, False, self.cursor.at
        while True:
            cursor.take(signs.BLANKS)
            if self.operator("NOT") or cursor.take(signs.MINUS):
                negative = not negative
            else:
                break
        if cursor.closes() or signs.OPERATOR.match(cursor.text, cursor.at):
            if cursor.at > start and not cursor.cut and cursor.text[start : cursor.at].strip():
                cursor.problem(_("Nothing follows that could be excluded."), start, cursor.at)
            return None
        item = self.term(field, depth)
        return negated(item) if negative and item != EVERYTHING else item

    def term(self, field: str, depth: int) -> Node:
        cursor, start = self.cursor, self.cursor.at
        if not field and (found := signs.identifier(cursor.text, start)):
            text, cursor.at = found
            return Ident(text, place=(start, cursor.at)) if cursor.may_count(start) else EVERYTHING
        while name := self.name():
            exactly = name == "author" and cursor.sign == EXACTLY
            if name in TEXTS and not exactly:
                field = name
            elif name != _UNKNOWN:
                cursor.at += exactly
                return named(cursor, name, start)
        if cursor.closes():
            return nothing_behind(cursor, start) if cursor.at > start else EVERYTHING
        if cursor.sign in signs.OPEN:
            return self.group(field, depth)
        if cursor.sign in signs.QUOTES:
            begin, text = cursor.at, cursor.quoted()
            fits = lies_open(text) and cursor.may_count(begin)
            return Phrase(text, field, place=(begin, cursor.at)) if fits else EVERYTHING
        return word(cursor, field)

    def name(self) -> str:
        """The name before a colon, `?` for one that nobody knows, or an empty text where no name stands."""
        cursor = self.cursor
        found = signs.NAME.match(cursor.text, cursor.at)
        if found is None:
            return ""
        name, start, after = known(found[1]), cursor.at, cursor.text[found.end() : found.end() + 1]
        apart = not after or after.isspace() or after in signs.CLOSE
        if name and not (apart and found[1] != found[1].lower()):  # “LLM: A Survey” is a title
            cursor.at = found.end()
            cursor.take(signs.SPACE)
            return name
        if name or apart or after == "/" or not found[1].isascii():
            return ""
        cursor.at = found.end()
        message, near = _("There is no field “%(name)s”."), nearest(found[1])
        if near:
            message = _("There is no field “%(name)s”. Did you mean “%(near)s”?")
        cursor.problem(message % {"name": found[1], "near": near}, start, found.end())
        return _UNKNOWN

    def group(self, field: str, depth: int) -> Node:
        cursor, opened = self.cursor, self.cursor.at
        if depth == MOST_DEPTH and (found := cursor.take(signs.OPENING)):
            if not self.ignored:
                cursor.problem(_("Parentheses go at most %(most)s deep.") % {"most": MOST_DEPTH}, *found.span())
            self.ignored += len(found[0])
            return EVERYTHING
        cursor.at += 1
        inside = self.side_by_side(field, depth + 1)
        if cursor.ended and not cursor.cut:
            cursor.problem(_("This parenthesis is not closed."), opened, opened + 1)
        cursor.at += 0 if cursor.ended else 1
        return inside

    def operator(self, name: str) -> tuple[int, int] | None:
        """Its place, if it comes next."""
        before = self.cursor.at
        self.cursor.take(signs.BLANKS)
        found = signs.OPERATOR.match(self.cursor.text, self.cursor.at)
        if found is None or found[1] != name:
            self.cursor.at = before
            return None
        self.cursor.at = found.end()
        return found.span(1)

    def complain_of_gaps(self, name: str, sides: list[Node | None], place: tuple[int, int]) -> None:
        if None in sides and not self.cursor.cut:
            message = _("“%(operator)s” needs something on both sides.")
            self.cursor.problem(message % {"operator": name}, *place)
