"""Papers out of arXiv's XML, one by one as it streams in: answers of the query API (Atom), OAI-PMH in arXivRaw and arXiv."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree

from apps.exchange.formats import problems
from apps.exchange.formats.arxiv_atom_entry import ATOM, of_atom
from apps.exchange.formats.arxiv_entry import Element, Entry
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_oai_record import OAI, of_oai
from apps.exchange.formats.records import Problem

_ENTRIES: Final = (f"{ATOM}entry", f"{OAI}record")
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_OURS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_BOM = codecs.BOM_UTF8


def papers(chunks: Iterable[bytes]) -> Iterator[Read]:
    """Each entry with its line; XML that is damaged, or declares what no answer of arXiv's does, ends with a problem."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=_ENTRIES,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
    )
    line, before = 1, b""
    try:
        for chunk in _legible(chunks):
            if _DECLARED.search(before + chunk):
                yield _no_paper(line, problems.XML_DECLARES)
                return
            before = chunk[-10:]
            parser.feed(chunk)
            for read in _ready(parser, line):
                line = read.line
                yield read
        parser.close()
    except etree.XMLSyntaxError as error:
        yield from _ready(parser, line)
        yield _no_paper(error.lineno or line, problems.XML_CUT)


def _ready(parser: Any, line: int) -> Iterator[Read]:
    for _event, element in parser.read_events():
        yield _paper(element, element.sourceline or line)
        _forget(element)


def _no_paper(line: int, code: str) -> Read:
    return Read(line, problems=(Problem(line, code),))


def _forget(element: Element) -> None:
    """What was read is let go of, or a large file would fill the memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _legible(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes that are no UTF-8 in a text that says it is are read as what they then are, Latin-1."""
    decoder = None
    for number, chunk in enumerate(chunks):
        if number == 0:
            said = _ENCODING.match(chunk.removeprefix(_BOM)[:200])
            plain = said is None or said[1].lower() in _OURS
            wide = chunk.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
            decoder = codecs.getincrementaldecoder("utf-8")(LATIN) if plain and not wide else None
        yield decoder.decode(chunk).encode("utf-8") if decoder else chunk
    if decoder:
        yield decoder.decode(b"", final=True).encode("utf-8")


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


LATIN: Final = "papernotes-latin-stream"
codecs.register_error(LATIN, _latin)


def _paper(element: Element, line: int) -> Read:
    found: list[Problem] = []
    entry = Entry(element, line, found)
    record = of_atom(entry) if element.tag == f"{ATOM}entry" else of_oai(entry)
    return Read(line, record, problems=tuple(found))
