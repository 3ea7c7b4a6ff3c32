"""What cannot be the answer to a question is refused with a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from apps.papers.answers import answer, answers
from apps.papers.models import Review
from tests.papers.saying import said, source, spoken_of

pytestmark = pytest.mark.django_db
DATE = {"title": "A paper", "arxiv_id": "2203.02155", "published": "2022-05-04"}
LINK = {"title": "A paper", "link_code": "https://paperswithcode.com/paper/another x"}


@pytest.mark.parametrize(
    ("fields", "action", "text"),
    [
        (DATE, "type", "soon"),
        (DATE, "type", ""),
        (DATE, "type", "x" * 2001),
        (DATE, "heading", ""),
        (DATE, "nonsense", ""),
        (LINK, "type", "javascript:alert(1)"),
        (LINK, "type", "no address"),
        (LINK, "month", ""),
        (LINK, "remove-id", ""),
    ],
)
def test_nonsense_is_refused(fields: dict[str, str], action: str, text: str) -> None:
    paper = spoken_of(**fields)
    with pytest.raises(ValidationError):
        answer(Review.objects.get(paper=paper), action, text)


@pytest.mark.parametrize(
    ("field", "words", "typed", "value"),
    [
        ("arxiv_id", ("2305.00001", "2305.00002"), "https://arxiv.org/abs/2305.00003v2", "2305.00003"),
        ("doi", ("10.1145/1", "10.1145/2"), "https://doi.org/10.1145/ABC", "10.1145/abc"),
        ("title", ("One title", "Another title"), "The right title.", "The right title"),
        ("venue", ("KDD", "WSDM"), "  SIGIR  2023 ", "SIGIR 2023"),
    ],
)
def test_what_is_typed_is_read_as_the_field_wants_it(
    field: str, words: tuple[str, str], typed: str, value: str
) -> None:
    paper = spoken_of(**{"name": "Short", field: words[0]})
    said(paper, source(), **{field: words[1]})
    question = Review.objects.get(kind="disagree", field=field)
    assert answer(question, "type", typed) == {field: value}
    assert answers(question) == []


@pytest.mark.parametrize("field", ["arxiv_id", "doi"])
def test_an_id_that_is_none_is_refused(field: str) -> None:
    one, other = ("2305.00001", "2305.00002") if field == "arxiv_id" else ("10.1145/1", "10.1145/2")
    paper = spoken_of(**{"title": "A paper", field: one})
    said(paper, source(), **{field: other})
    with pytest.raises(ValidationError):
        answer(Review.objects.get(kind="disagree"), "type", "nonsense")
