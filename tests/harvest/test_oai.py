"""OAI-PMH says what changed, with whole histories; nothing found is an answer only where arXiv says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from apps.harvest.arxiv import oai
from apps.harvest.arxiv.failures import Kind, NoAnswer, Reason
from apps.harvest.arxiv.transport import Ways
from tests.harvest.conftest import Patience
from tests.harvest.test_gateway import REASONS
from tests.standin import FAILURES, Standin
from tests.standin.library import made

MAY = date(2024, 5, 1)
# What spoils the entries of Atom leaves OAI-PMH as it is.
ATOM_ONLY = {"duplicates", "other-order", "no-id", "no-title", "no-dates", "other-paper"}
OTHERWISE = dict.fromkeys(("error-entry", "error-entry-id"), (Kind.BROKEN, Reason.OTHER_XML))


@pytest.fixture
def there(standin: Standin, ways: Ways) -> Ways:
    return replace(ways, address=standin.oai)


def test_a_record_has_every_version_and_its_licence(standin: Standin, there: Ways) -> None:
    paper = standin.library.papers["hep-th/9901001"]
    record = oai.record("hep-th/9901001", there)
    assert record is not None and record.title == paper.title and record.abstract == paper.abstract
    assert [(each.number, each.submitted, each.size) for each in record.versions] == [
        (each.number, each.submitted, f"{each.kilobytes}kb") for each in paper.versions
    ]
    assert record.version == len(paper.versions) and record.licence == paper.licence
    assert [(author.name, author.affiliations) for author in record.authors] == list(paper.authors)
    assert (record.published, record.updated) == (paper.versions[0].submitted, paper.newest.submitted)


def test_letters_of_tex_are_letters(standin: Standin, there: Ways) -> None:
    standin.library.add([made("2405.20003", r"A Poincar\'e Map", authors=((r"J\"urgen M\"{u}ller", ()),))])
    record = oai.record("2405.20003", there)
    assert record is not None and (record.title, record.authors[0].name) == ("A Poincaré Map", "Jürgen Müller")


def test_it_says_for_certain_that_there_is_no_such_paper(there: Ways) -> None:
    assert oai.record("2405.99999", there) is None
    assert oai.record("2306.00005", there) is None, "arXiv took it away"


def test_changes_come_page_by_page_and_each_once(standin: Standin, there: Ways) -> None:
    batch = oai.changes(there, since=MAY)
    seen = [each.id for each in batch.changed]
    while batch.token:
        batch = oai.changes(there, since=MAY, token=batch.token)
        seen += [each.id for each in batch.changed]
    expected = {paper.id for paper in standin.library if paper.datestamp >= MAY}
    assert len(seen) == len(set(seen)) and set(seen) == expected
    assert len(standin.log.requests) > 1


def test_what_arxiv_took_away_is_named(there: Ways) -> None:
    batch = oai.changes(there, since=date(2023, 6, 1), until=date(2024, 4, 30))
    assert [each.id for each in batch.changed if each.deleted] == ["2306.00005"]
    assert all(each.record for each in batch.changed if not each.deleted)


def test_ids_alone_and_one_set_of_them(standin: Standin, there: Ways) -> None:
    batch = oai.changes(there, since=date(1990, 1, 1), within="math:math:CA", whole=False)
    assert [(each.id, each.record) for each in batch.changed] == [("math/0611800", None)]


def test_no_change_is_an_answer(there: Ways) -> None:
    assert oai.changes(there, since=date(2030, 1, 1)) == oai.Batch()


@pytest.mark.parametrize("token", ["nonsense", "expired"])
def test_a_token_that_ran_out_is_told(token: str, standin: Standin, there: Ways) -> None:
    if token == "expired":
        token = oai.changes(there, since=MAY).token
        standin.service.now = lambda: datetime.now(UTC) + timedelta(days=2)
    try:
        with pytest.raises(NoAnswer) as said:
            oai.changes(there, since=MAY, token=token)
    finally:
        standin.service.now = lambda: datetime.now(UTC)
    assert said.value.failure.reason is Reason.LOST_PLACE


def test_a_wrong_question_is_refused_in_arxivs_words(there: Ways) -> None:
    with pytest.raises(NoAnswer) as said:
        oai.changes(there, since=date(2024, 5, 2), until=MAY)
    assert said.value.failure.kind is Kind.REFUSED and said.value.failure.said.startswith("badArgument")


@pytest.mark.parametrize("name", sorted(set(FAILURES) - ATOM_ONLY))
def test_every_failure_has_its_reason(name: str, standin: Standin, there: Ways, patience: Patience) -> None:
    standin.fail(name, retry_after=30)
    if name in {"drip", "silent"}:
        there = replace(there, alarm=patience)
    expected = OTHERWISE.get(name, REASONS[name])
    if expected is None:
        assert oai.changes(there, since=MAY).changed
        return
    with pytest.raises(NoAnswer) as said:
        oai.changes(there, since=MAY)
    assert (said.value.failure.kind, said.value.failure.reason) == expected
    if expected[0] is Kind.BUSY:
        assert said.value.failure.retry_after == 30
