"""`manage.py harvest`: what was submitted since a day comes into the inbox; without an answer there is a reason instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from apps.harvest import filing
from apps.harvest.arxiv.failures import SENTENCES, Reason
from apps.harvest.models import Finding
from tests.harvest.announcing import a_query
from tests.papers.library import paper
from tests.standin import Standin
from tests.standin.library import Version, made

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, dict[str, Any]]]
SINCE = date(2024, 5, 1)


@pytest.fixture
def arxiv(standin: Standin, settings: Any) -> Standin:
    settings.ARXIV_API_URL, settings.ARXIV_MIN_INTERVAL = standin.api, 0.0
    return standin


@pytest.fixture
def run(arxiv: Standin, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command's exit status and its one JSON object."""

    def harvest(*arguments: str) -> tuple[int, dict[str, Any]]:
        status = 0
        try:
            call_command("harvest", "--json", *arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        assert said.err == "" and said.out.count("\n") == 1
        return status, json.loads(said.out)

    return harvest


def expected(standin: Standin, category: str = "cs.IR", word: str = "") -> list[str]:
    papers = [each for each in standin.library if category in each.categories]
    since = [each for each in papers if each.versions[0].submitted.date() >= SINCE]
    return sorted(each.id for each in since if not word or word in f"{each.title} {each.abstract}".lower().split())


def test_what_was_submitted_since_comes_in_on_its_day(run: Run, arxiv: Standin) -> None:
    wanted = expected(arxiv)
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (status, said["found"], said["new"], said["known"], said["problems"]) == (0, len(wanted), len(wanted), 0, [])
    assert (said["category"], said["since"], said["query"]) == ("cs.IR", "2024-05-01", "")
    found = Finding.objects.order_by("arxiv_id")
    assert [each.arxiv_id for each in found] == wanted
    for each in found:
        source = arxiv.library.papers[each.arxiv_id]
        assert (each.day, each.title) == (source.versions[0].submitted.date(), source.title)
        assert filing.record_of(each).published == source.versions[0].submitted.replace(microsecond=0)


def test_only_what_has_the_words(run: Run, arxiv: Standin) -> None:
    wanted = expected(arxiv, word="retrieval")
    assert wanted and wanted != expected(arxiv)
    status, said = run("--category", "cs.IR", "--query", "retrieval", "--since", str(SINCE))
    assert (status, said["found"]) == (0, len(wanted))
    assert sorted(Finding.objects.values_list("arxiv_id", flat=True)) == wanted


def test_more_than_a_page_is_asked_for_page_by_page(run: Run, arxiv: Standin) -> None:
    arxiv.library.add(made(f"2406.{n:05}", f"Paper {n}", categories=("q-bio.BM",)) for n in range(1, 251))
    try:
        status, said = run("--category", "q-bio.BM", "--since", str(SINCE))
        assert (status, said["found"], said["new"]) == (0, 250, 250)
        assert len(arxiv.log.requests) == 3 and Finding.objects.count() == 250
        status, said = run("--category", "q-bio.BM", "--since", str(SINCE))
        assert (status, said["found"], said["new"], said["known"]) == (0, 250, 0, 250)
        assert Finding.objects.count() == 250
    finally:
        for n in range(1, 251):
            del arxiv.library.papers[f"2406.{n:05}"]


def test_what_we_have_is_known(run: Run, arxiv: Standin) -> None:
    wanted = expected(arxiv)
    for number in wanted[:3]:
        paper(number, arxiv_id=number)
    _, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (said["found"], said["new"], said["known"]) == (len(wanted), len(wanted) - 3, 3)
    assert Finding.objects.undecided().count() == len(wanted) - 3


def test_it_stands_under_the_queries_that_it_fits(run: Run, arxiv: Standin) -> None:
    query = a_query("retrieval")
    run("--category", "cs.IR", "--since", str(SINCE))
    found = Finding.objects.filter(record__queries__icontains=f",{query.pk},")
    assert sorted(each.arxiv_id for each in found) == expected(arxiv, word="retrieval")


def test_seven_days_unless_another_day_is_named(run: Run, arxiv: Standin) -> None:
    today = datetime.now(UTC).replace(microsecond=0)
    for number, days in (("2409.00001", 6), ("2409.00002", 9)):
        arxiv.library.add([made(number, versions=(Version(1, today - timedelta(days=days)),), categories=("cs.IR",))])
    try:
        _, said = run("--category", "cs.IR")
        assert (said["found"], said["since"]) == (1, str(today.date() - timedelta(days=7)))
    finally:
        del arxiv.library.papers["2409.00001"], arxiv.library.papers["2409.00002"]


def test_nothing_found_is_an_answer_when_arxiv_says_so_twice(run: Run, arxiv: Standin) -> None:
    status, said = run("--category", "cs.IR", "--query", "xyzzy", "--since", str(SINCE))
    assert (status, said["found"], said["problems"]) == (0, 0, [])
    assert len(arxiv.log.requests) == 3


def test_an_answer_that_is_empty_by_mishap_is_none(run: Run, arxiv: Standin) -> None:
    arxiv.fail("empty")
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (status, said["found"]) == (0, len(expected(arxiv)))
    arxiv.fail("empty", times=9)
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (status, said["found"]) == (1, 0) and SENTENCES[Reason.EMPTY] in said["problems"][0]["message"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("429", Reason.TOO_MANY),
        ("503", Reason.UNAVAILABLE),
        ("html", Reason.HTML),
        ("cut-xml", Reason.CUT_XML),
        ("error-entry", Reason.ERROR_ENTRY),
        ("reset", Reason.CUT_OFF),
        ("500", Reason.SERVER_ERROR),
    ],
)
def test_no_answer_is_a_failure_with_its_reason(name: str, reason: Reason, run: Run, arxiv: Standin) -> None:
    arxiv.fail(name)
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (status, said["found"]) == (1, 0) and not Finding.objects.exists()
    assert said["problems"][0]["message"].startswith(SENTENCES[reason])


