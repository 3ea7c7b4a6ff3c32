"""Bulleted papers of awesome lists: `- **Name**: [Title](url). Authors. *Venue 2023*. [[code](url)]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.exchange.formats import inline, links, paper_rows
from apps.exchange.formats.inline import Anchor
from apps.exchange.formats.records import Mention, Problem
from apps.papers.identifiers import find
from apps.papers.titles import clean_title

_BULLET = re.compile(r"(\s{0,12})(?:[-*+]|[0-9]{1,4}[.)])[ \t]{1,8}(?:\[[ xX]\][ \t])?(.*)$")
_LABELS = re.compile(r"[\[(（【]\s{0,3}([^\[\]()（）【】]{0,40})\s{0,3}[\])）】]")
_VENUE = re.compile(r"(?<![*\w])[*_]{1,3}([A-Za-z][^*_\n]{1,80}?(?:19|20)[0-9]{2}[^*_\n]{0,20}|[A-Z][A-Za-z&@ '\-]{2,40})[*_]{1,3}(?![*\w])")
_MARKED_VENUE = re.compile(r"(?:^|[\s.,(（\[`*_])([A-Z][A-Za-z@\-]{2,20}(?: (?:Findings|Workshop))?[ ,'’\-]{0,2}(?:19|20)[0-9]{2})(?![0-9])")
_SENTENCE = re.compile(r"\s{0,3}([.。,，:：|\-–—]{1,2})\s{1,3}")


@dataclass(frozen=True, slots=True)
class Bullet:
    line: int
    text: str


def bullets(lines: Sequence[str], mask: Sequence[bool], start: int, end: int) -> list[Bullet]:
    """The items of all lists within these lines, with the indented lines that go on."""
    found: list[Bullet] = []
    open_item = False
    for i in range(start, end):
        line = lines[i]
        if mask[i] or not line.strip():
            open_item = open_item and not mask[i] and not line.strip()
        elif item := _BULLET.match(line):
            found.append(Bullet(i + 1, item[2]))
            open_item = True
        elif open_item and line[:2].strip() == "" and lines[i - 1].strip() and len(found[-1].text) < 8000:
            found[-1] = Bullet(found[-1].line, f"{found[-1].text} {line.strip()}")
        else:
            open_item = False
    return found


def read(bullet: Bullet) -> tuple[Mention | None, list[Problem]]:
    """The paper of an item; None where the item links to no paper."""
    cell = inline.read(bullet.text)
    noted = paper_rows.dropped(bullet.line, [cell])
    safe = [anchor for anchor in cell.links if links.is_safe(anchor.url)]
    main = _main(safe)
    if main is None:
        return None, []
    name, title, rest = _parts(cell.text, main)
    if not title:
        return None, noted
    identity = find(main.url) or find(bullet.text)
    others = [a for a in safe if a.url != main.url]
    said = _said(bullet.text, rest)
    mention = Mention(
        line=bullet.line,
        title=title,
        name=name,
        url=main.url,
        arxiv_id=identity.arxiv_id,
        arxiv_version=identity.arxiv_version,
        doi=identity.doi,
        openreview_id=identity.openreview_id,
        said=said,
        links=tuple(dict.fromkeys(paper_rows.as_link(k, a) for a in others if (k := paper_rows.link_kind(a, "")) != "paper")),
    )
    return mention, noted


def write(mention: Mention) -> str:
    """The item that `read` gives back."""
    name = f"**{inline.escaped(mention.name)}**: " if mention.name else ""
    words = [f"{name}[{inline.escaped(mention.title)}]({mention.url})."]
    if authors := mention.said.get("authors"):
        words.append(f"{inline.escaped(authors)}.")
    if venue := mention.said.get("venue"):
        words.append(f"*{venue}*.")
    words += [f"[[{inline.escaped(link.label) or link.kind}]({link.url})]" for link in mention.links]
    return "- " + " ".join(words)


def _main(safe: Sequence[Anchor]) -> Anchor | None:
    for accepts in (find, links.is_paper):
        if named := next((a for a in safe if accepts(a.url)), None):
            return named
    return next((a for a in safe if links.kind_of(a.text, a.url, "other") in ("paper", "pdf")), None)


def _parts(text: str, main: Anchor) -> tuple[str, str, str]:
    """Short name, title, and what follows, of an item's words."""
    if not links.is_generic(main.text) and len(main.text) > 3:
        before, _, rest = text.partition(main.text)
        name = before.strip(" []()（）【】:：-–—|*.")
        return (name if len(name) <= 60 and len(name.split()) <= 6 else ""), clean_title(main.text), rest
    words = _LABELS.sub(lambda m: "" if links.is_generic(m[1]) or links.kind_of(m[1], "", "") else m[0], text)
    words = words.replace(main.text, "") if main.text.startswith("http") else words
    name, title = "", words.strip()
    head = re.match(r"(.{1,60}?)\s?[:：]\s(.{8,})$", title)
    if head and len(head[1].split()) <= 3 and "." not in head[1]:
        name = head[1].strip("*_ ")
    return _named(name, title)


def _named(name: str, title: str) -> tuple[str, str, str]:
    """The title ends with its sentence; a name before it is not part of it when the sentence goes on."""
    parts = re.split(r"(?<=[\w?!)）])[.。]\s{1,3}(?=[A-Z\u4e00-\u9fff])", title, maxsplit=1)
    rest = parts[1] if len(parts) > 1 else ""
    return name, clean_title(parts[0]), rest


def _said(raw: str, rest: str) -> dict[str, str]:
    said: dict[str, str] = {}
    venue = _VENUE.search(raw) or _MARKED_VENUE.search(_LABELS.sub(lambda m: f" {m[1]} ", rest))
    if venue and not links.is_generic(venue[1]):
        said["venue"] = venue[1].strip(" .,")
    authors = re.match(r"\s{0,3}[.,:：]?\s{0,3}([^.。\[\]|*]{3,400}?)\s?[.。](?:\s|$)", rest)
    if authors and ("," in authors[1] or "et al" in authors[1] or " and " in authors[1]) and authors[1].strip() != said.get("venue"):
        said["authors"] = authors[1].strip(" .,")
    return said
