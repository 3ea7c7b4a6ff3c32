"""The values of one paper that follow from what was said of it: pure, and the same on every run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from apps.papers.dates import parse_date
from apps.papers.identifiers import arxiv_month, clean_url
from apps.papers.titles import clean_title, title_key
from apps.papers.word import ARXIV, MACHINE, PERSON, Word, current, id_at_arxiv, pick, ranked, standing

TEXTS = ("title_zh", "summary", "summary_zh", "abstract", "abstract_zh", "key_technique", "reading_focus")
IDS = ("arxiv_id", "doi", "openreview_id")
CUT = ("abstract", "abstract_zh")
# Fields on which two sources cannot both be right; other fields (a translated title, a summary) may well differ.
FACTS = ("title", "published", "arxiv_id", "doi", "openreview_id")


@dataclass
class Chosen:
    """Chosen values by field name, and what needs the vocabulary as raw words."""

    values: dict[str, object] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    other_titles: dict[str, str] = field(default_factory=dict)  # key -> what else the paper is called
    links: list[tuple[str, str, str]] = field(default_factory=list)  # kind, url, label
    venues: list[str] = field(default_factory=list)  # raw, best first; a person's "" ends the list
    venue_is_settled: bool = False  # a person said which
    organisations: str = ""
    authors: str = ""
    tags: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    disagree: dict[str, list[str]] = field(default_factory=dict)  # field -> the different words
    # Then the month of its id is no doubt: arXiv numbers papers days after they came in.
    dated_by_arxiv: bool = False
    by_machine: list[str] = field(default_factory=list)  # texts of which nobody but a machine has said anything
    contested: str = ""  # another paper's title, where a heading gives this paper no other


def by_field(words: Iterable[Word]) -> dict[str, list[Word]]:
    fields: dict[str, list[Word]] = {}
    for word in words:
        fields.setdefault(word.field, []).append(word)
    return fields


def chosen(words: Iterable[Word]) -> Chosen:
    """All that follows from the words about one paper."""
    said = by_field(standing(words))
    result = Chosen(names=_names(said), links=_links(said))
    values = result.values
    for name in TEXTS:
        best = pick(said.get(name, ()))
        values[name] = best.raw if best else ""
        if best and best.rank == MACHINE:
            result.by_machine.append(name)
    for name in CUT:
        best = pick(said.get(name, ()))
        values[f"{name}_cut"] = bool(best and best.cut)
    for name in IDS:
        values[name] = _text(said.get(name, ())) or None
    values["arxiv_id"] = id_at_arxiv(said.get("arxiv_id", ())) or None
    values["title"] = _title(said, result.names)
    result.other_titles = _other_titles(said.get("title", ()), str(values["title"]))
    values["url"] = clean_url(_text(said.get("url", ())))
    values["status"] = _text(said.get("status", ()))
    values["arxiv_version"] = max(
        (int(w.raw) for w in said.get("arxiv_version", ()) if w.raw.isdecimal() and len(w.raw) < 5), default=None
    )
    dates = ranked(said.get("published", ()))
    values |= _dates(said, str(values["arxiv_id"] or ""))
    result.dated_by_arxiv = bool(dates) and dates[0].rank == ARXIV
    values["pdf_url"] = clean_url(_text(said.get("pdf_url", ()))) or _arxiv_pdf(values["arxiv_id"])
    venues = ranked(said.get("venue", ()))
    result.venues = [word.raw for word in venues]
    result.venue_is_settled = bool(venues) and venues[0].rank == PERSON
    result.organisations = _text(said.get("organisations", ()))
    result.authors = _text(said.get("authors", ()))
    result.tags = _gathered(said.get("tags", ()))
    result.categories = _gathered(said.get("category", ()))
    if not _text(said.get("title", ())):
        result.contested = _text(said.get("contested_title", ()))
    result.disagree = {name: found for name in FACTS if (found := _different(name, said.get(name, ())))}
    return result


def _text(words: Iterable[Word]) -> str:
    best = pick(words)
    return best.raw if best else ""


def _title(said: Mapping[str, list[Word]], names: list[str]) -> str:
    """What somebody stated; without that the short name or an id has to do."""
    stated = clean_title(_text(said.get("title", ())))
    number = id_at_arxiv(said.get("arxiv_id", ()))
    return (
        stated
        or (names[0] if names else "")
        or (f"arXiv:{number}" if number else "")
        or _text(said.get("doi", ()))
        or _text(said.get("url", ()))
        or "?"
    )


def _other_titles(words: Iterable[Word], chosen: str) -> dict[str, str]:
    """Also those that a later edition took back: the document as it was may come again."""
    titles = [clean_title(word.raw) for word in words]
    found = {key: title for title in titles if title and (key := title_key(title)[:500])}
    found.pop(title_key(chosen)[:500], None)
    return found


def _names(said: Mapping[str, list[Word]]) -> list[str]:
    """A person's list of names replaces all others; else every name that was used, best source first."""
    person = [word for word in ranked(said.get("names", ())) if word.rank == PERSON]
    if person:
        return [str(name) for name in json.loads(person[0].raw or "[]")]
    return list(dict.fromkeys(word.raw for word in ranked(said.get("name", ())) if word.raw))


