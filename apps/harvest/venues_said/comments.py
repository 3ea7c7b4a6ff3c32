"""The venue that the author's comment names as the one that took the paper."""

from __future__ import annotations

from apps.harvest.venues_said import cues
from apps.harvest.venues_said.known import Known
from apps.harvest.venues_said.said import VenueSaid
from apps.harvest.venues_said.sifting import one, sift
from apps.harvest.venues_said.tokens import clean, sentences


def by_comment(words: str, known: Known) -> VenueSaid | None:
    """A venue that stands there without a word on what became of the paper counts only where nothing speaks against it."""
    text = clean(words)
    found = [each for sentence in sentences(text) for each in sift(sentence, known)]
    if not all(each.sure for each in found) and (cues.NOT_TAKEN.search(text) or cues.OF_ANOTHER.search(text)):
        found = [each for each in found if each.sure]
    return one(found)
