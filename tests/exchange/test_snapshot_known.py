"""Papers of arXiv's files that are here already: known by id, DOI or title, and changed by nothing that is older."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from apps.harvest.models import ArxivRecord, Fetch, News
from apps.papers.choose import choose
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.say import say
from tests.exchange.importing import bring as bring_document
from tests.exchange.importing import differences
from tests.exchange.snapshots import OURS, bring, counts, everything, said, written
from tests.papers.saying import source, spoken_of

pytestmark = pytest.mark.django_db
SECOND = [
    {"version": "v1", "created": "Tue, 2 Jan 2024 19:18:42 GMT"},
    {"version": "v2", "created": "Fri, 2 Feb 2024 19:18:42 GMT"},
]


@pytest.fixture
def file(tmp_path: Path) -> Any:
    return lambda *lines, name="made.json": written(tmp_path / name, lines)


def test_the_same_file_again_changes_nothing(file: Any) -> None:
    path = file(*(said(number, papernotes=OURS) for number in range(1, 8)))
    assert counts(bring(path)) == {"records": 7, "new": 7, "notes": 7}
    before = everything()
    assert counts(bring(path)) == {"records": 7, "same": 7}
    assert not differences(before, everything())
    assert counts(bring(path, again=True)) == {"records": 7, "same": 7}
    after = everything()
    heard = [tuple(row[:-1]) for row in after.pop("records")]  # but for when it was heard last
    assert heard == [tuple(row[:-1]) for row in before.pop("records")]
    assert not differences(before, after)


def test_a_newer_version_updates_and_an_older_one_changes_nothing(file: Any) -> None:
    bring(file(said(1), name="first.json"))
    newer = said(1, versions=SECOND, title="Quiet ranking, at last")
    assert counts(bring(file(newer, name="second.json"))) == {"records": 1, "updated": 1}
    paper = Paper.objects.get()
    assert (paper.title, paper.arxiv_version) == ("Quiet ranking, at last", 2)
    assert News.objects.get().kind == News.Kind.VERSION
    before = everything()
    assert counts(bring(file(said(1, title="An older word"), name="third.json"))) == {"records": 1, "same": 1}
    after = everything()
    assert [row[:-1] for row in after.pop("records")] == [row[:-1] for row in before.pop("records")]
    assert not differences(before, after)


def test_what_is_empty_overwrites_nothing(file: Any) -> None:
    bring(file(said(1, doi="10.1000/whisper"), name="first.json"))
    bring(file(said(1, versions=SECOND, abstract=None, doi=None), name="second.json"))
    paper = Paper.objects.get()
    assert (paper.doi, paper.abstract) == ("10.1000/whisper", "We whisper to ranking models, 1 times.")


def test_a_person_is_not_overruled(file: Any, editor: User) -> None:
    bring(file(said(1, papernotes={"venue": "SIGIR"}), name="first.json"))
    paper = Paper.objects.get()
    say(paper=paper, user=editor, values={"title": "My own title", "venue": "KDD"})
    bring(file(said(1, versions=SECOND, title="Theirs", papernotes={"venue": "CIKM"}), name="first.json"))
    paper.refresh_from_db()
    assert (paper.title, str(paper.venue), paper.arxiv_version) == ("My own title", "KDD", 2)


def test_a_document_is_outranked_by_arxiv_and_outranks_nobody(file: Any) -> None:
    spoken_of(source(), title="A wrong title", arxiv_id="2401.00001", title_zh="旧")
    assert counts(bring(file(said(1, papernotes={"title_zh": "新"}))))["updated"] == 1
    paper = Paper.objects.get()
    assert (paper.title, paper.title_zh) == ("Quiet ranking by whispering models, part 1", "旧")
    assert Review.objects.filter(paper=paper, kind="disagree", field="title").exists()


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ({"title": "Something", "doi": "10.1000/whisper"}, {"doi": "10.1000/Whisper"}),
        ({"title": "Quiet Ranking by whispering models: part 1."}, {}),
    ],
)
def test_a_paper_without_an_arxiv_id_is_found_by_doi_and_title(
    there: dict[str, str], line: dict[str, str], file: Any
) -> None:
    paper = spoken_of(source(), **there)
    assert counts(bring(file(said(1, **line)))) == {"records": 1, "updated": 1} | _reviews()
    assert Paper.objects.get().pk == paper.pk
    paper.refresh_from_db()
    assert (paper.arxiv_id, paper.arxiv_version) == ("2401.00001", 1)
    assert ArxivRecord.objects.get().paper == paper
    choose([paper.pk])
    assert Paper.objects.get().arxiv_id == "2401.00001"


def _reviews() -> dict[str, int]:
    found = Review.objects.count()
    return {"review": found} if found else {}


def test_two_arxiv_ids_are_two_papers_whatever_they_are_called(file: Any) -> None:
    lines = [said(number, title="Introduction") for number in (1, 2)]
    assert counts(bring(file(*lines))) == {"records": 2, "new": 2}
    assert counts(bring(file(said(3, title="Introduction"), name="other.json"))) == {"records": 1, "new": 1}
    assert not Review.objects.exists()


def test_several_papers_of_that_title_are_a_question(file: Any) -> None:
    for _ in range(2):
        Paper.objects.create(title="Quiet ranking by whispering models, part 1")
    assert counts(bring(file(said(1)))) == {"records": 1, "new": 1, "review": 2}
    assert set(Review.objects.values_list("kind", "reason")) == {("merge", "same-title")}


def test_one_doi_of_two_papers_is_a_conflict_and_no_merge(file: Any) -> None:
    lines = [said(number, doi="10.1000/whisper") for number in (1, 2)]
    assert counts(bring(file(*lines))) == {"records": 2, "new": 2, "conflicts": 1, "review": 1}
    third = file(said(3, doi="10.1000/whisper"), name="other.json")
    assert counts(bring(third)) == {"records": 1, "new": 1, "conflicts": 1, "review": 1}
    dois = dict(Paper.objects.values_list("arxiv_id", "doi"))
    assert dois == {"2401.00001": "10.1000/whisper", "2401.00002": None, "2401.00003": None}
    assert set(Review.objects.values_list("reason", flat=True)) == {"id-conflict"}


def test_one_paper_twice_in_a_file_is_one(file: Any) -> None:
    lines = [
        said(1, papernotes={"venue": "SIGIR"}),
        said(2),
        said(1, versions=SECOND, title="Later"),
        said(1, title="Old"),
    ]
    assert counts(bring(file(*lines))) == {"records": 4, "new": 2, "updated": 1, "same": 1}
    paper = Paper.objects.get(arxiv_id="2401.00001")
    assert (paper.title, paper.arxiv_version, str(paper.venue)) == ("Later", 2, "SIGIR")


def test_whoever_waits_for_the_paper_has_it(file: Any) -> None:
    paper = Paper.objects.create(title="arXiv:2401.00001", arxiv_id="2401.00001", metadata="pending")
    Statement.objects.create(source=source(), paper=paper, field="arxiv_id", raw="2401.00001")
    Fetch.objects.create(paper=paper)
    bring(file(said(1)))
    paper.refresh_from_db()
    assert (paper.title, paper.metadata) == ("Quiet ranking by whispering models, part 1", "")
    assert Fetch.objects.get().state == Fetch.State.FOUND


def test_nobody_asks_arxiv_for_what_a_file_said(file: Any) -> None:
    bring(file(said(1)))
    assert Paper.objects.get().metadata == ""
    assert not Fetch.objects.exists()


def test_a_merged_paper_stays_the_one_that_was_kept(file: Any, editor: User) -> None:
    from apps.papers.merges import merge

    bring(file(said(1), said(2), name="first.json"))
    kept, lost = Paper.objects.order_by("arxiv_id")
    merge(kept=kept, lost=lost, user=editor)
    assert counts(bring(file(said(2, title="Somebody else"), name="second.json"))).get("new", 0) == 0
    assert Paper.objects.get().title == "Quiet ranking by whispering models, part 1"


def test_a_document_and_a_file_meet(file: Any) -> None:
    table = "| Name | Paper | Venue |\n| --- | --- | --- |\n| Q | [Quiet ranking by whispering models, part 1](https://arxiv.org/abs/2401.00001) | KDD |\n"
    bring(file(said(1)))
    bring_document(("table.md", table))
    paper = Paper.objects.get()
    assert (str(paper.venue), [name.name for name in paper.names.all()]) == ("KDD", ["Q"])
    assert paper.abstract == "We whisper to ranking models, 1 times."


def test_arxiv_speaks_with_one_voice_a_batch(file: Any) -> None:
    bring(file(said(1), said(2, papernotes=OURS)))
    kinds = dict(Source.objects.values_list("kind", "document"))
    assert kinds == {"arxiv": "arxiv", "list": "arxiv-jsonl:made"}
    assert Source.objects.count() == 2
