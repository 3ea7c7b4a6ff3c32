"""Slugs that people can read in an address."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.vocabulary.slugs import SLUG_LENGTH, free_slug, slug_of, validate_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("GPT-3.5", "gpt-3.5"),
        ("LLaMA 7B", "llama-7b"),
        ("清华大学", "清华大学"),
        ("Gen-IR@SIGIR", "gen-ir-sigir"),
        ("Information Processing & Management", "information-processing-and-management"),
        ("Inf. Process. Manag.", "inf-process-manag"),
        ("Command R+", "command-r-plus"),
        ("Café Tübingen", "cafe-tubingen"),
        ("a__b", "a-b"),
        ("../../etc", "etc"),
        ("...", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_slug_of_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(max_size=200))
def test_every_slug_is_a_valid_one_with_room_for_a_number(name: str) -> None:
    slug = slug_of(name)
    validate_slug(slug)
    assert len(slug) < SLUG_LENGTH - 10


@pytest.mark.parametrize("slug", ["a/b", "-a", "a.", ".a", "a b", "a\n", ""])
def test_unfit_slugs_are_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        validate_slug(slug)


def test_a_taken_slug_gets_a_number() -> None:
    assert free_slug("GPT-4", {"gpt-4", "gpt-4-2"}) == "gpt-4-3"
    assert free_slug("GPT-4", {"gpt-4o"}) == "gpt-4"
