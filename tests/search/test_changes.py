"""Whatever changes a paper tells its number, once it is committed, and to everybody who asks since any earlier moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from apps.exchange import services
from apps.harvest.models import LinkCheck
from apps.lists.models import Entry, ReadingList, ReadingState
from apps.notes.models import Note
from apps.papers.documents import Papers
from apps.papers.merges import merge, part
from apps.papers.models import (
    Authorship,
    CategoryTable,
    Classification,
    Merge,
    Paper,
    PaperLink,
    PaperName,
    PaperTitle,
    RowLLM,
    Section,
)
from apps.search import changes
from apps.search.changes import Position
from apps.search.models import Change
from apps.vocabulary.models import ArxivCategory, Author, BaseLLM, Organisation, Tag, TuningType, Venue
from tests.exchange.documents import TABLE
from tests.exchange.importing import bring

# Rows go in the order of transactions, and a test is one.
committed = pytest.mark.django_db(transaction=True)

CODE = "https://example.org/code"


class World:
    """Three papers. On the first two hangs everything that may hang on a paper; on the third the same of its own."""

    def __init__(self) -> None:
        self.one, self.two, self.other = (Paper.objects.create(title=title) for title in ("One", "Two", "Other"))
        self.both = {self.one.pk, self.two.pk}
        self.user = User.objects.create(username="somebody")
        self.tag, self.org = Tag.objects.create(name="t-x"), Organisation.objects.create(name="o-x")
        self.category = ArxivCategory.objects.create(name="xx.YY", slug="xx-yy")
        self.venue = Venue.objects.create(name="v-x")
        self.author = Author.objects.create(name="Ann Author")
        self.llm, self.tuning = BaseLLM.objects.create(name="l-x"), TuningType.objects.create(name="u-x")
        self.table = CategoryTable.objects.create(title="Table", slug="table-x")
        self.section = Section.objects.create(table=self.table, title="Section")
        self.list = ReadingList.objects.create(title="List", slug="list-x")
        self.note = Note.objects.create(title="Note", body="x", author=self.user)
        self.check = LinkCheck.objects.create(url=CODE, key="k")
        for paper in (self.one, self.two):
            self.hang_on(paper)
            paper.refresh_from_db()

    def hang_on(self, paper: Paper) -> None:
        for many, value in ((paper.tags, self.tag), (paper.organisations, self.org), (paper.categories, self.category)):
            many.add(value)  # type: ignore[attr-defined]
        Authorship.objects.create(paper=paper, author=self.author, position=0)
        PaperName.objects.create(paper=paper, name="Short")
        PaperTitle.objects.create(paper=paper, title="Another", key="another")
        PaperLink.objects.create(paper=paper, kind="code", url=CODE)
        row = Classification.objects.create(section=self.section, paper=paper, name="row", tuning=self.tuning)
        RowLLM.objects.create(row=row, llm=self.llm)
        Entry.objects.create(list=self.list, paper=paper)
        self.note.papers.add(paper)
        Paper.objects.filter(pk=paper.pk).update(venue=self.venue)

    @property
    def rows(self) -> Any:
        return Classification.objects.filter(paper=self.one)


@pytest.fixture
def world(db: None) -> World:
    return World()


def told(since: Position) -> set[int] | None:
    found = changes.since(since).papers
    found = found and [paper for paper in found if paper]  # 0 tells of names
    return None if found is None else set(found)


def raw(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def save(thing: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def documents() -> dict[int, Any]:
    """All that the index knows of papers."""
    papers = Papers()
    return {each.id: each for each in papers.documents(list(papers.all_ids()))}


def different(before: dict[int, Any], after: dict[int, Any]) -> set[int]:
    return {pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)}


Act = Callable[[World], Any]
ONE: dict[str, Act] = {
    "saved": lambda w: save(w.one, title="New"),
    "updated": lambda w: Paper.objects.filter(pk=w.one.pk).update(summary="New"),
    "bulk update": lambda w: Paper.objects.bulk_update([Paper(pk=w.one.pk, title="B")], ["title"]),
    "date": lambda w: Paper.objects.filter(pk=w.one.pk).update(published=date(2024, 1, 1), precision="day"),
    "raw": lambda w: raw("UPDATE papers_paper SET title_zh = %s WHERE id = %s", "新", w.one.pk),
    "deleted": lambda w: w.one.delete(),
    "tag added": lambda w: w.one.tags.add(Tag.objects.create(name="new")),
    "tag removed": lambda w: w.one.tags.remove(w.tag),
    "tags set": lambda w: w.one.tags.set([Tag.objects.create(name="new")]),
    "tags cleared": lambda w: w.one.tags.clear(),
    "organisations cleared": lambda w: w.one.organisations.clear(),
    "categories cleared": lambda w: w.one.categories.clear(),
    "author gone": lambda w: w.one.authorships.all().delete(),
    "author another": lambda w: w.one.authorships.update(author=Author.objects.create(name="Bob")),
    "name": lambda w: w.one.names.update(name="Other"),
    "name gone": lambda w: w.one.names.all().delete(),
    "title gone": lambda w: w.one.other_titles.all().delete(),
    "link": lambda w: w.one.links.update(kind="pdf"),
    "link gone": lambda w: w.one.links.all().delete(),
    "row": lambda w: w.rows.update(note="remark"),
    "row added": lambda w: Classification.objects.create(section=w.section, paper=w.one, name="second"),
    "row gone": lambda w: w.rows.delete(),
    "row's LLM gone": lambda w: RowLLM.objects.filter(row__in=w.rows).delete(),
    "row's LLM": lambda w: RowLLM.objects.filter(row__in=w.rows).update(llm=BaseLLM.objects.create(name="l2")),
    "row in another section": lambda w: w.rows.update(section=Section.objects.create(table=w.table, title="2")),
    "entry gone": lambda w: Entry.objects.filter(paper=w.one).delete(),
    "entry's remark": lambda w: Entry.objects.filter(paper=w.one).update(remark="good"),
    "note untied": lambda w: w.note.papers.remove(w.one),
    "note tied": lambda w: Note.objects.create(body="y").papers.add(w.one),
}
BOTH: dict[str, Act] = {
    "all updated": lambda w: Paper.objects.filter(pk__in=w.both).update(title="Same"),
    "moved": lambda w: w.one.links.update(paper=w.two, url="https://example.org/moved"),
    "raw, without saying": lambda w: raw("UPDATE papers_paper SET abstract = title WHERE title <> %s", "Other"),
    "tag deleted": lambda w: w.tag.delete(),
    "organisation deleted": lambda w: w.org.delete(),
    "venue deleted": lambda w: w.venue.delete(),
    "tuning deleted": lambda w: w.tuning.delete(),
    "LLM deleted": lambda w: (RowLLM.objects.all().delete(), w.llm.delete()),
    "author renamed": lambda w: save(w.author, name="Ann New"),
    "author's Chinese name": lambda w: Author.objects.update(name_zh="安"),
    "author deleted": lambda w: (Authorship.objects.all().delete(), w.author.delete()),
    "section renamed": lambda w: save(w.section, title="New"),
    "section in another table": lambda w: save(w.section, table=CategoryTable.objects.create(title="2", slug="t2")),
    "section deleted": lambda w: w.section.delete(),
    "table deleted": lambda w: w.table.delete(),
    "list deleted": lambda w: w.list.delete(),
    "note edited": lambda w: save(w.note, body="new"),
    "note titled": lambda w: Note.objects.update(title="new"),
    "note private": lambda w: save(w.note, visibility="private"),
    "note of another": lambda w: Note.objects.update(author=User.objects.create(username="another")),
    "note in the trash": lambda w: Note.objects.update(deleted=timezone.now()),
    "note deleted": lambda w: w.note.delete(),
    "link dead": lambda w: save(w.check, state="dead"),
    "link dead at once": lambda w: (w.check.delete(), LinkCheck.objects.create(url=CODE, key="2", state="dead")),
}
NOBODY: dict[str, Act] = {
    "read": lambda w: list(Paper.objects.all()),
    "saved as it was": lambda w: save(w.one),
    "note as it was": lambda w: save(w.note),
    "reading state": lambda w: ReadingState.objects.create(user=w.user, paper=w.one, state="read"),
    "link alive": lambda w: save(w.check, state="alive"),
    "position": lambda w: Entry.objects.update(position=7),
    "author's place in the world": lambda w: Author.objects.update(orcid="0000-0000-0000-0001"),
    "note without papers": lambda w: Note.objects.create(body="z"),
    "tag renamed": lambda w: save(w.tag, name="renamed"),
}


@pytest.mark.parametrize("act", ONE.values(), ids=ONE)
def test_what_changes_one_paper_tells_of_it_alone(world: World, act: Act) -> None:
    before, pk = changes.now(), world.one.pk
    act(world)
    assert told(before) == {pk}


@pytest.mark.parametrize("act", BOTH.values(), ids=BOTH)
def test_what_changes_two_papers_tells_of_both(world: World, act: Act) -> None:
    before = changes.now()
    act(world)
    assert told(before) == world.both


@pytest.mark.parametrize("act", NOBODY.values(), ids=NOBODY)
def test_what_changes_nothing_that_is_found_tells_nothing(world: World, act: Act) -> None:
    before = changes.now()
    act(world)
    assert told(before) == set()


def test_a_link_that_lives_again_is_told(world: World) -> None:
    save(world.check, state="dead")
    before = changes.now()
    save(world.check, state="alive")
    assert told(before) == world.both


def test_new_papers_are_told_also_of_bulk_statements(world: World) -> None:
    before = changes.now()
    made = Paper.objects.bulk_create([Paper(title=f"P{number}") for number in range(700)])
    assert told(before) == {paper.pk for paper in made}


def test_a_tie_that_may_be_there_already_is_told(world: World) -> None:
    """How a statement deals with conflicts holds in its triggers, too."""
    tie = Paper.tags.through
    world.other.tags.add(world.tag)
    before = changes.now()
    made = [tie(paper_id=pk, tag_id=world.tag.pk) for pk in (world.one.pk, world.other.pk)]
    Paper.tags.through._default_manager.filter(paper_id=world.one.pk).delete()
    middle = changes.now()
    Paper.tags.through._default_manager.bulk_create(made, ignore_conflicts=True)
    assert told(before) == told(middle) == {world.one.pk}


def test_a_merge_and_two_that_part_again_are_told(world: World) -> None:
    before, as_they_were, two = changes.now(), documents(), world.two.pk
    merge(kept=world.one, lost=world.two, user=None)
    merged = documents()
    assert (told(before) or set()) >= different(as_they_were, merged) >= {two}
    middle = changes.now()
    part(Merge.objects.get())
    assert (told(middle) or set()) >= different(merged, documents()) >= {two}


def test_an_import_and_its_undoing_tell_all_that_they_touch(world: World) -> None:
    before, as_they_were = changes.now(), documents()
    job = bring(("t.md", TABLE))[0]
    with_it = documents()
    assert len(with_it) > 3 and (told(before) or set()) >= different(as_they_were, with_it)
    middle = changes.now()
    services.undo(job=job)
    assert (told(middle) or set()) >= different(with_it, documents()) >= with_it.keys() - as_they_were.keys()


def test_who_saves_in_the_admin_is_told(world: World, client_of: Callable[[User], Client]) -> None:
    root = User.objects.create_superuser("root")
    page = client_of(root).get(f"/admin/vocabulary/author/{world.author.pk}/change/").context
    forms = [page["adminform"].form, *(each.formset.management_form for each in page["inline_admin_formsets"])]
    values = {f.add_prefix(name): "" if v is None else v for f in forms for name, v in f.initial.items()}
    before = changes.now()
    client_of(root).post(f"/admin/vocabulary/author/{world.author.pk}/change/", {**values, "name": "Ann Renamed"})
    world.author.refresh_from_db()
    assert world.author.name == "Ann Renamed" and told(before) == world.both


# Positions


def test_each_position_tells_what_came_after_it_until_it_is_read(world: World) -> None:
    first = changes.now()
    world.one.tags.clear()
    second = changes.since(first)
    world.two.tags.clear()
    assert told(second.position) == {world.two.pk}
    assert told(first) == world.both
    assert told(changes.since(second.position).position) == set()


def test_a_position_goes_through_a_file(world: World) -> None:
    position = changes.now()
    assert Position.from_json(position.to_json()) == position
    for nonsense in (None, "", [], [1], {}, 3):
        assert changes.since(Position.from_json(nonsense)).papers is None


def test_news_cost_one_query_and_no_news_cost_one(world: World, queries: Any) -> None:
    position = changes.now()
    assert len(queries.of(lambda: changes.since(position))) == 1
    world.one.tags.clear()
    assert len(queries.of(lambda: changes.since(position))) == 1


def test_what_is_rolled_back_is_not_told(world: World) -> None:
    before = changes.now()
    with transaction.atomic():
        world.one.tags.clear()
        transaction.set_rollback(True)
    assert told(before) == set()


def test_who_read_what_was_rolled_back_reads_anew(world: World) -> None:
    with transaction.atomic():
        world.one.tags.clear()
        seen = changes.now()
        transaction.set_rollback(True)
    world.two.tags.clear()
    assert told(seen) is None


def test_what_is_written_behind_a_position_in_one_transaction_is_told(world: World) -> None:
    with transaction.atomic():
        world.one.tags.clear()
        seen = changes.now()
        assert told(seen) == set()
        world.two.tags.clear()
        assert told(seen) == {world.two.pk}
    assert told(seen) == {world.two.pk}


def test_an_older_base_that_was_put_back_is_noticed(world: World) -> None:
    """It gives out the same numbers again, for other changes."""
    old = changes.now()
    with transaction.atomic():
        world.one.tags.clear()
        ahead = changes.now()
        transaction.set_rollback(True)
    for number in range(5):
        save(world.two, title=f"T{number}")
    if connection.vendor == "postgresql":  # a sequence is not rolled back
        raw("INSERT INTO search_change (id, paper_id, mark) VALUES (%s, 1, 0)", ahead.own_row)
    assert told(ahead) is None
    assert told(old) == {world.two.pk}


def test_an_empty_log_is_another_one(world: World) -> None:
    before = changes.now()
    Change.objects.all().delete()
    found = changes.since(before)
    assert found.papers is None
    world.one.tags.clear()
    assert told(found.position) == {world.one.pk}


# Trimming


def _later(days: float) -> None:
    """So much time passes."""
    for row in Change.objects.filter(at__isnull=False):
        Change.objects.filter(pk=row.pk).update(at=row.at - timedelta(days=days))


@committed
def test_old_rows_go_and_who_stands_there_reads_anew(world: World) -> None:
    old = changes.now()
    world.one.tags.clear()
    _later(2)
    changes.trim()
    _later(8)
    world.two.tags.clear()
    young = changes.now()
    changes.trim(least=1)
    assert told(old) is None
    if not young.running:  # whoever wrote all these days long, as a test beside this one seems to, has all read anew
        assert told(young) == set()
        world.other.tags.add(world.tag)
        assert told(young) == {world.other.pk}


@committed
def test_young_rows_stay_and_some_however_old(world: World) -> None:
    old = changes.now()
    world.one.tags.clear()
    assert changes.trim(least=1) == 0
    _later(30)
    changes.trim()
    assert told(old) == {world.one.pk}


@committed
def test_of_too_many_rows_the_oldest_go(world: World) -> None:
    old = changes.now()
    for number in range(20):
        save(world.one, title=f"T{number}")
    changes.trim(least=1, most=5)
    assert Change.objects.count() == 5
    assert told(old) is None and told(changes.now()) == set()


@committed
def test_each_day_begins_once(world: World) -> None:
    _later(2)
    changes.trim()
    before = Change.objects.count()
    changes.trim()
    assert Change.objects.count() == before
