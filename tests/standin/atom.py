"""/api/query, in the classic shape and in that of 2026."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime

from apps.papers import identifiers
from tests.standin.answers import Reply, element, xml
from tests.standin.library import Library, Paper, Version
from tests.standin.query import BadQuery, parsed

MOST = 2000
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_ARXIV = "http://arxiv.org/schemas/atom"
Entry = tuple[Paper, Version]


def query(library: Library, params: Mapping[str, str], *, classic: bool = True, now: datetime | None = None) -> Reply:
    try:
        start, most = int(params.get("start") or 0), int(params.get("max_results") or 10)
        ids = [each.strip() for each in params.get("id_list", "").split(",") if each.strip()]
        entries = _found(library, ids, params.get("search_query", ""), params)
    except Malformed as error:
        return error_feed(str(error), error.name, status=400)
    except (BadQuery, ValueError) as error:
        return error_feed(f"malformed query: {error}", "malformed_query", status=400)
    if start < 0 or most < 0 or most > MOST * 15:
        return error_feed("max_results must be non-negative", "max_results_must_be_non-negative", status=400)
    # What is beyond max_results is left out without a word; an id list is cut before anybody looks.
    page = entries[start : start + min(most, MOST)]
    return feed(page, params, total=len(entries), start=start, size=most, classic=classic, now=now)


class Malformed(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(f"incorrect id format for {text}")
        self.name = f"incorrect_id_format_for_{text}"


def _found(library: Library, ids: list[str], wanted: str, params: Mapping[str, str]) -> list[Entry]:
    test = parsed(wanted) if wanted.strip() else None
    if not ids:
        return _sorted([(paper, paper.newest) for paper in library if test and test(paper)], params)
    most = int(params.get("max_results") or 10)
    found = [entry for each in ids[: max(most, 0)] if (entry := _asked(library, each))]
    return [entry for entry in found if test is None or test(entry[0])]


def _asked(library: Library, text: str) -> Entry | None:
    identity = identifiers.parse_arxiv(text) if re.fullmatch(r"[\w.\-/]+", text) else None
    if identity is None:
        raise Malformed(text)
    paper = library.get(identity.arxiv_id)
    return paper.at(identity.arxiv_version) if paper else None


def _sorted(entries: list[Entry], params: Mapping[str, str]) -> list[Entry]:
    keys = {
        "submittedDate": lambda entry: entry[0].versions[0].submitted,
        "lastUpdatedDate": lambda entry: entry[1].submitted,
    }
    key = keys.get(params.get("sortBy", ""), lambda entry: entry[0].id)
    return sorted(entries, key=key, reverse=params.get("sortOrder", "descending") != "ascending")


def feed(
    entries: list[Entry],
    params: Mapping[str, str],
    *,
    total: int,
    start: int,
    size: int,
    classic: bool,
    now: datetime | None = None,
) -> Reply:
    now = now or datetime.now(UTC)
    asked = "&".join(f"{name}={params.get(name, '')}" for name in ("search_query", "id_list", "start", "max_results"))
    number = hashlib.sha256(asked.encode()).hexdigest()[:27]
    if classic:
        head = "".join(
            (
                element(
                    "link", "", href=f"http://arxiv.org/api/query?{asked}", rel="self", type="application/atom+xml"
                ),
                element("title", f"ArXiv Query: {asked}", type="html"),
                element("id", f"http://arxiv.org/api/{number}"),
                element("updated", f"{now:%Y-%m-%d}T00:00:00-04:00"),
                *(
                    element(f"opensearch:{name}", str(said), xmlns_opensearch=_OPENSEARCH)
                    for name, said in _counts(total, start, size)
                ),
            )
        )
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}'
    else:
        head = "".join(
            (
                element("id", f"https://arxiv.org/api/{number}"),
                element("title", f"arXiv Query: {asked}"),
                element("updated", f"{now:%Y-%m-%dT%H:%M:%SZ}"),
                element("link", "", href=f"https://arxiv.org/api/query?{asked}", type="application/atom+xml"),
                *(element(f"opensearch:{name}", str(said)) for name, said in _counts(total, start, size)),
            )
        )
        body = (
            "<?xml version='1.0' encoding='UTF-8'?>\n"
            f'<feed xmlns:opensearch="{_OPENSEARCH}" xmlns:arxiv="{_ARXIV}" xmlns="http://www.w3.org/2005/Atom">{head}'
        )
    written = "\n".join((_classic if classic else _newer)(paper, version) for paper, version in entries)
    return xml(f"{body}\n{written}\n</feed>\n")


def _counts(total: int, start: int, size: int) -> tuple[tuple[str, int], ...]:
    return ("totalResults", total), ("startIndex", start), ("itemsPerPage", size)


def _classic(paper: Paper, version: Version) -> str:
    """Every extension element declares its namespace, lines are broken, what is empty is left out."""
    name = f"{paper.id}v{version.number}"
    extra = {"xmlns_arxiv": _ARXIV}
    people = "".join(
        f"<author>{element('name', person)}{''.join(element('arxiv:affiliation', place, **extra) for place in places)}</author>"
        for person, places in paper.authors
    )
    return "".join(
        (
            "<entry>",
            element("id", f"http://arxiv.org/abs/{name}"),
            element("updated", f"{version.submitted:%Y-%m-%dT%H:%M:%SZ}"),
            element("published", f"{paper.versions[0].submitted:%Y-%m-%dT%H:%M:%SZ}"),
            element("title", "\n  ".join(textwrap.wrap(paper.title, 70, break_on_hyphens=False))),
            element("summary", "  " + "\n".join(textwrap.wrap(paper.abstract, 78, break_on_hyphens=False)) + "\n"),
            people,
            element("arxiv:doi", paper.doi or None, **extra),
            element("link", "", title="doi", href=f"http://dx.doi.org/{paper.doi}", rel="related") if paper.doi else "",
            element("arxiv:comment", paper.comment or None, **extra),
            element("arxiv:journal_ref", paper.journal_ref or None, **extra),
            element("link", "", href=f"http://arxiv.org/abs/{name}", rel="alternate", type="text/html"),
            element(
                "link", "", title="pdf", href=f"http://arxiv.org/pdf/{name}", rel="related", type="application/pdf"
            ),
            element("arxiv:primary_category", "", **extra, term=paper.categories[0], scheme=_ARXIV),
            *(element("category", "", term=each, scheme=_ARXIV) for each in paper.categories),
            "</entry>",
        )
    )


def _newer(paper: Paper, version: Version) -> str:
    """Namespaces stand at the top, texts in one line, another order, https."""
    name = f"{paper.id}v{version.number}"
    people = "".join(
        f"<author>{element('name', person)}{''.join(element('arxiv:affiliation', place) for place in places)}</author>"
        for person, places in paper.authors
    )
    return "".join(
        (
            "<entry>",
            element("id", f"http://arxiv.org/abs/{name}"),
            element("title", paper.title),
            element("updated", f"{version.submitted:%Y-%m-%dT%H:%M:%SZ}"),
            element("link", "", href=f"https://arxiv.org/abs/{name}", rel="alternate", type="text/html"),
            element(
                "link", "", href=f"https://arxiv.org/pdf/{name}", rel="related", type="application/pdf", title="pdf"
            ),
            element("summary", paper.abstract),
            *(element("category", "", term=each, scheme=_ARXIV) for each in paper.categories),
            element("published", f"{paper.versions[0].submitted:%Y-%m-%dT%H:%M:%SZ}"),
            element("arxiv:comment", paper.comment or None),
            element("arxiv:primary_category", "", term=paper.categories[0]),
            element("arxiv:journal_ref", paper.journal_ref or None),
            people,
            element("arxiv:doi", paper.doi or None),
            element("link", "", rel="related", href=f"https://doi.org/{paper.doi}", title="doi") if paper.doi else "",
            "</entry>",
        )
    )


def error_feed(message: str, name: str, *, status: int) -> Reply:
    """What arXiv sends with a status of 400, and sent with one of 200 for years."""
    address = f"http://arxiv.org/api/errors#{name}"
    entry = "".join(
        (
            element("id", address),
            element("title", "Error"),
            element("summary", message),
            element("updated", "2026-11-20T00:00:00-05:00"),
            element("link", "", href=address, rel="alternate", type="text/html"),
            "<author><name>arXiv api core</name></author>",
        )
    )
    return xml(
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"{element('title', 'ArXiv Query: error', type='html')}"
        f"{element('opensearch:totalResults', '1', xmlns_opensearch=_OPENSEARCH)}<entry>{entry}</entry></feed>\n",
        status,
    )
