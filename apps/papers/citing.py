"""A paper as a reference: BibTeX, RIS, CSL-JSON and Markdown, each with its own escaping."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from apps.papers.models import Authorship, Paper
from apps.papers.querysets import among
from apps.vocabulary.models import Venue

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")
AUTHORS_NAMED = 3
_LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """One way of citing, ready to be copied."""

    name: str
    slug: str
    text: str


def citations(paper: Paper, authors: list[str]) -> list[Citation]:
    """Every way; `authors` are names in order."""
    return [
        Citation("BibTeX", "bibtex", bibtex(paper, authors)),
        Citation("RIS", "ris", ris(paper, authors)),
        Citation("CSL-JSON", "csl", csl(paper, authors)),
        Citation("Markdown", "markdown", markdown(paper, authors)),
    ]


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper as a line of a bibliography."""

    paper: Paper
    authors: str
    more_authors: bool
    venue: str

    @property
    def address(self) -> str:
        """Where everybody finds it."""
        return self.paper.arxiv_url or self.paper.doi_url or self.paper.url

    @property
    def address_label(self) -> str:
        if self.paper.arxiv_id:
            return f"arXiv:{self.paper.arxiv_id}"
        return f"doi:{self.paper.doi}" if self.paper.doi else ""


def references_to(paper_ids: Iterable[int]) -> dict[int, Reference]:
    """References by the numbers of the papers: two queries, however many."""
    ids = set(paper_ids)
    names: dict[int, list[str]] = {}
    shown = Authorship.objects.filter(among("paper_id", ids), position__lte=AUTHORS_NAMED + 1).order_by("position")
    for paper_id, name in shown.values_list("paper_id", "author__name"):
        names.setdefault(paper_id, []).append(name)
    label = ("title", "title_zh", "by_machine")
    fields = (*label, "year", "published", "precision", "arxiv_id", "doi", "url", "venue_raw", "venue")
    found = (
        Paper.objects.filter(among("pk", ids))
        .select_related("venue")
        .only(*fields, "venue__name", "venue__full_name", "venue__kind")
    )
    return {paper.pk: _reference(paper, names.get(paper.pk, [])) for paper in found.order_by()}


def _reference(paper: Paper, names: list[str]) -> Reference:
    # Of a preprint the address says where it is.
    is_preprint = bool(paper.arxiv_id and paper.venue and paper.venue.kind == Venue.Kind.PREPRINT)
    venue = "" if is_preprint else _venue(paper)
    return Reference(paper, ", ".join(names[:AUTHORS_NAMED]), len(names) > AUTHORS_NAMED, venue)


def bibtex(paper: Paper, authors: list[str]) -> str:
    venue, kind = _venue(paper), _kind(paper)
    where = {"inproceedings": "booktitle", "article": "journal"}.get(kind, "")
    fields = {
        "title": "{" + latex(paper.title) + "}",
        "author": " and ".join("{" + latex(name) + "}" if " and " in name else latex(name) for name in authors),
        where: latex(venue),
        "year": str(paper.year or ""),
        "month": str(paper.published.month) if paper.published and paper.precision != "year" else "",
        "eprint": paper.arxiv_id or "",
        "eprinttype": "arxiv" if paper.arxiv_id else "",
        "archiveprefix": "arXiv" if paper.arxiv_id else "",
        "doi": paper.doi or "",
        "url": _address(paper),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if name and value]
    return "\n".join([f"@{kind}{{{_key(paper, authors)},", *lines, "}"])


def ris(paper: Paper, authors: list[str]) -> str:
    kind = {"inproceedings": "CPAPER", "article": "JOUR"}.get(_kind(paper), "GEN" if not paper.arxiv_id else "UNPB")
    lines = [("TY", kind), ("TI", paper.title), *(("AU", name) for name in authors)]
    lines += [("T2", _venue(paper)), ("PY", str(paper.year or "")), ("DA", paper.published_text.replace("-", "/"))]
    lines += [
        ("DO", paper.doi or ""),
        ("UR", _address(paper)),
        ("ID", (paper.arxiv_id and f"arXiv:{paper.arxiv_id}") or ""),
    ]
    return "\n".join([*(f"{tag}  - {_one_line(value)}" for tag, value in lines if value), "ER  - "])


def csl(paper: Paper, authors: list[str]) -> str:
    kind = {"inproceedings": "paper-conference", "article": "article-journal"}.get(_kind(paper), "article")
    entry: dict[str, object] = {"id": str(paper.uid), "type": kind, "title": paper.title}
    if authors:
        entry["author"] = [_csl_name(name) for name in authors]
    if date := paper.published_text:
        entry["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
    extra = {"container-title": _venue(paper), "DOI": paper.doi, "URL": _address(paper)}
    extra |= {"number": f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else ""}
    entry |= {name: value for name, value in extra.items() if value}
    return json.dumps([entry], ensure_ascii=False, indent=2)


def markdown(paper: Paper, authors: list[str]) -> str:
    names = ", ".join(authors[:3]) + (" et al." if len(authors) > 3 else "")
    title = f"[{_md(paper.title)}]({_address(paper)})" if _address(paper) else _md(paper.title)
    facts = ", ".join(_md(fact) for fact in (_venue(paper), str(paper.year or "")) if fact)
    return ". ".join(part for part in (_md(names), title, facts) if part) + "."


def latex(text: str) -> str:
    """The text as LaTeX prints it, on one line."""
    return "".join(_LATEX.get(character, character) for character in _one_line(text))


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _one_line(text))


def _one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", text).strip()


def _venue(paper: Paper) -> str:
    return (paper.venue.full_name or paper.venue.name) if paper.venue else paper.venue_raw


def _kind(paper: Paper) -> str:
    kind = paper.venue.kind if paper.venue else ""
    if kind in (Venue.Kind.CONFERENCE, Venue.Kind.WORKSHOP):
        return "inproceedings"
    return "article" if kind == Venue.Kind.JOURNAL else "misc"


def _address(paper: Paper) -> str:
    address = paper.arxiv_url or paper.doi_url or paper.url
    return address.replace("(", "%28").replace(")", "%29").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _key(paper: Paper, authors: list[str]) -> str:
    """liu2023pretrain: family name, year, first word of the title; the paper's number where nothing is left."""
    family = authors[0].split()[-1] if authors and authors[0].split() else ""
    first = next(iter(re.findall(r"\w{3,}", paper.title)), "")
    parts = (family, paper.year or "", first) if family else (first, paper.year or "")
    plain = unicodedata.normalize("NFKD", "".join(map(str, parts))).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]", "", plain.lower())
    return key if re.search("[a-z]", key) else f"paper{paper.pk}"


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
