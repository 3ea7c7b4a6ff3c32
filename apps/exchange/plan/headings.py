"""What the headings above a row say of its paper where the row does not: a venue, a year; and the role of the LLM."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.exchange.formats.records import SectionText
from apps.papers.lexicon import Lexicon
from apps.vocabulary.models import LLMRole

_YEAR = re.compile(r"\W{0,5}((?:19|20)[0-9]{2})\s?年?(?:\s(?:papers?|论文))?\W{0,5}$", re.IGNORECASE)
_NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)、:：]?\s{1,3}(?=\S)")
_PUBLISHED = frozenset({"conference", "journal", "workshop"})


@dataclass(frozen=True, slots=True)
class Above:
    """Raw words as a heading has them; empty where no heading says it."""

    venue: str = ""
    year: str = ""
    role: LLMRole | None = None

    def __bool__(self) -> bool:
        return bool(self.venue or self.year or self.role)


def said_above(section: SectionText, lexicon: Lexicon) -> Above:
    """The nearest heading that says it counts."""
    titles = [_NUMBERED.sub("", title, count=1).strip() for title in (section.title, *reversed(section.path)) if title]
    venue = next((title for title in titles if _is_venue(title, lexicon)), "")
    year = next((found[1] for title in titles if (found := _YEAR.match(title))), "")
    role = next((entry for title in titles if (entry := lexicon.resolver.role(title).entry)), None)
    return Above(venue, year, role)


def _is_venue(title: str, lexicon: Lexicon) -> bool:
    """`SIGIR 2024` or `SIGIR`, but not `Science`: an ordinary word is a topic before it is a journal."""
    match = lexicon.resolver.venue(title)
    named = match.year is not None or sum(1 for c in match.name if c.isupper()) > 1
    return bool(match.entry and match.entry.kind in _PUBLISHED and named)