def _links(said: Mapping[str, list[Word]]) -> list[tuple[str, str, str]]:
    """A person's list of links replaces all others; else every address that was given. Raw: `URL label`."""
    person = [word for word in ranked(said.get("links", ())) if word.rank == PERSON]
    if person:
        return [(str(kind), str(url), str(label)) for kind, url, label in json.loads(person[0].raw or "[]")]
    links: dict[tuple[str, str], str] = {}
    for name, words in said.items():
        if name.startswith("link:"):
            for word in ranked(words):
                url, _, label = word.raw.partition(" ")
                if address := clean_url(url):
                    links.setdefault((name.removeprefix("link:"), address), label)
    return [(kind, url, label) for (kind, url), label in links.items()]


def _dates(said: Mapping[str, list[Word]], arxiv_id: str) -> dict[str, object]:
    """The best word that is a date; without one the month in which arXiv gave out the id."""
    words = ranked(said.get("published", ()))
    settled = bool(words) and words[0].rank == PERSON
    parsed = parse_date(words[0].raw) if settled else next((d for word in words if (d := parse_date(word.raw))), None)
    if parsed is None and not settled and (month := arxiv_month(arxiv_id) if arxiv_id else None):
        parsed = (date(*month, 1), "month")
    year = _text(said.get("year", ()))
    return {
        "published": parsed[0] if parsed else None,
        "precision": parsed[1] if parsed else "",
        "year": int(year) if year.isdecimal() and 1000 <= int(year) <= 9999 else parsed[0].year if parsed else None,
    }


def _arxiv_pdf(arxiv_id: object) -> str:
    return f"https://arxiv.org/pdf/{arxiv_id}" if arxiv_id else ""


def _gathered(words: Iterable[Word]) -> list[str]:
    """What all sources together say, unless a person said it: then that alone."""
    order = ranked(words)
    if order and order[0].rank == PERSON:
        order = order[:1]
    return list(dict.fromkeys(word.raw for word in order if word.raw))


def _different(name: str, words: Iterable[Word]) -> list[str]:
    """The different words on one fact, best first; empty when they agree or a person has spoken."""
    order = ranked(current(words))
    if not order or order[0].rank == PERSON:
        return []
    found: dict[str, str] = {}
    for word in order:
        if word.raw:
            found.setdefault(_folded(name, word.raw), word.raw)
    kept = [raw for key, raw in found.items() if not _implied(name, key, found)]
    if name == "published" and order[0].rank == ARXIV:
        # Documents give the day of this or that version: within the month in which it came out that is no quarrel.
        kept = [raw for raw in kept if raw == order[0].raw or _month(raw) != _month(order[0].raw)]
    return kept if len(kept) > 1 else []


def _folded(name: str, raw: str) -> str:
    if name == "title":
        return title_key(raw)
    if name == "published" and (parsed := parse_date(raw)):
        return parsed[0].isoformat()[: {"year": 4, "month": 7}.get(parsed[1], 10)]
    return raw.strip().casefold()


def _month(raw: str) -> str:
    return _folded("published", raw)[:7]


def _implied(name: str, key: str, others: Iterable[str]) -> bool:
    """2024-04 does not contradict 2024-04-24."""
    return name == "published" and any(other != key and other.startswith(key) for other in others)
