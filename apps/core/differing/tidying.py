"""Changes as people made them: what is the same only by chance, between two changes, belongs to the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from apps.core.differing.alignment import Run
from apps.core.differing.tokens import weight

_CHANCE = 12  # what weighs more is never chance, however much changed around it


def weight_of_line(line: str) -> int:
    """An empty line says nothing; any other is worth keeping."""
    return 100 if line.strip() else 0


def weight_in_line(token: str) -> int:
    return 2 if token.endswith(("\n", "\r")) else weight(token)


def tidy(
    runs: list[Run], a: Sequence[str], b: Sequence[str], weigh: Callable[[str], int] = weight_in_line
) -> list[Run]:
    """The runs that say something."""
    sum_a = [0, *accumulate(map(weigh, a))]
    sum_b = [0, *accumulate(map(weigh, b))]

    def gap(before: Run | None, after: Run | None) -> int:
        """The weight of what changed between two runs; nothing may have: a text begins or ends there."""
        a0, b0 = (before.a + before.length, before.b + before.length) if before else (0, 0)
        a1, b1 = (after.a, after.b) if after else (len(a), len(b))
        return max(sum_a[a1] - sum_a[a0], sum_b[b1] - sum_b[b0]) if (a0, b0) != (a1, b1) else -1

    def by_chance(before: Run | None, run: Run, after: Run | None) -> bool:
        own = sum_a[run.a + run.length] - sum_a[run.a]
        around = min(gap(before, run), gap(run, after))
        return around >= 0 and own < _CHANCE and (own <= 1 or 2 * own <= around)

    kept: list[Run] = []
    for after in [*runs, None]:
        while kept and by_chance(kept[-2] if len(kept) > 1 else None, kept[-1], after):
            kept.pop()
        if after:
            kept.append(after)
    return kept
