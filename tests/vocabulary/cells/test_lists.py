"""Cells with organisations, tags and authors."""

import pytest

from apps.vocabulary.cells import split_authors, split_organisations, split_tags


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Google、多伦多大学", ["Google", "多伦多大学"]),
        ("Facebook（Meta）、华盛顿大学、Hugging Face", ["Facebook（Meta）", "华盛顿大学", "Hugging Face"]),
        ("OpenAI", ["OpenAI"]),
        ("Google, google", ["Google"]),
        (
            "University of Science and Technology of China; Texas A&M",
            ["University of Science and Technology of China", "Texas A&M"],
        ),
        ("N/A", []),
        ("", []),
    ],
)
def test_organisations(cell: str, names: list[str]) -> None:
    assert split_organisations(cell) == names


def test_known_organisations_keep_their_commas_and_tell_where_and_cuts() -> None:
    known = {"universityofcalifornia,berkeley", "清华大学", "华为", "google"}
    assert split_organisations("University of California, Berkeley, Google", known) == [
        "University of California, Berkeley",
        "Google",
    ]
    assert split_organisations("清华大学和华为", known) == ["清华大学", "华为"]
    assert split_organisations("华为和某大学", known) == ["华为和某大学"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ada Byron, Alan Turing and Grace Hopper", ["Ada Byron", "Alan Turing", "Grace Hopper"]),
        ("Ada Byron, Alan Turing, and Grace Hopper", ["Ada Byron", "Alan Turing", "Grace Hopper"]),
        ("王伟、李娜", ["王伟", "李娜"]),
        ("Byron, Ada; Turing, Alan", ["Ada Byron", "Alan Turing"]),
        ("Byron, A., Turing, A. M.", ["A. Byron", "A. M. Turing"]),
        ("Ada Byron et al.", ["Ada Byron"]),
        ("王伟等", ["王伟"]),
        ("Sandra Alexander", ["Sandra Alexander"]),
        ("N/A", []),
    ],
)
def test_authors(cell: str, names: list[str]) -> None:
    assert split_authors(cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("#LLM #RecSys", ["LLM", "RecSys"]),
        ("a, b、c；CTR/CVR", ["a", "b", "c", "CTR/CVR"]),
        ("LLM, llm", ["LLM"]),
        ("-", []),
    ],
)
def test_tags(cell: str, names: list[str]) -> None:
    assert split_tags(cell) == names
