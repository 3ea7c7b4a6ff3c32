"""What it costs to bring in arXiv's snapshot, against the floor of bare `bulk_create` of the same papers. N papers (10,000)."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.exchange.snapshot import services
from apps.exchange.snapshot.batches import Order
from apps.papers.dates import parse_date
from apps.papers.models import Paper
from apps.vocabulary.models import Venue
from apps.vocabulary.slugs import slug_of
from tests.bench import corpus
from tests.bench.measuring import Row

GOAL = 0.5  # CPU seconds for 1,000 papers
_FLOOR = 2_000  # papers, of which the floor is measured
_BATCH = 500


def rows(*, count: int | None = None) -> Iterator[Row]:
    count = count or int(os.environ.get("N", "10000"))
    know_the_venues()
    with tempfile.TemporaryDirectory(prefix="papernotes-bench-") as folder:
        path = Path(folder) / "corpus.json"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(corpus.lines(count))
        floor = _floor(path, min(count, _FLOOR))
        taken = _taken(path)
    whole = taken[-1][1] / count * 1000
    yield Row(f"snapshot of {count:,} lines, CPU for 1,000 papers", whole, "s", GOAL)
    yield Row("bulk_create of the same papers alone, for 1,000", floor, "s")
    yield Row("the snapshot, over that", whole / floor, "times")
    if len(taken) >= 4:
        yield Row("its last quarter, over its first", _of_quarter(taken, -1) / _of_quarter(taken, 0), "times", 1.25)


def know_the_venues() -> None:
    """Those of the corpus that do not ship: an import makes none."""
    known = set(Venue.objects.values_list("name", flat=True))
    for name in corpus.vocabulary()["venues"]:
        if name not in known:
            Venue.objects.create(name=name, slug=slug_of(name))


def _taken(path: Path) -> list[tuple[int, float]]:
    """Papers so far, and CPU seconds so far, behind each batch; notes are rendered afterwards, by a worker."""
    began = time.process_time()
    found: list[tuple[int, float]] = []

    def tell(what: str, number: int) -> None:
        found.append((number, time.process_time() - began))

    services.bring(Order(path, path.name, "arxiv-jsonl"), tell)
    return found


def _of_quarter(taken: list[tuple[int, float]], which: int) -> float:
    """Seconds a paper in the first or the last quarter."""
    step = len(taken) // 4
    (first, begin), (last, end) = ((0, 0.0), taken[step - 1]) if which == 0 else (taken[-1 - step], taken[-1])
    return (end - begin) / max(1, last - first)


def _floor(path: Path, count: int) -> float:
    """CPU seconds for 1,000 papers: read, derived, written, and taken back."""
    with path.open(encoding="utf-8") as file:
        lines = list(islice(file, count))
    began = time.process_time()
    with transaction.atomic():
        for start in range(0, count, _BATCH):
            papers = [_paper(json.loads(line)) for line in lines[start : start + _BATCH]]
            Paper.objects.bulk_create(papers, batch_size=_BATCH)
        taken = time.process_time() - began
        transaction.set_rollback(True)
    return taken / count * 1000


def _paper(said: dict[str, Any]) -> Paper:
    ours = said["papernotes"]
    date = parse_date(f"{ours['year']}-01-01")
    paper = Paper(
        title=said["title"],
        abstract=" ".join(said["abstract"].split()),
        arxiv_id=said["id"],
        arxiv_version=len(said["versions"]),
        doi=said["doi"],
        published=date[0] if date else None,
        precision="day" if date else "",
        venue_raw=ours["venue"],
        status="published",
        **{name: ours.get(name, "") for name in ("title_zh", "abstract_zh", "summary_zh")},
    )
    paper.derive([])
    return paper
