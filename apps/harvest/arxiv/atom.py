"""Atom of arXiv's query API: what of it can be trusted, and each entry as a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import arxiv
from lxml import etree

from apps.harvest.arxiv import statuses, xml
from apps.harvest.arxiv.failures import Broken, Failure, Kind, Reason, Refused
from apps.harvest.arxiv.records import Author, Record
from apps.harvest.arxiv.withdrawn import why_withdrawn
from apps.papers import identifiers
from apps.papers.identifiers import Identity

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "opensearch": "http://a9.com/-/spec/opensearch/1.1/",
}


@dataclass(frozen=True, slots=True)
class Sound:
    """A feed of entries that are whole. `nameless` is how many of the others did not even say what they are."""

    content: bytes
    total: int
    damaged: tuple[Identity, ...] = ()
    nameless: int = 0


def sound(content: bytes, content_type: str = "") -> Sound:
    """Raises Broken or Refused for what is no feed, or one that reports an error."""
    root = xml.tree(content, content_type)
    if root.tag != f"{{{NAMES['atom']}}}feed":
        raise Broken(Reason.OTHER_XML, str(etree.QName(root).localname))
    damaged: list[Identity] = []
    nameless = 0
    for entry in root.findall("atom:entry", NAMES):
        _refuse_error(entry)
        identity = identity_of(xml.text(entry, "atom:id", NAMES))
        if identity is not None and _is_whole(entry):
            continue
        damaged += [identity] if identity else []
        nameless += identity is None
        root.remove(entry)
    total = xml.text(root, "opensearch:totalResults", NAMES)
    return Sound(etree.tostring(root), int(total) if total.isdigit() else 0, tuple(damaged), nameless)


def identity_of(entry_id: str) -> Identity | None:
    """Of `http://arxiv.org/abs/hep-th/9901001v2`; None where it names no paper."""
    identity = identifiers.find(entry_id) if "/abs/" in entry_id else identifiers.parse_arxiv(entry_id)
    return identity if identity and identity.arxiv_id else None


def _refuse_error(entry: xml.Element) -> None:
    """By its id alone: "Error" is a title like any other."""
    if "/api/errors" not in xml.text(entry, "atom:id", NAMES).lower():
        return
    said = xml.text(entry, "atom:summary", NAMES) or xml.text(entry, "atom:title", NAMES)
    if blamed := statuses.blamed(said):
        raise Refused(Reason.REFUSED, said, status=200, blamed=blamed)
    raise Broken(Reason.ERROR_ENTRY, said, status=200)


def _is_whole(entry: xml.Element) -> bool:
    if not xml.text(entry, "atom:title", NAMES):
        return False
    return all(_is_moment(xml.text(entry, f"atom:{name}", NAMES)) for name in ("published", "updated"))


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        return False


def record(result: arxiv.Result) -> Record:
    """Of an entry that is whole."""
    identity = identity_of(result.entry_id) or Identity()
    comment, abstract = _one_line(result.comment), xml.folded(result.summary)
    why = why_withdrawn(comment, abstract)
    primary = result.primary_category
    return Record(
        id=identity.arxiv_id,
        version=identity.arxiv_version or 1,
        title=_one_line(result.title),
        abstract=abstract,
        authors=authors([(each.name, each.affiliation) for each in result.authors]),
        categories=tuple(dict.fromkeys([*([primary] if primary else []), *result.categories])),
        primary=primary,
        comment=comment,
        journal_ref=_one_line(result.journal_ref),
        doi=doi(result.doi or ""),
        published=result.published.astimezone(UTC),
        updated=result.updated.astimezone(UTC),
        withdrawn=bool(why),
        why_withdrawn=why,
    )


def doi(said: str) -> str:
    """The first of several; as it stands, where it follows no pattern that we know."""
    text = _one_line(said)
    return identifiers.find(text).doi or (text.split() or [""])[0].lower()


def authors(said: Sequence[tuple[str, Sequence[str]]]) -> tuple[Author, ...]:
    """In their order, without those that have no name."""
    made = [Author(_one_line(name), tuple(_one_line(each) for each in places if each.strip())) for name, places in said]
    return tuple(author for author in made if author.name)


def failure(reason: Reason, said: str = "") -> Failure:
    return Failure(Kind.BROKEN, reason, said)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
