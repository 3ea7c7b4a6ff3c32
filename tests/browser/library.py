"""Everything that a page can show, in little: two documents imported, notes, lists, digests, share links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from apps.core.jobs import PARKED
from apps.core.models import Job
from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.harvest.models import ArxivQuery, Fetch, Finding
from apps.harvest.summaries import saying
from apps.lists.models import Look, ReadingList, SavedSearch
from apps.lists.services import save_search, throw_away
from apps.notes import history, trash
from apps.notes.models import Mirror, Note
from apps.papers.models import CategoryTable, Paper, Review
from apps.shares.services import make_share
from apps.vocabulary.models import Author as Person
from apps.vocabulary.models import BaseLLM, Organisation, Tag, TuningType, Venue
from tests.harvest.news_for_tests import looked, new_version, news, record

DIGEST = Path(__file__).parents[1] / "exchange/formats/samples/digest.md"

OTHER = b"""# More of them

| Paper | Venue | LLM |
| --- | --- | --- |
| [Yet Another Recommender](https://arxiv.org/abs/2405.00777) | ACL | GPT-4 |
"""


@dataclass
class Library:
    """The things by name, and the values that addresses are made of."""

    paper: Paper
    note: Note
    table: CategoryTable
    list: ReadingList
    post: ImportJob
    values: dict[str, Any] = field(default_factory=dict)


def _import(name: str, content: bytes, user: User) -> ImportJob:
    return services.take_in(files=[(name, content)], user=user)[0]


def applied(path: Path, user: User) -> ImportJob:
    job = _import(path.name, path.read_bytes(), user)
    services.apply_now(job=job)
    job.refresh_from_db()
    return job


def fill(path: Path, editor: User, writer: User) -> Library:
    post, digest = applied(path, editor), applied(DIGEST, editor)
    paper = Paper.objects.get(arxiv_id="2405.00450")
    _said_by_arxiv_and_a_machine(paper)
    _new_about(paper)
    paper.tags.add(Tag.objects.create(name="invented", slug="invented"))
    paper.organisations.add(Organisation.objects.create(name="Foo Lab", slug="foo-lab"))
    paper.authorships.create(author=Person.objects.create(name="Bob Ray", slug="bob-ray"), position=1)
    note = Note.objects.filter(papers=paper).get()
    private = Note.objects.create(title="Between us", body="zanzibarium", author=writer, visibility="private")
    private.papers.add(paper)
    reading = ReadingList.objects.get(source__imports=post)
    library = Library(paper, note, CategoryTable.objects.get(), reading, post)
    library.values |= _values(library) | _imports(path, editor, digest) | _shares(library, writer)
    library.values["search"] = _searches(writer)
    return library


def _new_about(paper: Paper) -> None:
    """arXiv's word on it, a newer version, and code that is gone."""
    versions = [{"number": 1, "submitted": "2024-05-03T10:00:00+00:00", "size": "127kb"}]
    people = [{"name": "Ana Bo", "affiliations": ["Institute of Things"]}]
    record(paper, version=2, comment="12 pages", authors=people, categories=["cs.IR", "cs.CL"], versions=versions)
    new_version(paper)
    gone = "https://code.example.org/gone"
    paper.links.create(kind="code", url=gone)
    looked(gone)
    news(paper, "dead-link", gone, url=gone, status=404)


def _said_by_arxiv_and_a_machine(paper: Paper) -> None:
    """A proposal of arXiv's, and what a machine wrote where nobody else did."""
    saying.of_paper(paper, "a-model", {"title_zh": "虚构", "summary_zh": "一句话", "abstract_zh": "摘要"})
    words = {"venue": "ACL 2024", "status": "published", "words": "Accepted at ACL 2024"}
    Review.objects.create(
        kind="proposal", reason="comment", paper=paper, field="venue", detail=words, key=f"proposal:{paper.pk}"
    )


def _values(library: Library) -> dict[str, Any]:
    days = ReadingList.objects.get(kind="digest")
    return {
        "paper": library.paper.pk,
        "slug": library.paper.slug,
        "note": library.note.pk,
        "table": library.table.slug,
        "list": library.list.slug,
        "digest": days.get_absolute_url(),
        "venue": Venue.objects.get(name="RecSys").slug,
        "llm": BaseLLM.objects.get(name="LLaMA").slug,
        "tuning": TuningType.objects.filter(rows__isnull=False)[0].slug,
        "mirror": _picture_elsewhere(library.note),
        "job": _fetches(library.paper),
        "query": _inbox(library.paper),
        **_changed(),
        "thrown": _thrown_away(),
    }


def _searches(writer: User) -> int:
    """One of the team's with news for its owner, one that is broken, one that was deleted."""
    search = save_search(user=writer, name="Invented things", query="venue=recsys", shared=True)
    Look.objects.filter(search=search).update(seen=b"")
    SavedSearch.objects.create(name="Broken", query="venue=recsys&tag=gone", owner=writer, shared=True)
    throw_away(search=save_search(user=writer, name="Deleted", query="has=code", shared=False), user=writer)
    return search.pk


def _changed() -> dict[str, int]:
    """A note, and the number of a version of it with one before."""
    note = Note.objects.create(title="Changed", body="# Words\n\nThese are old words.\n\nThe last ones.\n")
    note.body = note.body.replace("old", "new") + "\n不是最后的。\n"
    note.save()
    return {"changed": note.pk, "version": history.newest_of(note)}


def _thrown_away() -> int:
    note = Note.objects.create(title="Thrown away", body="words")
    trash.throw_away(Note.objects.filter(pk=note.pk), user=None)
    return note.pk


def _picture_elsewhere(note: Note) -> int:
    mirror = Mirror.objects.create(
        url="https://pictures.example/one.png", key="1" * 64, state="away", reason="The host cannot be reached."
    )
    note.pictures.create(mirror=mirror)
    return mirror.pk


def _inbox(paper: Paper) -> int:
    """A day with one paper of each kind: undecided with its Chinese, one that we have, one that was dismissed."""
    query = ArxivQuery.objects.create(
        name="Invented", category="cs.IR", words="invented", outcome="failed", reason="html"
    )
    for number in ("2405.00002", str(paper.arxiv_id), "2405.00003"):
        said = {
            "authors": [{"name": "Bob Ray", "affiliations": []}],
            "categories": ["cs.IR"],
            "queries": f",{query.pk},",
        }
        chinese = {"title_zh": "虚构", "summary_zh": "一句话", "abstract_zh": "摘要"}
        Finding.objects.create(
            category="cs.IR", day=date(2026, 11, 20), arxiv_id=number, title="Invented $x$", abstract="Words.", record=said,
            **(chinese if number == "2405.00002" else {}),
            state="dismissed" if number == "2405.00003" else "open",
        )  # fmt: skip
    return query.pk


def _fetches(paper: Paper) -> int:
    """A job that was parked, with a paper that arXiv did not want to know."""
    job = Job.objects.create(kind="fetch_arxiv", state="failed", total=2, done=1, failed=1, message=PARKED)
    said = {"state": "failed", "reason": "error-entry", "said": "incorrect id format", "tries": 2}
    Fetch.objects.update_or_create(paper=paper, defaults={"job": job, **said})  # its import has asked for it
    return job.pk


def _imports(path: Path, editor: User, digest: ImportJob) -> dict[str, Any]:
    """One import in each state that has a look of its own."""
    undone = _import("undone.md", OTHER, editor)
    services.apply_now(job=undone)
    services.undo(job=undone)
    # The same document with another paper, a changed one, and the rest as it was.
    fresh = path.read_bytes().replace(b"2405.00448", b"2405.00999").replace(b"LLaMA-13b", b"Yak-13b")
    waiting, failed = services.take_in(files=[("new.md", fresh), ("picture.md", b"\x89PNG\r\n\x1a\n")], user=editor)
    queued = _import("queued.md", OTHER, editor)
    queued.job, queued.state = Job.objects.create(kind="import", arguments={}, user=editor, total=8), "queued"
    queued.save()
    states = {"applied": digest, "undone": undone, "preview": waiting, "failed": failed, "queued": queued}
    return {name: job.pk for name, job in states.items()} | {"batch": waiting.batch}


def _shares(library: Library, writer: User) -> dict[str, str]:
    """A link to one thing of each kind: the path of its address."""
    month, paths = timedelta(days=30), {}
    for kind in ("paper", "note", "list", "table"):
        _, paths[f"shared_{kind}"] = make_share(user=writer, kind=kind, target=getattr(library, kind), lasts=month)
    _, paths["shared_filter"] = make_share(user=writer, kind="filter", query="venue=recsys", lasts=month)
    return {name: urlsplit(address).path for name, address in paths.items()}
