"""What a person set in a row stays, whatever the documents go on saying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from apps.exchange import services
from apps.papers.models import Classification, Paper
from apps.vocabulary.models import BaseLLM
from tests.exchange.importing import bring, take
from tests.papers.library import term
from tests.papers.test_admin import form_of

pytestmark = pytest.mark.django_db
TABLE = """# Invented methods

| Name | Paper | LLM | Remark |
| --- | --- | --- | --- |
| {name} | [Quiet ranking by whispering models](https://arxiv.org/abs/2401.10001) | {llm} | first |
"""
FIRST = TABLE.format(name="QuietRank", llm="GPT-4")
LATER = TABLE.format(name="QuietRanker", llm="LLaMA")
ClientOf = Callable[[str | User], Client]


@pytest.fixture
def edited(client_of: ClientOf) -> Callable[..., Classification]:
    """The one row, saved in the admin with these changes."""

    def edit(**changes: Any) -> Classification:
        row = Classification.objects.get()
        client, address = client_of("editor"), reverse("admin:papers_classification_change", args=[row.pk])
        data = form_of(client, address, position=0)
        data |= {f"row_llms-{n}-position": n for n in range(row.row_llms.count())}
        answer = client.post(address, data | changes)
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        return Classification.objects.get(pk=row.pk)

    return edit


def test_the_same_file_again_leaves_a_rows_name_as_a_person_set_it(edited: Callable[..., Classification]) -> None:
    bring(("t.md", FIRST))
    row = edited(name="Whisper")
    assert row.by_hand == ["name"]
    job = take(("t.md", FIRST))[0]
    assert (job.counts["same"], job.counts["updated"]) == (1, 0)
    bring(("t.md", FIRST))
    assert Classification.objects.get().name == "Whisper"


def test_a_later_edition_changes_only_what_nobody_set(edited: Callable[..., Classification]) -> None:
    bring(("t.md", FIRST))
    edited(**{"name": "Whisper", "row_llms-0-llm": term(BaseLLM, "T5").pk})
    job = bring(("t.md", LATER))[0]
    row = Classification.objects.get()
    assert (row.name, row.llm_raw, [str(each.llm) for each in row.row_llms.all()]) == ("Whisper", "LLaMA", ["T5"])
    services.undo(job=job)
    row.refresh_from_db()
    assert (row.name, row.llm_raw, [str(each.llm) for each in row.row_llms.all()]) == ("Whisper", "GPT-4", ["T5"])


def test_undo_leaves_a_row_that_a_person_has_edited_and_says_so(edited: Callable[..., Classification]) -> None:
    job = bring(("t.md", FIRST))[0]
    row = edited(name="Whisper")
    assert f"papers.classification {row.pk}" in services.undo(job=job)
    assert Classification.objects.get().name == "Whisper"
    assert Paper.objects.count() == 1


def test_undo_of_an_import_whose_rows_nobody_touched_leaves_nothing() -> None:
    job = bring(("t.md", FIRST))[0]
    assert services.undo(job=job) == []
    assert not Paper.objects.exists()
