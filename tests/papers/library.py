"""A small library for tests: everything that a filter can ask about, made by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from apps.lists.models import Entry, ReadingList, ReadingState
from apps.notes.models import Note
from apps.papers.models import Authorship, CategoryTable, Classification, Paper, PaperLink, PaperName, RowLLM, Section
from apps.vocabulary.models import ArxivCategory, Author, BaseLLM, Organisation, Tag, TuningType, Venue


def term(model: type[Any], name: str, **fields: Any) -> Any:
    """An entry of the vocabulary by name, made where it is missing."""
    return model.objects.filter(name=name).first() or model.objects.create(name=name, **fields)


def paper(title: str, **fields: Any) -> Paper:
    """A paper; venue, tags, organisations, categories, authors, names and links are given by name."""
    many = {name: fields.pop(name, ()) for name in ("tags", "orgs", "categories", "authors", "names", "code")}
    if isinstance(venue := fields.get("venue"), str):
        fields["venue"] = term(Venue, venue)
    if isinstance(day := fields.get("published"), date):
        fields |= {"published": day, "precision": fields.get("precision", "day")}
    made = Paper.objects.create(title=title, **fields)
    made.tags.set(term(Tag, name) for name in many["tags"])
    made.organisations.set(term(Organisation, name) for name in many["orgs"])
    made.categories.set(term(ArxivCategory, name) for name in many["categories"])
    for place, name in enumerate(many["authors"], 1):
        Authorship.objects.create(paper=made, author=term(Author, name), position=place)
    for place, name in enumerate(many["names"]):
        PaperName.objects.create(paper=made, name=name, position=place)
    for url in many["code"]:
        PaperLink.objects.create(paper=made, kind="code", url=url)
    if many["names"]:
        made.save()
    return made


def table(slug: str, *sections: str, title: str = "") -> CategoryTable:
    made = CategoryTable.objects.create(slug=slug, title=title or slug)
    for place, name in enumerate(sections or ("",)):
        Section.objects.create(table=made, title=name, position=place)
    return made


def row(
    of: Paper, section: Section, *, name: str = "", llms: Sequence[BaseLLM | str] = (), tuning: Any = None, **more: Any
) -> Classification:
    tuning = term(TuningType, tuning) if isinstance(tuning, str) else tuning
    place = section.rows.count()
    made = Classification.objects.create(section=section, paper=of, name=name, tuning=tuning, position=place, **more)
    for place, llm in enumerate(llms):
        RowLLM.objects.create(row=made, llm=term(BaseLLM, llm) if isinstance(llm, str) else llm, position=place)
    return made


def note(author: User | None, *papers: Paper, body: str = "words", private: bool = False) -> Note:
    made = Note.objects.create(author=author, body=body, title="A note", visibility="private" if private else "team")
    made.papers.set(papers)
    return made


def reading_list(slug: str, papers: Iterable[Paper]) -> ReadingList:
    made = ReadingList.objects.create(slug=slug, title=slug)
    for place, each in enumerate(papers):
        Entry.objects.create(list=made, paper=each, position=place)
    return made


def reads(user: User, of: Paper, state: str) -> ReadingState:
    return ReadingState.objects.create(user=user, paper=of, state=state)
