"""What became of a text, as a person would mark it with a pen."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given

from apps.core.differing.comparing import ADDED, MOST_PIECES, REMOVED, SAME, compare, compare_json, from_json
from tests.core.differing import texts
from tests.core.differing.test_merging import HOSTILE


def marked(before: str, after: str) -> str:
    """[-removed-] and {+added+}, as a pen would."""
    marks = {SAME: "{}", REMOVED: "[-{}-]", ADDED: "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in compare(before, after).pieces)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "", ""),
        ("same", "same", "same"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("It is fast.", "It is slow.", "It is [-fast-]{+slow+}."),
        ("它很快。", "它很慢。", "它很[-快-]{+慢+}。"),
        ("我们提出了一个模型。", "我们提出了两个模型。", "我们提出了[-一-]{+两+}个模型。"),
        # One sign in common between two changes is chance.
        ("他去了学校", "她去过学校", "[-他去了-]{+她去过+}学校"),
        # What was added is a sentence, not the end of one and the beginning of the next.
        ("它快。它准。", "它快。它小。它准。", "它快。{+它小。+}它准。"),
        ("One. Two.\n", "One. One more. Two.\n", "One. {+One more. +}Two.\n"),
        ("a\nb\n", "a\nnew\nb\n", "a\n{+new\n+}b\n"),
        ("x = 3.5 now", "x = 3.75 now", "x = [-3.5-]{+3.75+} now"),
        ("用GPT-4做实验", "用GPT-3做实验", "用GPT-[-4-]{+3+}做实验"),
        ("line\r\nother\r\n", "line\nother\r\n", "line[-\r\n-]{+\n+}other\r\n"),
        ("one two", "one\n\ntwo", "one[- -]{+\n\n+}two"),
        ("😀 ok", "😎 ok", "[-😀-]{+😎+} ok"),
        ("𠮷野家", "吉野家", "[-𠮷-]{+吉+}野家"),
        # Paragraphs that have nothing in common are not torn into words.
        (
            "The cat sat on the mat all day.",
            "In spring every field needs water and care.",
            "[-The cat sat on the mat all day-]{+In spring every field needs water and care+}.",
        ),
    ],
)
def test_changes_read_as_words(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


@given(texts.three())
def test_the_pieces_are_both_texts(three: tuple[str, str, str]) -> None:
    for before, after in ((three[0], three[1]), (three[1], three[2])):
        made = compare(before, after)
        assert (made.before, made.after) == (before, after)
        assert all(piece.text for piece in made.pieces)
        assert from_json(compare_json(before, after)) == made


@given(texts.texts, texts.texts)
def test_so_they_are_of_any_two_texts(before: str, after: str) -> None:
    made = compare(before, after)
    assert (made.before, made.after) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "", (0, 0)),
        ("a b", "a b c d", (2, 0)),
        ("我们提出模型", "我们用模型", (1, 2)),
        ("one, two", "one; two", (0, 0)),
        ("GPT-4 is 很好", "GPT-4 很好", (0, 1)),
    ],
)
def test_the_words_that_came_and_went_are_counted(before: str, after: str, words: tuple[int, int]) -> None:
    assert compare(before, after).words == words


def test_a_few_changes_in_a_long_text_stay_a_few() -> None:
    chance = random.Random(3)
    lines = ["".join(chance.choice("模型训练数据我们提出，。 ") for _ in range(200)) + "\n" for _ in range(300)]
    after = list(lines)
    after[10] = after[10][:50] + "全新的" + after[10][50:]
    del after[100]
    after.insert(200, "one more line\n")
    made = compare("".join(lines), "".join(after))
    assert not made.too_different
    assert [p.text for p in made.pieces if p.kind == REMOVED] == [lines[100]]
    assert "one more line\n" in [p.text for p in made.pieces if p.kind == ADDED]


@pytest.mark.parametrize("name", HOSTILE)
def test_long_texts_end_too(name: str) -> None:
    before, after, _ = HOSTILE[name]
    started = time.process_time()
    made = compare(before, after)
    assert time.process_time() - started < 20  # measured: under 2 s; a hang is what must not be
    assert (made.before, made.after) == (before, after)
    assert len(made.pieces) <= MOST_PIECES
