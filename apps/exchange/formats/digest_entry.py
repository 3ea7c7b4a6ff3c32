"""One footnote of a digest: titles, link, summary and abstracts, in layouts of five, six or seven paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.exchange.formats import inline, links, scripts
from apps.exchange.formats.records import Mention
from apps.papers.identifiers import Identity, find
from apps.papers.titles import clean_title, title_key

# The feeds that digests are made from cut the description here, counted with the announcement before it.
CUT_AT = 1000
_ANNOUNCEMENT = re.compile(
    r"\s{0,8}(arXiv:\S{4,40})\s{1,4}Announce Type:\s{0,4}([\w-]{1,20})\s{1,8}Abstract:\s{0,4}", re.IGNORECASE
)
# What a translation that failed leaves behind, alone in the place of the text.
_FAILED = re.compile(
    r"\W{0,5}(?:(?:failed|unable) to translate|(?:translation|request|summary) (?:failed|error|timed? ?out|unavailable)|"
    r"(?:api|http|internal|server|translate|openai|timeout) ?error\b|error\s?[:：]|rate limit|too many requests|request timed out|traceback|"
    r"(?:i'?m )?sorry, (?:but )?i (?:can|am)|as an ai\b|翻译(?:失败|出错|错误|超时)|无法翻译|未能翻译|请求(?:失败|超时)|生成失败|"
    r"(?:很|非常)?抱歉[，,]?\s?(?:我|无法|由于))[^\n]{0,300}$",
    re.IGNORECASE,
)
_BARE_ABSTRACT = re.compile(r"\s{0,8}Abstract:\s{1,4}", re.IGNORECASE)
_SUFFIX = re.compile(
    r"\(\s?(arXiv:[^()\[\]\s]{4,40})\s{0,3}(?:\[([\w.\-]{2,20})\])?\s{0,3}([A-Z ]{0,20})\)\s{0,10}$", re.IGNORECASE
)
_WITHDRAWN = re.compile(
    r"\b(?:this|the)\s(?:paper|submission|article|manuscript|work)\s(?:has\sbeen|is|was)\s(?:temporarily\s)?withdrawn\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A footnote as read."""

    line: int
    title: str = ""
    url: str = ""
    announced: Identity = field(default_factory=Identity)
    said: dict[str, str] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()
    failed: tuple[str, ...] = ()  # fields in whose place an error of the translation stands


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str  # unstripped at its end: the length tells whether it was cut
    gap: int  # blank lines before it


def read(line: int, first: str, rest: Sequence[str], summary: str | None, title: str, chinese_digest: bool) -> Entry:
    """The entry of a footnote; summary and title of its row in the table help to tell its paragraphs apart."""
    paragraphs = _paragraphs(first, rest)
    at = next((i for i, p in enumerate(paragraphs) if _is_link(p.text)), -1)
    titles = [p.text.strip() for p in (paragraphs[:at] if at >= 0 else paragraphs[:2])]
    after = paragraphs[at + 1 :] if at >= 0 else paragraphs[2:]
    said: dict[str, str] = {}
    raw_title = _titles(titles, title, said)
    url = next((a.url for a in inline.read(paragraphs[at].text).links if links.is_safe(a.url)), "") if at >= 0 else ""
    announced = _suffix(raw_title, said)
    stated, chinese, english = _fields(after, summary)
    failed: list[str] = []
    if stated:
        if name := summary_field(stated, chinese_digest):
            said[name] = stated
        else:
            failed.append("summary")
    announced = _abstract(english, said) or announced
    cut = {"abstract"} if english and len(english) == CUT_AT else set()
    if chinese.strip() and (_FAILED.match(chinese.strip()) or not scripts.has_han(chinese)):
        # An error, or the text that should have been translated.
        failed.append("abstract_zh")
    elif chinese.strip():
        said["abstract_zh"] = chinese.strip()
        if scripts.seems_cut(chinese, english.rstrip(), bool(cut)):
            cut.add("abstract_zh")
    if _WITHDRAWN.search(raw_title[:200]) or _WITHDRAWN.search(said.get("abstract", "")[:300]):
        said["status"] = "withdrawn"
    if _FAILED.match(said.get("title_zh", "")):
        failed.append("title_zh")
    if "title_zh" in failed or title_key(said.get("title_zh", "")) == title_key(raw_title):
        said.pop("title_zh", None)
    return Entry(line, clean_title(raw_title), url, announced, said, frozenset(cut), tuple(failed))


def summary_field(text: str, chinese_digest: bool) -> str:
    """Where a summary belongs: an English one may stand in the place of the Chinese; "" for an error of the translation."""
    if _FAILED.match(text):
        return ""
    return "summary_zh" if chinese_digest and scripts.has_han(text) else "summary"


