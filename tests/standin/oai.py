"""/oai: OAI-PMH as oaipmh.arxiv.org speaks it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.standin.answers import Reply, element, xml
from tests.standin.library import Library, Paper

ADDRESS = "https://oaipmh.arxiv.org/oai"
_PREFIXES = {"oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/"} | {
    name: f"http://arxiv.org/OAI/{name}/" for name in ("arXiv", "arXivRaw")
}
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" {_XSI} xsi:schemaLocation='
    '"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
)
_ALLOWED = {
    "Identify": set(),
    "ListMetadataFormats": {"identifier"},
    "ListSets": {"resumptionToken"},
    "GetRecord": {"identifier", "metadataPrefix"},
    "ListRecords": {"metadataPrefix", "from", "until", "set", "resumptionToken"},
    "ListIdentifiers": {"metadataPrefix", "from", "until", "set", "resumptionToken"},
}


class Wrong(Exception):
    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


@dataclass
class Service:
    """`size` records a page; a token lives for `lifetime`."""

    library: Library
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    size: int = 100
    lifetime: timedelta = timedelta(days=1)

    def answer(self, params: Mapping[str, str]) -> Reply:
        verb = params.get("verb", "")
        said = {name: value for name, value in params.items() if name != "verb"}
        try:
            if verb not in _ALLOWED:
                raise Wrong("badVerb", "Value of the verb argument is not a legal OAI-PMH verb")
            if not set(said) <= _ALLOWED[verb] or not all(said.values()):
                raise Wrong("badArgument", "The request includes illegal arguments")
            inside = getattr(self, f"_{verb}")(said)
            return self._page(inside, {"verb": verb, **said})
        except Wrong as error:
            return self._page(element("error", str(error), code=error.code), {})

    def _page(self, inside: str, request: Mapping[str, str]) -> Reply:
        stamp = element("responseDate", f"{self.now():%Y-%m-%dT%H:%M:%SZ}")
        asked = element("request", ADDRESS, **request)
        return xml(f"{_HEAD}{stamp}{asked}{inside}</OAI-PMH>", kind="text/xml; charset=utf-8")

    def _Identify(self, said: Mapping[str, str]) -> str:
        facts = {
            "repositoryName": "arXiv",
            "baseURL": ADDRESS,
            "protocolVersion": "2.0",
            "adminEmail": "help@arxiv.org",
            "earliestDatestamp": "2005-09-16",
            "deletedRecord": "persistent",
            "granularity": "YYYY-MM-DD",
        }
        return f"<Identify>{''.join(element(name, value) for name, value in facts.items())}</Identify>"

    def _ListMetadataFormats(self, said: Mapping[str, str]) -> str:
        if "identifier" in said:
            self._paper(said["identifier"])
        formats = "".join(
            f"<metadataFormat>{element('metadataPrefix', name)}{element('schema', space.rstrip('/') + '.xsd')}"
            f"{element('metadataNamespace', space)}</metadataFormat>"
            for name, space in _PREFIXES.items()
        )
        return f"<ListMetadataFormats>{formats}</ListMetadataFormats>"

    def _ListSets(self, said: Mapping[str, str]) -> str:
        names = sorted({each for paper in self.library for each in sets_of(paper)})
        sets = "".join(
            f"<set>{element('setSpec', name)}{element('setName', name.split(':')[-1])}</set>" for name in names
        )
        return f"<ListSets>{sets}</ListSets>"

    def _GetRecord(self, said: Mapping[str, str]) -> str:
        if set(said) != {"identifier", "metadataPrefix"}:
            raise Wrong("badArgument", "missing required arguments")
        paper = self._paper(said["identifier"])
        return f"<GetRecord>{_record(paper, _prefix(said))}</GetRecord>"

    def _ListRecords(self, said: Mapping[str, str]) -> str:
        papers, prefix, token = self._list(said)
        return f"<ListRecords>{''.join(_record(paper, prefix) for paper in papers)}{token}</ListRecords>"

    def _ListIdentifiers(self, said: Mapping[str, str]) -> str:
        papers, _, token = self._list(said)
        return f"<ListIdentifiers>{''.join(_header(paper) for paper in papers)}{token}</ListIdentifiers>"

    def _paper(self, identifier: str) -> Paper:
        paper = self.library.papers.get(identifier.removeprefix("oai:arXiv.org:"))
        if paper is None or not identifier.startswith("oai:arXiv.org:"):
            raise Wrong(
                "idDoesNotExist", "The value of the identifier argument is unknown or illegal in this repository."
            )
        return paper

    def _list(self, said: Mapping[str, str]) -> tuple[list[Paper], str, str]:
        skip, wanted = 0, dict(said)
        if "resumptionToken" in said:
            if len(said) > 1:
                raise Wrong("badArgument", "resumptionToken is an exclusive argument")
            skip, wanted = self._resumed(said["resumptionToken"])
        prefix = _prefix(wanted)
        first, last = _day(wanted.get("from"), date.min), _day(wanted.get("until"), date.max)
        if first > last:
            raise Wrong("badArgument", "from is after until")
        papers = sorted(self.library.papers.values(), key=lambda paper: (paper.datestamp, paper.id))
        papers = [each for each in papers if first <= each.datestamp <= last and _in(each, wanted.get("set", ""))]
        if not papers:
            raise Wrong("noRecordsMatch", "The combination of the values results in an empty list.")
        rest = skip + self.size
        token = self._token(rest, wanted) if rest < len(papers) else "<resumptionToken/>" if skip else ""
        return papers[skip:rest], prefix, token

    def _token(self, skip: int, wanted: Mapping[str, str]) -> str:
        until = self.now() + self.lifetime
        said = json.dumps([skip, dict(wanted), until.isoformat()])
        stamp = f"{until:%Y-%m-%dT%H:%M:%SZ}"
        return element("resumptionToken", base64.urlsafe_b64encode(said.encode()).decode(), expires=stamp)

    def _resumed(self, token: str) -> tuple[int, dict[str, str]]:
        try:
            skip, wanted, until = json.loads(base64.urlsafe_b64decode(token))
        except ValueError:
            raise Wrong(
                "badResumptionToken", "The value of the resumptionToken argument is invalid or expired."
            ) from None
        if datetime.fromisoformat(until) < self.now():
            raise Wrong("badResumptionToken", "The value of the resumptionToken argument is invalid or expired.")
        return skip, wanted


def sets_of(paper: Paper) -> list[str]:
    found: list[str] = []
    for category in paper.categories:
        archive = category.split(".")[0]
        group = archive if archive in {"cs", "math", "stat", "eess", "econ", "q-bio", "q-fin"} else "physics"
        found.append(":".join([group, archive, *category.split(".")[1:]]) if "." in category else f"{group}:{archive}")
    return found


def _in(paper: Paper, wanted: str) -> bool:
    return not wanted or any(each == wanted or each.startswith(f"{wanted}:") for each in sets_of(paper))


def _prefix(said: Mapping[str, str]) -> str:
    if "metadataPrefix" not in said:
        raise Wrong("badArgument", "missing required arguments")
    if said["metadataPrefix"] not in _PREFIXES:
        raise Wrong("cannotDisseminateFormat", "The metadata format is not supported.")
    return said["metadataPrefix"]


def _day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise Wrong("badArgument", f"{text} is no day") from None


def _header(paper: Paper) -> str:
    status = {"status": "deleted"} if paper.deleted else {}
    inside = "".join(
        (
            element("identifier", f"oai:arXiv.org:{paper.id}"),
            element("datestamp", paper.datestamp.isoformat()),
            *(element("setSpec", each) for each in sets_of(paper)),
        )
    )
    return f"<header{' status=' + chr(34) + 'deleted' + chr(34) if status else ''}>{inside}</header>"


def _record(paper: Paper, prefix: str) -> str:
    if paper.deleted:
        return f"<record>{_header(paper)}</record>"
    inside = {"oai_dc": _dublin, "arXiv": _arxiv, "arXivRaw": _raw}[prefix](paper)
    return f"<record>{_header(paper)}<metadata>{inside}</metadata></record>"


def _open(name: str) -> str:
    space = f"http://arxiv.org/OAI/{name}/"
    return f'<{name} xmlns="{space}" {_XSI} xsi:schemaLocation="{space} http://arxiv.org/OAI/{name}.xsd">'


def _common(paper: Paper) -> str:
    return "".join(
        (
            element("categories", " ".join(paper.categories)),
            element("comments", paper.comment or None),
            element("journal-ref", paper.journal_ref or None),
            element("doi", paper.doi or None),
            element("license", paper.licence or None),
            element("abstract", f"  {paper.abstract}\n"),
        )
    )


def _raw(paper: Paper) -> str:
    versions = "".join(
        f'<version version="v{each.number}">{element("date", f"{each.submitted:%a, %d %b %Y %H:%M:%S GMT}")}'
        f"{element('size', f'{each.kilobytes}kb')}{element('source_type', 'D')}</version>"
        for each in paper.versions
    )
    people = ", ".join(f"{person} ({'; '.join(places)})" if places else person for person, places in paper.authors)
    head = (
        f"{element('id', paper.id)}{element('submitter', paper.authors[0][0])}{versions}{element('title', paper.title)}"
    )
    return f"{_open('arXivRaw')}{head}{element('authors', people)}{_common(paper)}</arXivRaw>"


def _arxiv(paper: Paper) -> str:
    people = ""
    for person, places in paper.authors:
        first, _, last = person.rpartition(" ")
        names = element("keyname", last) + element("forenames", first or None)
        people += f"<author>{names}{''.join(element('affiliation', place) for place in places)}</author>"
    updated = f"{paper.newest.submitted:%Y-%m-%d}" if len(paper.versions) > 1 else None
    head = (
        element("id", paper.id)
        + element("created", f"{paper.versions[0].submitted:%Y-%m-%d}")
        + element("updated", updated)
    )
    return f"{_open('arXiv')}{head}<authors>{people}</authors>{element('title', paper.title)}{_common(paper)}</arXiv>"


def _dublin(paper: Paper) -> str:
    spaces = f'xmlns:oai_dc="{_PREFIXES["oai_dc"]}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inside = "".join(
        (
            element("dc:title", paper.title),
            *(element("dc:creator", ", ".join(reversed(person.rsplit(" ", 1)))) for person, _ in paper.authors),
            *(element("dc:subject", each) for each in paper.categories),
            element("dc:description", paper.abstract),
            element("dc:date", f"{paper.versions[0].submitted:%Y-%m-%d}"),
            element("dc:type", "text"),
            element("dc:identifier", f"http://arxiv.org/abs/{paper.id}"),
        )
    )
    return f"<oai_dc:dc {spaces}>{inside}</oai_dc:dc>"
