"""A row of a paper table as a mention of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from apps.exchange.formats import citations, inline, links, problems, scripts
from apps.exchange.formats.inline import Anchor, Inline
from apps.exchange.formats.records import Link, Mention, Problem
from apps.papers.dates import parse_date
from apps.papers.identifiers import LONGEST_URL, Identity, find, is_too_long, parse_arxiv
from apps.papers.titles import clean_title

_SAID = ("venue", "year", "published", "authors", "organisations", "tags", "role")
_LINKS = ("code", "project", "data", "slides", "pdf")
_ALL_BOLD = re.compile(r"(?:\*\*|__|<b>|<strong>)[^*_<>]{1,300}(?:\*\*|__|</b>|</strong>)$", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(（【]\s{0,5}[\])）】]")


def read(line: int, cells: Sequence[str], roles: Sequence[str]) -> tuple[Mention | None, list[Problem]]:
    """The mention that a row makes, None where it names no paper, and what could not be read."""
    found = [inline.read(cell) for cell in cells]
    noted = dropped(line, found)
    texts = tuple(_text(cell) for cell in found)
    if all(links.says_nothing(text) for text in texts) and not any(cell.links for cell in found):
        return None, noted
    if _divides(cells, texts, found):
        return None, noted
    if len(cells) > len(roles):
        noted.append(problems.problem(line, problems.EXTRA_CELLS, count=len(cells), expected=len(roles)))
    by_role = dict(reversed(list(zip(roles, found, strict=False))))
    title, name, main = _title(by_role)
    cited = citations.read(by_role["title"].text) if "title" in by_role else None
    title = cited.title if cited else title
    main = main or _elsewhere(roles, found)
    identity = find(main.url) if main else Identity()
    identity = joined(identity, _identities(roles, found)) or _identity(roles, cells, texts)
    if not title and not (main or identity):
        text = " | ".join(text for text in texts if text)
        return None, [*noted, problems.problem(line, problems.ROW_UNTITLED, text=text)]
    said = _said(roles, texts)
    if cited:
        said = {"authors": cited.authors, "year": cited.year, **said}
    mention = Mention(
        line=line,
        title=title,
        name=name,
        url=main.url if main else "",
        arxiv_id=identity.arxiv_id,
        arxiv_version=identity.arxiv_version,
        doi=identity.doi,
        openreview_id=identity.openreview_id,
        said=said,
        links=_links(roles, found, main),
        llm=_text(by_role["llm"]) if "llm" in by_role else "",
        tuning=_text(by_role["tuning"]) if "tuning" in by_role else "",
        remark=_stated(by_role, "remark"),
        cells=texts,
    )
    return mention, noted


def _divides(cells: Sequence[str], texts: Sequence[str], found: Sequence[Inline]) -> bool:
    """Whether a row is a heading within the table: one cell alone, a date or in bold."""
    said = [i for i, text in enumerate(texts) if not links.says_nothing(text)]
    if len(said) != 1 or len(cells) < 3 or any(cell.links for cell in found):
        return False
    cell = cells[said[0]].strip()
    return parse_date(texts[said[0]]) is not None or bool(_ALL_BOLD.match(cell))


def dropped(line: int, found: Sequence[Inline]) -> list[Problem]:
    """One problem for each link that must never be followed."""
    urls = [anchor.url for cell in found for anchor in cell.links]
    schemes = [scheme for url in urls if (scheme := links.danger(url))]
    noted = [problems.problem(line, problems.LINK_DROPPED, scheme=scheme) for scheme in schemes]
    long = [url for url in urls if is_too_long(url) and not links.danger(url)]
    return noted + [problems.problem(line, problems.LINK_LONG, length=len(url), limit=LONGEST_URL) for url in long]


def split_title(cell: Inline) -> tuple[str, str, Anchor | None]:
    """Title, a short name before it, and the paper's link, of a cell that holds a title."""
    safe = [anchor for anchor in cell.links if links.is_safe(anchor.url)]
    titled = next((a for a in cell.links if not links.is_generic(a.text) and not a.image), None)
    if titled and links.kind_of("", titled.url) == "code" and len(titled.text.split()) < 3:
        titled = None
    if titled:
        before = cell.text.partition(titled.text)[0].strip()
        name = before.rstrip(":： -–").strip("[]()【】 ") if before.endswith((":", "：")) and len(before) <= 60 else ""
        main = titled if titled in safe else next((a for a in safe if links.is_paper(a.url)), None)
        return clean_title(titled.text), name, main
    text = cell.text
    for anchor in cell.links:
        text = text.replace(anchor.text, "", 1) if anchor.text else text
    for _ in range(2):
        text = _BRACKETED.sub("", text)
    main = next((a for a in safe if links.is_paper(a.url)), None) or next(
        (a for a in safe if links.kind_of(a.text, a.url) in ("paper", "pdf")), None
    )
    title = clean_title(text.rstrip(" |-–/,;"))
    return "" if links.says_nothing(title) or links.is_generic(title) else title, "", main


