"""The values of a paper that follow from what was said of it."""

from __future__ import annotations

from datetime import date

import pytest

from apps.papers.chosen import Chosen, chosen
from apps.papers.word import PERSON, Word

LIST, DIGEST = 3, 1


def said(*words: tuple[str, str], rank: int = LIST, **more: object) -> list[Word]:
    return [Word(field, raw, rank, id=n, line=n, **more) for n, (field, raw) in enumerate(words)]  # type: ignore[arg-type]


def of(*words: tuple[str, str]) -> Chosen:
    return chosen(said(*words))


def test_of_nothing_follows_nothing() -> None:
    values = chosen([]).values
    assert values["title"] == "?"
    assert not any(value for name, value in values.items() if name != "title")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ([("title", "Attention is all you need.")], "Attention is all you need"),
        ([("name", "FLAN"), ("contested_title", "Another paper's title")], "FLAN"),
        ([("arxiv_id", "2305.00001")], "arXiv:2305.00001"),
        ([("doi", "10.1145/1")], "10.1145/1"),
        ([("url", "https://example.org/paper")], "https://example.org/paper"),
    ],
)
def test_a_paper_goes_by_its_title_else_by_its_name_or_id(words: list[tuple[str, str]], title: str) -> None:
    assert of(*words).values["title"] == title


def test_a_contested_title_is_known_as_such_until_a_real_one_is_stated() -> None:
    contested = ("contested_title", "Exploring the limits")
    assert of(("name", "FLAN"), contested).contested == "Exploring the limits"
    assert of(("name", "FLAN"), contested, ("title", "Finetuned language models")).contested == ""


@pytest.mark.parametrize(
    ("raw", "published", "precision"),
    [
        ("2024/04", date(2024, 4, 1), "month"),
        ("2023-05-17", date(2023, 5, 17), "day"),
        ("2023", date(2023, 1, 1), "year"),
        ("soon", None, ""),
    ],
)
def test_a_date_keeps_the_precision_it_was_given_in(raw: str, published: date | None, precision: str) -> None:
    values = of(("published", raw)).values
    assert (values["published"], values["precision"]) == (published, precision)


def test_without_a_stated_date_the_id_tells_the_month() -> None:
    values = of(("arxiv_id", "2305.00447")).values
    assert (values["published"], values["precision"], values["year"]) == (date(2023, 5, 1), "month", 2023)


def test_a_person_may_say_that_there_is_no_date() -> None:
    words = [*said(("published", "2022-05-04"), ("arxiv_id", "2203.02155")), *said(("published", ""), rank=PERSON)]
    assert chosen(words).values["published"] is None


def test_two_sources_that_differ_on_a_fact_disagree_and_a_person_settles_it() -> None:
    words = said(("published", "2022-05-04")) + said(("published", "2022-03-04"), source=2)
    assert chosen(words).disagree == {"published": ["2022-05-04", "2022-03-04"]}
    assert chosen([*words, *said(("published", "2022-03-04"), rank=PERSON)]).disagree == {}


@pytest.mark.parametrize(
    "words",
    [
        [("published", "2024-04"), ("published", "2024-04-24")],
        [("title", "Attention Is All You Need"), ("title", "attention is all you need.")],
        [("doi", "10.1145/ABC"), ("doi", "10.1145/abc")],
        [("title_zh", "一个译名"), ("title_zh", "另一个译名")],
        [("summary_zh", "一句话"), ("summary_zh", "另一句话")],
    ],
)
def test_what_only_looks_different_is_no_disagreement(words: list[tuple[str, str]]) -> None:
    assert of(*words).disagree == {}


def test_every_name_and_link_that_was_given_is_kept_once() -> None:
    result = of(
        ("name", "GPT-1"),
        ("name", "GPT1"),
        ("name", "GPT-1"),
        ("link:code", "https://github.com/a/b Python"),
        ("link:code", "https://github.com/a/b Code"),
        ("link:project", "https://a.example.org/ Project"),
        ("link:code", "javascript:alert(1)"),
    )
    assert result.names == ["GPT-1", "GPT1"]
    assert result.links == [
        ("code", "https://github.com/a/b", "Python"),
        ("project", "https://a.example.org/", "Project"),
    ]


def test_a_persons_list_replaces_all_names_and_links() -> None:
    words = said(("name", "Wrong"), ("link:code", "https://github.com/wrong/one x"))
    words += said(("names", '["P5"]'), ("links", '[["code", "https://github.com/right/one", "Python"]]'), rank=PERSON)
    assert chosen(words).names == ["P5"]
    assert chosen(words).links == [("code", "https://github.com/right/one", "Python")]


def test_categories_and_tags_of_all_sources_are_gathered_once() -> None:
    words = said(("category", "cs.IR"), ("category", "cs.CL"), ("category", "cs.IR"), ("tags", "LLM"))
    assert chosen(words).categories == ["cs.IR", "cs.CL"]
    assert chosen([*words, *said(("tags", "survey"), rank=PERSON)]).tags == ["survey"]


def test_the_mark_of_a_cut_abstract_belongs_to_the_abstract_that_is_shown() -> None:
    cut = said(("abstract", "The first half"), rank=LIST, cut=True)
    assert chosen(cut).values["abstract_cut"] is True
    whole = said(("abstract", "All of it"), rank=LIST, source=2)
    values = chosen(cut + whole).values
    assert (values["abstract"], values["abstract_cut"]) == ("All of it", False)


def test_the_newest_version_that_anybody_named_counts() -> None:
    assert of(("arxiv_version", "1"), ("arxiv_version", "3"), ("arxiv_version", "x")).values["arxiv_version"] == 3


@pytest.mark.parametrize(("raw", "year"), [("2023", 2023), ("23", None), ("99999", None), ("next", None)])
def test_a_year_is_four_digits(raw: str, year: int | None) -> None:
    assert of(("year", raw)).values["year"] == year
