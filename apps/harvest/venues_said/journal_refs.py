"""The venue of a journal reference: one that we know, else a journal or proceedings that is plainly named."""

from __future__ import annotations

import re

from apps.harvest.venues_said import cues
from apps.harvest.venues_said.known import Known, is_place
from apps.harvest.venues_said.said import VenueSaid
from apps.harvest.venues_said.sifting import one, sift
from apps.harvest.venues_said.tokens import clean, sentences, tokens

_LONGEST = 80
# "Phys. Rev. D 60 (1999) 104001", "Journal of Web Semantics, 82, 2024": words, then a volume, and a year further on.
_JOURNAL = re.compile(r"([^\W\d_][^\d()\[\],;]*?)[\s,]+(?:vol(?:ume)?\.?\s*)?[A-Z]?\d{1,4}\b", re.IGNORECASE)
_PERIODICAL = re.compile(
    r"\b(?:journal|transactions|annals|letters|review|bulletin|magazine|quarterly|archiv\w*|acta|J|Trans|Lett|Rev|Ann|"
    r"Phys|Math|Int|Bull|Mag|Quart)\b|学报",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d-])((?:19[6-9]|20[0-4])\d)(?![\d-])")


def by_journal_ref(words: str, known: Known) -> VenueSaid | None:
    text = clean(words)
    if cues.NOT_TAKEN.search(text):
        return None
    whole, journal = known.named(_YEAR.sub("", text).strip(" .,()")), known.named(_before_volume(text))
    if whole or (journal and journal.kind == "journal"):
        entry = whole or journal
        return VenueSaid(entry.name, _year(text)) if entry and is_place(entry) else None
    found = [each for sentence in sentences(text) for each in sift(sentence, known, taken=True)]
    if found:
        said = one(found)
        return VenueSaid(said.name, said.year or _year(text)) if said else None
    return _unknown(text, known)


def _unknown(text: str, known: Known) -> VenueSaid | None:
    """Only where the words can hardly be anything else than the name of a periodical, its volume and its year."""
    name, year = _before_volume(text), _year(text)
    if not name or year is None or cues.WORKSHOP.search(text) or cues.OF_ANOTHER.search(text):
        return None
    if not _PERIODICAL.search(name) or len(name) > _LONGEST:
        return None
    return VenueSaid(name, year) if len(tokens(name)) > 1 or not name.isascii() else None


def _before_volume(text: str) -> str:
    match = _JOURNAL.match(text)
    return match.group(1).strip(" .,:-") if match else ""


def _year(text: str) -> int | None:
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None
