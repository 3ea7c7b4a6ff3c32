"""A small site whose every word begins with zeta: whatever else stands on its pages is ours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from apps.core.fetching.reasons import NotPublic
from apps.core.management.commands.setup import compile_catalogue
from apps.exchange import services
from apps.lists.models import Entry, ReadingList
from apps.notes.models import Draft, Mirror, Note, NotePicture
from apps.notes.rendering import keep
from apps.notes.trash import throw_away
from apps.papers.models import Paper, Review, Section
from apps.shares.models import ShareLink
from apps.shares.services import make_share
from apps.vocabulary.models import BaseLLM, LLMRole, Organisation, Tag, TuningType, Venue
from tests.papers import library
from tests.papers.saying import said, source
from tests.wording import CATALOGUE

INDEXES = (
    "home paper_list paper_add table_index list_index digest_index note_index import_index import_new map_index"
    " review_index share_index venue_index llm_index tuning_index tag_index organisation_index author_index login"
    " note_drafts note_trash note_help paper_named"
).split()
FILTERS = (
    "q=zeta&tag=zetatag&workshops=1",
    "zeta=1",
    "venue=zeta",
    "page=9",
    "q=!",
    "year=1999",
    "q=zetazeta",
    "state=x",
)
# A note with everything in it that the site itself says something about.
FULL = (
    "## Zeta\n\n## Zeta\n\n## Zeta\n\n> [!NOTE]\n> zeta\n\n> [!SUMMARY]\n> zeta\n\n- [x] zeta\n- [ ] zeta\n\n"
    "zeta[^1] [[Zeta nine]] [[Zetarec]] [[Zeta]] $\\zeta$ ![zeta](https://example.org/zeta) ![zeta](/pictures/zeta.png)"
    "\n\n[^1]: zeta\n\n{{table: zeta}}\n\n{{table: zeta=1}}\n\n{{table: }}\n\n{{table: year=1999}}\n\n{{table: year=2024}}"
    "\n\n{{zeta: zeta}}\n\n{{list: zetazeta}}\n\n{{list: zeta}}\n\n{{list: }}\n\n{{cite}}\n\n{{cite: zeta}}\n\n{{cite}}\n"
)
TABLE = "# Zeta\n\n## Zeta tuned\n\n| Name | Paper | LLM | Venue |\n|---|---|---|---|\n"
ROWS = (
    "| Zeta3 | [Zeta three](https://arxiv.org/abs/2305.00001) | Zetabig | Zetavenue |\n"
    "| Zeta1 | [Zeta one](https://arxiv.org/abs/2404.00001) | Zetallm | Zetavenue | zeta |\n| Zeta |  |  |  |\n"
)


@pytest.fixture
def chinese(settings: Any, tmp_path: Path) -> None:
    """The catalogue as it stands in the source, compiled for this test."""
    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(CATALOGUE.read_bytes())
    compile_catalogue(folder / "django.po")
    settings.LOCALE_PATHS = [tmp_path / "locale"]


@pytest.fixture
def pages(chinese: None, administrator: User) -> dict[str, str]:
    """A small library whose every word begins with zeta; answers with the addresses of its pages."""
    BaseLLM.objects.update(size="")
    for tree in (Venue, BaseLLM, TuningType):
        tree.objects.update(parent=None)
    for model in (Venue, BaseLLM, TuningType, Tag, Organisation, LLMRole):
        model.objects.all().delete()
    User.objects.filter(pk=administrator.pk).update(is_superuser=True)
    paper = library.paper(
        "Zeta one", venue="ZetaConf", tags=["zetatag"], orgs=["Zetaorg"], authors=["Zeta Zetason"], names=["Zetarec"],
        categories=["cs.IR"], code=["https://example.org/zeta"], published=date(2024, 4, 2), summary="Zeta.",
        abstract="Zeta zeta.", abstract_cut=True, key_technique="zeta", reading_focus="zeta", arxiv_id="2404.00001",
    )  # fmt: skip
    pending = Paper.objects.create(title="Zeta two", metadata="pending", status="withdrawn")
    table = library.table("zeta", "zeta", title="Zeta table")
    library.row(paper, table.sections.get(), name="Zetarec", llms=["Zetallm"], tuning="zetatuning", llm_raw="Zetallm")
    note = library.note(administrator, paper, body="zeta")
    note.title = "Zeta note"
    note.save()
    chosen = library.reading_list("zeta", [paper, pending])
    digest = ReadingList.objects.create(title="Zeta", slug="zeta-digest", kind="digest", date=date(2024, 4, 2))
    Entry.objects.create(list=digest, paper=paper, announce_type="new", version=1)
    library.reads(administrator, paper, "reading")
    for day in ("2024-04-02", "2023-01-01"):
        said(paper, source(title=f"Zeta {day}"), title="Zeta one", published=day, summary="Zeta.")
    _reviews(paper, pending, administrator)
    _link, address = make_share(user=administrator, kind="paper", target=paper, lasts=timedelta(days=7))
    make_share(user=administrator, kind="filter", query="tag=zetatag", lasts=None)
    ShareLink.objects.update(hint="1234")
    found = {name: reverse(name) for name in INDEXES}
    found |= {f"papers?{query}": f"{reverse('paper_list')}?{query}" for query in FILTERS}
    found |= _imports(administrator) | _notes(administrator, paper)
    return found | {
        "paper_detail": paper.get_absolute_url(),
        "pending": pending.get_absolute_url(),
        "table_detail": table.get_absolute_url(),
        "note_detail": note.get_absolute_url(),
        "list_detail": chosen.get_absolute_url(),
        "digest_detail": digest.get_absolute_url(),
        "missing": "/arxiv/2501.00001",
        "not there": "/zeta/",
        "decided": reverse("review_index") + "?state=decided",
        "share": address.split("8000")[1],
        "share_create": reverse("share_create") + f"?paper={paper.pk}",
    }


def _notes(person: User, paper: Paper) -> dict[str, str]:
    """A note with versions and a draft, one in the trash, and what stands around them."""
    note, thrown = library.note(person, paper, body="zeta\n" * 20), library.note(person, paper, body="zeta")
    library.paper("Zeta two", names=["Zeta"])
    library.paper("Zeta six", names=["Zeta"])
    note.title, note.visibility, note.body = "Zeta", "private", FULL
    note.save()
    first, second = note.history.order_by("pk").values_list("pk", flat=True)
    keep(note)
    throw_away(Note.objects.filter(pk=thrown.pk), user=person)
    fields = {"title": "Zeta", "body": "zeta", "byline": "", "visibility": "team", "papers": [], "hard_breaks": False}
    drafts = [Draft.objects.create(user=person, key=uuid4(), note=of, fields=fields) for of in (note, None)]
    mirrors = [
        Mirror.objects.create(url=f"https://example.org/zeta{number}", key=str(number), state=state, reason=reason)
        for number, (state, reason) in enumerate([("waiting", ""), ("refused", NotPublic.reason)])
    ]
    for mirror in mirrors:
        NotePicture.objects.create(note=note, mirror=mirror)
    difference = reverse("note_difference", args=[note.pk])
    return {
        "full note": note.get_absolute_url(),
        "note_history": reverse("note_history", args=[note.pk]),
        "note_version": reverse("note_version", args=[note.pk, first]),
        "note_difference": f"{difference}?old={first}&new={second}",
        "the newest version": reverse("note_version", args=[note.pk, second]),
        "note in the trash": reverse("note_detail", args=[thrown.pk]),
        "note_delete": reverse("note_delete", args=[thrown.pk]),
        "note_remark": reverse("note_remark", args=[paper.pk]),
        "named": reverse("paper_named") + "?name=Zeta",
        "named by nobody": reverse("paper_named") + "?name=zetazeta",
        "editor": reverse("admin:notes_note_change", args=[note.pk]),
        "deleting in the admin": reverse("admin:notes_note_delete", args=[note.pk]),
        "editor of a new note": reverse("admin:notes_note_add"),
        "editor with a draft": reverse("admin:notes_note_change", args=[note.pk]) + f"?draft={drafts[0].key}",
        **{f"draft {place}": reverse("note_draft", args=[draft.key]) for place, draft in enumerate(drafts)},
        **{f"picture {each.state}": reverse("picture_elsewhere", args=[each.pk]) for each in mirrors},
    }


def _reviews(paper: Paper, other: Paper, person: User) -> None:
    merge = {"kind": "merge", "paper": paper, "other": other}
    for reason in ("near-title", "same-title", "contested-title", "id-conflict"):
        Review.objects.create(**merge, reason=reason, key=reason)
    Review.objects.create(
        kind="line", reason="unknown", source=source(title="Zeta"), detail={"text": "zeta", "line": 3}, key="line"
    )
    Review.objects.create(**merge, reason="near-title", state="rejected", decided_by=person, key="decided")


def _imports(person: User) -> dict[str, str]:
    files = [("zeta.md", TABLE + ROWS), ("zeta.bin", "zeta"), ("zeta.txt", ""), ("zeta2.md", TABLE + ROWS)]
    jobs = services.take_in(files=[(name, text.encode()) for name, text in files], user=person)
    services.apply_now(job=jobs[0])
    services.dismiss(job=jobs[3])
    Section.objects.update(headers=[])
    undone = services.take_in(files=[("zeta4.md", (TABLE + ROWS).replace("three", "four").encode())], user=person)[0]
    pages = {"waiting": undone.get_absolute_url(), "batch": reverse("import_batch", args=[jobs[0].batch])}
    return pages | {f"import {job.state} {job.file_name}": job.get_absolute_url() for job in jobs}