def write(ref: int, mention: Mention) -> str:
    """The footnote that `read` gives back."""
    said = mention.said
    version = f"v{mention.arxiv_version}" if mention.arxiv_version else ""
    announced = f"arXiv:{mention.arxiv_id}{version}"
    suffix = ""
    if mention.arxiv_id and "category" in said:
        suffix = f" ({announced} [{said['category']}])"
    elif version and "announce_type" not in said:
        suffix = f" ({announced})"
    english = said.get("abstract", "")
    if mention.arxiv_id and "announce_type" in said:
        english = f"{announced} Announce Type: {said['announce_type']}  Abstract: {english}"
    if "abstract" in mention.cut:
        english = english.ljust(CUT_AT)
    titles = [said["title_zh"]] if "title_zh" in said else []
    titles.append(f"{mention.title}{suffix}")
    link = [f"[{mention.url}]({mention.url})"] if mention.url else []
    summary = said.get("summary_zh") or said.get("summary") or ""
    head = [*titles, *link]
    lines = [
        f"[^{ref}]: {head[0]}",
        *(f"    {part}" for part in head[1:]),
        *([f"    {summary}"] if summary else []),
        "    ",
    ]
    lines += [f"    {text}" for text in (said.get("abstract_zh", "").replace("\n\n", "\n\n    "), english) if text]
    return "\n\n".join(lines) + "\n"


def _paragraphs(first: str, rest: Sequence[str]) -> list[_Paragraph]:
    found: list[_Paragraph] = []
    lines: list[str] = [first] if first.strip() else []
    blank, gap = 0, 0
    for line in [*(part.removeprefix("    ").removeprefix("\t") for part in rest), ""]:
        if line.strip():
            if not lines:
                gap = blank
            lines.append(line)
            blank = 0
            continue
        if lines:
            found.append(_Paragraph("\n".join(lines), gap))
            lines, blank = [], 0
        blank += 1
    return found


def _is_link(text: str) -> bool:
    text = text.strip()
    if not text.startswith(("[", "<", "http")) or len(text) > 2000:
        return False
    cell = inline.read(text)
    return len(cell.links) == 1 and links.is_generic(cell.text)


def _titles(titles: list[str], known: str, said: dict[str, str]) -> str:
    """The title; what stands before it is the Chinese one, whatever the translation made of it."""
    if len(titles) > 1:
        said["title_zh"] = clean_title(titles[0])
        return titles[1]
    if not titles:
        return ""
    alone = titles[0]
    if scripts.has_han(alone) and known and title_key(alone) != title_key(known) and not scripts.has_han(known):
        said["title_zh"] = clean_title(alone)
        return ""
    return alone


def _suffix(title: str, said: dict[str, str]) -> Identity:
    found = _SUFFIX.search(title[-200:])
    if found is None:
        return Identity()
    if found[2]:
        said["category"] = found[2]
    return find(found[1])


def _abstract(english: str, said: dict[str, str]) -> Identity:
    """Keep the abstract without its announcement; answers which paper was announced."""
    found = _ANNOUNCEMENT.match(english)
    text = english[found.end() :] if found else _BARE_ABSTRACT.sub("", english, count=1)
    if text.strip():
        said["abstract"] = text.strip()
    if found is None:
        return Identity()
    said["announce_type"] = found[2].lower()
    return find(found[1])


def _fields(after: Sequence[_Paragraph], known: str | None) -> tuple[str, str, str]:
    """Summary, Chinese and English abstract of the paragraphs below the link.

    The summary is what the table calls so, else what a wide gap parts from the abstracts, else the first of three or
    a first one that is short.
    """
    wide = next((i for i, p in enumerate(after) if p.gap >= 2), -1)
    if after and _same(after[0].text, known):
        summary, rest = after[:1], after[1:]
    elif wide >= 0:
        summary, rest = after[:wide], after[wide:]
    elif after and not known and _is_summary(after, known):
        summary, rest = after[:1], after[1:]
    else:
        summary, rest = (
            (after[:1], after[1:]) if len(after) > 2 and not _ANNOUNCEMENT.match(after[0].text) else ([], after)
        )
    chinese, english = _abstracts([p.text for p in rest])
    return "\n\n".join(p.text.strip() for p in summary), chinese, english


def _is_summary(after: Sequence[_Paragraph], known: str | None) -> bool:
    """Where the table's own summary is blank, two paragraphs are the abstracts."""
    first = after[0].text.strip()
    if known == "" and len(after) == 2 and scripts.is_chinese(first) and not scripts.is_chinese(after[1].text):
        return False
    return len(after) > 2 or (len(first) <= 200 and not _ANNOUNCEMENT.match(first))


def _abstracts(texts: list[str]) -> tuple[str, str]:
    """Chinese and English: by the announcement, by script, and two of one script by their order."""
    if not texts:
        return "", ""
    start = next((i for i, text in enumerate(texts) if _ANNOUNCEMENT.match(text)), -1)
    if start < 0:
        start = next((i for i, text in enumerate(texts) if not scripts.is_chinese(text)), len(texts))
        if start == 0 and len(texts) > 1:
            start = 1  # a failed translation stands where the Chinese should be
    return "\n\n".join(texts[:start]), "\n\n".join(texts[start:])


def _same(text: str, known: str | None) -> bool:
    return bool(known) and "".join(inline.plain(text).split()) == "".join((known or "").split())
