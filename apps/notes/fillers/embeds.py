"""{{table: …}}, {{list: …}} and {{cite}}: the rooms that know tables and lists answer, for the eyes of the reader."""

from __future__ import annotations

from collections.abc import Sequence

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Slot
from apps.core.markup.filling import PLAIN
from apps.notes.models import Note


def fill_embeds(slots: Sequence[Slot], note: Note, eyes: Eyes) -> Sequence[Filled]:
    return PLAIN["embed"](slots)
