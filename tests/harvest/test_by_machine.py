"""What only a machine has said is marked wherever it is shown, and the mark goes with the machine's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from apps.harvest.summaries import saying
from apps.lists.models import Entry, ReadingList
from apps.notes import completing
from apps.papers.citing import citations
from apps.papers.models import Paper, Review
from apps.papers.say import say
from apps.shares.services import make_share
from tests.harvest.summariser import chinese
from tests.papers.saying import fresh, spoken_of

pytestmark = pytest.mark.django_db

MARK = "machine-made"


@pytest.fixture
def paper() -> Paper:
    paper = spoken_of(title="Prompting", abstract="We prompt.", published="2024-05-01")
    saying.of_paper(paper, "a-model", chinese("Prompting"))
    return fresh(paper)


@pytest.fixture
def digest(paper: Paper) -> ReadingList:
    made = ReadingList.objects.create(
        title="cs.IR", slug="cs-ir-2024-05-02", kind="digest", date=date(2024, 5, 2), category="cs.IR"
    )
    Entry.objects.create(list=made, paper=paper)
    return made


def _marks(client: Client, address: str, **more: str) -> int:
    answer = client.get(address, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, address
    text = answer.content.decode()
    return text.count(f">{MARK}</span>") + text.count(">机器生成</span>")


def _places(paper: Paper, digest: ReadingList) -> dict[str, int]:
    """Where it is shown to a member in Chinese, and how many marks there are."""
    return {
        paper.get_absolute_url(): 3,
        "/papers/": 1,
        f"/papers/{paper.pk}/card/": 2,
        f"/lists/{digest.slug}/": 1,
        "/digests/cs.IR/2024-05-02/": 5,
    }


def test_a_member_sees_the_marks(paper: Paper, digest: ReadingList, client_of: Callable[[str], Client]) -> None:
    for address, count in _places(paper, digest).items():
        assert _marks(client_of("reader"), address, HTTP_ACCEPT_LANGUAGE="zh-hans") == count, address


def test_a_stranger_sees_them_through_a_share_link(
    paper: Paper, digest: ReadingList, writer: User, client_of: Callable[[str], Client]
) -> None:
    stranger = client_of("stranger")
    for kind, target, count in (("paper", paper, 3), ("list", digest, 2)):
        _link, address = make_share(kind=kind, target=target, user=writer, lasts=timedelta(days=1))
        path = address[address.index("/s/") :]
        assert _marks(stranger, path, HTTP_ACCEPT_LANGUAGE="zh-hans") == count, kind


def test_the_marks_go_with_the_machines_word(
    paper: Paper, digest: ReadingList, editor: User, client_of: Callable[[str], Client]
) -> None:
    say(paper=paper, user=editor, values={name: f"人写的{name}" for name in chinese("")})
    assert fresh(paper).by_machine == []
    for address in _places(paper, digest):
        text = client_of("reader").get(address, HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
        assert "人写的" in text
        assert ">机器生成</span>" not in text


def test_what_is_shown_of_a_pair_in_question_is_marked(paper: Paper, client_of: Callable[[str], Client]) -> None:
    other = spoken_of(title="Prompting again")
    Review.objects.create(kind="merge", reason="near-title", paper=paper, other=other, key="merge:1:2")
    assert _marks(client_of("editor"), "/review/") == 1


def test_an_english_row_without_a_machines_word_is_not_marked(client_of: Callable[[str], Client]) -> None:
    paper = spoken_of(title="Prompting", abstract="We prompt.", summary="It prompts.")
    saying.of_paper(paper, "a-model", {"summary_zh": "一句话。"})
    assert _marks(client_of("reader"), "/papers/", HTTP_ACCEPT_LANGUAGE="en") == 0
    assert _marks(client_of("reader"), "/papers/", HTTP_ACCEPT_LANGUAGE="zh-hans") == 1


def test_who_says_what_names_the_machine(paper: Paper, client_of: Callable[[str], Client]) -> None:
    assert "machine:a-model" in client_of("reader").get(paper.get_absolute_url()).content.decode()


def test_where_no_mark_can_stand_nothing_of_a_machines_stands_either(paper: Paper, editor: User) -> None:
    with translation.override("zh-hans"):
        assert paper.label == "Prompting"
        assert ["标题" in offer["detail"] for offer in completing.offers("Prompting")] == [False]
        say(paper=paper, user=editor, values={"title_zh": "提示"})
        assert fresh(paper).label == "提示"


def test_citations_carry_no_word_of_a_machine(paper: Paper) -> None:
    assert all("标题" not in citation.text for citation in citations(paper, []))


def test_an_export_says_it_and_an_import_of_it_keeps_it(paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "library.jsonl"
    call_command("export_papers", "--format", "jsonl", "-o", str(file))
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["by_machine"] for line in lines if "by_machine" in line] == [["title_zh", "summary_zh", "abstract_zh"]]
    Paper.objects.all().delete()
    call_command("import_papers", str(file), stdout=StringIO())
    assert Paper.objects.get().by_machine == ["title_zh", "summary_zh", "abstract_zh"]
