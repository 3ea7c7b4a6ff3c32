"""Two records become one without losing anything, and part again as they were."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.lists.models import Entry, ReadingList, ReadingState
from apps.notes.models import Note
from apps.papers.merges import CannotMerge, merge, part
from apps.papers.models import Classification, Merge, Paper, Review, Section
from apps.shares.models import ShareLink
from tests.exchange.importing import differences, dump
from tests.papers.library import table
from tests.papers.saying import fresh, source, spoken_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(editor: User) -> tuple[Paper, Paper]:
    """Two papers on which everything hangs that may hang on a paper."""
    kept = spoken_of(source(title="The list"), title="Finetuned language models", arxiv_id="2109.01652", name="FLAN")
    lost = spoken_of(source(title="The post"), name="FLAN-lost", contested_title="Another title", doi="10.1145/1")
    section: Section = table("t", "one").sections.get()
    both, mine = (ReadingList.objects.create(title=t, slug=t) for t in ("both", "mine"))
    for paper in (kept, lost):
        Entry.objects.create(list=both, paper=paper, remark=paper.title)
        ReadingState.objects.create(user=editor, paper=paper, state="read")
        Classification.objects.create(section=section, paper=paper, name="same")
    Entry.objects.create(list=mine, paper=lost)
    Classification.objects.create(section=section, paper=lost, name="other")
    Note.objects.create(title="On the lost one", body="x").papers.add(lost)
    on_both = Note.objects.create(title="On both", body="x")
    on_both.papers.add(kept, lost)
    Review.objects.create(kind="merge", reason="contested-title", paper=lost, other=kept, key="merge:test")
    return fresh(kept), fresh(lost)


def test_everything_that_hung_on_the_lost_record_hangs_on_the_kept_one(pair: tuple[Paper, Paper]) -> None:
    kept, lost = pair
    merge(kept=kept, lost=lost, user=None)
    assert not Paper.objects.filter(pk=lost.pk).exists()
    kept = fresh(kept)
    assert (kept.title, kept.arxiv_id, kept.doi) == ("Finetuned language models", "2109.01652", "10.1145/1")
    assert sorted(n.name for n in kept.names.all()) == ["FLAN", "FLAN-lost"]
    assert sorted(n.title for n in kept.notes.all()) == ["On both", "On the lost one"]
    assert sorted(e.list.title for e in kept.entries.all()) == ["both", "mine"]
    assert sorted(r.name for r in kept.rows.all()) == ["other", "same"]
    assert kept.reading_states.count() == 1
    assert not Review.objects.filter(state="open", reason="contested-title").exists()


def test_parting_brings_both_back_as_they_were(pair: tuple[Paper, Paper]) -> None:
    kept, lost = pair
    before, number = dump(), lost.pk
    restored = part(merge(kept=kept, lost=lost, user=None))
    assert restored.pk == number
    assert not differences(before, dump())
    assert not Merge.objects.exists()


def test_a_share_link_follows(pair: tuple[Paper, Paper], editor: User) -> None:
    kept, lost = pair
    link = ShareLink.objects.create(kind="paper", paper=lost, token_hash="x" * 64, made_by=editor)
    number = lost.pk
    record = merge(kept=kept, lost=lost, user=None)
    link.refresh_from_db()
    assert link.paper == kept
    part(record)
    link.refresh_from_db()
    assert link.paper_id == number


def test_a_paper_is_not_merged_with_itself(pair: tuple[Paper, Paper]) -> None:
    with pytest.raises(CannotMerge):
        merge(kept=pair[0], lost=pair[0], user=None)


def test_merges_into_one_record_part_in_any_order(pair: tuple[Paper, Paper]) -> None:
    kept, lost = pair
    third = spoken_of(title="A third one", name="Third")
    before = dump()
    first, second = merge(kept=kept, lost=lost, user=None), merge(kept=fresh(kept), lost=third, user=None)
    part(first)
    part(second)
    assert not differences(before, dump())


def test_a_chain_of_merges_parts_from_its_end(pair: tuple[Paper, Paper]) -> None:
    kept, lost = pair
    last = spoken_of(title="The last one", name="Last")
    before = dump()
    first = merge(kept=kept, lost=lost, user=None)
    second = merge(kept=last, lost=fresh(kept), user=None)
    first.refresh_from_db()
    assert first.kept == last
    with pytest.raises(CannotMerge):
        part(first)
    part(second)
    first.refresh_from_db()
    part(first)
    assert not differences(before, dump())


def test_parting_leaves_out_what_is_gone_with_its_source(pair: tuple[Paper, Paper]) -> None:
    kept, lost = pair
    record = merge(kept=kept, lost=lost, user=None)
    ReadingList.objects.get(title="both").delete()
    restored = part(record)
    assert [e.list.title for e in restored.entries.all()] == ["mine"]
