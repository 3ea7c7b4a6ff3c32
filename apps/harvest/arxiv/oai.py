"""arXiv over OAI-PMH: what changed since a day, whole version histories and licences, and who exists at all.

Our own client of some lines: the `oaipmh` package sleeps by itself for minutes, follows redirects, has no limit of time or
size, lets its parser expand entities, and does not know arXivRaw. (For serving OAI-PMH it is the right one.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from apps.harvest.arxiv import atom, people, tex, waiting, xml
from apps.harvest.arxiv.failures import Broken, Reason, Refused
from apps.harvest.arxiv.records import Record, Version
from apps.harvest.arxiv.transport import Ways, get
from apps.harvest.arxiv.withdrawn import why_withdrawn
from apps.papers import identifiers

NAMES = {"oai": "http://www.openarchives.org/OAI/2.0/", "raw": "http://arxiv.org/OAI/arXivRaw/"}
_REFUSED = {"badArgument", "badVerb", "cannotDisseminateFormat", "noMetadataFormats", "noSetHierarchy"}


@dataclass(frozen=True, slots=True)
class Changed:
    """`deleted` is what arXiv itself took away; a withdrawn paper is still there."""

    id: str
    day: date | None
    deleted: bool = False
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """`token` asks for the next one; "" after the last. `problems` counts records that could not be read."""

    changed: tuple[Changed, ...] = ()
    token: str = ""
    problems: int = 0


def record(arxiv_id: str, ways: Ways) -> Record | None:
    """With every version; None where arXiv says for certain that there is no such paper, or no longer."""
    asked = {"identifier": f"oai:arXiv.org:{arxiv_id}", "metadataPrefix": "arXivRaw"}
    found = _ask("GetRecord", asked, ways, nothing="idDoesNotExist")
    if not found.changed and not found.problems:
        return None
    one = next((each for each in found.changed if each.id == arxiv_id), None)
    if one is None:
        raise Broken(Reason.BAD_ENTRY if found.problems else Reason.OTHER_PAPER)
    return one.record


def changes(
    ways: Ways, *, since: date, until: date | None = None, within: str = "", token: str = "", whole: bool = True
) -> Batch:
    """What changed from the day `since` on, in a set such as `cs` or `cs:cs:IR`; with `whole`, the records as well.

    Raises NoAnswer; LOST_PLACE where the token has run out, after which one begins again."""
    asked = {"resumptionToken": token}
    if not token:
        days = {"from": since.isoformat()} | ({"until": until.isoformat()} if until else {})
        asked = {"metadataPrefix": "arXivRaw", **days} | ({"set": within} if within else {})
    return _ask("ListRecords" if whole else "ListIdentifiers", asked, ways, nothing="noRecordsMatch")


def _ask(verb: str, asked: Mapping[str, str], ways: Ways, *, nothing: str) -> Batch:
    answered = get(ways, {"verb": verb, **asked})
    root = xml.tree(answered.body, answered.headers.get("Content-Type", ""))
    if root.tag != f"{{{NAMES['oai']}}}OAI-PMH":
        raise Broken(Reason.OTHER_XML, str(etree.QName(root).localname))
    codes = {str(each.get("code")): xml.text(each, ".", NAMES) for each in root.findall("oai:error", NAMES)}
    if nothing in codes:
        return Batch()
    _refuse(codes)
    inside = root.find(f"oai:{verb}", NAMES)
    return _batch(inside, whole=verb != "ListIdentifiers")


def _refuse(codes: Mapping[str, str]) -> None:
    for code, said in codes.items():
        if code == "badResumptionToken":
            raise Broken(Reason.LOST_PLACE, said)
        if code in _REFUSED:
            raise Refused(Reason.REFUSED, f"{code}: {said}")
        raise Broken(Reason.ERROR_ENTRY, f"{code}: {said}")


def _batch(inside: xml.Element | None, *, whole: bool) -> Batch:
    found = inside.findall("oai:record" if whole else "oai:header", NAMES) if inside is not None else []
    if not found:
        raise Broken(Reason.EMPTY)
    read = [_changed(each, whole=whole) for each in found]
    changed = tuple(each for each in read if each is not None)
    return Batch(changed, xml.text(inside, "oai:resumptionToken", NAMES), len(read) - len(changed))


def _changed(element: xml.Element, *, whole: bool) -> Changed | None:
    header = element.find("oai:header", NAMES) if whole else element
    identifier = xml.text(header, "oai:identifier", NAMES)
    identity = identifiers.parse_arxiv(identifier.removeprefix("oai:arXiv.org:"))
    if identity is None:
        return None
    deleted = header.get("status") == "deleted"
    raw = element.find("oai:metadata/raw:arXivRaw", NAMES) if whole and not deleted else None
    said = _record(raw) if raw is not None else None
    if whole and not deleted and (said is None or said.id != identity.arxiv_id):
        return None
    return Changed(identity.arxiv_id, _day(xml.text(header, "oai:datestamp", NAMES)), deleted, said)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _record(raw: xml.Element) -> Record | None:
    """None for what has no id, no title or no version."""

    def said(name: str) -> str:
        return tex.letters(xml.text(raw, f"raw:{name}", NAMES))

    identity = identifiers.parse_arxiv(xml.text(raw, "raw:id", NAMES))
    versions = tuple(sorted(_versions(raw), key=lambda version: version.number))
    if identity is None or not versions or not said("title"):
        return None
    comment, abstract = said("comments"), tex.letters(xml.paragraphs(raw, "raw:abstract", NAMES))
    gone = "I" in xml.text(raw, "raw:version[last()]/raw:source_type", NAMES)
    why = why_withdrawn(comment, abstract) or (comment if gone else "")
    categories = tuple(xml.text(raw, "raw:categories", NAMES).split())
    return Record(
        id=identity.arxiv_id,
        version=versions[-1].number,
        title=said("title"),
        abstract=abstract,
        authors=people.authors(said("authors")),
        categories=categories,
        primary=categories[0] if categories else "",
        comment=comment,
        journal_ref=said("journal-ref"),
        doi=atom.doi(xml.text(raw, "raw:doi", NAMES)),
        licence=xml.text(raw, "raw:license", NAMES),
        published=versions[0].submitted,
        updated=versions[-1].submitted,
        versions=versions,
        withdrawn=bool(why) or gone,
        why_withdrawn=why,
    )


def _versions(raw: xml.Element) -> list[Version]:
    found = []
    for each in raw.findall("raw:version", NAMES):
        number = str(each.get("version", "")).lstrip("v")
        if number.isdigit():
            when = _moment(xml.text(each, "raw:date", NAMES))
            found.append(Version(int(number), when, xml.text(each, "raw:size", NAMES)))
    return found


def _moment(text: str) -> datetime | None:
    """`Fri, 28 Aug 2026 22:22:10 GMT`."""
    found = waiting.moment(text)
    return found.astimezone(UTC) if found else None
