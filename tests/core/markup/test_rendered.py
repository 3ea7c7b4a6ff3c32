"""What is kept of a rendering: it goes through JSON, and its version is raised when it changes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from apps.core.markup import VERSION, Rendered, engine

SAMPLES = Path(__file__).parent / "samples"
MARKS = {"\ue000": "⟦", "\ue001": "⟧", "\ue002": "⟨ids⟩"}


def everything(hard_breaks: bool) -> Rendered:
    return engine.make((SAMPLES / "everything.md").read_text(encoding="utf-8"), hard_breaks)


def test_it_goes_through_json_and_comes_back() -> None:
    made = everything(True)
    assert Rendered.from_json(json.loads(json.dumps(made.as_json()))) == made


def test_the_version_is_raised_when_texts_come_out_differently() -> None:
    """Whoever changes the output raises VERSION in rendered.py and writes the new digest here, or old pages stay."""
    made = json.dumps([everything(breaks).as_json() for breaks in (True, False)], sort_keys=True)
    kept = json.loads((SAMPLES / "version.json").read_text(encoding="utf-8"))
    now = {"version": VERSION, "sha256": hashlib.sha256(made.encode()).hexdigest()}
    assert now == kept or kept["version"] != VERSION, "the output changed: raise VERSION"
    assert now == kept, "VERSION was raised: write the new digest to samples/version.json"


def test_everything_in_the_sample_is_rendered() -> None:
    html = everything(False).html
    for part in (
        "callout-tip",
        "math-box",
        "footnote-ref",
        "task-done",
        "<dl>",
        "hl-keyword",
        "table-box",
        "item",
        "math-unread",
    ):
        assert part in html, part
    assert "**" not in html
    assert "[!" not in html
