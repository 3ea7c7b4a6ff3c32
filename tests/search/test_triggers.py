"""Triggers come back however they were lost, and whoever stood in the log then reads anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from apps.core.doctor import Finding
from apps.papers.models import Paper
from apps.search import changes, triggers
from apps.search.doctor import watching
from apps.search.watching import watched

pytestmark = pytest.mark.django_db(transaction=True)


def found() -> Finding:
    return next(iter(watching()))


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def lose(name: str) -> None:
    with connection.cursor() as cursor:
        run(triggers._dialect(connection).present(cursor, triggers.PREFIX)[name][1])


def remake(table: str) -> None:
    """As a migration does that alters a column."""
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    field = model._meta.get_field("title")
    other: Any = models.TextField(default="x")
    other.set_attributes_from_name("title")
    other.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, field, other)
        editor.alter_field(model, other, field)


def test_a_new_base_has_them_all() -> None:
    assert triggers.amiss(connection) == []
    assert found().says == "0" and not found().advice


def test_migrations_run_without_them_and_bring_them_back() -> None:
    """One that speaks of a table which is gone or remade would stand in everybody's way."""
    position = changes.now()
    call_command("migrate", "search", "zero", verbosity=0)
    Paper.objects.create(title="Unheard")
    call_command("migrate", verbosity=0)
    assert triggers.amiss(connection) == []
    assert changes.since(position).papers is None


def test_what_is_in_order_is_left_alone() -> None:
    position = changes.now()
    assert triggers.install(connection) == []
    call_command("migrate", verbosity=0)
    assert changes.since(position).papers == []


def test_one_that_is_missing_comes_back_and_the_log_begins_anew() -> None:
    position = changes.now()
    name = f"{triggers.PREFIX}papers_paper_insert"
    lose(name)
    assert triggers.amiss(connection) == [name]
    assert found().says == "1" and "migrate" in found().advice
    Paper.objects.create(title="Unheard")
    assert changes.since(position).papers == []
    call_command("migrate", verbosity=0)
    assert triggers.amiss(connection) == []
    assert changes.since(position).papers is None
    position = changes.now()
    heard = Paper.objects.create(title="Heard")
    assert changes.since(position).papers == [heard.pk]


def test_a_table_that_was_remade_gets_its_triggers_again() -> None:
    triggers.drop(connection)
    remake("papers_papertitle")
    assert triggers.amiss(connection)
    triggers.install(connection)
    remake("papers_papertitle")
    lost = triggers.amiss(connection)
    assert bool(lost) == (connection.vendor == "sqlite")
    assert set(triggers.install(connection)) == set(lost)
    assert triggers.amiss(connection) == []


def test_one_of_an_earlier_version_is_replaced() -> None:
    names = [f"{triggers.PREFIX}papers_papername_update"]
    one = next(each for each in watched() if each.model == "papers.PaperName")
    object.__setattr__(one, "aside", ("position",))
    try:
        assert triggers.install(connection) == names
    finally:
        object.__setattr__(one, "aside", ())
    assert triggers.install(connection) == names


def test_one_that_is_of_no_use_any_more_goes(settings: Any) -> None:
    rooms = settings.SEARCH_WATCHED
    settings.SEARCH_WATCHED = [path for path in rooms if "lists" not in path]
    names = [name for name in triggers.amiss(connection) if not name.endswith("truncate")]
    tables = ("lists_entry", "lists_readinglist")
    assert names == [
        f"{triggers.PREFIX}{table}_{event}" for table in tables for event in ("delete", "insert", "update")
    ]
    triggers.install(connection)
    assert triggers.amiss(connection) == []
    settings.SEARCH_WATCHED = rooms
    assert triggers.install(connection)


@pytest.mark.postgres
def test_one_that_is_switched_off_is_noticed() -> None:
    name = f"{triggers.PREFIX}papers_paper_insert"
    run(f"ALTER TABLE papers_paper DISABLE TRIGGER {name}")
    assert triggers.amiss(connection) == [name]
    assert triggers.install(connection) == [name]


def test_every_table_with_a_paper_is_watched_or_named() -> None:
    """Whoever adds a table that points to papers decides whether it changes what is found."""
    not_found_by = {
        "papers.Statement",  # what is chosen among them stands on the paper
        "papers.Review",
        "papers.Merge",  # a merge moves rows and deletes a paper
        "lists.ReadingState",  # one's own
        "notes.NoteLink",
        "harvest.ArxivRecord",
        "harvest.Fetch",
        "harvest.Finding",
        "harvest.News",  # grow old by the clock
        "shares.ShareLink",
    }
    tied = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Paper
    }
    listed = {apps.get_model(each.model)._meta.label for each in watched()}
    assert tied - listed == not_found_by


def test_names_of_columns_are_those_of_the_models() -> None:
    for each in watched():
        columns = {field.column for field in apps.get_model(each.model)._meta.concrete_fields}
        assert {*each.columns, *each.aside} <= columns, each.model
