"""Add a paper by its id, watch the bar, see the page fill in; and the jobs behind it, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core import jobs
from apps.core.models import Job
from apps.harvest.models import Fetch, Pace
from apps.papers.models import Paper
from tests.browser.conftest import Visitors
from tests.browser.test_every_page import violations
from tests.standin import Standin, generated

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN = generated(5)
ID, TITLE = KNOWN[0].id, KNOWN[0].title
GOING = "Title and abstract are being fetched from arXiv."


@pytest.fixture
def arxiv(settings: Any) -> Iterator[Standin]:
    with Standin(KNOWN) as standin:
        settings.ARXIV_API_URL, settings.ARXIV_OAI_URL = standin.api, standin.oai
        settings.ARXIV_MIN_INTERVAL = 0
        yield standin


@pytest.fixture
def page(visitors: Visitors, editor: User) -> Page:
    return visitors(editor)


def add(page: Page, text: str = f"https://arxiv.org/abs/{ID}v1") -> Job:
    """As a person does; the job that this queued."""
    page.goto("/papers/add/")
    page.get_by_label("arXiv id, DOI or address").fill(text)
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/papers/\d+/"))
    return Job.objects.latest("pk")


def bar(page: Page) -> Any:
    return page.locator("#fetch-state progress")


def mark(page: Page) -> None:
    """A page that is loaded anew forgets this."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.stayed === true"))


def test_a_paper_added_by_id_fills_in_under_the_readers_eyes(page: Page, arxiv: Standin) -> None:
    job = add(page)
    expect(page.get_by_text(GOING)).to_be_visible()
    expect(bar(page)).to_be_visible()
    expect(page.locator("h1")).to_have_text(f"arXiv:{ID}")
    mark(page)
    # Somebody may be writing already.
    page.get_by_role("link", name="Remark").click()
    page.locator("[data-remark-box] input[name=body]").fill("to be read first")
    jobs.run(job.pk)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".paper-abstracts")).to_be_visible()
    expect(page.locator(".paper-citations")).to_contain_text(TITLE)
    expect(page.get_by_text("metadata pending")).to_have_count(0)
    expect(bar(page)).to_have_count(0)
    expect(page.locator("#announcements")).to_have_text("arXiv has answered; the page shows it.")
    expect(page.get_by_role("button", name="Copy", exact=True).first).to_be_visible()
    expect(page).to_have_title(re.compile(re.escape(TITLE)))
    assert page.url.endswith(Paper.objects.get().get_absolute_url())
    assert stayed(page)
    expect(page.locator("[data-remark-box] input[name=body]")).to_have_value("to be read first")
    assert page.locator("[hx-trigger^=every]").count() == 0
    assert len(arxiv.log.requests) == 1


def test_a_worker_that_dies_meanwhile_delays_the_page_and_nothing_else(page: Page, arxiv: Standin) -> None:
    job = add(page)
    assert jobs.claim(job.pk)  # and never again a word of this one
    page.get_by_role("link", name="The job").click()
    expect(page.get_by_text("running", exact=True)).to_be_visible()
    page.go_back()
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.run(job.pk)
    expect(page.locator("h1")).to_have_text(TITLE)


def test_an_id_that_does_not_exist_says_so_in_place_and_can_be_tried_again(page: Page, arxiv: Standin) -> None:
    job = add(page, "arXiv:2405.99999")
    mark(page)
    jobs.run(job.pk)
    expect(page.get_by_text("arXiv knows no such paper. Check the id.")).to_be_visible()
    expect(page.locator(".paper-names")).to_contain_text("not found at arXiv")
    assert stayed(page)
    assert violations(page) == []
    again = page.get_by_role("button", name="Try again")
    again.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(GOING)).to_be_visible()
    assert Job.objects.latest("pk").pk != job.pk


def test_a_fetch_that_arxiv_puts_off_says_until_when(page: Page, arxiv: Standin) -> None:
    job = add(page)
    arxiv.fail("429", retry_after=3600)
    jobs.run(job.pk)
    expect(page.get_by_text("arXiv is asked again at")).to_be_visible()
    expect(page.get_by_text("arXiv says that it is asked too often. We wait and try again.")).to_be_visible()
    page.goto("/jobs/")
    expect(page.get_by_text("waits", exact=True)).to_be_visible()
    assert violations(page) == []
    # The hour is over.
    Pace.objects.update(free_at=timezone.now())
    Fetch.objects.update(next_at=None)
    Job.objects.update(not_before=None)
    jobs.run(job.pk)
    page.goto(Paper.objects.get().get_absolute_url())
    expect(page.locator("h1")).to_have_text(TITLE)


