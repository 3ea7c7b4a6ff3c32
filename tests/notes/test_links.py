"""References of notes: kept with their papers, through renames, merges and all that may come."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.notes.links import MARKED, MOST, UNMARKED, find_again, meanings
from apps.notes.models import Note
from apps.notes.rendering import keep, rendered
from apps.papers.merges import merge, part
from apps.papers.models import Paper, PaperName
from tests.conftest import Queries
from tests.papers.library import note, paper
from tests.papers.saying import said, source, spoken_of

pytestmark = pytest.mark.django_db


def kept(body: str, of: Note | None = None) -> Note:
    made = of or note(None)
    made.body = body
    made.save()
    keep(made)
    return Note.objects.get(pk=made.pk)


def links(of: Note) -> list[tuple[str, str | None]]:
    return [(link.raw, link.paper.title if link.paper else None) for link in of.links.select_related("paper")]


def seen(of: Note) -> dict[str, list[str]]:
    """What a reader finds behind each reference."""
    of = Note.objects.get(pk=of.pk)
    return {raw: [each.title for each in found] for raw, found in meanings([(of, rendered(of).slots)])[0].items()}


def rename(of: Paper, title: str, *names: str) -> None:
    of.names.all().delete()
    for name in names:
        PaperName.objects.create(paper=of, name=name)
    of.title = title
    of.save()


def test_references_are_kept_in_their_order_with_their_sentences() -> None:
    paper("A Title", arxiv_id="2305.00447", names=["P5"])
    made = kept(
        "First. It follows [[P5|the old one]], which is good. 又见[[A Title]]。\n\n<https://arxiv.org/abs/2305.00447>"
    )
    assert links(made) == [("P5", "A Title"), ("A Title", "A Title"), ("https://arxiv.org/abs/2305.00447", "A Title")]
    sentences = [link.sentence for link in made.links.all()]
    assert sentences[0] == f"It follows {MARKED}the old one{UNMARKED}, which is good."
    assert sentences[1] == f"又见{MARKED}A Title{UNMARKED}。"


@pytest.mark.parametrize(
    "body",
    [
        "no reference",
        "`[[P5]]`",
        "```\n[[P5]]\n```",
        "[x](https://example.org/P5)",
        r"\[[P5]]",
        "[[]]",
        "[[ ]]",
        "![[P5]",
    ],
)
def test_what_is_no_reference_is_not_kept(body: str) -> None:
    paper("A Title", names=["P5"])
    assert links(kept(body)) == []


def test_nothing_or_several_leave_the_reference_waiting() -> None:
    paper("One", names=["TransRec"])
    paper("Two", names=["TransRec"])
    assert links(kept("[[TransRec]] [[nobody]]")) == [("TransRec", None), ("nobody", None)]


def test_a_paper_that_was_found_stays_though_it_is_renamed_and_another_takes_its_name() -> None:
    of = paper("Old Title", names=["P5"])
    made = kept("[[P5]] [[Old Title]]")
    rename(of, "New Title", "P6")
    paper("Old Title", names=["P5"])
    assert seen(made) == {"P5": ["New Title"], "Old Title": ["New Title"]}
    made = kept("Words before. [[Old Title]] and [[P5]]", made)
    assert links(made) == [("Old Title", "New Title"), ("P5", "New Title")]


def test_an_id_means_the_paper_that_has_it_now() -> None:
    wrong = paper("Wrong", arxiv_id="1810.03993")
    made = kept("[[arXiv:1810.03993]]")
    Paper.objects.filter(pk=wrong.pk).update(arxiv_id=None)
    assert seen(made) == {"arXiv:1810.03993": ["Wrong"]}
    paper("Right", arxiv_id="1810.03993")
    assert seen(made) == {"arXiv:1810.03993": ["Right"]}


def test_a_merge_takes_references_along_and_parting_brings_them_back_even_after_an_edit() -> None:
    document = source()
    stays, goes = spoken_of(document, title="Stays", name="S"), spoken_of(document, title="Goes", name="G")
    made = kept("[[S]] and [[G]] and [[Goes]]")
    record = merge(kept=stays, lost=goes, user=None)
    assert seen(made) == {"S": ["Stays"], "G": ["Stays"], "Goes": ["Stays"]}
    made = kept("Words before. [[G]] and [[Goes]], then [[S]]", made)
    assert links(made) == [("G", "Stays"), ("Goes", "Stays"), ("S", "Stays")]
    part(record)
    assert links(made) == [("G", "Goes"), ("Goes", "Goes"), ("S", "Stays")]
    assert seen(made) == {"G": ["Goes"], "Goes": ["Goes"], "S": ["Stays"]}


def test_of_a_deleted_paper_the_words_stay_and_find_it_when_it_comes_again() -> None:
    of = paper("A Title", arxiv_id="2305.00447", names=["P5"])
    made = kept("[[P5]] [[2305.00447]]")
    of.delete()
    assert links(made) == [("P5", None), ("2305.00447", None)]
    assert seen(made) == {"P5": [], "2305.00447": []}
    paper("A Title again", arxiv_id="2305.00447", names=["P5"])
    assert seen(made) == {"P5": ["A Title again"], "2305.00447": ["A Title again"]}
    assert links(kept(made.body, made)) == [("P5", "A Title again"), ("2305.00447", "A Title again")]


def test_saying_more_of_a_paper_leaves_its_references_alone() -> None:
    document = source()
    of = spoken_of(document, title="A Title", name="P5")
    made = kept("[[P5]]")
    rows = list(made.links.values_list("pk", "paper"))
    said(of, source(), title="A Title", name="P5")
    keep(Note.objects.get(pk=made.pk))
    assert list(made.links.values_list("pk", "paper")) == rows


def test_the_same_words_keep_their_row_wherever_they_go() -> None:
    paper("A", names=["A1"])
    made = kept("[[A1]] [[B]] [[C]]")
    before = dict(made.links.values_list("raw", "pk"))
    made = kept("[[C]] [[new]] [[A1]] [[A1]] [[B]]", made)
    after = list(made.links.values_list("raw", "pk"))
    assert [raw for raw, _ in after] == ["C", "new", "A1", "A1", "B"]
    assert {raw: pk for raw, pk in after if raw in before and pk in before.values()} == before
    assert links(kept("nothing", made)) == []


def test_what_waits_is_found_when_the_paper_comes() -> None:
    made = kept("[[P5]] [[nobody]] [[TransRec]]")
    paper("A Title", names=["P5"])
    paper("One", names=["TransRec"])
    paper("Two", names=["TransRec"])
    assert find_again() == 1
    assert links(made) == [("P5", "A Title"), ("nobody", None), ("TransRec", None)]
    assert find_again() == 0


def test_of_thousands_of_references_the_first_are_kept() -> None:
    made = kept(" ".join(f"[[N{number}]]" for number in range(MOST + 100)))
    assert made.links.count() == MOST


def test_more_references_cost_no_more_queries(writer: User, queries: Queries) -> None:
    paper("A Title", names=["P5"])
    made = kept("[[P5]] [[arXiv:2305.00447]]")
    body = ["[[P5]] [[arXiv:2305.00447]] [[x]]"]

    def again() -> None:
        made.body = "\n\n".join([*body, str(len(body))])
        made.save()
        body.append("one more")
        keep(made)

    def more() -> None:
        for number in range(20):
            paper(f"Title {number}", names=[f"N{number}"], arxiv_id=f"2305.0{number:04}")
            body.append(f"[[N{number}]] [[Title {number}]] https://arxiv.org/abs/2305.0{number:04}")
        again()

    queries.stay_equal(again, when=more)
