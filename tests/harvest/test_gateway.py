"""arXiv's answers are matched by id, and whatever is no answer has a reason: never an empty success."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from apps.harvest.arxiv import asking, gateway
from apps.harvest.arxiv.failures import SENTENCES, Broken, Kind, NoAnswer, Reason, Refused
from apps.harvest.arxiv.transport import Ways
from tests.harvest.conftest import Patience
from tests.standin import FAILURES, Standin, of_seeds
from tests.standin.library import made

KNOWN, OTHER, UNKNOWN = "2405.00001", "2405.00003", "2405.99999"

# Every failure that the stand-in knows, and what comes of it; None: it is none.
REASONS = {
    "304": (Kind.BROKEN, Reason.ODD_STATUS),
    "400": (Kind.REFUSED, Reason.REFUSED),
    "403": (Kind.BUSY, Reason.FORBIDDEN),
    "404": (Kind.BROKEN, Reason.ODD_STATUS),
    "406": (Kind.BUSY, Reason.NOT_ACCEPTABLE),
    "429": (Kind.BUSY, Reason.TOO_MANY),
    "500": (Kind.BROKEN, Reason.SERVER_ERROR),
    "502": (Kind.BROKEN, Reason.SERVER_ERROR),
    "503": (Kind.BUSY, Reason.UNAVAILABLE),
    "bomb": (Kind.BROKEN, Reason.ENTITIES),
    "closed": (Kind.UNREACHABLE, Reason.CUT_OFF),
    "cut-chunk": (Kind.UNREACHABLE, Reason.CUT_OFF),
    "cut-xml": (Kind.BROKEN, Reason.CUT_XML),
    "drip": (Kind.UNREACHABLE, Reason.TOO_SLOW),
    "duplicates": None,
    "empty": (Kind.BROKEN, Reason.EMPTY),
    "error-entry": (Kind.BROKEN, Reason.ERROR_ENTRY),
    "error-entry-id": (Kind.REFUSED, Reason.REFUSED),
    "file-entity": (Kind.BROKEN, Reason.ENTITIES),
    "html": (Kind.BROKEN, Reason.HTML),
    "html-as-xml": (Kind.BROKEN, Reason.HTML),
    "huge": (Kind.BROKEN, Reason.TOO_LARGE),
    "huge-zipped": (Kind.BROKEN, Reason.TOO_LARGE),
    "latin-1": None,
    "no-body": (Kind.BROKEN, Reason.CUT_XML),
    "no-dates": (Kind.BROKEN, Reason.BAD_ENTRY),
    "no-id": (Kind.BROKEN, Reason.BAD_ENTRY),
    "no-title": (Kind.BROKEN, Reason.BAD_ENTRY),
    "no-xml": (Kind.BROKEN, Reason.CUT_XML),
    "no-zip": (Kind.BROKEN, Reason.CUT_XML),
    "other-order": None,
    "other-paper": (Kind.BROKEN, Reason.OTHER_PAPER),
    "other-xml": (Kind.BROKEN, Reason.OTHER_XML),
    "redirect": (Kind.BROKEN, Reason.MOVED),
    "reset": (Kind.UNREACHABLE, Reason.CUT_OFF),
    "short": (Kind.UNREACHABLE, Reason.CUT_OFF),
    "silent": (Kind.UNREACHABLE, Reason.TOO_SLOW),
    "zip-cut": (Kind.BROKEN, Reason.CUT_XML),
    "zipped": None,
}


@pytest.mark.parametrize("classic", [True, False], ids=["classic", "2026"])
@pytest.mark.parametrize("name", sorted(FAILURES))
def test_every_failure_has_its_reason(
    name: str, classic: bool, standin: Standin, ways: Ways, patience: Patience
) -> None:
    standin.classic = classic
    standin.fail(name)
    if name in {"drip", "silent"}:
        ways = replace(ways, alarm=patience)
    expected = REASONS[name]
    if expected is None:
        answer = gateway.fetch([KNOWN, OTHER, UNKNOWN], ways)
        assert set(answer.found) == {KNOWN, OTHER} and answer.missing == (UNKNOWN,) and not answer.unclear
        return
    with pytest.raises(NoAnswer) as said:
        gateway.fetch([KNOWN, OTHER, UNKNOWN], ways)
    assert (said.value.failure.kind, said.value.failure.reason) == expected
    assert len(standin.log.requests) == 1, "whoever fails tries again when it is its turn, not at once"


def test_the_table_of_failures_is_whole() -> None:
    assert set(REASONS) == set(FAILURES)
    assert set(SENTENCES) == set(Reason) and all(sentence.endswith(".") for sentence in SENTENCES.values())


@pytest.mark.parametrize("classic", [True, False], ids=["classic", "2026"])
def test_a_record_is_what_arxiv_says_in_either_shape(classic: bool, standin: Standin, ways: Ways) -> None:
    standin.classic = classic
    paper = standin.library.papers["2306.00004"]
    record = gateway.fetch(["2306.00004"], ways).found["2306.00004"]
    assert (record.id, record.version, record.title) == (paper.id, paper.newest.number, paper.title)
    assert record.abstract == paper.abstract
    assert [(author.name, author.affiliations) for author in record.authors] == list(paper.authors)
    assert (record.categories, record.primary) == (paper.categories, paper.categories[0])
    assert (record.comment, record.journal_ref, record.doi) == (paper.comment, paper.journal_ref, paper.doi)
    assert (record.published, record.updated) == (paper.versions[0].submitted, paper.newest.submitted)
    assert not record.licence and not record.versions, "Atom says neither, and what is not said overwrites nothing"


def test_ids_in_any_spelling_are_found_under_their_own(ways: Ways) -> None:
    asked = ["https://arxiv.org/pdf/2405.00001v1.pdf", "arXiv:hep-th/9901001", "math.CA/0611800", "2405.00003"]
    answer = gateway.fetch(asked, ways)
    assert set(answer.found) == {"2405.00001v1", "hep-th/9901001", "math/0611800", "2405.00003"}
    assert answer.found["math/0611800"].title == "Sums of an Older Kind"


def test_a_version_that_is_asked_for_is_that_version(standin: Standin, ways: Ways) -> None:
    old = made("2405.20000", "The First Title")
    standin.library.add([old.with_version(old.newest.submitted, title="The Last Title")])
    last = old.newest.number + 1
    answer = gateway.fetch(["2405.20000", f"2405.20000v{last - 1}", "2405.20000v99"], ways)
    assert answer.found["2405.20000"].title == "The Last Title"
    assert answer.found[f"2405.20000v{last - 1}"].title == "The First Title"
    assert answer.missing == ("2405.20000v99",)


@pytest.mark.parametrize(("paper_id", "title"), [("2306.00000", "0"), ("2306.00001", "Error")])
def test_odd_titles_are_titles(paper_id: str, title: str, ways: Ways) -> None:
    assert gateway.fetch([paper_id], ways).found[paper_id].title == title


def test_withdrawn_papers_say_why(ways: Ways) -> None:
    found = gateway.fetch(["2305.99001", "2306.00002", "2306.00003"], ways).found
    assert [found[each].withdrawn for each in found] == [True, True, False]
    assert found["2305.99001"].why_withdrawn == "This paper has been withdrawn by the authors due to an error"
    assert found["2306.00003"].comment == "Accepted at RecSys 2024"


def test_one_unknown_paper_among_others_is_missing_and_one_alone_is_suspicious(ways: Ways) -> None:
    assert gateway.fetch([KNOWN, UNKNOWN], ways).missing == (UNKNOWN,)
    with pytest.raises(Broken) as said:
        gateway.fetch([UNKNOWN], ways)
    assert said.value.failure.reason is Reason.EMPTY


def test_what_is_no_id_is_never_asked_for(standin: Standin, ways: Ways) -> None:
    answer = gateway.fetch(["2305.0044", "nonsense", KNOWN, ""], ways)
    assert answer.invalid == ("2305.0044", "nonsense", "") and set(answer.found) == {KNOWN}
    standin.log.clear()
    assert gateway.fetch(["nonsense"], ways).invalid == ("nonsense",)
    assert not standin.log.requests


def test_a_damaged_entry_leaves_its_own_paper_unclear_and_the_others_found(standin: Standin, ways: Ways) -> None:
    standin.library.add([made("2405.20001", " ")])
    answer = gateway.fetch(["2405.20001", KNOWN, UNKNOWN], ways)
    assert set(answer.found) == {KNOWN} and answer.missing == (UNKNOWN,)
    assert {key: why.reason for key, why in answer.unclear.items()} == {"2405.20001": Reason.BAD_ENTRY}


def test_what_arxiv_refuses_is_told_in_its_own_words(standin: Standin, ways: Ways) -> None:
    standin.fail("400")
    with pytest.raises(Refused) as said:
        gateway.fetch([KNOWN], ways)
    assert said.value.failure.said == "incorrect id format for 1234" and said.value.failure.blamed == "1234"


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "date"])
def test_the_time_that_arxiv_names_is_handed_on(as_date: bool, standin: Standin, ways: Ways) -> None:
    standin.fail("429", retry_after=120, as_date=as_date)
    with pytest.raises(NoAnswer) as said:
        gateway.fetch([KNOWN], ways)
    assert said.value.failure.retry_after is not None and 120 <= said.value.failure.retry_after <= 122


def test_a_hundred_papers_are_one_request_and_more_are_an_error(standin: Standin, ways: Ways) -> None:
    ids = [f"2405.{number:05d}" for number in range(1, 101)]
    assert len(gateway.fetch(ids, ways).found) == 100
    assert len(standin.log.requests) == 1 and "max_results=100" in standin.log.requests[0].path
    with pytest.raises(ValueError, match="101 ids"):
        gateway.fetch([*ids, "2405.00101"], ways)


def test_who_asks_says_so(standin: Standin, ways: Ways) -> None:
    gateway.fetch([KNOWN], ways)
    assert [request.agent for request in standin.log.requests] == [ways.agent]


@pytest.mark.parametrize("to", ["https://evil.example.org/api/query", "/api/query?id_list=2405.00001"])
def test_no_redirect_is_followed(to: str, standin: Standin, ways: Ways) -> None:
    standin.fail("redirect", to=to)
    with pytest.raises(Broken) as said:
        gateway.fetch([KNOWN], ways)
    assert said.value.failure.reason is Reason.MOVED and said.value.failure.said == to
    assert len(standin.log.requests) == 1


def test_nobody_there_is_told_so(ways: Ways) -> None:
    with pytest.raises(NoAnswer) as said:
        gateway.fetch([KNOWN], replace(ways, address="http://127.0.0.1:9/api/query"))
    assert (said.value.failure.kind, said.value.failure.reason) == (Kind.UNREACHABLE, Reason.NO_HOST)


def test_latin_letters_in_an_answer_that_claims_to_be_utf8_are_read(standin: Standin, ways: Ways) -> None:
    standin.library.add([made("2405.20002", "Une théorie générale", authors=(("Jürgen Ağçül", ()),))])
    standin.fail("latin-1")
    record = gateway.fetch(["2405.20002"], ways).found["2405.20002"]
    assert record.title == "Une théorie générale" and record.authors[0].name == "Jürgen Ağçül"


@pytest.mark.seeds
def test_all_papers_of_the_seeds_come_in_two_requests(seeds: Path) -> None:
    papers = of_seeds(seeds / "expected.json")
    with Standin(papers) as standin:
        ways, found = Ways(standin.api, "papernotes/test"), {}
        for batch in asking.batches(paper.id for paper in papers):
            found |= gateway.fetch(batch, ways).found
        assert len(standin.log.requests) == 2
    assert {key: record.title for key, record in found.items()} == {paper.id: paper.title for paper in papers}
    assert len(found) == 108 and found["1810.03993"].title == "Model Cards for Model Reporting"


def test_a_search_is_one_page_and_says_how_many_there_are(standin: Standin, ways: Ways) -> None:
    page = gateway.search("cat:cs.IR", ways, most=5)
    assert len(page.records) == 5 < page.total and len(standin.log.requests) == 1
    assert all("cs.IR" in record.categories for record in page.records)
    dates = [record.published for record in page.records if record.published]
    assert dates == sorted(dates, reverse=True)
    following = gateway.search("cat:cs.IR", ways, start=5, most=5)
    assert not {record.id for record in page.records} & {record.id for record in following.records}


def test_a_search_that_finds_nothing_is_an_answer_and_one_that_hides_what_it_found_is_none(
    standin: Standin, ways: Ways
) -> None:
    assert gateway.search('ti:"no such words"', ways).total == 0
    standin.fail("no-id")
    with pytest.raises(Broken) as said:
        gateway.search("cat:cs.IR", ways)
    assert said.value.failure.reason is Reason.BAD_ENTRY


def test_what_a_person_types_becomes_a_phrase() -> None:
    assert gateway.quoted('LLM" OR (all:x) 推荐') == '"LLM OR all x 推荐"'


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_fails_no_answer_is_ever_wrong(seed: int, standin: Standin, ways: Ways) -> None:
    quiet = set(FAILURES) - {"drip", "silent", "huge", "huge-zipped"}
    standin.fail_at_random(0.8, seed, *sorted(quiet))
    asked, outcomes = [KNOWN, OTHER, "hep-th/9901001", UNKNOWN], set()
    for _ in range(150):
        try:
            answer = gateway.fetch(asked, ways)
        except NoAnswer as said:
            outcomes.add(said.failure.reason)
            continue
        outcomes.add("answer")
        assert set(answer.missing) <= {UNKNOWN} and UNKNOWN not in answer.found
        assert {*answer.found, *answer.missing, *answer.unclear} == set(asked)
        assert all(record.title == standin.library.papers[record.id].title for record in answer.found.values())
    assert len(outcomes) > 10 and "answer" in outcomes
