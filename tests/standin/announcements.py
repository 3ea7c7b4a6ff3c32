"""/rss/cs.IR and /atom/cs.IR: what was announced on the last day that had an announcement, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.standin.answers import Reply, element, xml
from tests.standin.library import Library, Paper

_SPACES = 'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_NEW_YORK = ZoneInfo("America/New_York")


@dataclass
class Announcements:
    """Per day the ids and their kind: new, cross, replace, replace-cross. `served` is the day that is answered with."""

    library: Library
    days: dict[date, list[tuple[str, str]]] = field(default_factory=dict)
    served: date = date(2026, 11, 20)
    stamp: str = '"1"'

    def announce(self, day: date, *papers: tuple[str, str]) -> None:
        self.days.setdefault(day, []).extend(papers)
        self.served, self.stamp = day, f'"{day}-{len(self.days[day])}"'

    def answer(self, kind: str, names: str, conditional: str = "") -> Reply:
        if conditional == self.stamp:
            return Reply(status=304, headers={"ETag": self.stamp})
        categories = names.split("+")
        items = [
            (paper, how)
            for paper_id, how in self.days.get(self.served, [])
            if (paper := self.library.get(paper_id)) and _in(paper, categories)
        ]
        write = _rss if kind == "rss" else _atom
        return write(categories, items, self.served).also(ETag=self.stamp)


def _in(paper: Paper, categories: list[str]) -> bool:
    return any(each == name or each.startswith(f"{name}.") for each in paper.categories for name in categories)


def _described(paper: Paper, how: str) -> tuple[str, str]:
    name = f"{paper.id}v{paper.newest.number}"
    return name, f"arXiv:{name} Announce Type: {how} \nAbstract: {paper.abstract}"


def _people(paper: Paper) -> str:
    return ", ".join(f"{person} ({', '.join(places)})" if places else person for person, places in paper.authors)


def _extra(paper: Paper, how: str) -> str:
    return "".join(
        (
            element("arxiv:announce_type", how),
            element("dc:rights", paper.licence),
            element("arxiv:DOI", paper.doi or None),
            element("arxiv:journal_reference", paper.journal_ref or None),
            element("dc:creator", _people(paper)),
        )
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_NEW_YORK)


def _rss(categories: list[str], items: list[tuple[Paper, str]], day: date) -> Reply:
    moment, names = f"{_midnight(day):%a, %d %b %Y %H:%M:%S %z}", ", ".join(categories)
    link = f"http://rss.arxiv.org/rss/{'+'.join(categories)}"
    written = ""
    for paper, how in items:
        name, text = _described(paper, how)
        written += "".join(
            (
                "<item>",
                element("title", paper.title),
                element("link", f"https://arxiv.org/abs/{paper.id}"),
                element("description", text),
                element("guid", f"oai:arXiv.org:{name}", isPermaLink="false"),
                *(element("category", each) for each in paper.categories),
                element("pubDate", moment),
                _extra(paper, how),
                "</item>\n",
            )
        )
    head = "".join(
        (
            element("title", f"{names} updates on arXiv.org"),
            element("link", link),
            element("description", f"{names} updates on the arXiv.org e-print archive."),
            element("atom:link", "", href=link, rel="self", type="application/rss+xml"),
            element("docs", "http://www.rssboard.org/rss-specification"),
            element("language", "en-us"),
            element("lastBuildDate", f"{_midnight(day).astimezone(UTC):%a, %d %b %Y %H:%M:02 %z}"),
            element("managingEditor", "rss-help@arxiv.org"),
            element("pubDate", moment),
            "<skipDays><day>Sunday</day><day>Saturday</day></skipDays>",
        )
    )
    spaces = (
        f'{_SPACES} xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    body = f"<?xml version='1.0' encoding='UTF-8'?>\n<rss {spaces} version=\"2.0\"><channel>{head}{written}</channel></rss>\n"
    return xml(body, kind="application/rss+xml; charset=utf-8")


def _atom(categories: list[str], items: list[tuple[Paper, str]], day: date) -> Reply:
    moment, names = _midnight(day).isoformat(), ", ".join(categories)
    link = f"http://rss.arxiv.org/atom/{'+'.join(categories)}"
    written = ""
    for paper, how in items:
        name, text = _described(paper, how)
        written += "".join(
            (
                "<entry>",
                element("id", f"oai:arXiv.org:{name}"),
                element("title", paper.title),
                element("updated", moment),
                element("link", "", href=f"https://arxiv.org/abs/{paper.id}", rel="alternate", type="text/html"),
                element("summary", text),
                *(element("category", "", term=each) for each in paper.categories),
                element("published", moment),
                _extra(paper, how),
                "</entry>\n",
            )
        )
    head = "".join(
        (
            element("id", link),
            element("title", f"{names} updates on arXiv.org"),
            element("updated", f"{_midnight(day).astimezone(UTC):%Y-%m-%dT%H:%M:02.123456+00:00}"),
            element("link", "", href=link, rel="self", type="application/atom+xml"),
            element("subtitle", f"{names} updates on the arXiv.org e-print archive."),
        )
    )
    spaces = f'{_SPACES} xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us"'
    body = f"<?xml version='1.0' encoding='UTF-8'?>\n<feed {spaces}>{head}{written}</feed>\n"
    return xml(body, kind="application/atom+xml; charset=utf-8")
