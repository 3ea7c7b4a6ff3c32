"""The review page: what waits, what was decided, for editors alone."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.notes.models import Note
from apps.papers.models import Paper, Review
from tests.papers.saying import fresh, said, source, spoken_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def merge() -> Review:
    kept = spoken_of(source(title="The list"), title="Finetuned language models", arxiv_id="2109.01652", name="FLAN")
    lost = spoken_of(source(title="The post"), name="FLAN", contested_title="Another title")
    return Review.objects.create(kind="merge", reason="contested-title", paper=lost, other=kept, key="merge:1:2")


@pytest.fixture
def doubt() -> Review:
    spoken_of(source(title="The list"), title="A dated paper", arxiv_id="2203.02155", published="2022-05-04")
    return Review.objects.get(reason="date-month")


@pytest.fixture
def line() -> Review:
    return Review.objects.create(
        kind="line", reason="flat-row", detail={"text": "GluedRow & more", "line": 7}, key="flat:x"
    )


PAGES = [("get", "/review/"), ("post", "/review/1/decide"), ("post", "/review/1/undo"), ("post", "/papers/1/take/1/")]


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_only_editors_find_these_pages(method: str, path: str, client_of, settings) -> None:  # type: ignore[no-untyped-def]
    for role in ("reader", "writer"):
        assert getattr(client_of(role), method)(path).status_code == 404
    for public in (False, True):
        settings.PAPERNOTES_PUBLIC = public
        answer = getattr(client_of("stranger"), method)(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_editors_see_each_question_with_all_that_one_needs(  # type: ignore[no-untyped-def]
    role: str, merge: Review, doubt: Review, line: Review, client_of
) -> None:
    assert merge.paper
    Note.objects.create(title="On the fine-tuned", body="x").papers.add(merge.paper)
    text = client_of(role).get("/review/").content.decode()
    for words in (
        "Finetuned language models",
        "2109.01652",
        "The list",
        "The post",
        "On the fine-tuned",
        "A dated paper",
    ):
        assert words in text
    assert "GluedRow &amp; more" in text
    assert "2022-03" in text  # the month of the id, ready to be taken


def test_a_private_note_is_not_told_to_others(merge: Review, writer, client_of) -> None:  # type: ignore[no-untyped-def]
    assert merge.paper
    Note.objects.create(title="My secret", body="x", visibility="private", author=writer).papers.add(merge.paper)
    assert "My secret" not in client_of("editor").get("/review/").content.decode()


def test_one_kind_at_a_time_and_unknown_ones_not_at_all(merge: Review, doubt: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    only = client.get("/review/?kind=merge").context["questions"]
    assert [question.review for question in only] == [merge]
    assert client.get("/review/?kind=nonsense").status_code == 404


def test_merges_stand_first_and_the_record_with_more_ids_is_kept_by_default(merge: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    questions = client_of("editor").get("/review/").context["questions"]
    assert [q.review.kind for q in questions] == ["merge", "doubt"]
    assert questions[0].kept == merge.other_id


def test_a_merge_is_accepted_and_undone_on_the_page(merge: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    client: Client = client_of("editor")
    answer = client.post(f"/review/{merge.pk}/decide", {"action": "merge", "kept": merge.other_id}, follow=True)
    assert Paper.objects.count() == 1
    assert "Decided" in answer.content.decode()
    decided = client.get("/review/?state=decided").content.decode()
    assert "editor" in decided and "FLAN" in decided
    client.post(f"/review/{merge.pk}/undo")
    assert Paper.objects.count() == 2


def test_a_second_click_is_told(merge: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    address = f"/review/{merge.pk}/decide"
    client.post(address, {"action": "reject"})
    second = client.post(address, {"action": "merge", "kept": merge.other_id}, follow=True)
    assert "Nothing was done" in second.content.decode()
    assert Paper.objects.count() == 2
    client.post(f"/review/{merge.pk}/undo")
    assert "Nothing was done" in client.post(f"/review/{merge.pk}/undo", follow=True).content.decode()


@pytest.mark.parametrize("number", [10**6, 2**63, 2**80])
def test_a_question_that_resolved_itself_is_told_as_well(number: int, client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    for verb in ("decide", "undo"):
        answer = client.post(f"/review/{number}/{verb}", {"action": "reject"}, follow=True)
        assert answer.status_code == 200 and "Nothing was done" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "published"),
    [
        ({"action": "month"}, "2022-03"),
        ({"action": "remove"}, ""),
        ({"action": "type", "value": "2022-03-04"}, "2022-03-04"),
        ({"action": "reject"}, "2022-05-04"),
    ],
)
def test_a_doubt_is_answered_with_one_button(data: dict[str, str], published: str, doubt: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    client_of("editor").post(f"/review/{doubt.pk}/decide", data)
    assert doubt.paper and fresh(doubt.paper).published_text == (published or str(fresh(doubt.paper).year or ""))
    doubt.refresh_from_db()
    assert doubt.state != "open"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"action": "nonsense"},
        {"action": "type", "value": "soon"},
        {"take": "1"},
        {"take": "x"},
        {"action": "merge"},
    ],
)
def test_what_makes_no_sense_changes_nothing(data: dict[str, str], doubt: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    answer = client_of("editor").post(f"/review/{doubt.pk}/decide", data, follow=True)
    assert answer.status_code == 200
    doubt.refresh_from_db()
    assert doubt.state == "open"


def test_a_disagreement_shows_each_word_with_its_sources_and_a_button(client_of) -> None:  # type: ignore[no-untyped-def]
    paper = spoken_of(source(title="The list"), title="A paper", venue="KDD")
    other = said(paper, source(title="The post"), venue="WSDM")[0]
    question = Review.objects.get(kind="disagree")
    client = client_of("editor")
    text = client.get("/review/?kind=disagree").content.decode()
    assert all(word in text for word in ("KDD", "WSDM", "The list", "The post"))
    client.post(f"/review/{question.pk}/decide", {"take": other.pk})
    assert str(fresh(paper).venue) == "WSDM"


def test_a_word_of_another_paper_cannot_be_taken(client_of) -> None:  # type: ignore[no-untyped-def]
    paper, another = spoken_of(title="A paper", venue="KDD"), spoken_of(title="Another", venue="SIGIR")
    said(paper, source(), venue="WSDM")
    question, foreign = Review.objects.get(kind="disagree"), another.statements.get(field="venue")
    client_of("editor").post(f"/review/{question.pk}/decide", {"take": foreign.pk})
    assert str(fresh(paper).venue) == "KDD"
    assert client_of("editor").post(f"/papers/{paper.pk}/take/{foreign.pk}/").status_code == 404


def test_a_line_is_dismissed_or_carried_over_to_adding(line: Review, client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")
    text = client.get("/review/?kind=line").content.decode()
    assert "/papers/add/?text=GluedRow%20%26%20more" in text
    client.post(f"/review/{line.pk}/decide", {"action": "reject"})
    line.refresh_from_db()
    assert line.state == "rejected"


def test_a_source_is_taken_on_the_papers_page(client_of) -> None:  # type: ignore[no-untyped-def]
    paper = spoken_of(title="A paper", published="2022-05-04")
    other = said(paper, source(), published="2022-03-04")[0]
    answer = client_of("editor").post(f"/papers/{paper.pk}/take/{other.pk}/")
    assert answer.status_code == 302 and answer["Location"].startswith(f"/papers/{paper.pk}/")
    assert fresh(paper).published_text == "2022-03-04"
    assert client_of("editor").get(f"/papers/{paper.pk}/take/{other.pk}/").status_code == 405


def test_deciding_needs_the_forms_token(merge: Review, editor) -> None:  # type: ignore[no-untyped-def]
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(f"/review/{merge.pk}/decide", {"action": "reject"}).status_code == 403
    merge.refresh_from_db()
    assert merge.state == "open"


def test_script_in_a_title_is_text(client_of) -> None:  # type: ignore[no-untyped-def]
    spoken_of(title="<script>alert(1)</script> paper", arxiv_id="2203.02155", published="2022-05-04")
    text = client_of("editor").get("/review/").content.decode()
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text


def test_ten_more_questions_cost_no_more_queries(client_of, queries, merge: Review) -> None:  # type: ignore[no-untyped-def]
    client = client_of("editor")

    def more() -> None:
        for n in range(10):
            paper = spoken_of(
                title=f"Paper {n}", name=f"P{n}", venue="KDD", arxiv_id=f"2203.0{n:04}", published="2022-05-04"
            )
            other = spoken_of(title=f"Other {n}", venue="WSDM")
            Note.objects.create(title="x", body="x").papers.add(paper)
            Review.objects.create(kind="merge", reason="near-title", paper=paper, other=other, key=f"merge:x{n}")

    queries.stay_equal(lambda: client.get("/review/"), when=more)
