"""A curated list of papers with labelled fields, as in articles that present classics one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apps.exchange.formats import blocks, front_matter, inline, labelled_items, labels, links, reference_links, scripts
from apps.exchange.formats.records import Document, Problem

NAME = "field-list"
_BYLINE = re.compile(r"\[([^\[\]]{1,100})\]\((https?://[^\s()]{1,2000})\)(.{0,200})$")
_LABEL = {
    "title": "论文名称",
    "title_zh": "中文标题",
    "published": "发布时间",
    "organisations": "发布单位",
    "authors": "作者",
    "venue": "会议",
    "summary_zh": "简单摘要",
    "summary": "Summary",
    "reading_focus": "阅读重点",
    "abstract_zh": "中文摘要",
    "abstract": "英文摘要",
    "tags": "标签",
}


def looks_like(text: str) -> float:
    """How sure it is that this is such a list: items with a title and more than one other label."""
    lines = text.split("\n")[:20_000]
    seen = [
        found.field for line in lines if "：" in line or ":" in line for found in labels.find(_unquoted(line)[:400])
    ]
    titles = seen.count("title")
    others = len(
        [
            field
            for field in seen
            if field in ("published", "organisations", "summary", "abstract_zh", "abstract", "url", "reading_focus")
        ]
    )
    if not titles or others < 2 * titles:
        return 0.0
    return 0.92 if titles > 1 else 0.6


def parse(text: str) -> Document:
    """The papers of the list in order, and the article around them."""
    lines = text.split("\n")
    matter = front_matter.read(lines)
    lines = [""] * matter.lines + lines[matter.lines :]
    mask = blocks.hidden(lines)
    lines = reference_links.written_out(lines, mask)
    found: list[Problem] = [matter.problem] if matter.problem else []
    items = labelled_items.items(lines, mask)
    entries = tuple(entry for item in items if (entry := labelled_items.mention(item, found)))
    opening = lines[: items[0].at if items else len(lines)]
    title, author, source, intro = _article(opening)
    return Document(
        format=NAME,
        title=front_matter.text(matter.values, "title") or title,
        author=front_matter.text(matter.values, "author") or author,
        source_url=source,
        intro=intro,
        front_matter=matter.values,
        entries=entries,
        problems=tuple(sorted(found, key=lambda p: p.line)),
    )


def render(document: Document) -> str:
    """The list that `parse` reads back."""
    out = [front_matter.write(document.front_matter)]
    if document.title and not front_matter.text(document.front_matter, "title"):
        out.append(f"# {document.title}\n")
    author = "" if front_matter.text(document.front_matter, "author") else document.author.replace(" / ", " ")
    if document.source_url:
        out.append(f"[{links.host(document.source_url)}]({document.source_url}){author}\n")
    if document.intro:
        out.append(f"{document.intro}\n")
    for number, entry in enumerate(document.entries, 1):
        out.append(f"## {number}. {entry.name or entry.title}\n")
        fields = [(_LABEL[k], entry.title if k == "title" else entry.said.get(k, "")) for k in _LABEL]
        fields += [("论文链接", entry.url), ("核心技术", entry.said.get("key_technique", "")), ("备注", entry.remark)]
        fields += [
            ("代码" if link.kind == "code" else "项目", link.url)
            for link in entry.links
            if link.kind in ("code", "project")
        ]
        fields += [("PDF", link.url) for link in entry.links if link.kind == "pdf" and link.url != entry.url]
        quoted = [_quoted(f"**{label}**：{value}") for label, value in fields if value]
        quoted += [f"> ![]({link.url})" for link in entry.links if link.kind == "figure"]
        out.append("\n>\n".join(quoted) + "\n")
    return "\n".join(out)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _unquoted(line: str) -> str:
    return labelled_items.unquoted(line)[0]


def _article(opening: Sequence[str]) -> tuple[str, str, str, str]:
    """Title, author, address and introduction of the article."""
    lines = list(opening)
    headings = blocks.headings(lines, blocks.hidden(lines))
    top = headings[0] if headings and headings[0].level == 1 else None
    title = inline.plain(top.text) if top else ""
    start = top.end if top else 0
    author = source = ""
    for i in range(start, min(start + 6, len(lines))):
        if byline := _BYLINE.match(lines[i].strip()):
            author, source = _author(byline[3]), byline[2]
            start = i + 1
            break
    return title, author, source, "\n".join(lines[start:]).strip()


def _author(words: str) -> str:
    """A name and the name of the account after it, as saved articles have them."""
    parts = words.split()
    return " / ".join(parts) if all(scripts.has_han(part) for part in parts) else " ".join(parts)