def test_the_list_of_jobs_moves_by_itself_and_keeps_the_focus(page: Page, editor: User) -> None:
    moving = Job.objects.create(kind="fetch_arxiv", user=editor, total=8)
    other = Job.objects.create(kind="fetch_arxiv", user=editor, total=2)
    lease = jobs.claim(moving.pk)
    assert lease
    page.goto("/jobs/")
    mark(page)
    page.locator(f"#cancel-{other.pk}").focus()
    for done in (2, 6):
        lease.progress(done=done)
        expect(page.locator(f"#job-{moving.pk}")).to_contain_text(f"{done} of 8")
        expect(page.locator(f"#job-{moving.pk} progress")).to_have_attribute("value", str(100 * done // 8))
    assert page.evaluate("document.activeElement.id") == f"cancel-{other.pk}"
    lease.finish(Job.State.DONE)
    expect(page.locator(f"#job-{moving.pk} .badge")).to_have_text("done")
    assert stayed(page)
    page.keyboard.press("Enter")
    expect(page.locator(f"#job-{other.pk} .badge")).to_have_text("cancelled")
    expect(page.locator("[hx-trigger]")).to_have_count(0)
    page.locator(f"#again-{other.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#job-{other.pk} .badge")).to_have_text("queued")
    expect(page.get_by_text("It is queued again.")).to_be_visible()


def test_jobs_are_walked_through_and_opened_by_the_keyboard(page: Page, editor: User) -> None:
    first = Job.objects.create(kind="fetch_arxiv", user=editor, total=8)
    Job.objects.create(kind="fetch_pictures", user=editor, state="done")
    lease = jobs.claim(first.pk)
    assert lease
    page.goto("/jobs/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    lease.progress(done=5)
    expect(page.locator(f"#job-{first.pk}")).to_contain_text("5 of 8")
    expect(page.locator(f"#job-{first.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/jobs/{first.pk}/$"))


def test_papers_of_a_job_that_failed_are_tried_again_together(page: Page, arxiv: Standin) -> None:
    for each in KNOWN[:3]:
        add(page, each.id)
    fetches = list(Fetch.objects.all())
    job = fetches[0].job
    assert job
    Fetch.objects.update(job=job, state="failed", reason="html", said="<html>")
    Paper.objects.update(metadata="failed")
    Job.objects.filter(pk=job.pk).update(state="done", total=3, failed=3, finished=timezone.now())
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_text("arXiv showed a web page instead of an answer.")).to_have_count(3)
    page.get_by_role("button", name="Try the 3 failed ones again").click()
    expect(page.locator("#job progress")).to_be_visible()
    mark(page)
    jobs.run(Job.objects.latest("pk").pk)
    expect(page.locator("#fetches .badge-good")).to_have_count(3)
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    assert stayed(page)
    assert len(arxiv.log.requests) == 1


def test_without_a_script_one_looks_again_by_a_link(visitors: Visitors, editor: User, arxiv: Standin) -> None:
    page = visitors(editor, java_script_enabled=False)
    job = add(page)
    expect(page.get_by_text(GOING)).to_be_visible()
    jobs.run(job.pk)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    page.goto("/jobs/")
    expect(page.get_by_text("1 of 1")).to_be_visible()


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_what_goes_on_is_readable_by_everybody_on_a_phone(
    visitors: Visitors, editor: User, locale: str, scheme: str, goes_sideways: Callable[[Page], bool]
) -> None:
    page = visitors(editor, locale=locale, color_scheme=scheme, viewport={"width": 320, "height": 700})
    page.goto("/papers/add/")
    page.locator("input[name=text]").fill(ID)
    page.locator("main button.primary").click()
    page.wait_for_url(re.compile(r"/papers/\d+/"))
    fetch = Fetch.objects.get()
    long = "x" * 300
    for state in ("waiting", "failed"):
        Fetch.objects.update(state=state, reason="too-many", said=long, next_at=timezone.now() + timedelta(hours=1))
        Paper.objects.update(metadata="pending" if state == "waiting" else "failed")
        for address in (fetch.paper.get_absolute_url(), f"/jobs/{fetch.job_id}/", "/jobs/"):
            page.goto(address)
            assert violations(page) == [], address
            assert not goes_sideways(page), address


def test_a_page_of_jobs_left_open_goes_to_the_door_when_the_session_ends(page: Page, editor: User) -> None:
    Job.objects.create(kind="fetch_arxiv", user=editor, total=8)
    page.goto("/jobs/")
    page.context.clear_cookies()
    page.wait_for_url(re.compile(r"/accounts/login/\?next=/jobs/$"))
