"""The facets of a query become parameters of the papers page, and words again."""

import pytest
from hypothesis import given, settings

from apps.search.language.facets import split_facets, with_facets
from apps.search.language.fields import FACETS
from apps.search.language.parsing import parse
from apps.search.language.rendering import render
from tests.search.language.trees import TREES


@pytest.mark.parametrize(
    ("text", "chosen", "rest"),
    [
        ("graph", {}, "graph"),
        ("llm:gpt-4", {"llm": ("gpt-4",)}, ""),
        ("llm:gpt-4,llama graph year:2021..2023", {"llm": ("gpt-4", "llama"), "year": ("2021-2023",)}, "graph"),
        ("llm:a OR llm:b", {"llm": ("a", "b")}, ""),
        ("tag:a tag:b llm:c", {"llm": ("c",)}, "tag:a tag:b"),
        ("-llm:a tag:b", {"tag": ("b",)}, "-llm:a"),
        ("(llm:a OR graph) tag:b", {"tag": ("b",)}, "llm:a OR graph"),
        ("(llm:a tag:b) c", {"llm": ("a",), "tag": ("b",)}, "c"),
    ],
)
def test_facets_that_stand_alone_are_lifted(text, chosen, rest):
    found, left = split_facets(parse(text).tree)
    assert (found, render(left)) == (chosen, rest)
    assert {*split_facets(with_facets(left, found))[0].items()} == {*chosen.items()}


def test_the_whole_question_can_be_seen_as_words():
    tree = with_facets(parse("graph OR tree").tree, {"llm": ("gpt-4", "Llama 2"), "year": ("-2023",), "tag": ()})
    assert render(tree) == '(graph OR tree) llm:gpt-4,"Llama 2" year:..2023'


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_lifting_and_putting_back_is_the_same_question(tree):
    chosen, rest = split_facets(tree)
    whole = with_facets(rest, chosen)
    assert {*chosen} <= {*FACETS}
    assert split_facets(whole) == (chosen, rest)
    assert {*getattr(whole, "items", (whole,))} == {*getattr(tree, "items", (tree,))}
