"""[[…]] and links to arXiv and DOIs: links to our papers, a choice where several match, "add it" where none does."""

from __future__ import annotations

from collections.abc import Sequence

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Slot
from apps.core.markup.filling import PLAIN
from apps.notes.models import NoteLink


def fill_papers(slots: Sequence[Slot], links: Sequence[NoteLink | None], eyes: Eyes) -> Sequence[Filled]:
    """`links`: what is known of each slot."""
    return PLAIN["paper"](slots)


def fill_links(slots: Sequence[Slot], links: Sequence[NoteLink | None], eyes: Eyes) -> Sequence[Filled]:
    return PLAIN["link"](slots)
