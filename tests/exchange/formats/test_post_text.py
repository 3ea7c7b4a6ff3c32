"""Flattened text yields lines for a person to part, and nothing that was guessed."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.formats import post_text
from tests.exchange.formats import golden


def test_the_seed_says_what_it_must(seeds: Any, expected: Any) -> None:
    known = expected["seeds"]["002"]
    read = post_text.parse((seeds / known["file"]).read_text(encoding="utf-8"))
    notes = [(line.line, line.text) for line in read.flat if line.kind == "note"]
    rows = [(line.line, line.text, line.section) for line in read.flat if line.kind == "row"]
    assert notes == [(n["line"], n["raw"]) for n in known["note_headings"]]
    assert [row[:2] for row in rows] == [(r["line"], r["flat_raw"]) for r in known["rows"]]
    assert [section for _, _, section in rows] == ["no tuning"] * 31 + ["Supervised Fine-Tuning"] * 32
    assert (read.entries, read.notes, read.tables, read.problems) == ((), (), (), ())


@pytest.mark.parametrize("line", ["NamePaperVenueLLMCode", "方法论文会议代码", "Title Venue Code", "PaperYearCode"])
def test_headers_run_together_are_a_header(line: str) -> None:
    assert post_text.is_header(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Name",
        "NamePaper",
        "NamePaperVenueLLMCodes of conduct",
        "| Name | Paper | Venue |",
        "Paper about venues",
        "x" * 200,
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert not post_text.is_header(line)


def test_the_links_to_other_posts_at_the_end_are_nothing() -> None:
    read = post_text.parse(golden.text("post_text.txt"))
    assert not any("别的" in line.text for line in read.flat)


def test_a_marked_up_post_is_not_flattened_text() -> None:
    assert post_text.looks_like(golden.text("post_hugo.md")) == 0
