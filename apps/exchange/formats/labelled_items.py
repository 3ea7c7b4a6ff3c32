"""The items of a list with labelled fields: where each begins and ends, and the paper it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.exchange.formats import blocks, inline, labels, links, problems, scripts
from apps.exchange.formats.records import Link, Mention, Problem
from apps.papers.identifiers import Identity, find, parse_arxiv
from apps.papers.titles import clean_title, title_key

_QUOTE = re.compile(r"\s{0,3}((?:>\s?){1,5})")
_NUMBER = re.compile(r"(?:第\s?)?[（(\[【]?([0-9]{1,4})\s?(?:[.、)）:：\]】]|篇[.、:：]?)\s{0,4}(?=\S)")
_ITEM = re.compile(r" {0,3}(?:\*\*|__)?\s?[0-9]{1,4}[.、)）]\s{0,4}(\S.{0,200}?)(?:\*\*|__)?\s{0,4}$")
_RULE = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,}|(?:- ){2,}-)\s{0,10}$")
_LONG = ("abstract", "abstract_zh", "abstract_en", "summary", "reading_focus", "key_technique", "remark")
_SAID = ("published", "organisations", "authors", "venue", "reading_focus", "key_technique", "tags")


@dataclass(slots=True)
class Value:
    label: str
    line: int
    text: list[str]


@dataclass(slots=True)
class Item:
    """One item: its heading, its fields as written, its images."""

    at: int
    heading: str
    fields: dict[str, Value] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def unquoted(line: str) -> tuple[str, bool]:
    """The line without quote marks, and whether it had any."""
    mark = _QUOTE.match(line)
    return (line[mark.end() :], True) if mark else (line, False)


def items(lines: Sequence[str], mask: Sequence[bool]) -> list[Item]:
    """All items: a heading or a numbered line with labelled fields below, or a title's label where there is no heading."""
    starts = _starts(lines, mask)
    found: list[Item] = []
    current: Item | None = None
    last: Value | None = None
    quoted = False
    pending: tuple[int, str] | None = None
    at = 0
    while at < len(lines):
        if at in starts:
            pending, current, last = (at, starts[at][1]), None, None
            at = starts[at][0]
            continue
        line, is_quoted = unquoted(lines[at])
        labelled = [] if mask[at] else labels.find(line)
        if labelled and not (current is None and pending is None and labelled[0].field != "title"):
            if current is None or (
                labelled[0].field == "title" and "title" in current.fields and len(current.fields) > 1
            ):
                begin, heading = pending or (at, "")
                current = Item(begin, heading)
                found.append(current)
                pending = None
            last, quoted = _take(current, line, labelled, at + 1, last), is_quoted
        elif current is not None:
            if _ends(line, is_quoted, quoted, last):
                current, last = None, None
            else:
                _go_on(current, line, last)
        at += 1
    return [item for item in found if "title" in item.fields or len(item.fields) > 1]


def mention(item: Item, found: list[Problem]) -> Mention | None:
    """The paper of an item; problems are added to `found`."""
    found += item.problems
    texts = {name: _joined(value.text) for name, value in item.fields.items()}
    texts = {name: text for name, text in texts.items() if not links.says_nothing(text)}
    name, titled = _heading(item.heading)
    title = clean_title(inline.plain(texts.get("title", ""))) or titled
    if title_key(name) == title_key(title):
        name = ""
    urls = _urls(texts, "title", "url", "pdf", "doi")
    url, identity = _address(texts, urls)
    if not title and not identity:
        found.append(problems.problem(item.at + 1, problems.ITEM_UNTITLED, item=item.heading))
        return None
    for text in texts.values():
        for anchor in inline.read(text).links if "](" in text or "<" in text else ():
            if scheme := links.danger(anchor.url):
                found.append(problems.problem(item.at + 1, problems.LINK_DROPPED, scheme=scheme))
    return Mention(
        line=item.at + 1,
        title=title,
        name=inline.plain(texts["name"]) if "name" in texts else name,
        url=url,
        arxiv_id=identity.arxiv_id,
        arxiv_version=identity.arxiv_version,
        doi=identity.doi,
        openreview_id=identity.openreview_id,
        said=_said(texts),
        links=_links(item, texts, url),
        remark=texts.get("remark", ""),
    )


def _starts(lines: Sequence[str], mask: Sequence[bool]) -> dict[int, tuple[int, str]]:
    """Where an item may begin: line after its heading, and the heading's words."""
    starts = {h.at: (h.end, h.text) for h in blocks.headings(list(lines), list(mask))}
    for i, line in enumerate(lines):
        if i not in starts and not mask[i] and (item := _ITEM.match(unquoted(line)[0])) and not labels.find(item[1]):
            following = next((j for j in range(i + 1, min(i + 4, len(lines))) if lines[j].strip()), -1)
            if following > 0 and labels.find(unquoted(lines[following])[0]):
                starts[i] = (i + 1, line.strip())
    return starts


