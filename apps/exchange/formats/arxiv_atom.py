"""Answers of arXiv kept in files: of its query API (Atom), and of OAI-PMH in the formats arXivRaw and arXiv."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from apps.exchange.formats import arxiv_mentions, arxiv_xml
from apps.exchange.formats.records import Document, Mention
from apps.papers.identifiers import arxiv_url

NAME: Final = "arxiv-atom"
_LOOKED_AT = 5_000  # characters
_FIRST = re.compile(r"\A\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:[\w.-]+:)?(feed|OAI-PMH)[\s>]", re.DOTALL)
_SPACES = {"feed": "http://www.w3.org/2005/Atom", "OAI-PMH": "http://www.openarchives.org/OAI/2.0/"}
_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_CHUNK = 1024 * 1024


def looks_like(text: str) -> float:
    """Any feed that speaks of arXiv: what of it is no paper is said line by line."""
    start = text[:_LOOKED_AT]
    first = _FIRST.match(start)
    return 0.95 if first and _SPACES[first[1]] in start and "arxiv" in start.lower() else 0.0


def parse(text: str) -> Document:
    # It was decoded already, whatever it says of itself; its line stays, so that numbers do.
    declared = _DECLARATION.match(text)
    text = "\n" * declared[0].count("\n") + text[declared.end() :] if declared else text
    content = text.encode("utf-8", "replace")
    chunks = (content[k : k + _CHUNK] for k in range(0, len(content), _CHUNK))
    return arxiv_mentions.document(NAME, arxiv_xml.papers(chunks))


def render(document: Document) -> str:
    """As the query API answers. What a team adds has no place in it."""
    return "\n".join(_feed(document)) + "\n"


def _feed(document: Document) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<feed xmlns="{_SPACES["feed"]}" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    yield "  <title>arXiv</title>"
    for mention in arxiv_mentions.mentions(document):
        yield "  <entry>"
        yield from (f"    {each}" for each in _entry(mention))
        yield "  </entry>"
    yield "</feed>"


def _entry(mention: Mention) -> Iterator[str]:
    said = mention.said
    yield f"<id>{escape(arxiv_url(mention.arxiv_id, mention.arxiv_version))}</id>"
    yield f"<title>{escape(mention.title)}</title>"
    if "published" in said:
        yield f"<published>{escape(said['published'])}T00:00:00Z</published>"
    if "abstract" in said:
        yield f"<summary>{escape(said['abstract'])}</summary>"
    for name in filter(None, said.get("authors", "").split("; ")):
        yield f"<author><name>{escape(name)}</name></author>"
    for category in said.get("category", "").split():
        yield f'<category term="{escape(category)}"/>'
    if mention.doi:
        yield f"<arxiv:doi>{escape(mention.doi)}</arxiv:doi>"
    if said.get("status") == arxiv_mentions.WITHDRAWN:
        yield f"<arxiv:comment>{arxiv_mentions.SAYS_SO}</arxiv:comment>"
