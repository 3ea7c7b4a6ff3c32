"""Authors out of one line of text, as arXivRaw and the feeds write them, with affiliations in parentheses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from apps.harvest.arxiv.records import Author

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_NOBODY = re.compile(r"(?:et al\.?|others)?", re.IGNORECASE)
_AND_MORE = re.compile(r"\s+et al\.?$", re.IGNORECASE)
_PLAINLY = re.compile(r",|(?<![^\s,])and(?![^\s,])")
_MARKS = re.compile(r"[\d*†‡§,;\s]+(?:and[\d*†‡§,;\s]+)*|[a-z]", re.IGNORECASE)
_LEGEND = re.compile(
    r"\(\s*(\d{1,3}|[a-z*†‡§])\s*\)\s*([^()]*(?:\([^()]*\)[^()]*)*?)(?=[,;]?\s*\(\s*(?:\d{1,3}|[a-z*†‡§])\s*\)|$)"
)


def authors(text: str) -> tuple[Author, ...]:
    """`A. Bee (1), C. Dee (1 and 2) ((1) Here, (2) There)` and `A. Bee (Here), C. Dee and E. Eff`."""
    people: list[tuple[str, list[str]]] = []
    places: dict[str, str] = {}
    for name, groups in _pieces(" ".join(text.split())):
        for group in list(groups):
            if group.lstrip().startswith("("):
                places |= {mark: place.strip(" ,;") for mark, place in _LEGEND.findall(group)}
                groups.remove(group)
        if _SUFFIX.fullmatch(name) and people:
            people[-1] = (f"{people[-1][0]}, {name}", people[-1][1] + groups)
        elif not _NOBODY.fullmatch(name):
            people.append((_AND_MORE.sub("", name), groups))
    return tuple(Author(name, tuple(_affiliations(groups, places))) for name, groups in people)


def _pieces(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each name with its parentheses; commas and "and" within those divide nothing."""
    if not any(sign in text for sign in "():;&"):  # as most are
        yield from ((name.strip(), []) for name in _PLAINLY.split(text))
        return
    name, groups, group, depth = "", list[str](), "", 0
    for piece in re.findall(r"[()]|[,;:](?=\s|$)|\sand\s|\s&\s|[^(),;:\s]+|\s|.", text):
        if piece == "(":
            depth += 1
            group = "" if depth == 1 else group + piece
        elif piece == ")" and depth:
            depth -= 1
            groups += [group] if depth == 0 else []
            group = "" if depth == 0 else group + piece
        elif depth:
            group += piece
        elif piece.strip() in {",", ";", ":", "and", "&"}:
            yield name.strip(), groups
            name, groups = "", []
        else:
            name += piece
    yield name.strip(), groups + ([group] if group.strip() else [])


def _affiliations(groups: list[str], places: Mapping[str, str]) -> Iterator[str]:
    for group in groups:
        if places and _MARKS.fullmatch(group.strip()):
            yield from (places[mark] for mark in re.findall(r"\d+|[a-z*†‡§]", group) if mark in places)
        elif group.strip():
            yield group.strip()
