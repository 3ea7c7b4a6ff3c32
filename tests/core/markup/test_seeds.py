"""The documents the project was born from render right: counted by hand, and their structure kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from apps.core.markup import Rendered, engine

STRUCTURE = Path(__file__).parent / "samples" / "structure.json"


def text_of(seeds: Path, number: str) -> str:
    text = next(seeds.glob(f"{number}_*")).read_text(encoding="utf-8")
    return text.split("---\n", 2)[2] if number == "001" else text


def structure(made: Rendered) -> dict[str, int]:
    """How many there are of each tag, of items and of slots; no words."""
    tags = Counter(re.findall(r"<([a-z0-9]+)", made.html))
    slots = Counter(f"slot {slot.kind}" for slot in made.slots)
    classes = Counter(f".{name}" for name in re.findall(r'class="([a-z-]+)"', made.html))
    return dict(sorted((tags + slots + classes).items()))


@pytest.mark.parametrize("hard_breaks", [True, False])
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_structure_of_a_document_stays(seeds: Path, number: str, hard_breaks: bool) -> None:
    kept = json.loads(STRUCTURE.read_text(encoding="utf-8"))
    made = engine.make(text_of(seeds, number), hard_breaks)
    assert structure(made) == kept[f"{number}{' with breaks' if hard_breaks else ''}"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_stray_marks_no_code_and_no_formula_by_accident(seeds: Path, number: str) -> None:
    html = engine.make(text_of(seeds, number), True).html
    outside_code = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert "**" not in outside_code
    assert "<pre" not in html
    assert "math-unread" not in html
    assert html.count("<math") == (1 if number == "003" else 0)  # one abstract has a formula


def test_every_note_of_the_post_has_what_was_counted(seeds: Path, expected: Any) -> None:
    notes = re.split(r"(?m)^## ", text_of(seeds, "001"))[1:]
    for wanted, text in zip(expected["seeds"]["001"]["notes"], notes, strict=False):
        found = structure(engine.make("## " + text, True))
        name = wanted["alias"]
        assert found["h2"] == 1, name
        assert found.get("strong", 0) == wanted["bold_spans"], name
        assert found.get(".item", 0) == wanted["paren_items"], name
        assert found.get("li", 0) == wanted["md_ordered_items"], name
        assert found.get("slot picture", 0) == wanted["images"], name
        assert found.get("slot link", 0) == len(wanted["reference_links"]), name


def test_the_whole_post_has_what_was_counted(seeds: Path, expected: Any) -> None:
    counts = expected["seeds"]["001"]["counts"]
    found = structure(engine.make(text_of(seeds, "001"), True))
    assert found["h2"] == counts["h2"]
    assert found["h3"] == found["table"] == counts["h3_tables"]
    assert found["tr"] == counts["table_rows"] + 2
    assert found[".item"] == counts["paren_items_at_line_start"]
    assert found["li"] == counts["md_ordered_items"]
    assert found["strong"] == counts["bold_spans_body"] + counts["bold_in_table_headers"]
    assert found["slot picture"] == counts["images"]


def test_the_flattened_post_and_the_long_list_have_what_was_counted(seeds: Path, expected: Any) -> None:
    flat, listed = (expected["seeds"][number]["counts"] for number in ("002", "004"))
    found = structure(engine.make(text_of(seeds, "002"), True))
    assert found[".item"] == flat["bullet_lines"]
    assert found["li"] == flat["numbered_lines"]
    assert found["slot link"] == flat["bare_urls"]
    found = structure(engine.make(text_of(seeds, "004")))
    assert found["ol"] == listed["papers"]
    assert found["slot picture"] == listed["images"]
