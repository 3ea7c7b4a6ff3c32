"""Cells with base LLMs, as people write them."""

from typing import Any

import pytest

from apps.vocabulary.cells import canonical_size, split_llms
from apps.vocabulary.folding import fold

CELLS = [
    ("GPT-3.5-turbo ,GPT-4,BAIZE,Vicuna", ["GPT-3.5-turbo", "GPT-4", "BAIZE", "Vicuna"]),
    ("ChatGPT/4", ["ChatGPT", "GPT-4"]),
    ("GPT-3.5/4", ["GPT-3.5", "GPT-4"]),
    ("GPT-4/4o", ["GPT-4", "GPT-4o"]),
    ("LLaMA-2/3", ["LLaMA-2", "LLaMA-3"]),
    ("GPT-3.5/GPT4", ["GPT-3.5", "GPT4"]),
    ("CLIP-B/32", ["CLIP-B/32"]),
    ("ViT-B/16, ViT-L/14", ["ViT-B/16", "ViT-L/14"]),
    ("BLIP-2+GPT4", ["BLIP-2", "GPT4"]),
    ("BART-large and LLaMA-7B", ["BART|large", "LLaMA|7B"]),
    ("GPT-2/ DialoGPT /BART", ["GPT-2", "DialoGPT", "BART"]),
    ("175B InstructGPT", ["InstructGPT|175B"]),
    ("LLaMA-7b", ["LLaMA|7B"]),
    ("FLAN-T5-3B", ["FLAN-T5|3B"]),
    ("FLAN/ChatGPT", ["FLAN", "ChatGPT"]),
    ("LaMDA(video)", ["LaMDA||video"]),
    ("LLaMA-7B/13B", ["LLaMA|7B", "LLaMA|13B"]),
    ("7B/13B LLaMA", ["LLaMA|7B", "LLaMA|13B"]),
    ("Llama 2 (7B, 13B)", ["Llama 2|7B", "Llama 2|13B"]),
    ("LLaMA-{7B,13B}", ["LLaMA|7B", "LLaMA|13B"]),
    ("T5 (base, large)", ["T5|base", "T5|large"]),
    ("T5-base/large", ["T5|base", "T5|large"]),
    ("Flan-T5-XL (3B)", ["Flan-T5|XL|3B"]),
    ("GPT-4o-mini", ["GPT-4o-mini"]),
    ("Qwen2.5-7B-Instruct", ["Qwen2.5|7B|Instruct"]),
    ("Llama-2-7b-chat-hf", ["Llama-2|7B|chat hf"]),
    ("Mistral-7B-Instruct-v0.2", ["Mistral-v0.2|7B|Instruct"]),
    ("BERT-base-uncased", ["BERT|base|uncased"]),
    ("Qwen3-235B-A22B", ["Qwen3|235B-A22B"]),
    ("ChatGLM2-6B", ["ChatGLM2|6B"]),
    ("text-davinci-003", ["text-davinci-003"]),
    ("text-embedding-3-large", ["text-embedding-3-large"]),
    ("gpt-4o-2024-08-06", ["gpt-4o||2024-08-06"]),
    ("gpt-3.5-turbo-0613", ["gpt-3.5-turbo||0613"]),
    ("Mixtral 8×7B", ["Mixtral|8x7B"]),
    ("LLaMA & GPT-2", ["LLaMA", "GPT-2"]),
    ("GPT-4、ChatGLM和LLaMA，BERT与T5", ["GPT-4", "ChatGLM", "LLaMA", "BERT", "T5"]),
    ("GPT-4等", ["GPT-4"]),
    ("GPT-4, etc.", ["GPT-4"]),
    ("ChatGPT (gpt-3.5-turbo, zero-shot)", ["ChatGPT||gpt-3.5-turbo, zero-shot"]),
    ("Llama3-8B（LoRA）", ["Llama3|8B|LoRA"]),
    ("`GPT-4`<br>**BERT**", ["GPT-4", "BERT"]),
    ("[GPT-4](https://example.org/x), BERT", ["GPT-4", "BERT"]),
    ("GPT-4, N/A", ["GPT-4"]),
]


@pytest.mark.parametrize(("cell", "names"), CELLS, ids=[cell for cell, _ in CELLS])
def test_the_names_sizes_and_remarks_of_a_cell(cell: str, names: list[str]) -> None:
    found = [f"{name.name}|{name.size}|{name.remark}".rstrip("|") for name in split_llms(cell)]
    assert found == names


@pytest.mark.parametrize(
    "cell",
    ["N/A", "n/a", "-", "--", "—", "", "  ", "Unknown", "None", "无", "未知", "(N/A)", "N/A, -", "(((((", "?", "**-**"],
)
def test_a_cell_that_says_nothing_gives_nothing(cell: str) -> None:
    assert split_llms(cell) == []


def test_a_known_name_is_never_taken_apart() -> None:
    assert [name.name for name in split_llms("Foo/Bar, Mistral Large")] == ["Foo", "Bar", "Mistral"]
    whole = split_llms("Foo/Bar, Mistral Large", known={"foo/bar", "mistrallarge"})
    assert [(name.name, name.size) for name in whole] == [("Foo/Bar", ""), ("Mistral Large", "")]


def test_each_name_keeps_the_piece_it_was_read_from() -> None:
    assert [name.raw for name in split_llms("175B InstructGPT / LaMDA(video)")] == ["175B InstructGPT", "LaMDA(video)"]


@pytest.mark.parametrize(
    ("raw", "size"),
    [("7b", "7B"), ("1.3 b", "1.3B"), ("770m", "770M"), ("8×7b", "8x7B"), ("Large", "large"), ("xl", "XL"), ("", "")],
)
def test_sizes_have_one_form(raw: str, size: str) -> None:
    assert canonical_size(raw) == size


@pytest.mark.parametrize("piece", [" ", "(", "(a,", "-", ",", "a-", "[", "<b", "7B ", "7B,", "等", "GPT-4 "])
def test_a_monstrous_cell_is_read_in_reasonable_steps(piece: str) -> None:
    """It ends at all: patterns that go back and forth would not, on a hundred thousand repetitions."""
    split_llms(piece * 100_000)


def test_the_seeds_cells_are_read_as_expected(expected: dict[str, Any]) -> None:
    for paper in expected["seeds"]["001"]["papers"]:
        found = [(fold(name.name), name.size) for name in split_llms(paper["llm_raw"])]
        assert found == [(fold(llm["name"]), llm.get("size", "")) for llm in paper["llms"]], paper["llm_raw"]