def test_within_a_time_that_arxiv_named_it_does_not_ask(run: Run, arxiv: Standin) -> None:
    arxiv.fail("429", retry_after=3600)
    run("--category", "cs.IR", "--since", str(SINCE))
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert status == 1 and "left alone until" in said["problems"][0]["message"]
    assert len(arxiv.log.requests) == 1


def test_what_was_found_before_it_broke_stays(run: Run, arxiv: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.harvest.arxiv.gateway.MOST", 5)
    taken: list[int] = []
    put = filing.put

    def then_break(category: str, heard: Any) -> set[str]:
        taken.append(1)
        if len(taken) == 2:
            arxiv.fail("503")
        return put(category, heard)

    monkeypatch.setattr("apps.harvest.searching.put", then_break)
    status, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (status, said["found"], said["new"], Finding.objects.count()) == (1, 10, 10, 10)


@pytest.mark.parametrize(("times", "status"), [(1, 0), (2, 1)])
def test_an_empty_page_between_others_is_no_end(
    times: int, status: int, run: Run, arxiv: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.harvest.arxiv.gateway.MOST", 5)
    put, taken = filing.put, []

    def then_empty(category: str, heard: Any) -> set[str]:
        taken.append(category)
        if len(taken) == 2:
            arxiv.fail("empty", times=times)
        return put(category, heard)

    monkeypatch.setattr("apps.harvest.searching.put", then_empty)
    ended, said = run("--category", "cs.IR", "--since", str(SINCE))
    assert (ended, said["found"]) == (status, len(expected(arxiv)) if status == 0 else 10)
    assert [each["message"] for each in said["problems"]] == [SENTENCES[Reason.EMPTY]] * status


def test_entries_that_cannot_be_read_are_told(run: Run, arxiv: Standin) -> None:
    arxiv.library.add(made(f"2409.0000{n}", title, categories=("q-bio.BM",)) for n, title in ((1, " "), (2, "Whole")))
    try:
        status, said = run("--category", "q-bio.BM", "--since", str(SINCE))
        assert (status, said["found"]) == (0, 1) and "1 entry" in said["problems"][0]["message"]
    finally:
        del arxiv.library.papers["2409.00001"], arxiv.library.papers["2409.00002"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--category", "no such thing"], "One looks like cs.IR"),
        (["--category", "cs.IR", "--since", "yesterday"], "Write it as in"),
        (["--category", "cs.IR", "--since", "2999-01-01"], "future"),
        (["--category", "cs.IR", "--query", '"open'], "quotation mark"),
    ],
)
def test_wrong_arguments_say_what_to_write(arguments: list[str], words: str, run: Run, arxiv: Standin) -> None:
    status, said = run(*arguments)
    assert status == 1 and words in said["problems"][0]["message"]
    assert not arxiv.log.requests


def test_people_read_a_line(arxiv: Standin, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("harvest", "--category", "CS.ir", "--since", str(SINCE))
    assert f"cs.IR since 2024-05-01: found {len(expected(arxiv))}" in capsys.readouterr().out
