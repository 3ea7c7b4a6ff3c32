"""Comparing and merging for pages: long texts in a child that may be killed, so that every page is answered in time."""

from __future__ import annotations

from apps.core import confined
from apps.core.differing import comparing, merging
from apps.core.differing.comparing import Comparison, replaced
from apps.core.differing.merging import Merged, Piece
from apps.core.differing.tokens import with_plain_line_ends

_SHORT = 60_000  # signs of all texts together that are dealt with here and now
SECONDS = 3.0


def compare(before: str, after: str) -> Comparison:
    """With plain line ends. What takes too long to compare is shown as two whole texts."""
    before, after = with_plain_line_ends(before), with_plain_line_ends(after)
    if len(before) + len(after) <= _SHORT or before == after:
        return comparing.compare(before, after)
    try:
        name = "apps.core.differing.comparing:compare_json"
        return comparing.from_json(confined.call(name, before, after, seconds=SECONDS))
    except (confined.TooMuch, confined.ConfinedError):
        return Comparison(tuple(replaced(before, after)), too_different=True)


def merge(base: str | None, mine: str, theirs: str) -> Merged:
    """What takes too long to merge is one conflict. For `base` see merging.merge."""
    if len(base or "") + len(mine) + len(theirs) <= _SHORT:
        return merging.merge(base, mine, theirs)
    try:
        name = "apps.core.differing.merging:merge_json"
        return merging.from_json(confined.call(name, base, mine, theirs, seconds=SECONDS))
    except (confined.TooMuch, confined.ConfinedError):
        three = (with_plain_line_ends(text) for text in (base or "", mine, theirs))
        return Merged((Piece(*three),))
