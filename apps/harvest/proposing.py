"""What one arXiv record proposes: a venue and that the paper is published, by DOI, journal reference or comment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apps.harvest.models import Acceptance, ArxivRecord
from apps.harvest.venues_said import Known, VenueSaid, by_comment, by_doi, by_journal_ref
from apps.vocabulary.folding import fold

MOST_WORDS = 2000
# The strongest first: a DOI is given out by who publishes, a comment is what authors say.
_READERS: tuple[tuple[str, str, Callable[[str, Known], VenueSaid | None]], ...] = (
    (Acceptance.Kind.DOI, "doi", by_doi),
    (Acceptance.Kind.JOURNAL_REF, "journal_ref", by_journal_ref),
    (Acceptance.Kind.COMMENT, "comment", by_comment),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`words` are arXiv's, as they stand."""

    reason: str
    said: VenueSaid
    words: str

    @property
    def venue(self) -> str:
        return str(self.said)

    @property
    def key(self) -> str:
        return fold(self.venue)


def proposals_of(record: ArxivRecord, known: Known) -> list[Proposal]:
    """One a venue, by the strongest of the kinds that name it; only published, where none names any."""
    if record.withdrawn or record.deleted:
        return []
    found: dict[str, Proposal] = {}
    for reason, column, read in _READERS:
        words = getattr(record, column)
        said = read(words, known) if words else None
        if said is not None:
            _add(found, Proposal(reason, said, words[:MOST_WORDS]))
    named = [each for each in found.values() if each.said.name]
    return named or list(found.values())


def _add(found: dict[str, Proposal], new: Proposal) -> None:
    """A weaker kind may still know the year."""
    name = fold(new.said.name)
    known = found.setdefault(name, new)
    if known.said.year is None and new.said.year:
        found[name] = Proposal(known.reason, VenueSaid(known.said.name, new.said.year), known.words)
