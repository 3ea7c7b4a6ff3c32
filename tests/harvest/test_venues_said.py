"""Comments, references and DOIs name the venue that took the paper, or nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.harvest.venues_said import Known, VenueSaid, by_comment, by_doi, by_journal_ref
from apps.vocabulary.resolve import Resolver
from tests.harvest import venue_samples as samples
from tests.harvest.venues import known


def _text(said: VenueSaid | None) -> str | None:
    return None if said is None else str(said)


@pytest.mark.parametrize(("words", "venue"), samples.COMMENTS)
def test_a_comment_names_where_the_paper_was_taken(words: str, venue: str) -> None:
    assert _text(by_comment(words, known())) == venue


@pytest.mark.parametrize("words", samples.COMMENTS_THAT_NAME_NONE)
def test_hopes_other_papers_and_lookalikes_name_nothing(words: str) -> None:
    assert by_comment(words, known()) is None


@pytest.mark.parametrize(("words", "venue"), samples.JOURNAL_REFS)
def test_a_journal_reference_names_its_venue(words: str, venue: str | None) -> None:
    assert _text(by_journal_ref(words, known())) == venue


@pytest.mark.parametrize(("doi", "venue"), samples.DOIS)
def test_a_doi_tells_what_its_pattern_tells(doi: str, venue: str | None) -> None:
    assert _text(by_doi(doi, known())) == venue


def test_there_are_enough_examples_of_either_kind() -> None:
    assert len(samples.COMMENTS) > 80
    assert len(samples.COMMENTS_THAT_NAME_NONE) > 50


@given(st.text(max_size=200), st.sampled_from([by_comment, by_journal_ref, by_doi]))
def test_no_text_is_too_odd(words: str, read: object) -> None:
    assert read in (by_comment, by_journal_ref, by_doi)
    said = read(words, known())  # type: ignore[operator]
    assert said is None or isinstance(said, VenueSaid)


@pytest.mark.parametrize(
    "piece", ["a.", "KDD ", "extended (", "1-", "(", "SIGIR 2024, ", "ACM Conference on ", "全", "@"]
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    by_comment(piece * 20_000, known())
    by_journal_ref(piece * 20_000, known())
    assert time.process_time() - start < 2


@pytest.mark.django_db
def test_what_is_named_is_what_the_vocabulary_resolves() -> None:
    resolver = Resolver.load()
    loaded = Known(resolver.spellings("venue"))
    for words, venue in samples.COMMENTS:
        said = by_comment(words, loaded)
        assert _text(said) == venue
        match = resolver.venue(venue)
        assert match.entry is not None
        assert (match.entry.name, match.year) == (said.name, said.year) if said else False
