"""Whose word wins among several on one field."""

from __future__ import annotations

import pytest

from apps.papers.word import PERSON, Word, current, pick, ranked, standing

ARXIV, LIST, DIGEST = 4, 3, 1


def word(raw: str, rank: int = LIST, **more: object) -> Word:
    return Word("title", raw, rank, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (word("a person's", PERSON, id=1), word("arXiv's", ARXIV, id=2)),
        (word("arXiv's", ARXIV), word("a list's", LIST)),
        (word("a list's", LIST), word("a digest's", DIGEST)),
        (word("whole"), word("cut", cut=True, weight=5)),
        (word("a row's own"), word("a heading's", weight=-1)),
        (word("who said it first", source=1), word("who said it later", source=2)),
        (word("the earlier line", line=3), word("the later line", line=9)),
        (word("a person's newer", PERSON, id=9, source=1), word("a person's older", PERSON, id=3, source=2)),
        (word("", PERSON, id=1), word("a person's empty word wins, too", ARXIV)),
    ],
)
def test_the_better_word_wins_whatever_the_order(better: Word, worse: Word) -> None:
    assert pick([better, worse]) == better
    assert pick([worse, better]) == better


def test_nothing_said_is_no_word() -> None:
    assert pick([]) is None


def test_a_later_edition_of_a_document_takes_back_its_earlier_word() -> None:
    old, new = word("old", document="post:a", source=1), word("new", document="post:a", source=2)
    other = word("another document's", document="post:b", source=3)
    assert current([old, new, other]) == [new, other]
    assert [w.raw for w in ranked([old, new, other])] == ["new", "another document's"]


def test_words_without_a_document_all_stand() -> None:
    words = [word("one", source=1), word("two", source=2)]
    assert current(words) == words


def about(arxiv_id: str, source: int, rank: int = ARXIV) -> Word:
    return Word("arxiv_id", arxiv_id, rank, source=source)


@pytest.mark.parametrize(
    ("ids", "stands"),
    [
        ([about("1", 1)], True),
        ([about("1", 1), about("1", 2, LIST)], True),
        ([about("1", 1), about("2", 2, LIST)], False),
        ([about("1", 1), about("2", 2, DIGEST)], False),
        ([about("1", 1), about("1", 2, LIST), about("", 3, PERSON)], False),
        ([about("1", 1), about("2", 2, LIST), about("1", 3, PERSON)], True),
        ([about("1", 2)], True),  # an edition that names no id speaks of the paper's own
    ],
)
def test_arxivs_word_stands_while_the_paper_has_the_id_that_it_spoke_of(ids: list[Word], stands: bool) -> None:
    title = word("arXiv's title", ARXIV, source=1)
    assert (title in standing([*ids, title])) is stands
    listed = word("A list's title", source=2)
    assert listed in standing([*ids, listed])


def test_an_empty_word_of_a_later_edition_takes_the_earlier_one_back() -> None:
    words = [word("withdrawn", ARXIV, document="arxiv", source=1), word("", ARXIV, document="arxiv", source=2)]
    assert pick(words) is None
    assert pick([*words, word("published", LIST, source=3)]) == word("published", LIST, source=3)
