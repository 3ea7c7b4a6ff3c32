"""A small library to share: a paper in a list and a table, with a note for the team and a private one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.lists.models import Entry, ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Classification, Paper, Section
from apps.shares.models import ShareLink
from apps.shares.services import make_share
from apps.vocabulary.models import Tag


@dataclass
class Library:
    paper: Paper
    other: Paper
    note: Note
    private: Note
    list: ReadingList
    table: CategoryTable
    tag: Tag


@pytest.fixture
def library(writer: User) -> Library:
    paper = Paper.objects.create(title="Tuning a Recommender", title_zh="调一个推荐器", abstract="We tune it.")
    other = Paper.objects.create(title="Another Matter", arxiv_id="2401.00001")
    tag = Tag.objects.create(name="tuned", slug="tuned")
    paper.tags.add(tag)
    note = Note.objects.create(title="What we think", body="A **team** thought", author=writer)
    private = Note.objects.create(title="Secretly", body="zanzibarium", author=writer, visibility="private")
    note.papers.add(paper)
    private.papers.add(paper, other)
    reading = ReadingList.objects.create(title="To begin with", slug="to-begin-with", owner=writer)
    Entry.objects.create(list=reading, paper=paper, remark="start here")
    table = CategoryTable.objects.create(title="LLM4Rec", slug="llm4rec")
    section = Section.objects.create(table=table, title="No tuning")
    Classification.objects.create(section=section, paper=paper, name="TuneRec", llm_raw="GPT-9")
    return Library(paper, other, note, private, reading, table, tag)


@pytest.fixture
def share(library: Library, writer: User) -> Callable[..., tuple[ShareLink, str]]:
    """`share("note")`: a link to that part of the library, and its path; `share("filter", query="tag=tuned")`."""

    def make(kind: str, *, query: str = "tag=tuned", target: Any = None, **more: Any) -> tuple[ShareLink, str]:
        options: dict[str, Any] = {"user": writer, "lasts": timedelta(days=30), **more}
        if kind == "filter":
            link, address = make_share(kind=kind, query=query, **options)
        else:
            link, address = make_share(kind=kind, target=target or getattr(library, kind), **options)
        return link, address[address.index("/s/") :]

    return make
