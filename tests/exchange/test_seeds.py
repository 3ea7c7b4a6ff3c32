"""The five documents the project was born from: read field by field as they are, in any order, and taken back again."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from apps.exchange import services
from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers import reviews
from apps.papers.models import CategoryTable, Paper, Review
from tests.exchange.importing import bring, by_name, differences, dump, facts, seed, take
from tests.exchange.truth import check_classics, check_digest, check_notes, check_rows, check_wrong_facts

DOCUMENTS = ("000", "001", "003", "004")
# On PostgreSQL a handful, with each document first once and last once.
HANDFUL = [DOCUMENTS, ("003", "004", "000", "001"), ("004", "001", "003", "000"), ("001", "000", "004", "003")]
IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
ORDERS = list(itertools.permutations(DOCUMENTS)) if IS_SQLITE else HANDFUL

pytestmark = pytest.mark.django_db


def bring_all(seeds: Path, order: tuple[str, ...] = DOCUMENTS) -> None:
    for number in order:
        bring(seed(seeds, number))


def accept_merges(user: User) -> None:
    for review in Review.objects.filter(kind="merge", state="open"):
        kept = review.paper if review.paper.arxiv_id else review.other  # type: ignore[union-attr]
        reviews.accept_merge(review=review, kept_id=kept.pk, user=user)  # type: ignore[union-attr]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_every_field_is_as_the_documents_say_in_any_order(
    order: tuple[str, ...], seeds: Path, expected: Any, editor: User
) -> None:
    bring_all(seeds, order)
    assert Paper.objects.count() == 120
    check_digest(expected, "000")
    check_digest(expected, "003")
    check_rows(expected)
    check_notes(expected)
    check_classics(expected)
    check_wrong_facts(expected)
    accept_merges(editor)
    assert Paper.objects.count() == 118
    check_notes(expected, merged=True)
    check_classics(expected)


def test_two_papers_of_one_name_stay_two(seeds: Path) -> None:
    bring_all(seeds)
    assert sorted(Paper.objects.filter(names__name="TransRec").values_list("arxiv_id", flat=True)) == [
        "2305.15036",
        "2310.06491",
    ]


def test_the_flattened_copy_adds_no_paper_and_no_note(seeds: Path) -> None:
    bring_all(seeds)
    before = facts()
    job = bring(seed(seeds, "002"))[0]
    assert job.counts["new"] == job.counts["notes"] == job.counts["review"] == 0
    assert job.counts["same"] == 74
    assert (Paper.objects.count(), Note.objects.count()) == (120, 11)
    after = facts()
    copies = [word for paper in after["papers"] for word in paper["said"] if word[1] == "mentioned"]
    assert len(copies) == 74
    for paper in after["papers"]:
        paper["said"] = [word for word in paper["said"] if word[1] != "mentioned"]
    assert after == before


def test_the_flattened_copy_alone_is_never_guessed_into_papers(seeds: Path) -> None:
    job = bring(seed(seeds, "002"))[0]
    assert job.counts["review"] == 74
    assert not Paper.objects.exists() and not Note.objects.exists()
    assert Review.objects.filter(kind="line", state="open").count() == 74


@pytest.mark.parametrize("merged", [False, True], ids=["before the merges", "after them"])
def test_importing_everything_again_changes_nothing(merged: bool, seeds: Path, editor: User) -> None:
    everything = (*DOCUMENTS, "002")
    bring_all(seeds, everything)
    if merged:
        accept_merges(editor)
    before = dump(ids=True)
    for number in reversed(everything):
        job = bring(seed(seeds, number))[0]
        assert (job.counts["new"], job.counts["updated"], job.counts["conflicts"]) == (0, 0, 0)
        assert job.source is None
    assert not differences(before, dump(ids=True))


@pytest.mark.parametrize("order", [(*DOCUMENTS, "002"), ("004", "002", "001", "000", "003")], ids="-".join)
def test_undoing_one_after_the_other_leads_back_step_by_step(order: tuple[str, ...], seeds: Path) -> None:
    steps, jobs = [dump()], []
    for number in order:
        jobs += bring(seed(seeds, number))
        steps.append(dump())
    for job, before in zip(reversed(jobs), reversed(steps[:-1]), strict=True):
        assert services.undo(job=job) == []
        assert not differences(before, dump())


@pytest.mark.parametrize("number", DOCUMENTS)
def test_undoing_one_of_them_leaves_what_the_others_say(number: str, seeds: Path) -> None:
    others = tuple(other for other in DOCUMENTS if other != number)
    bring_all(seeds, others)
    without = facts()
    assert services.undo(job=bring(seed(seeds, number))[0]) == []
    assert facts() == without


@pytest.mark.parametrize("number", DOCUMENTS)
def test_undoing_the_oldest_leaves_what_the_others_say(number: str, seeds: Path) -> None:
    others = tuple(other for other in DOCUMENTS if other != number)
    jobs = bring(*(seed(seeds, each) for each in others))
    without = facts()
    for job in reversed(jobs):
        services.undo(job=job)
    oldest = bring(seed(seeds, number))[0]
    bring_all(seeds, others)
    assert services.undo(job=oldest) == []
    assert facts() == without


def test_an_undone_document_comes_in_again_as_before(seeds: Path) -> None:
    bring_all(seeds, ("000", "003", "004"))
    job = bring(seed(seeds, "001"))[0]
    before = facts()
    services.undo(job=job)
    services.reopen(job=job)
    services.apply_now(job=job)
    assert facts() == before


def test_merges_are_parted_as_they_were(seeds: Path, editor: User) -> None:
    bring_all(seeds)
    before = dump()
    accept_merges(editor)
    for review in Review.objects.filter(kind="merge"):
        reviews.reopen(review=review)
    assert not differences(before, dump())


def test_a_preview_writes_nothing(seeds: Path) -> None:
    before = dump(ids=True)
    jobs = take(*(seed(seeds, number) for number in (*DOCUMENTS, "002")))
    assert [job.counts["new"] for job in jobs] == [2, 74, 18, 31, 0]
    assert not differences(before, dump(ids=True))


def test_each_document_becomes_what_it_is(seeds: Path) -> None:
    bring_all(seeds)
    assert sorted(ReadingList.objects.values_list("kind", flat=True)) == ["digest", "digest", "field-list", "post"]
    table = CategoryTable.objects.get()
    assert [(s.title, s.tuning.slug if s.tuning else "", s.rows.count()) for s in table.sections.all()] == [
        ("no tuning", "no-tuning", 31),
        ("Supervised Fine-Tuning", "supervised-fine-tuning", 32),
    ]
    post = ReadingList.objects.get(kind="post")
    assert (post.title, str(post.date), post.byline) == ("LLM论文学习总结-2023年之前", "2024-01-08", "Accelzhang")
    assert len({by_name(paper) for paper in Paper.objects.all()}) == 120
