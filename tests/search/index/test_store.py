"""The file: what is written is found, in blocks, by whoever opened it, and whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from apps.search.index.document import Document, spaces_with, unpacked_words
from apps.search.index.store import Store
from apps.search.tokens import read

FAR = 70_000  # in another block


def document(pk: int, text: str = "Graph networks", **values: tuple[str, ...]) -> Document:
    return Document(
        pk, newest=pk, oldest=pk, added=pk, title=text.casefold(), lines=(("t", read(text)),), values=values
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "index.sqlite3")


def test_words_and_values_are_found_in_all_blocks(store: Store) -> None:
    store.write([1, FAR], [document(1, tag=("3", "4")), document(FAR, "GPT-4 图网络", tag=("4",))], position=[7])
    assert sorted(store.get("t", "graph")) == [1]
    assert sorted(store.get("t", "gpt4")) == sorted(store.get("t", "网络")) == [FAR]
    assert {word: sorted(ids) for word, ids in store.column("@tag").items()} == {"3": [1], "4": [1, FAR]}
    assert sorted(store.get("@all", "")) == [1, FAR]
    assert store.note("position") == [7]


def test_a_paper_that_changed_is_found_by_its_new_words_alone(store: Store) -> None:
    store.write([1, 2], [document(1, "Fine-tuning of 图网络", tag=("3",)), document(2)])
    store.write([1], [document(1, "Prompts", year=("2024",))])
    for space, word in [("t", "finetun"), ("t", "fine"), ("t", "图网"), ("@tag", "3")]:
        assert not store.get(space, word), word
    assert sorted(store.get("t", "prompt")) == sorted(store.get("@year", "2024")) == [1]
    assert sorted(store.get("t", "graph")) == [2]


def test_who_has_no_document_any_more_is_gone(store: Store) -> None:
    store.write([1, 2], [document(1, tag=("3",)), document(2)])
    store.write([1, 5], [])
    assert sorted(store.get("@all", "")) == sorted(store.get("t", "graph")) == [2]
    assert not store.get("@tag", "3")
    assert list(store.in_order("newest")) == [2]


def test_what_breaks_in_the_middle_is_not_there(store: Store) -> None:
    def broken() -> object:
        yield document(1)
        raise RuntimeError("disk")

    store.write([9], [document(9)], position=[1])
    with pytest.raises(RuntimeError, match="disk"):
        store.write([1], broken(), position=[2])  # type: ignore[arg-type]
    assert sorted(store.get("@all", "")) == list(store.in_order("newest")) == [9]
    assert store.note("position") == [1]


def test_another_one_sees_what_was_written(store: Store) -> None:
    other = Store(store.path)
    assert not other.get("t", "graph")
    store.write([1], [document(1)])
    assert other.renewed()
    assert sorted(other.get("t", "graph")) == [1]
    assert not other.renewed()


@pytest.mark.parametrize(
    "text", ["LLM推荐系统，fine-tuning GPT-4 我", "推荐 系统 x-ray", "", "“|”", "a/b pre-training"]
)
def test_what_is_kept_tells_all_words_again(text: str) -> None:
    made = document(1, text, tag=("5",))
    assert unpacked_words(made.packed()) == made.words()


def test_a_piece_is_found_in_the_space_of_its_line_and_never_across_lines() -> None:
    made = Document(
        1, 1, 1, 1, "", lines=(("t", read("large language")), ("t", read("models 推荐")), ("n", read("系统")))
    )
    assert spaces_with(made.packed(), read("large language").stream) == {"t"}
    assert spaces_with(made.packed(), read("language models").stream) == set()
    assert spaces_with(made.packed(), read("荐系").stream) == set()
