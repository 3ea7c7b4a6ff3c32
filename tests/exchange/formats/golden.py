"""What a format reads out of each sample, as JSON beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apps.exchange.formats import get
from apps.exchange.formats.records import Document

SAMPLES = Path(__file__).parent / "samples"
KINDS = {
    "arxiv.jsonl": "arxiv-jsonl",
    "arxiv_oai.xml": "arxiv-atom",
    "arxiv_query.xml": "arxiv-atom",
    "awesome_list.md": "table",
    "digest.md": "digest",
    "field_list.md": "field-list",
    "post_hugo.md": "post",
    "post_text.txt": "post-text",
}


def text(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def as_data(document: Document) -> Any:
    """A document as JSON has it; what is empty is left out."""
    return json.loads(json.dumps(_full(asdict(document)), default=sorted, ensure_ascii=False))


def write() -> None:
    """Run by hand after a deliberate change: `python -c "from tests.exchange.formats import golden; golden.write()"`."""
    for name, kind in KINDS.items():
        data = json.dumps(as_data(get(kind).parse(text(name))), ensure_ascii=False, indent=1)
        (SAMPLES / f"{name}.json").write_text(data + "\n", encoding="utf-8")


def _full(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _full(v) for k, v in value.items() if v not in (None, "", (), [], {}, frozenset())}
    return [_full(v) for v in value] if isinstance(value, list | tuple) else value
