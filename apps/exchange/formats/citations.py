"""References written out where a title belongs: `Lee, A., & Ray, B. (2023). Title. *Journal*, 1(2).`"""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.papers.titles import clean_title

_CITED = re.compile(
    r"\W{0,3}(?P<authors>[^\W\d_][^()\[\]|]{2,800}?[.,&…][^()\[\]|]{0,200}?)\s?\((?P<year>(?:19|20)[0-9]{2})[a-z]?(?:, [A-Za-z]{3,9}(?: [0-9]{1,2})?)?\)\.\s"
    r"(?P<rest>\S.{7,})$"
)
# A title may hold a question; it ends where the place of publication begins, else with its first full stop.
_PLACE = re.compile(r"[.?!,]\s(?:In:? (?=[A-Z0-9])|arXiv preprint|arXiv[: ]|Advances in |Proceedings )")
_INITIAL = re.compile(r"(?:^|[\s,-])[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Citation:
    title: str
    authors: str
    year: str


def read(text: str) -> Citation | None:
    """Title, authors and year of a reference in this style; None for anything else."""
    found = _CITED.match(text[:3000]) if "(" in text else None
    if found is None or not _INITIAL.search(found["authors"]):
        return None
    rest = found["rest"]
    place = _PLACE.search(rest)
    end = place.start() + 1 if place else rest.find(". ") + 1 or len(rest)
    title = clean_title(rest[:end])
    return Citation(title, found["authors"].strip(" ,"), found["year"]) if len(title) > 3 else None
