"""A person's word beats every other, and can be taken back."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from apps.core.locks import LIBRARY, lock
from apps.papers.models import Review, Source, Statement
from apps.papers.say import person_source, say, take, unsay
from tests.papers.saying import fresh, said, source, spoken_of

pytestmark = pytest.mark.django_db


def test_a_persons_word_stands_over_every_source(editor: User) -> None:
    paper = spoken_of(source("arxiv"), title="arXiv's title")
    say(paper=paper, user=editor, values={"title": "The right title"})
    assert fresh(paper).title == "The right title"
    said(paper, source("arxiv"), title="arXiv's newer title")
    assert fresh(paper).title == "The right title"


def test_saying_again_replaces_ones_own_word_and_keeps_the_documents(editor: User) -> None:
    paper = spoken_of(title="A title")
    say(paper=paper, user=editor, values={"title": "One"})
    say(paper=paper, user=editor, values={"title": "Two", "doi": "10.1145/1"})
    words = Statement.objects.filter(paper=paper, field="title").values_list("raw", flat=True)
    assert sorted(words) == ["A title", "Two"]
    assert fresh(paper).doi == "10.1145/1"


def test_the_newest_of_two_people_counts(editor: User, administrator: User) -> None:
    paper = spoken_of(title="A title")
    say(paper=paper, user=administrator, values={"title": "The administrator's"})
    say(paper=paper, user=editor, values={"title": "The editor's"})
    assert fresh(paper).title == "The editor's"


def test_an_empty_word_says_that_there_is_none(editor: User) -> None:
    paper = spoken_of(title="A title", arxiv_id="2203.02155", summary="Wrong")
    say(paper=paper, user=editor, values={"arxiv_id": "", "summary": ""})
    assert (fresh(paper).arxiv_id, fresh(paper).summary) == (None, "")


def test_what_was_unsaid_leaves_the_documents_word(editor: User) -> None:
    paper = spoken_of(title="A title")
    say(paper=paper, user=editor, values={"title": "Another", "doi": "10.1145/1"})
    unsay(paper=paper, fields=["title"])
    assert (fresh(paper).title, fresh(paper).doi) == ("A title", "10.1145/1")


def test_a_source_can_be_taken_at_its_word(editor: User) -> None:
    paper = spoken_of(title="A title", published="2022-05-04")
    other = said(paper, source(), published="2022-03-04")[0]
    assert Review.objects.filter(kind="disagree", state="open").exists()
    take(statement=other, user=editor)
    assert fresh(paper).published_text == "2022-03-04"
    assert not Review.objects.filter(kind="disagree", state="open").exists()


def test_a_person_is_one_source(editor: User) -> None:
    assert person_source(editor) == person_source(editor)
    assert Source.objects.filter(kind="person").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_word_that_is_said_while_an_import_writes_is_not_lost(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite lets nobody write beside an import; PostgreSQL would choose from what each of the two can see."""
    paper, by, begun = spoken_of(title="A title"), source(), threading.Event()

    def told(name: str) -> None:
        begun.set()
        lock(name)

    def speak() -> None:
        try:
            say(paper=paper, user=editor, values={"doi": "10.1145/1"})
        finally:
            begun.set()
            connection.close()

    monkeypatch.setattr("apps.papers.say.lock", told, raising=False)
    speaker = threading.Thread(target=speak)
    with transaction.atomic():
        lock(LIBRARY)
        said(paper, by, summary="What the import brings")
        speaker.start()
        assert connection.vendor == "sqlite" or begun.wait(30)
    speaker.join(30)
    assert (fresh(paper).doi, fresh(paper).summary) == ("10.1145/1", "What the import brings")