def link_kind(anchor: Anchor, role: str) -> str:
    """What a link of a column leads to; labels speak louder than the column, an unknown label does not."""
    otherwise = role if role in _LINKS else "paper"
    return links.kind_of(_label(anchor), anchor.url, otherwise)


def as_link(kind: str, anchor: Anchor) -> Link:
    return Link(kind, anchor.url, _label(anchor))


def _title(by_role: dict[str, Inline]) -> tuple[str, str, Anchor | None]:
    name_cell = by_role.get("name")
    name = "" if name_cell is None or links.says_nothing(name_cell.text) else name_cell.text
    title, before, main = split_title(by_role["title"]) if "title" in by_role else ("", "", None)
    if main is None and name_cell:
        main = next((a for a in name_cell.links if links.is_safe(a.url) and links.is_paper(a.url)), None)
    if "title" not in by_role and name_cell and len(name.split()) > 4:
        return clean_title(name), "", main  # a column called Name or Method that holds titles
    return title, name or before, main


def _elsewhere(roles: Sequence[str], found: Sequence[Inline]) -> Anchor | None:
    """The paper's address in another column: one that names the paper before one that may only be about it."""
    cells = list(zip(roles, found, strict=False))
    ranked = [a for r, c in cells if r in ("link", "pdf") for a in c.links] + [
        a for r, c in cells if r not in _LINKS for a in c.links
    ]
    safe = [a for a in ranked if links.is_safe(a.url)]
    for accepts in (find, links.is_paper):
        if named := next((a for a in safe if accepts(a.url)), None):
            return named
    columns = [a for r, c in cells if r == "link" for a in c.links if links.is_safe(a.url)]
    return next((a for a in columns if links.kind_of(_label(a), a.url) == "paper"), None)


def _identity(roles: Sequence[str], cells: Sequence[str], texts: Sequence[str]) -> Identity:
    for role, cell, text in zip(roles, cells, texts, strict=False):
        if role == "title" and (found := find(cell)):
            return found
        if role in ("link", "pdf") and (found := parse_arxiv(text) or find(cell)):
            return found
    return Identity()


def joined(identity: Identity, others: Iterable[Identity]) -> Identity:
    """The first word on each kind of id: a paper may be linked at arXiv, at its publisher and on OpenReview."""
    for other in others:
        identity = Identity(
            arxiv_id=identity.arxiv_id or other.arxiv_id,
            arxiv_version=identity.arxiv_version if identity.arxiv_id else other.arxiv_version,
            doi=identity.doi or other.doi,
            openreview_id=identity.openreview_id or other.openreview_id,
        )
    return identity


def of_links(anchors: Iterable[Anchor]) -> Iterator[Identity]:
    """What links say whose words only say that there is a paper."""
    for anchor in anchors:
        if links.is_generic(anchor.text) and links.kind_of(_label(anchor), "") in ("paper", "pdf"):
            yield find(anchor.url)


def _identities(roles: Sequence[str], found: Sequence[Inline]) -> Iterator[Identity]:
    for role, cell in zip(roles, found, strict=False):
        if role in ("title", "link", "pdf"):
            yield from of_links(cell.links)


def _said(roles: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for role, text in zip(roles, texts, strict=False):
        if links.says_nothing(text):
            continue
        if role in _SAID:
            said.setdefault(role, text)
        elif role in ("summary", "abstract"):
            said.setdefault(f"{role}_zh" if scripts.is_chinese(text) else role, text)
    return said


def _links(roles: Sequence[str], found: Sequence[Inline], main: Anchor | None) -> tuple[Link, ...]:
    kept: list[Link] = []
    for role, cell in zip(roles, found, strict=False):
        for anchor in cell.links:
            if not links.is_safe(anchor.url) or (main and anchor.url == main.url):
                continue
            kind = link_kind(anchor, role)
            if (
                role in (*_LINKS, "link")
                or kind in ("code", "project", "data", "slides")
                or (kind == "pdf" and role == "title")
            ):
                kept.append(as_link(kind, anchor))
    return tuple(dict.fromkeys(kept))


def _label(anchor: Anchor) -> str:
    return "" if anchor.text == anchor.url else anchor.text


def _text(cell: Inline) -> str:
    return cell.text or " ".join(p.alt for p in cell.pictures if p.alt)


def _stated(by_role: dict[str, Inline], role: str) -> str:
    cell = by_role.get(role)
    return "" if cell is None or links.says_nothing(_text(cell)) else _text(cell)
