"""A place in a query that moves forward, and what is counted on the way."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from apps.search.language import signs
from apps.search.language.problems import MOST_CHARACTERS, MOST_TERMS, Problems


class Cursor:
    def __init__(self, text: str) -> None:
        self.problems = Problems()
        self.text, self.at, self.terms = text[:MOST_CHARACTERS], 0, 0
        self.cut = len(text) > MOST_CHARACTERS  # then nobody is blamed for what stands open at the end
        if self.cut:
            message = _("A query holds at most %(most)s characters; the rest was not read.")
            self.problem(message % {"most": MOST_CHARACTERS}, MOST_CHARACTERS, len(text))

    @property
    def ended(self) -> bool:
        return self.at >= len(self.text)

    @property
    def sign(self) -> str:
        """The next one; an empty text at the end."""
        return self.text[self.at : self.at + 1]

    def closes(self) -> bool:
        return self.ended or self.sign in signs.CLOSE

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What stands here in this form, and on behind it."""
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def problem(self, message: str, start: int, end: int) -> None:
        self.problems.add(message, start, end)

    def may_count(self, start: int) -> bool:
        """One term more; after the last one that is allowed nothing else is read."""
        self.terms += 1
        if self.terms <= MOST_TERMS:
            return True
        if not self.cut or self.terms == MOST_TERMS + 1:
            message = _("A query holds at most %(most)s words and values; the rest was not read.")
            self.problem(message % {"most": MOST_TERMS}, start, len(self.text))
        self.at, self.cut = len(self.text), True
        return False

    def quoted(self) -> str:
        """The text within the quotes that open here, as one line."""
        start, found = self.at, self.take(signs.QUOTED)
        if found is None:
            return ""
        inner, close = (found[1], found[2]) if found[1] is not None else (found[3], found[4])
        if not close and not self.cut:
            self.problem(_("This quotation mark is not closed."), start, start + 1)
        return in_one_line(inner)


def in_one_line(text: str) -> str:
    """Without quotation marks, which no text within quotation marks can hold."""
    return " ".join(signs.ANY_QUOTE.sub(" ", text).split())
