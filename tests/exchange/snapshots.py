"""Files of arXiv's for tests: lines as the snapshot has them, and what became of them in the library."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from apps.exchange.snapshot import services
from apps.exchange.snapshot.batches import Order
from apps.exchange.snapshot.recognising import format_of
from apps.exchange.snapshot.services import Outcome
from apps.exchange.snapshot.wanted import Wanted
from apps.harvest.models import ArxivRecord
from tests.exchange.importing import _plain, dump, facts


def said(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One paper; `papernotes=` adds what the team says, None takes a key away."""
    record = {
        "id": f"2401.{number:05}",
        "submitter": "Zoe Invented",
        "authors": "Zoe Invented, Q. Made-Up",
        "title": f"Quiet ranking by whispering models, part {number}",
        "comments": "12 pages, 3 figures",
        "journal-ref": None,
        "doi": None,
        "report-no": None,
        "categories": "cs.IR cs.CL",
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": f"  We whisper to ranking\nmodels, {number} times.\n",
        "versions": [{"version": "v1", "created": "Tue, 2 Jan 2024 19:18:42 GMT"}],
        "update_date": "2024-01-03",
        "authors_parsed": [["Invented", "Zoe", ""], ["Made-Up", "Q.", ""]],
    }
    return {name: value for name, value in {**record, **changes}.items() if value is not None or name in record}


OURS = {
    "year": 2024,
    "venue": "SIGIR",
    "base_llms": ["GPT-4", "LLaMA-7B"],
    "tuning_type": "LoRA",
    "tags": ["Benchmark", "Whispering"],
    "title_zh": "耳语模型的安静排序",
    "abstract_zh": "我们对排序模型低声细语。",
    "summary_zh": "低声细语即可排序。",
    "has_code": "https://github.com/invented/whisper",
    "note": "## What I think\n\nIt is $O(n)$.",
}


def written(path: Path, lines: Iterable[dict[str, Any] | str | bytes], *, packed: bool = False) -> Path:
    content = b"".join(_bytes(line) for line in lines)
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


def _bytes(line: dict[str, Any] | str | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    return ((json.dumps(line) if isinstance(line, dict) else line) + "\n").encode()


def bring(
    path: Path,
    *,
    again: bool = False,
    dry_run: bool = False,
    categories: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    told: list[tuple[str, int]] | None = None,
) -> Outcome:
    wanted = Wanted(categories, since, until)
    order = Order(path, path.name, format_of(path) or "arxiv-jsonl", wanted, again=again, dry_run=dry_run)
    return services.bring(order, lambda what, number: told.append((what, number)) if told is not None else None)


def counts(outcome: Outcome) -> dict[str, int]:
    return {name: number for name, number in outcome.counts.items() if number}


def everything() -> dict[str, Any]:
    """Every row of the library and of arXiv's records, with their numbers."""
    records = [f.attname for f in ArxivRecord._meta.concrete_fields]
    rows = ArxivRecord.objects.order_by("pk").values_list(*records)
    return {**dump(), "records": [tuple(map(_plain, row)) for row in rows]}


def without_numbers() -> dict[str, Any]:
    """What two libraries that hold the same have in common."""
    names = [f.attname for f in ArxivRecord._meta.concrete_fields if f.name not in ("id", "paper", "fetched_at")]
    found = facts()
    for paper in found["papers"]:
        paper["said"] = sorted(set(paper["said"]))  # whoever takes the long way names the id twice
    return {**found, "records": sorted(ArxivRecord.objects.values_list("paper__arxiv_id", *names), key=repr)}
