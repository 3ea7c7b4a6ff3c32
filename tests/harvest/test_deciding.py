"""Decisions about what the inbox holds: once each, by whoever comes first, and each can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from apps.core.models import Job
from apps.harvest import deciding, services
from apps.harvest.arxiv.asking import Asked
from apps.harvest.arxiv.records import Author, Record
from apps.harvest.filing import Heard, Origin, put, record_of
from apps.harvest.models import ArxivRecord, Fetch, Finding
from apps.papers.merges import merge
from apps.papers.models import Paper, Statement
from apps.papers.say import say
from tests.harvest.announcing import FRIDAY
from tests.papers.library import note, paper, reads

pytestmark = pytest.mark.django_db
SAID = Record(
    id="2405.40001",
    version=2,
    title="LLM recommenders",
    abstract="They recommend.",
    authors=(Author("Ann Bee", ("Here",)), Author("Cy Dee")),
    categories=("cs.IR", "cs.CL"),
    primary="cs.IR",
    comment="12 pages",
    journal_ref="J. 1",
    doi="10.1234/one",
    licence="http://creativecommons.org/licenses/by/4.0/",
    published=datetime(2024, 5, 1, 12, tzinfo=UTC),
    updated=datetime(2024, 5, 2, 12, tzinfo=UTC),
)


@pytest.fixture
def found(db: None) -> Finding:
    return find(SAID)


def find(*records: Record, category: str = "cs.IR") -> Finding:
    with transaction.atomic():
        put(category, [Heard(record, FRIDAY, "new", origin=Origin.FEED) for record in records])
    return Finding.objects.get(category=category, arxiv_id=records[0].id)


def fresh(finding: Finding) -> Finding:
    return Finding.objects.select_related("paper", "decided_by").get(pk=finding.pk)


def test_what_was_heard_comes_out_as_it_went_in(found: Finding) -> None:
    assert record_of(fresh(found)) == SAID


def test_a_kept_paper_is_filled_at_once_and_arxiv_is_asked_for_the_rest(found: Finding, editor: User) -> None:
    kept = deciding.keep(finding=found, user=editor)
    assert (kept.title, kept.abstract, kept.arxiv_id, kept.doi) == (SAID.title, SAID.abstract, SAID.id, SAID.doi)
    assert [str(author) for author in kept.authors.order_by("authorships__position")] == ["Ann Bee", "Cy Dee"]
    assert sorted(category.name for category in kept.categories.all()) == ["cs.CL", "cs.IR"]
    record = ArxivRecord.objects.get(paper=kept)
    assert (record.version, record.origin, record.comment) == (2, "feed", "12 pages")
    fetch = Fetch.objects.get(paper=kept)
    assert (fetch.state, fetch.job and fetch.job.user) == ("waiting", editor)
    after = fresh(found)
    assert (after.state, after.paper, after.decided_by) == ("kept", kept, editor)


def test_what_a_machine_wrote_of_it_comes_along_as_its_word(found: Finding, editor: User) -> None:
    Finding.objects.update(title_zh="大模型推荐", summary_zh="一句话")
    kept = deciding.keep(finding=found, user=editor)
    assert (kept.title_zh, kept.summary_zh, sorted(kept.by_machine)) == (
        "大模型推荐",
        "一句话",
        ["summary_zh", "title_zh"],
    )
    assert deciding.undo(finding=fresh(found)) is None and not Paper.objects.exists()


def test_a_paper_that_we_have_is_not_made_again_nor_overwritten(found: Finding, editor: User) -> None:
    ours = paper("Mine", arxiv_id=SAID.id)
    ArxivRecord.objects.create(paper=ours, arxiv_id=SAID.id, version=3, title="T", fetched_at=timezone.now())
    assert deciding.keep(finding=found, user=editor) == ours
    assert (Paper.objects.count(), ArxivRecord.objects.get().version, Job.objects.count()) == (1, 3, 0)


def test_tags_are_the_persons_word_and_join_those_that_are_there(found: Finding, editor: User, writer: User) -> None:
    ours = deciding.keep(finding=found, user=editor, tags=["to read", "invented"])
    assert sorted(tag.name for tag in ours.tags.all()) == ["invented", "to read"]
    word = Statement.objects.get(paper=ours, field="tags")
    assert (word.source.kind, word.source.user) == ("person", editor)
    other = find(SAID, category="cs.CL")
    deciding.keep(finding=other, user=writer, tags=["Invented", "of ours"])
    assert sorted(tag.name for tag in ours.tags.all()) == ["invented", "of ours", "to read"]


def test_a_kept_paper_goes_again_when_nothing_else_needs_it(found: Finding, editor: User) -> None:
    deciding.keep(finding=found, user=editor, tags=["LLM"])
    assert deciding.undo(finding=fresh(found)) is None
    assert not Paper.objects.exists() and not ArxivRecord.objects.exists() and not Fetch.objects.exists()
    after = fresh(found)
    assert (after.state, after.paper, after.decided_by, after.decided_at) == ("open", None, None, None)
    assert record_of(after) == SAID
    assert deciding.keep(finding=after, user=editor).title == SAID.title


@pytest.mark.parametrize(
    "use",
    [
        lambda ours, user: note(user, ours),
        lambda ours, user: reads(user, ours, "toread"),
        lambda ours, user: say(paper=ours, user=user, values={"title_zh": "推荐"}),
        lambda ours, user: deciding.keep(finding=find(SAID, category="cs.CL"), user=user),
    ],
    ids=["a note", "a reading state", "a person's word", "kept elsewhere"],
)
def test_a_paper_that_is_used_by_now_stays_without_the_tags(
    use: Callable[[Paper, User], Any], found: Finding, editor: User, writer: User
) -> None:
    ours = deciding.keep(finding=found, user=editor, tags=["LLM"])
    use(ours, writer)
    assert deciding.undo(finding=fresh(found)) == ours
    assert not ours.tags.exists() and Paper.objects.get().title == SAID.title
    assert fresh(found).state == "open"


def test_a_paper_that_was_here_before_stays_with_the_tags_it_had(found: Finding, editor: User) -> None:
    ours = paper("Mine", arxiv_id=SAID.id)
    say(paper=ours, user=editor, values={"arxiv_id": SAID.id, "title": "Mine", "tags": "old; "})
    deciding.keep(finding=found, user=editor, tags=["new"])
    assert sorted(tag.name for tag in ours.tags.all()) == ["new", "old"]
    assert deciding.undo(finding=fresh(found)) == ours
    assert [tag.name for tag in ours.tags.all()] == ["old"]


def test_a_record_into_which_it_was_merged_is_not_taken_away_with_it(found: Finding, editor: User) -> None:
    made = deciding.keep(finding=found, user=editor)
    other = Paper.objects.get(pk=services.papers_of([Asked("2405.40002")])["2405.40002"].pk)
    merge(kept=other, lost=made, user=editor)
    assert deciding.undo(finding=fresh(found)) == other
    assert Paper.objects.get() == other


def test_tags_that_were_changed_since_stay_as_they_are(found: Finding, editor: User) -> None:
    ours = deciding.keep(finding=found, user=editor, tags=["LLM"])
    say(paper=ours, user=editor, values={"tags": "mine; "})
    assert deciding.undo(finding=fresh(found)) == ours
    assert [tag.name for tag in ours.tags.all()] == ["mine"]


def test_a_dismissed_one_comes_back(found: Finding, editor: User) -> None:
    deciding.dismiss(finding=found, user=editor)
    assert (fresh(found).state, fresh(found).decided_by) == ("dismissed", editor)
    assert deciding.undo(finding=fresh(found)) is None
    assert (fresh(found).state, fresh(found).decided_by) == ("open", None)


VERBS: dict[str, Callable[[Finding, User], object]] = {
    "keep": lambda found, user: deciding.keep(finding=found, user=user),
    "dismiss": lambda found, user: deciding.dismiss(finding=found, user=user),
    "undo": lambda found, user: deciding.undo(finding=found),
}


@pytest.mark.parametrize(
    ("first", "second"), [("keep", "keep"), ("keep", "dismiss"), ("dismiss", "keep"), ("dismiss", "dismiss")]
)
def test_whoever_comes_second_is_told(first: str, second: str, found: Finding, editor: User, writer: User) -> None:
    VERBS[first](found, editor)
    with pytest.raises(deciding.TooLate):
        VERBS[second](found, writer)
    assert fresh(found).decided_by == editor and Paper.objects.count() == (first == "keep")


def test_nothing_is_undone_twice(found: Finding) -> None:
    with pytest.raises(deciding.TooLate):
        deciding.undo(finding=found)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_decide_once(
    found: Finding, editor: User, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.core.jobs.wake", lambda job_id: None)
    together, told = threading.Barrier(2), []

    def decide(verb: str, user: User) -> None:
        together.wait()
        try:
            VERBS[verb](found, user)
        except deciding.TooLate:
            told.append(verb)
        connection.close()

    people = [threading.Thread(target=decide, args=each) for each in (("keep", editor), ("dismiss", writer))]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(told) == 1
    assert fresh(found).state == ("kept" if told == ["dismiss"] else "dismissed")
    assert Paper.objects.count() == (told == ["dismiss"])


def test_all_the_rest_is_dismissed_and_comes_back_as_one(editor: User, writer: User) -> None:
    ids = [f"2405.4000{n}" for n in range(1, 6)]
    find(*(Record(id=each, version=1, title=each) for each in ids))
    rows = list(Finding.objects.order_by("pk"))
    deciding.dismiss(finding=rows[0], user=writer)
    deciding.keep(finding=rows[1], user=writer)
    paper("Mine", arxiv_id=ids[2])
    assert deciding.dismiss_rest(findings=[row.pk for row in rows], user=editor) == 2
    assert Finding.objects.filter(state="dismissed", decided_by=editor).count() == 2
    at = fresh(rows[3]).decided_at
    assert at
    assert deciding.undo_rest(category="cs.IR", day=FRIDAY, user=writer, at=at) == 0, "nobody undoes another's"
    assert deciding.undo_rest(category="cs.IR", day=FRIDAY, user=editor, at=at) == 2
    assert [row.state for row in Finding.objects.order_by("pk")] == ["dismissed", "kept", "open", "open", "open"]
