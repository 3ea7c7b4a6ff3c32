"""The starter library: bibliographic facts on LLMs and recommendation, so that a new base is not an empty page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import transaction

from apps.core.locks import LIBRARY, lock
from apps.exchange.library.outcome import Outcome
from apps.exchange.library.reading import apply_library, base_is_empty

STARTER: Final = Path(__file__).parent / "data" / "starter.jsonl"


class StarterBroken(Exception):
    """The file that ships with the app does not fit this base."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.problems[0])
        self.outcome = outcome


def load_starter() -> Outcome | None:
    """What was loaded, all of it or nothing; None where the base is not empty."""
    try:
        with transaction.atomic():
            lock(LIBRARY)
            if not base_is_empty():
                return None
            text = STARTER.read_text(encoding="utf-8")
            outcome = apply_library(text, user=None, record=lambda action, label, pk, before: None)
            if outcome.problems:
                raise StarterBroken(outcome)
            return outcome
    except StarterBroken as broken:
        return broken.outcome
