"""Pending, not found, failed and withdrawn are states of a paper that a person sees, reads the reason of, and filters by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from apps.core.models import Job
from apps.harvest import services
from apps.harvest.models import ArxivRecord, Fetch
from apps.papers.models import Paper
from tests.papers.library import paper, reading_list

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
STATES = {
    "pending": "metadata pending",
    "notfound": "not found at arXiv",
    "failed": "metadata could not be fetched",
}
AGAIN = '/fetch"'


def text_of(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, **headers)
    assert answer.status_code == 200, answer
    return str(answer.content, "utf-8").partition("<main")[2] or str(answer.content, "utf-8")


def box(page: str) -> str:
    """What the page says of the fetch."""
    return page.partition('id="fetch-state"')[2].partition("</header>")[0].partition('class="actions')[0]


def wanted(user: User, number: int = 1, **fields: Any) -> Fetch:
    one = paper(f"arXiv:2405.0000{number}", arxiv_id=f"2405.0000{number}")
    services.want([one.pk], user=user)
    Fetch.objects.filter(paper=one).update(**fields)
    return Fetch.objects.select_related("paper", "job").get(paper=one)


def ended(fetch: Fetch, state: str, reason: str, said: str = "") -> Fetch:
    services.settle([fetch], state, reason, said)
    Job.objects.filter(pk=fetch.job_id).update(state=Job.State.DONE, finished=timezone.now())
    fetch.refresh_from_db()
    return fetch


@pytest.mark.parametrize("state", STATES)
def test_papers_are_filtered_by_how_their_metadata_stands(client_of: ClientOf, state: str) -> None:
    for each in STATES:
        paper(f"It is {each}", metadata=each)
    paper("All is well")
    page = text_of(client_of("reader"), f"/papers/?metadata={state}")
    assert [each for each in STATES if f">It is {each}<" in page] == [state]
    assert "All is well" not in page
    assert f'<span class="badge badge-warn">{STATES[state]}</span>' in page
    assert 'role="alert"' in text_of(client_of("reader"), "/papers/?metadata=nonsense")


def test_the_page_of_papers_offers_the_states_with_their_counts(client_of: ClientOf) -> None:
    for number, state in enumerate(["failed", "failed", "pending", ""]):
        paper(f"Number {number}", metadata=state)
    page = text_of(client_of("reader"), "/papers/")
    facet = page.partition('id="facet-metadata"')[2].partition("</details>")[0]
    assert facet.index("could not be fetched") < facet.index("pending")
    assert facet.count("?metadata=") == 2


@pytest.mark.parametrize(("state", "words"), STATES.items())
def test_a_state_is_told_wherever_the_paper_is_shown(client_of: ClientOf, state: str, words: str) -> None:
    one = paper("Shown everywhere", metadata=state, status="withdrawn", names=["Everywhere"])
    seen = reading_list("seen", [one])
    for address in ("/papers/", one.get_absolute_url(), f"/papers/{one.pk}/card/", seen.get_absolute_url(), "/"):
        page = text_of(client_of("reader"), address)
        assert f">{words}</span>" in page, address
        assert ">withdrawn</span>" in page, address


def test_where_all_is_well_nothing_is_told(client_of: ClientOf, reader: User) -> None:
    one = paper("Well", arxiv_id="2405.00001", status="preprint")
    assert "badge-warn" not in text_of(client_of(reader), one.get_absolute_url())
    assert "fetch-state" not in text_of(client_of("editor"), one.get_absolute_url())


def test_a_fetch_under_way_is_a_bar_that_looks_again(client_of: ClientOf, writer: User) -> None:
    fetch = wanted(writer)
    page = text_of(client_of(writer), fetch.paper.get_absolute_url())
    assert "Title and abstract are being fetched from arXiv." in box(page)
    assert "<progress" in box(page)
    assert f'hx-get="/papers/{fetch.paper_id}/fetch/progress" hx-trigger="every 2s"' in box(page)
    assert f'href="/jobs/{fetch.job_id}/"' in box(page)
    assert "Look again" in box(page).partition("<noscript>")[2]
    assert AGAIN not in box(page)
    assert f"/jobs/{fetch.job_id}/" not in text_of(client_of("reader"), fetch.paper.get_absolute_url())


def test_a_fetch_that_waits_says_until_when_and_why(client_of: ClientOf, writer: User) -> None:
    later = timezone.now() + timedelta(hours=2)
    fetch = wanted(writer, reason="too-many", said="Rate exceeded.", tries=2, next_at=later)
    page = box(text_of(client_of(writer), fetch.paper.get_absolute_url()))
    assert "arXiv is asked again at" in page
    assert later.strftime("%Y-%m-%d %H:%M") in page
    assert "arXiv says that it is asked too often." in page
    assert "Rate exceeded." in page
    assert "2 tries failed" in page
    assert 'hx-trigger="every 20s"' in page


def test_what_the_job_waits_for_the_paper_waits_for(client_of: ClientOf, writer: User) -> None:
    fetch, later = wanted(writer), timezone.now() + timedelta(hours=3)
    Job.objects.filter(pk=fetch.job_id).update(not_before=later)
    assert later.strftime("%H:%M") in box(text_of(client_of(writer), fetch.paper.get_absolute_url()))


@pytest.mark.parametrize(
    ("state", "reason", "sentence"),
    [
        ("notfound", "not-found", "arXiv knows no such paper. Check the id."),
        ("notfound", "no-version", "arXiv knows the paper, but not in that version."),
        ("failed", "html", "arXiv showed a web page instead of an answer."),
        ("failed", "crashed", "Whenever this paper was asked for, the work broke off."),
        ("failed", "cancelled", "Somebody cancelled the fetch."),
    ],
)
def test_what_came_to_nothing_says_why_and_is_tried_again(
    client_of: ClientOf, writer: User, state: str, reason: str, sentence: str
) -> None:
    fetch = ended(wanted(writer), state, reason, "<i>said</i>")
    page = box(text_of(client_of("editor"), fetch.paper.get_absolute_url()))
    assert sentence in page
    assert "&lt;i&gt;said&lt;/i&gt;" in page
    assert AGAIN in page
    assert "hx-trigger" not in page
    assert AGAIN in box(text_of(client_of(writer), fetch.paper.get_absolute_url()))  # their own
    other = box(text_of(client_of("reader"), fetch.paper.get_absolute_url()))
    assert sentence in other
    assert AGAIN not in other


def test_strangers_see_the_state_and_not_the_reason(stranger: Client, settings: Any, writer: User) -> None:
    settings.PAPERNOTES_PUBLIC = True
    fetch = ended(wanted(writer), "failed", "html", "said to us")
    page = text_of(stranger, fetch.paper.get_absolute_url())
    assert "metadata could not be fetched" in page
    assert "fetch-state" not in page
    assert "said to us" not in page
    assert stranger.get(f"/papers/{fetch.paper_id}/fetch/progress")["Location"].startswith("/accounts/login/")


def test_a_paper_that_arxiv_was_never_asked_for_can_be_fetched(client_of: ClientOf) -> None:
    one = paper("arXiv:2405.00001", arxiv_id="2405.00001", metadata="pending")
    page = box(text_of(client_of("editor"), one.get_absolute_url()))
    assert "arXiv was not asked for this paper yet." in page
    assert "Fetch now" in page
    assert "Fetch now" not in text_of(client_of("writer"), one.get_absolute_url())
    client_of("editor").post(f"/papers/{one.pk}/fetch")
    assert Fetch.objects.get(paper=one).state == Fetch.State.WAITING


def test_a_paper_without_an_id_waits_for_people(client_of: ClientOf) -> None:
    one = paper("10.1145/x", doi="10.1145/x", metadata="pending")
    page = box(text_of(client_of("editor"), one.get_absolute_url()))
    assert "has no arXiv id" in page
    assert AGAIN not in page


def test_editors_may_ask_again_for_what_arxiv_said_before(client_of: ClientOf) -> None:
    one = paper("Heard", arxiv_id="2405.00001")
    ArxivRecord.objects.create(paper=one, arxiv_id="2405.00001", title="Heard", fetched_at=timezone.now())
    assert "heard from arXiv" in box(text_of(client_of("editor"), one.get_absolute_url()))
    assert "heard from arXiv" not in text_of(client_of("reader"), one.get_absolute_url())


def test_the_bar_ends_when_arxiv_has_answered_and_the_page_fills_in(client_of: ClientOf, writer: User) -> None:
    fetch, client = wanted(writer), client_of(writer)
    address = f"/papers/{fetch.paper_id}/fetch/progress"
    under_way = text_of(client, address)
    assert "<progress" in under_way
    assert "announcements" not in under_way
    Fetch.objects.filter(pk=fetch.pk).update(state=Fetch.State.FOUND)
    Paper.objects.filter(pk=fetch.paper_id).update(metadata="", title="Its real title")
    over = text_of(client, address)
    assert "/its-real-title/" in over
    assert 'hx-trigger="load"' in over
    assert 'hx-select-oob="#paper-below"' in over
    assert "every" not in over
    assert "arXiv has answered; the page shows it." in over


def test_adding_by_id_leads_to_the_bar(client_of: ClientOf) -> None:
    client = client_of("editor")
    answer = client.post("/papers/add/", {"text": "arXiv:2405.00007v2"}, follow=True)
    page = str(answer.content, "utf-8")
    fetch = Fetch.objects.get()
    assert "<progress" in box(page)
    assert f'href="/jobs/{fetch.job_id}/"' in box(page)
