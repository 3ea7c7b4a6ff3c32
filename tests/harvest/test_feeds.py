"""Announcements are read in both shapes; no announcement, an empty answer and the same batch again are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from apps.harvest.arxiv import feeds
from apps.harvest.arxiv.failures import NoAnswer, Reason
from apps.harvest.arxiv.feeds import Kind, News
from apps.harvest.arxiv.transport import Ways
from tests.harvest.conftest import Patience
from tests.harvest.test_gateway import REASONS
from tests.standin import FAILURES, Standin
from tests.standin.announcements import Announcements
from tests.standin.library import made

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def announcing(standin: Standin) -> Iterator[Standin]:
    standin.library.add(
        [
            made("2405.30001", "One", categories=("cs.IR", "cs.CL"), authors=(("Ann Bee", ("Here",)), ("Cy Dee", ()))),
            made("2405.30002", "Two", categories=("cs.CL", "cs.IR"), doi="10.1234/two", journal_ref="J. 1 (2024)"),
            made("2405.30003", "Three", categories=("cs.IR",)),
        ]
    )
    standin.announcements.announce(FRIDAY, ("2405.30001", "new"), ("2405.30002", "cross"), ("2405.30003", "replace"))
    yield standin
    standin.announcements = Announcements(standin.library)


@pytest.fixture(params=["rss", "atom"])
def there(request: pytest.FixtureRequest, announcing: Standin, ways: Ways) -> Ways:
    return replace(ways, address=f"{announcing.address}/{request.param}")


def test_items_are_what_was_announced(announcing: Standin, there: Ways) -> None:
    said = feeds.ask("cs.IR", there)
    assert said.day == FRIDAY and said.problems == 0
    assert [(item.id, item.kind) for item in said.items] == [
        ("2405.30001", Kind.NEW),
        ("2405.30002", Kind.CROSS),
        ("2405.30003", Kind.REPLACE),
    ]
    first, second, _ = said.items
    paper = announcing.library.papers["2405.30001"]
    assert (first.title, first.abstract, first.categories) == ("One", paper.abstract, ("cs.IR", "cs.CL"))
    assert [(author.name, author.affiliations) for author in first.authors] == [("Ann Bee", ("Here",)), ("Cy Dee", ())]
    assert first.licence == paper.licence and first.day == FRIDAY and first.version == paper.newest.number
    assert (second.doi, second.journal_ref) == ("10.1234/two", "J. 1 (2024)")


def test_several_categories_are_one_request(announcing: Standin, there: Ways) -> None:
    feeds.ask("cs.IR+cs.CL", there)
    assert [request.path.split("/")[-1] for request in announcing.log.requests] == ["cs.IR+cs.CL"]


def test_a_new_batch_is_news_and_the_same_again_is_none(there: Ways) -> None:
    said = feeds.ask("cs.IR", there)
    assert feeds.judge(said, NOTHING, None, NOON) is News.FRESH
    assert feeds.judge(said, said.names, FRIDAY, NOON) is News.SAME_AGAIN
    assert feeds.judge(replace(said, day=MONDAY), said.names, FRIDAY, NOON) is News.SAME_AGAIN, "whatever its date"
    assert feeds.judge(said, said.names - {said.items[0].name}, FRIDAY, NOON) is News.FRESH


def test_nothing_on_a_saturday_is_no_announcement(announcing: Standin, there: Ways) -> None:
    announcing.announcements.served = SATURDAY
    said = feeds.ask("cs.IR", there)
    assert not said.items and feeds.judge(said, NOTHING, FRIDAY, NOON) is News.NO_ANNOUNCEMENT


def test_nothing_on_a_working_day_is_an_empty_answer(announcing: Standin, there: Ways) -> None:
    announcing.announcements.served = MONDAY
    said = feeds.ask("cs.IR", there)
    assert not said.items and feeds.judge(said, NOTHING, FRIDAY, NOON) is News.EMPTY


def test_whoever_asks_for_news_only_is_told_that_there_are_none(there: Ways) -> None:
    first = feeds.ask("cs.IR", there)
    again = feeds.ask("cs.IR", there, tag=first.tag)
    assert again.unchanged and feeds.judge(again, first.names, FRIDAY, NOON) is News.SAME_AGAIN


def test_a_day_is_one_in_new_york() -> None:
    head = "<title>cs.IR updates on arXiv.org</title><pubDate>Fri, 20 Nov 2026 04:59:00 +0000</pubDate>"
    assert feeds.parse(f"<rss><channel>{head}</channel></rss>".encode()).day == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<rss/>", Reason.OTHER_XML),
        (b"<status/>", Reason.OTHER_XML),
        (b"<rss><channel><title>Feed error for query: cs.XX</title></channel></rss>", Reason.ERROR_ENTRY),
        (b"<rss><channel><item><title>no id</title></item></channel></rss>", Reason.BAD_ENTRY),
    ],
)
def test_what_is_no_announcement_has_its_reason(content: bytes, reason: Reason) -> None:
    with pytest.raises(NoAnswer) as said:
        feeds.parse(content)
    assert said.value.failure.reason is reason


WIRE = sorted(
    name
    for name in FAILURES
    if REASONS[name] is not None and name not in {"empty", "error-entry", "error-entry-id", "other-paper"}
    if not name.startswith("no-") or name in {"no-body", "no-xml", "no-zip"}
)


@pytest.mark.parametrize("name", WIRE)
def test_every_failure_of_the_wire_has_its_reason(
    name: str, announcing: Standin, ways: Ways, patience: Patience
) -> None:
    announcing.fail(name)
    there = replace(ways, address=announcing.feeds)
    if name in {"drip", "silent"}:
        there = replace(there, alarm=patience)
    with pytest.raises(NoAnswer) as said:
        feeds.ask("cs.IR", there)
    assert (said.value.failure.kind, said.value.failure.reason) == REASONS[name]
