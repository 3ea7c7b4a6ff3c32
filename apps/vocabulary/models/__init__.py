"""The vocabulary of the base: what papers are described with, and the spellings that lead there."""

from apps.vocabulary.models.alias import MODELS, Alias
from apps.vocabulary.models.llm import BaseLLM, LLMRole
from apps.vocabulary.models.people import Author, Organisation
from apps.vocabulary.models.topic import ArxivCategory, Tag
from apps.vocabulary.models.tuning import TuningType
from apps.vocabulary.models.venue import Venue

__all__ = [
    "MODELS",
    "Alias",
    "ArxivCategory",
    "Author",
    "BaseLLM",
    "LLMRole",
    "Organisation",
    "Tag",
    "TuningType",
    "Venue",
]
