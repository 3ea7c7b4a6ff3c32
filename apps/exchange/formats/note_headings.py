"""The heading of a study note: which paper it names, under which title and short name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.exchange.formats import inline, links
from apps.papers.identifiers import find
from apps.papers.titles import clean_title

_MARKS = re.compile(r"《([^《》]{1,500})》")
_GLUED = re.compile(r"([^\s:]{1,40}(?: [^\s:]{1,20}){0,3}):(?=[^\s/0-9])(.+)$")
_SPACED = re.compile(r"([^:]{1,40}):\s(.+)$")
_HYPHEN = re.compile(r"(\S{2,40})- \S")
_LEADING = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.、)\s]\s{0,3}|[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.]\s{0,3})"
)
# "(Vaswani et al., 2017)", "[NeurIPS 2023]", "(arXiv:2401.00001)": whose it is and where it stood, behind the title.
_BEHIND = re.compile(
    r"\s{0,3}[\[(（【][^\[\]()（）【】]{0,60}(?:(?:19|20)[0-9]{2}|arXiv:\s?[\w./-]{6,20})[a-z]?[\])）】]\s{0,3}$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a heading says: short name, title, the address of its paper; `marked` when the title stands in 《》."""

    name: str
    title: str
    url: str
    marked: bool


def read(heading: str, body: str) -> Named | None:
    """The paper that a heading is about; None for a heading about something else."""
    cell = inline.read(heading)
    marked = _MARKS.search(cell.text)
    own = [a.url for a in cell.links if links.is_safe(a.url) and find(a.url)]
    if marked:
        name, title = alias(marked[1])
        return Named(name, title, own[0] if own else _first(body), marked=True)
    urls = own or [url for url in [_first(body)] if url]
    if len({find(url) for url in urls}) != 1:
        return None
    linked = next((a.text for a in cell.links if a.url == urls[0] and not links.is_generic(a.text)), "")
    text = linked or _unlinked(cell)
    if not text:
        return None
    name, title = alias(text)
    return Named(name, title, urls[0], marked=False)


def alias(text: str) -> tuple[str, str]:
    """Short name and title of the words between 《》.

    A full-width colon, or one without a blank, parts an alias from the title; `LIMA: Less Is More` is a title that
    begins with a name, and so is `SELF-INSTRUCT- Aligning`, whose hyphen stands for a colon.
    """
    text = " ".join(text.split())
    before, colon, after = text.partition("：")
    if colon and before.strip() and after.strip():
        return before.strip(), clean_title(after)
    if glued := _GLUED.match(text):
        return glued[1], clean_title(glued[2])
    named = _SPACED.match(text) or _HYPHEN.match(text)
    name = named[1] if named and len(named[1].split()) <= 4 else ""
    return name, clean_title(text)


def _first(body: str) -> str:
    """The paper that the first words of a body link to, when it is one and they begin with it."""
    opening = next((line for line in body.split("\n") if line.strip()), "")[:1000]
    if "](" not in opening and "://" not in opening:
        return ""
    cell = inline.read(opening)
    named = [a.url for a in cell.links if links.is_safe(a.url) and find(a.url)]
    rest = cell.text
    for anchor in cell.links:
        rest = rest.replace(anchor.text, "", 1) if anchor.text else rest
    return named[0] if len({find(url) for url in named}) == 1 and len(rest) <= 40 else ""


def _unlinked(cell: inline.Inline) -> str:
    text = cell.text
    for anchor in cell.links:
        if links.is_generic(anchor.text):
            text = text.replace(anchor.text, "", 1)
    text = re.sub(r"[\[(（【]\s{0,3}[\])）】]", "", text).strip()
    text = _LEADING.sub("", text, count=1) if _LEADING.match(text) else text
    return _BEHIND.sub("", text).strip(" :：-–|")
