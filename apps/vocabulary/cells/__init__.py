"""Reading vocabulary cells as people write them: pure text in, frozen dataclasses out, nothing looked up."""

from apps.vocabulary.cells.lists import split_authors, split_organisations, split_tags
from apps.vocabulary.cells.llms import LLMName, canonical_size, split_llms
from apps.vocabulary.cells.pieces import says_nothing, split_keeping
from apps.vocabulary.cells.venues import VenueName, read_venue

__all__ = [
    "LLMName",
    "VenueName",
    "canonical_size",
    "read_venue",
    "says_nothing",
    "split_authors",
    "split_keeping",
    "split_llms",
    "split_organisations",
    "split_tags",
]