def _take(item: Item, line: str, labelled: list[labels.Labelled], number: int, last: Value | None) -> Value:
    """Keep the values of all labels of a line; text before the first one still belongs to the field above."""
    if labelled[0].at > 0:
        _go_on(item, line[: labelled[0].at], last)
    value = last or Value("", number, [])
    for i, label in enumerate(labelled):
        end = labelled[i + 1].at if i + 1 < len(labelled) else len(line)
        if label.at > 0:
            item.problems.append(problems.problem(number, problems.FIELD_GLUED, label=label.label, item=item.heading))
        value = Value(label.label, number, [])
        _go_on(item, line[label.end : end], value)
        known = item.fields.get(label.field)
        if known and _joined(known.text):
            item.problems.append(problems.problem(number, problems.FIELD_TWICE, label=label.label, item=item.heading))
        else:
            item.fields[label.field] = value
    return value


def _go_on(item: Item, line: str, last: Value | None) -> None:
    """A further line of an item: images stand for themselves, words belong to the field above."""
    if "![" in line or "<img" in line:
        cell = inline.read(line)
        item.pictures += [inline.unproxied(p.url) for p in cell.pictures]
        if not cell.text:
            return
    if last is not None:
        last.text.append(line.strip())


def _ends(line: str, is_quoted: bool, quoted: bool, last: Value | None) -> bool:
    """Whether a line without a label no longer belongs to the item."""
    if not line.strip():
        return False
    if quoted and not is_quoted:
        return True
    if _RULE.match(line):
        return True
    if quoted or line.lstrip().startswith(("![", "<img")):
        return False
    is_long = last is not None and labels.meaning(last.label) in _LONG
    bold = re.match(r"\s{0,3}\*\*[^*]{1,60}\*\*\s{0,3}$", line)
    return bool(bold) or (not is_long and bool(last and last.text and last.text[-1] == ""))


def _joined(text: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(text)).strip()


def _heading(heading: str) -> tuple[str, str]:
    """Short name, and title where the heading itself is one, of an item's heading."""
    words = _NUMBER.sub("", inline.plain(heading), count=1).strip()
    if (words.startswith("《") and words.endswith("》")) or len(words.split()) > 6:
        return "", clean_title(words)
    return words, ""


def _urls(texts: dict[str, str], *names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        safe = [a.url for a in inline.read(texts.get(name, "")).links if links.is_safe(a.url)]
        if safe:
            found[name] = safe[0]
    return found


def _address(texts: dict[str, str], urls: dict[str, str]) -> tuple[str, Identity]:
    url = urls.get("url") or urls.get("title") or urls.get("pdf") or urls.get("doi") or ""
    for candidate in (url, *urls.values()):
        if identity := find(candidate):
            return url, identity
    for name in ("url", "doi", "pdf"):
        if name in texts and (identity := parse_arxiv(texts[name]) or find(texts[name])):
            return url, identity
    return url, Identity()


def _said(texts: dict[str, str]) -> dict[str, str]:
    said = {name: _plain(texts[name]) for name in _SAID if name in texts}
    if "title_zh" in texts:
        said["title_zh"] = clean_title(texts["title_zh"])
    if "summary" in texts:
        said["summary_zh" if scripts.has_han(texts["summary"]) else "summary"] = _plain(texts["summary"])
    if "abstract" in texts:
        said["abstract_zh" if scripts.is_chinese(texts["abstract"]) else "abstract"] = texts["abstract"]
    for name, key in (("abstract_zh", "abstract_zh"), ("abstract_en", "abstract")):
        if name in texts:
            said[key] = texts[name]
    return said


def _plain(text: str) -> str:
    """A single line without marks; several paragraphs as they are."""
    return text if "\n" in text else inline.plain(text)


def _links(item: Item, texts: dict[str, str], url: str) -> tuple[Link, ...]:
    found: list[Link] = []
    for kind in ("code", "project", "pdf"):
        for anchor in inline.read(texts.get(kind, "")).links:
            if links.is_safe(anchor.url):
                found.append(Link(kind, anchor.url, "" if anchor.text == anchor.url else anchor.text))
    for anchor in inline.read(texts.get("url", "")).links:
        kind = links.kind_of("" if anchor.text == anchor.url else anchor.text, anchor.url)
        if kind in ("code", "project", "data", "slides") and anchor.url != url and links.is_safe(anchor.url):
            found.append(Link(kind, anchor.url, "" if anchor.text == anchor.url else anchor.text))
    if url.lower().split("?")[0].endswith(".pdf") and not find(url) and not any(link.url == url for link in found):
        found.append(Link("pdf", url))
    found += [Link("figure", address) for address in item.pictures if links.is_safe(address)]
    return tuple(dict.fromkeys(found))
