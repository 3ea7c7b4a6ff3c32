"""Which spellings are one name, and which must never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.vocabulary.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "gpt4"),
        ("GPT 4", "GPT_4"),
        ("GPT‑4", "GPT–4"),
        ("ＧＰＴ－４", "GPT-4"),
        ("GPT-3.5", "gpt 3.5"),
        ("LLaMA-2-7B", "Llama2 7b"),
        ("Inf. Process. Manag.", "Inf Process Manag"),
        ("Facebook（Meta）", "Facebook(Meta)"),
        ("RecSys", "Recsys"),
        ("Flan-T5", "FLAN T5"),
        ("zero\u200b-shot", "Zero shot"),
        ("King’s College", "king's college"),
        ("  清华 大学 ", "清华大学"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "GPT-4o"),
        ("LLaMA-7B", "LLaMA-70B"),
        ("OPT-1.3B", "OPT-13B"),
        ("Qwen1.5-1.8B", "Qwen1.5-18B"),
        ("Gemma-2 7B", "Gemma 27B"),
        ("GPT-3.5", "GPT-35"),
        ("LLaMA", "LLaMA-2"),
        ("FLAN", "Flan-T5"),
        ("GPT", "ChatGPT"),
        ("SIGIR", "Gen-IR@SIGIR"),
        ("C", "C++"),
    ],
)
def test_versions_and_sizes_are_never_folded_away(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " ", "-", "--", "—", "._-"])
def test_separators_alone_fold_to_nothing(text: str) -> None:
    assert fold(text) == ""


@given(st.text(alphabet=st.sampled_from("aZ4.－-_ 　–İßﬁ清７"), max_size=12))
def test_a_key_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aZ49 .-_\t\x1c'(/", max_size=20))
def test_plain_letters_fold_to_the_same_the_short_way(text: str) -> None:
    assert fold(text) == fold("\u200b" + text)
