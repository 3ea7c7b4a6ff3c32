"""Reads XML of strangers: whole or not at all, without declarations, entities and the network."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from apps.harvest.arxiv.failures import Broken, Reason

Element = Any  # lxml has no types

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def tree(content: bytes, content_type: str = "") -> Element:
    """The root element. Raises Broken."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.startswith(_MARKS[1:]):
        if _HTML.match(content[:5000]):
            raise Broken(Reason.HTML)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Broken(Reason.ENTITIES)
    root = _parsed(legible(content))
    if root is None:
        raise Broken(Reason.HTML if "html" in content_type.lower() else Reason.CUT_XML)
    if root.getroottree().docinfo.doctype:
        raise Broken(Reason.ENTITIES)
    return root


def _parsed(content: bytes) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return None


def legible(content: bytes) -> bytes:
    """With bytes that are no UTF-8, where UTF-8 is what it says it is, read as Latin-1, which is what they then are."""
    said = _ENCODING.match(content[:200])
    if content.startswith(_MARKS[1:]) or (said and said[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("utf-8", "papernotes-latin").encode("utf-8")
    return content


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("papernotes-latin", _latin)


def text(element: Element, path: str, names: dict[str, str]) -> str:
    """What stands there, with its spaces folded; "" where nothing does."""
    found = element.find(path, names) if element is not None else None
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def paragraphs(element: Element, path: str, names: dict[str, str]) -> str:
    """Of an abstract: lines were broken to fit, but an indented line begins a paragraph."""
    found = element.find(path, names) if element is not None else None
    return folded("".join(found.itertext())) if found is not None else ""


def folded(abstract: str) -> str:
    parts = re.split(r"\n[ \t]+(?=\S)|\n\s*\n", abstract.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts if part.strip())
