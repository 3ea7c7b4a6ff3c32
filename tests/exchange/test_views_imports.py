"""One import's page in each of its states, and the page of all of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.core import jobs
from apps.core.models import Job
from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.lists.models import ReadingState
from apps.notes.models import Note
from apps.papers.models import Paper, Review
from tests.exchange.documents import POST, TABLE, table
from tests.exchange.importing import bring, seed, take

pytestmark = pytest.mark.django_db
VERBS = ("decide", "apply", "dismiss", "undo", "reopen", "cancel", "retry")


@pytest.fixture
def client(client_of: Any) -> Client:
    return client_of("editor")


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_publish", lambda job_id: None)


def page(client: Client, job: ImportJob, query: str = "") -> str:
    answer = client.get(f"/imports/{job.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_editors_find_imports(client_of: Any, settings: Any) -> None:
    job = take(("t.md", TABLE))[0]
    paths = [("get", "/imports/"), ("get", f"/imports/{job.pk}/"), ("get", f"/imports/{job.pk}/progress")]
    paths += [("post", f"/imports/{job.pk}/{verb}") for verb in VERBS]
    for method, path in paths:
        for role in ("reader", "writer"):
            assert getattr(client_of(role), method)(path).status_code == 404
        for public in (False, True):
            settings.PAPERNOTES_PUBLIC = public
            assert getattr(client_of("stranger"), method)(path)["Location"].startswith("/accounts/login/")
    job.refresh_from_db()
    assert job.state == "preview"


def test_editors_see_the_imports_of_others(client_of: Any, editor: Any) -> None:
    job = take(("t.md", TABLE), user=editor)[0]
    other = client_of("administrator")
    assert "t.md" in other.get("/imports/").content.decode()
    assert "Quiet ranking" in page(other, job)


@pytest.mark.parametrize("number", [0, 10**6, 2**63, 2**80])
def test_an_unknown_import_is_not_found(number: int, client: Client) -> None:
    assert client.get(f"/imports/{number}/").status_code == 404
    assert client.get(f"/imports/{number}/progress").status_code == 404
    for verb in VERBS:
        assert client.post(f"/imports/{number}/{verb}").status_code == 404


def test_changing_needs_a_post_with_the_forms_token(client: Client, editor: Any) -> None:
    job = take(("t.md", TABLE))[0]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    for verb in VERBS:
        assert client.get(f"/imports/{job.pk}/{verb}").status_code == 405
        assert strict.post(f"/imports/{job.pk}/{verb}").status_code == 403
    job.refresh_from_db()
    assert job.state == "preview"


def test_the_preview_says_what_becomes_what(client: Client) -> None:
    text = page(client, take(("t.md", TABLE))[0])
    for words in ("Papers we like", "Prompting magic", "No tuning", "QuietRank", "line 7", "Foobar", "ConfX", "KDDD"):
        assert words in text
    assert "/map/?kind=llm&amp;raw=Foobar&amp;import=" in text
    assert not Paper.objects.exists()


def test_a_changed_record_shows_each_field_before_and_after(client: Client) -> None:
    bring(("t.md", TABLE))
    text = page(client, take(("t.md", TABLE.replace("ConfX'24", "KDD").replace("GPT-4, Foobar-7B", "GPT-4")))[0])
    assert "<del>ConfX&#x27;24</del>" in text and "<ins>KDD</ins>" in text
    assert "<del>GPT-4, Foobar-7B</del>" in text and "<ins>GPT-4</ins>" in text


def test_where_a_stronger_word_stands_the_document_is_only_noted(client: Client) -> None:
    bring(("t.md", TABLE))
    renamed = TABLE.replace("Papers we like", "Others").replace("Quiet ranking by", "Silent ranking by")
    job = take(("others.md", renamed))[0]
    changes = [change for record in job.plan["records"] for change in record["changes"]]
    models = "ranking by whispering models"
    assert changes == [{"field": "title", "before": f"Quiet {models}", "after": f"Silent {models}", "kept": True}]
    assert "only noted: a stronger word stands" in page(client, job)
    services.apply_now(job=job)
    assert Paper.objects.get(arxiv_id="2401.10001").title == f"Quiet {models}"
    assert Review.objects.get().field == "title"


def test_records_are_filtered_by_state_and_unknown_states_are_not_found(client: Client) -> None:
    bring(("t.md", TABLE))
    edition = TABLE + "| NewRank | [A new ranking](https://arxiv.org/abs/2401.10009) | SIGIR | |\n"
    job = take(("t.md", edition))[0]
    answer = client.get(f"/imports/{job.pk}/?state=new")
    assert [record["title"] for record in answer.context["preview"].page] == ["A new ranking"]
    assert {chip.state: chip.count for chip in answer.context["preview"].chips} == {"new": 1, "same": 3}
    assert client.get(f"/imports/{job.pk}/?state=nonsense").status_code == 404


def test_what_vanished_from_a_later_edition_is_told_and_stays(client: Client) -> None:
    bring(("t.md", TABLE))
    shorter = "\n".join(line for line in TABLE.splitlines() if "LoudRank" not in line)
    text = page(client, take(("t.md", shorter))[0])
    assert "1 is not in this edition any more" in text and "LoudRank" in text
    bring(("t.md", shorter))
    assert Paper.objects.count() == 3


def test_a_plan_of_1300_records_is_shown_in_pages(client: Client, queries: Any) -> None:
    job = take(("long.md", table(1300)))[0]
    first = client.get(f"/imports/{job.pk}/")
    assert len(first.context["preview"].page) == 100
    assert len(first.content) < 600_000
    assert "An invented study number 1299 " in page(client, job, "?page=13")
    assert len(queries.of(lambda: client.get(f"/imports/{job.pk}/"))) < 25


def test_problems_stand_with_their_lines(client: Client) -> None:
    job = take(("t.md", TABLE + "| Bad |  | SIGIR | |\n"))[0]
    number = len(TABLE.splitlines()) + 1
    assert f"Line {number}" in page(client, job)


def test_an_empty_document_means_no_news(client: Client) -> None:
    job = take(("2024-04-02.md", "# 摘要\n\n| Ref | Title | Summary |\n| --- | --- | --- |\n\n# 详细\n"))[0]
    assert "An empty document means no news" in page(client, job)


def test_a_proposed_merge_and_a_contested_heading_are_told_beforehand(client: Client, seeds: Any) -> None:
    bring(seed(seeds, "004"))
    job = take(seed(seeds, "001"))[0]
    text = page(client, job)
    assert "You will be asked" in text and "Finetuned Language Models Are Zero-Shot Learners" in text
    assert "carries a title that stands under another name" in page(client, job, "?state=review")


def test_a_digests_day_and_category_can_be_set(client: Client, seeds: Any) -> None:
    job = take(seed(seeds, "000"))[0]
    assert 'name="category"' in page(client, job)
    client.post(f"/imports/{job.pk}/decide", {"date": "2023-10-17", "category": "cs.IR"})
    job.refresh_from_db()
    assert job.decisions == {"date": "2023-10-17", "category": "cs.IR"}
    wrong = client.post(f"/imports/{job.pk}/decide", {"date": "someday", "category": "<b>"})
    assert wrong.status_code == 422 and "A category looks like cs.IR" in wrong.content.decode()
    job.refresh_from_db()
    assert job.decisions == {"date": "2023-10-17", "category": "cs.IR"}


def test_the_same_bytes_are_known_again(client: Client) -> None:
    bring(("t.md", TABLE))
    text = page(client, take(("renamed.md", TABLE))[0])
    assert "imported before" in text


def test_applying_leads_to_the_result_with_links_and_undo(
    client: Client, django_capture_on_commit_callbacks: Any, queries: Any
) -> None:
    job = take(("post.md", POST))[0]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/imports/{job.pk}/apply")
    text = page(client, job)
    note = Note.objects.first()
    assert "Applied on" in text and f"/notes/{note.pk}/" in text and "/lists/" in text  # type: ignore[union-attr]
    assert f"/imports/{job.pk}/undo" in text
    second = client.post(f"/imports/{job.pk}/apply", follow=True)
    assert "Nothing was done" in second.content.decode()
    undone = client.post(f"/imports/{job.pk}/undo", follow=True).content.decode()
    assert "Undone on" in undone and not Paper.objects.exists()
    client.post(f"/imports/{job.pk}/reopen")
    job.refresh_from_db()
    assert job.state == "preview"


def test_what_stayed_after_undo_is_told_with_a_link(client: Client, editor: Any) -> None:
    job = bring(("t.md", TABLE))[0]
    kept = Paper.objects.get(arxiv_id="2401.10001")
    ReadingState.objects.create(user=editor, paper=kept, state="read")
    text = client.post(f"/imports/{job.pk}/undo", follow=True).content.decode()
    assert "What stayed" in text and kept.title in text and f"/papers/{kept.pk}/" in text


def test_the_bar_is_asked_for_and_ends_with_the_whole_page(client: Client, editor: Any, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    client.post(f"/imports/{job.pk}/apply")
    text = page(client, job)
    assert f'hx-get="/imports/{job.pk}/progress"' in text and '<meta http-equiv="refresh"' in text
    waiting = client.get(f"/imports/{job.pk}/progress")
    assert "Waiting for its turn: 3 records" in waiting.content.decode() and "HX-Refresh" not in waiting
    Job.objects.update(state="running")
    assert "Being written: 3 records" in client.get(f"/imports/{job.pk}/progress").content.decode()
    Job.objects.update(state="queued")
    jobs.run(Job.objects.get().pk)
    assert client.get(f"/imports/{job.pk}/progress")["HX-Refresh"] == "true"


def test_a_failed_job_says_why_and_can_be_tried_again(client: Client, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    client.post(f"/imports/{job.pk}/apply")
    Job.objects.update(state="failed", message="The disk is full.")
    text = page(client, job)
    assert "The disk is full." in text and "Try again" in text
    client.post(f"/imports/{job.pk}/retry")
    jobs.run(Job.objects.get().pk)
    job.refresh_from_db()
    assert job.state == "applied"
    assert "Nothing was done" in client.post(f"/imports/{job.pk}/retry", follow=True).content.decode()


def test_a_queued_import_is_stopped(client: Client, no_worker: None) -> None:
    job = take(("t.md", TABLE))[0]
    client.post(f"/imports/{job.pk}/apply")
    text = client.post(f"/imports/{job.pk}/cancel", follow=True).content.decode()
    assert "was stopped" in text
    job.refresh_from_db()
    assert (job.state, Job.objects.get().state) == ("preview", "cancelled")


def test_a_preview_is_put_away_and_opened_again(client: Client) -> None:
    job = take(("t.md", TABLE))[0]
    client.post(f"/imports/{job.pk}/dismiss")
    assert "put away" in page(client, job)
    client.post(f"/imports/{job.pk}/reopen")
    job.refresh_from_db()
    assert job.state == "preview"


def test_a_failed_file_says_why_and_what_to_do(client: Client) -> None:
    text = page(client, take(("x.png", b"\x89PNG\r\n\x1a\n"))[0])
    assert "This is a PNG file, not text." in text and "/imports/new" in text


def test_lines_that_cannot_be_told_are_for_review(client: Client, seeds: Any) -> None:
    job = take(seed(seeds, "002"))[0]
    answer = client.get(f"/imports/{job.pk}/?state=review")
    assert answer.context["preview"].page.paginator.count == 74
    services.apply_now(job=job)
    assert "74 questions to decide" in page(client, job)
    assert Review.objects.count() == 74


def test_ten_more_imports_cost_no_more_queries(client: Client, queries: Any) -> None:
    bring(("t.md", TABLE))
    queries.stay_equal(
        lambda: client.get("/imports/"), when=lambda: take(*((f"{n}.md", f"# T{n}\n{TABLE}") for n in range(10)))
    )


def test_before_the_first_import_the_page_offers_it(client: Client) -> None:
    text = client.get("/imports/").content.decode()
    assert "Nothing was imported yet" in text and "/imports/new" in text
