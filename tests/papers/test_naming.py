"""Which papers a reference means, and what to write to mean one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.papers.merges import merge
from apps.papers.models import Paper
from apps.papers.naming import MOST_MEANT, Reading, key_of, keys_of, named, writings
from tests.conftest import Queries
from tests.papers.library import paper

pytestmark = pytest.mark.django_db


def meant(ref: str) -> list[str]:
    return [each.title for each in named([ref])[ref]]


@pytest.mark.parametrize(
    "ref",
    [
        *("arXiv:2305.00447", "2305.00447", "arxiv:2305.00447v2", "arXiv 2305.00447", "ARXIV：2305.00447"),
        *("https://arxiv.org/abs/2305.00447", "arxiv.org/pdf/2305.00447.pdf", "２３０５．００４４７", " 2305.00447 "),
        *("doi:10.1145/3604915.3608857", "10.1145/3604915.3608857", "https://doi.org/10.1145/3604915.3608857"),
        *("DOI: 10.1145/3604915.3608857", "openreview:aBcD123_x", "https://openreview.net/forum?id=aBcD123_x"),
        *("TALLRec", "tallrec", "Tall-Rec", "ＴＡＬＬＲｅｃ"),
        *(
            "An Effective and Efficient Tuning",
            "an effective and efficient tuning.",
            "有效的调优框架",
            "有效的，调优框架",
        ),
    ],
)
def test_every_spelling_means_the_paper(ref: str) -> None:
    ids = {"arxiv_id": "2305.00447", "doi": "10.1145/3604915.3608857", "openreview_id": "aBcD123_x"}
    paper("An Effective and Efficient Tuning", title_zh="有效的调优框架", names=["TALLRec"], **ids)
    paper("Another", arxiv_id="2305.00448", names=["Rec"], title_zh="另一篇")
    assert meant(ref) == ["An Effective and Efficient Tuning"]


@pytest.mark.parametrize(
    "ref",
    [
        "",
        " ",
        "2305.0044",
        "nobody",
        "。",
        "[]",
        "a\x00b",
        "\ud800",
        "paper:0",
        "paper:99999999999999999999",
        "x" * 5000,
    ],
)
def test_what_means_nothing_means_nothing(ref: str) -> None:
    paper("Some Title", names=["N"])
    assert named([ref]).get(ref, []) == []


def test_a_title_that_holds_an_id_is_a_title() -> None:
    paper("A Reply to arXiv:2305.00447")
    paper("The Other", arxiv_id="2305.00447")
    assert meant("A Reply to arXiv:2305.00447") == ["A Reply to arXiv:2305.00447"]


def test_a_name_of_two_is_a_choice_and_so_is_a_name_that_is_anothers_title() -> None:
    paper("One", names=["TransRec"])
    paper("Two", names=["TransRec"])
    paper("Trans Rec")
    assert meant("TransRec") == ["One", "Two", "Trans Rec"]


def test_a_name_that_hundreds_share_offers_some() -> None:
    for number in range(MOST_MEANT + 5):
        paper(f"Paper {number}", names=["N"])
    assert len(meant("N")) == MOST_MEANT


def test_a_record_that_was_merged_away_is_the_one_that_stayed() -> None:
    kept, lost = paper("Kept", arxiv_id="2305.00447"), paper("Lost", arxiv_id="2305.00448", doi="10.1145/lost")
    number = lost.pk
    merge(kept=kept, lost=lost, user=None)
    for ref in ("2305.00448", "doi:10.1145/lost", f"paper:{number}"):
        assert meant(ref) == ["Kept"], ref


def test_what_is_offered_to_be_written_means_that_paper_alone() -> None:
    papers = [
        paper("By arXiv", arxiv_id="2305.00447"),
        paper("By DOI", doi="10.1145/3604915"),
        paper("By OpenReview", openreview_id="aBcD123_x"),
        paper("By its title"),
        paper("Twice the same"),
        paper("Twice the same"),
        paper("With [brackets] in it"),
        paper("With a | in it"),
        paper("10.1145/3604915"),  # named like an id of another
        paper("Odd DOI", doi="10.1145/UPPER"),
    ]
    written = writings(papers)
    assert written[papers[0].pk] == "arXiv:2305.00447"
    assert written[papers[3].pk] == "By its title"
    for each in papers:
        assert [found.pk for found in named([written[each.pk]])[written[each.pk]]] == [each.pk], each.title
        assert not set(written[each.pk]) & set("[]|【】")


@pytest.mark.parametrize(
    "ref", ["arXiv:2305.00447", "doi:10.1145/abc", "GPT-3.5", "Attention, please!", "注意力", "paper:7"]
)
def test_a_paper_has_the_keys_of_all_that_may_mean_it(ref: str) -> None:
    of = paper("Attention please", title_zh="注意力", arxiv_id="2305.00447", doi="10.1145/abc", names=["GPT-3.5"], pk=7)
    assert key_of(ref) in keys_of(of)


def test_long_words_and_many_words_are_read() -> None:
    assert len(Reading.of("很长" * 400).key) <= 200
    assert len(named(f"ref {number}" for number in range(40_000))) == 40_000


def test_thousands_of_papers_are_found_at_once() -> None:
    Paper.objects.bulk_create(Paper(title=f"T{number}", arxiv_id=f"2305.{number:05}") for number in range(3000))
    assert sum(map(len, named(f"2305.{number:05}" for number in range(3000)).values())) == 3000


def test_a_thousand_references_cost_no_more_queries_than_four(queries: Queries, writer: User) -> None:
    refs = ["arXiv:2305.00447", "doi:10.1145/x", "openreview:abcdef", "paper:3", "P5"]
    paper("P", arxiv_id="2305.00447", names=["P5"])

    def more() -> None:
        for number in range(30):
            paper(f"T{number}", arxiv_id=f"2306.{number:05}", names=[f"N{number}"])
            refs.extend([f"2306.{number:05}", f"N{number}", f"T{number}", f"paper:{number}", f"10.1145/{number}"])

    queries.stay_equal(lambda: named(refs), when=more)
