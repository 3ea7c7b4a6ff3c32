"""Pictures of ours, our copies of those elsewhere, and a labelled place where we have none."""

from __future__ import annotations

from collections.abc import Sequence

from apps.accounts.eyes import Eyes
from apps.core.markup import Filled, Slot
from apps.core.markup.filling import PLAIN


def fill_pictures(slots: Sequence[Slot], eyes: Eyes) -> Sequence[Filled]:
    return PLAIN["picture"](slots)
