"""Every shape of hostile Markdown with the time it really has: the longest answers and the largest."""

from __future__ import annotations

import time
from collections.abc import Iterator

from apps.core import markup
from tests.bench.measuring import Row
from tests.core.markup.hostile import SHAPES


def rows(
    sizes: tuple[int, ...] = (2_000, 100_000, 1_000_000), shapes: tuple[str, ...] = tuple(SHAPES)
) -> Iterator[Row]:
    markup.make("x" * 3_000)  # the child is there
    for size in sizes:
        answers = {name: _answer(name, size) for name in shapes}
        slowest = max(answers, key=lambda name: answers[name][0])
        largest = max(answers, key=lambda name: answers[name][1])
        refused = sum(1 for _seconds, _length, reason in answers.values() if reason)
        yield Row(f"{size} bytes: longest answer ({slowest})", answers[slowest][0], "s", 5)
        yield Row(f"{size} bytes: largest HTML ({largest})", answers[largest][1] / 1e6, "MB", 4.1)
        yield Row(f"{size} bytes: shown as typed, of {len(shapes)}", refused, "texts")


def _answer(name: str, size: int) -> tuple[float, int, str]:
    text = SHAPES[name](size).encode()[:size].decode("utf-8", "ignore")
    began = time.monotonic()
    made = markup.make(text)
    return time.monotonic() - began, len(markup.fill(made).encode()), made.refused
