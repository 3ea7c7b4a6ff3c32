"""The daily watch finds what changed about our papers, and what it is told no more it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core.models import Job
from apps.harvest import reasons, tasks
from apps.harvest.arxiv import gateway, oai
from apps.harvest.arxiv.records import Answer, Author
from apps.harvest.models import ArxivRecord, Fetch, News
from apps.harvest.watching import job as watching
from apps.papers.models import Paper
from tests.harvest import watched
from tests.harvest.watched import LATER, asked, change, have, watch
from tests.standin import Standin, generated
from tests.standin.library import made

ONE, TWO = "2405.00001", "2405.00002"
WITHDRAWN = "This paper has been withdrawn by the authors due to an error"


@pytest.fixture
def arxiv(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with watched.arxiv(settings, monkeypatch) as standin:
        yield standin


def record(paper: Paper) -> ArxivRecord:
    return ArxivRecord.objects.get(paper=paper)


def news(paper: Paper) -> list[str]:
    return list(News.objects.filter(paper=paper).order_by("pk").values_list("kind", flat=True))


def test_a_new_version_is_news_with_what_it_was_and_what_it_is(arxiv: Standin) -> None:
    paper = have(ONE, TWO)[ONE]
    old = arxiv.library.papers[ONE]
    change(arxiv, ONE, lambda each: each.with_version(LATER, title="A Better Title", abstract="Other words."))
    job = watch()
    assert (job.state, job.done, job.failed) == (Job.State.DONE, job.total, 0)
    paper.refresh_from_db()
    assert (paper.title, paper.abstract, paper.arxiv_version) == (
        "A Better Title",
        "Other words.",
        old.newest.number + 1,
    )
    found = News.objects.get()
    assert (found.paper_id, found.kind, found.key) == (paper.pk, "version", str(paper.arxiv_version))
    assert found.detail["before"]["title"] == old.title and found.detail["after"]["abstract"] == "Other words."


def test_nothing_new_still_counts_as_heard(arxiv: Standin) -> None:
    have(ONE, TWO)
    before = timezone.now()
    watch()
    assert all(each.fetched_at >= before for each in ArxivRecord.objects.all()) and not News.objects.exists()


def test_withdrawn_and_back_again(arxiv: Standin) -> None:
    paper = have(ONE)[ONE]
    status = paper.status
    change(arxiv, ONE, lambda each: each.with_version(LATER, comment=WITHDRAWN))
    watch()
    paper.refresh_from_db()
    assert paper.status == "withdrawn" and record(paper).why_withdrawn == WITHDRAWN
    change(arxiv, ONE, lambda each: each.with_version(LATER + timedelta(days=1), comment="Mended."))
    watch()
    paper.refresh_from_db()
    assert paper.status == status and news(paper) == ["version", "withdrawn", "version", "restored"]


def test_a_journal_reference_is_news(arxiv: Standin) -> None:
    change(arxiv, ONE, lambda each: replace(each, journal_ref="", doi=""))
    paper = have(ONE)[ONE]
    change(arxiv, ONE, lambda each: replace(each, journal_ref="Proc. RecSys 2024, 1-9"))
    watch()
    assert news(paper) == ["published"] and record(paper).journal_ref == "Proc. RecSys 2024, 1-9"


def test_what_arxiv_says_no_more_is_kept(arxiv: Standin) -> None:
    change(arxiv, ONE, lambda each: replace(each, journal_ref="J. Made Up", comment="12 pages"))
    paper = have(ONE)[ONE]
    change(arxiv, ONE, lambda each: replace(each, journal_ref="", comment=""))
    watch()
    assert (record(paper).journal_ref, record(paper).comment) == ("J. Made Up", "12 pages") and not news(paper)


def test_what_arxiv_took_away_is_withdrawn_once_both_its_doors_say_so(arxiv: Standin) -> None:
    papers = have(ONE, TWO)
    change(arxiv, ONE, lambda each: replace(each, deleted=True))
    watch()
    gone = record(papers[ONE])
    assert gone.deleted and gone.title == papers[ONE].title and not record(papers[TWO]).deleted
    assert Paper.objects.get(pk=papers[ONE].pk).status == "withdrawn"
    assert News.objects.get().detail == {"why": "", "deleted": True}
    arxiv.log.clear()
    watch()
    assert not asked(arxiv, "GetRecord&identifier=oai%3AarXiv.org%3A2405.00001"), (
        "it is asked for once, no more in vain"
    )
    change(arxiv, ONE, lambda each: replace(each, deleted=False))
    watch()
    assert not record(papers[ONE]).deleted and news(papers[ONE]) == ["withdrawn", "restored"]


def test_a_paper_that_the_query_api_forgets_for_a_day_is_not_gone(arxiv: Standin, monkeypatch: Any) -> None:
    papers = have(ONE, TWO)
    fetch = gateway.fetch
    monkeypatch.setattr(gateway, "fetch", lambda ids, ways, _: fetch([each for each in ids if each != ONE], ways))
    real = watching.Batch.take

    def take(self: Any, answer: Any) -> None:
        real(self, replace(answer, missing=(ONE,)))

    monkeypatch.setattr(watching.Batch, "take", take)
    watch()
    assert not record(papers[ONE]).deleted and not News.objects.exists()


def test_least_recently_heard_of_comes_first_in_batches_of_100(arxiv: Standin, monkeypatch: Any) -> None:
    arxiv.library.add(generated(130))
    have(*(paper.id for paper in generated(130)))
    ArxivRecord.objects.filter(arxiv_id__gt="2405.00120").update(fetched_at=timezone.now() - timedelta(days=9))
    arxiv.log.clear()
    monkeypatch.setattr(watching, "MOST_HISTORIES", 0)
    watch()
    first, second = asked(arxiv, "/api/query")
    assert first.count("2405.") == 100 and second.count("2405.") == 30
    assert all(paper.id in first for paper in generated(10, start=121))


def test_histories_and_licences_fill_in_a_few_a_day(arxiv: Standin, monkeypatch: Any) -> None:
    monkeypatch.setattr(watching, "MOST_HISTORIES", 5)
    have(*arxiv.library.papers)
    titles = dict(Paper.objects.values_list("arxiv_id", "title"))
    for expected in (5, 10, 12):
        arxiv.log.clear()
        watch()
        assert ArxivRecord.objects.exclude(versions=[]).exclude(licence="").count() == expected
        assert len(asked(arxiv, "GetRecord")) <= 5
    for each in ArxivRecord.objects.all():
        paper = arxiv.library.papers[each.arxiv_id]
        assert [version["number"] for version in each.versions] == [version.number for version in paper.versions]
    assert dict(Paper.objects.values_list("arxiv_id", "title")) == titles and not News.objects.exists()
    change(arxiv, ONE, lambda each: each.with_version(LATER))
    arxiv.log.clear()
    watch()
    assert len(asked(arxiv, "GetRecord")) == 1, "only the one whose history is too short"


def test_a_history_that_lags_behind_does_not_keep_others_from_theirs(arxiv: Standin, monkeypatch: Any) -> None:
    monkeypatch.setattr(watching, "MOST_HISTORIES", 1)
    papers = have(ONE, TWO)
    ArxivRecord.objects.filter(arxiv_id=ONE).update(version=9)
    ArxivRecord.objects.update(fetched_at=timezone.now() + timedelta(days=1))  # asked for by nobody
    watch()
    watch()
    assert record(papers[ONE]).version == 9 and not record(papers[ONE]).versions and record(papers[TWO]).versions


def test_affiliations_outlast_an_answer_without_them(arxiv: Standin, monkeypatch: Any) -> None:
    people = (("Ana Bo", ("Here", "There")), ("Jürgen Müller", ()), ("Lin Dong", ("Lab 7",)))
    arxiv.library.add([made("2405.30001", "With Places", authors=people)])
    fetch = gateway.fetch

    def without_places(ids: Any, ways: Any, heard: Any = None) -> Any:
        found = {
            key: replace(said, authors=tuple(Author(each.name) for each in said.authors))
            for key, said in fetch(ids, ways).found.items()
        }
        return Answer(found)

    monkeypatch.setattr(gateway, "fetch", without_places)
    paper = have("2405.30001")["2405.30001"]
    assert not any(each["affiliations"] for each in record(paper).authors)
    for _ in range(2):
        watch()
        places = ["; ".join(each["affiliations"]) for each in record(paper).authors]
        assert places == ["Here; There", "", "Lab 7"]


def test_what_only_one_door_tells_of_a_withdrawal_stands_when_the_other_is_silent(
    arxiv: Standin, monkeypatch: Any
) -> None:
    """OAI-PMH sees that a version has no source any more; the query API sees the texts, which do not say so."""
    paper = have(ONE)[ONE]
    real = oai.record
    gone = {"withdrawn": True, "why_withdrawn": "Merged with another one."}
    monkeypatch.setattr(oai, "record", lambda each, ways: replace(real(each, ways), **gone))  # type: ignore[type-var]
    for _ in range(3):
        watch()
        paper.refresh_from_db()
        assert paper.status == "withdrawn" and news(paper) == ["withdrawn"]
    change(arxiv, ONE, lambda each: each.with_version(LATER))
    monkeypatch.setattr(oai, "record", real)
    watch()
    paper.refresh_from_db()
    assert paper.status != "withdrawn" and news(paper) == ["withdrawn", "version", "restored"]


def test_failed_papers_are_wanted_again_and_those_not_found_are_left(arxiv: Standin) -> None:
    states = {"failed": "too-slow", "notfound": "not-found", "failed ": reasons.CRASHED, "failed  ": reasons.CANCELLED}
    papers = [Paper.objects.create(title=f"P{n}", arxiv_id=f"2405.1000{n}") for n in range(5)]
    for paper, (state, reason) in zip(papers, states.items(), strict=False):
        Fetch.objects.create(paper=paper, state=state.strip(), reason=reason)
    watch()
    waiting = Fetch.objects.filter(state=Fetch.State.WAITING).values_list("paper", flat=True)
    assert set(waiting) == {papers[0].pk, papers[4].pk}, "the one that failed, and the one that nobody asked for yet"
    assert Job.objects.filter(kind="fetch_arxiv").exists()


def test_one_watch_a_day_and_none_beside_another(arxiv: Standin) -> None:
    tasks.watch_arxiv()
    tasks.watch_arxiv()
    first = Job.objects.get()
    have(ONE)
    arxiv.log.clear()
    assert watch().state == Job.State.DONE and not arxiv.log.requests, "a second one ends at once"
    assert watch(first).state == Job.State.DONE and arxiv.log.requests
    tasks.watch_arxiv()
    assert Job.objects.count() == 2


def test_a_base_without_papers_asks_nothing(arxiv: Standin) -> None:
    assert watch().state == Job.State.DONE and not arxiv.log.requests
