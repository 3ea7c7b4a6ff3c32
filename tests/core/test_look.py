"""What every page looks like: contrast in both themes, and nothing inline or from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)
}
TEXT_ON = [
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "good", "warn", "bad", "violet")
        for ground in ("paper", "surface", "sunken")
    ),
    *((tone, f"{tone}-soft") for tone in ("accent", "good", "warn", "bad")),
    *(("ink", f"{tone}-soft") for tone in ("accent", "good", "warn", "bad")),
    ("on-accent", "accent"),
    ("ink", "mark"),
    ("paper", "ink"),
]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(text: str, ground: str, theme: int) -> None:
    assert _contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
@pytest.mark.parametrize("edge", ["edge", "accent"])
def test_edges_of_fields_and_the_focus_can_be_seen(edge: str, ground: str, theme: int) -> None:
    assert _contrast(COLOURS[edge][theme], COLOURS[ground][theme]) >= 3


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda path: path.name)
def test_colours_have_names(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    if path.name not in {"tokens.css"}:
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])|\brgba?\(|\bhsla?\(", css) == []
    assert re.findall(r"url\(|@import|https?:", css) == []


def test_templates_hold_no_style_and_no_script_of_their_own() -> None:
    inline = re.compile(r"\sstyle\s*=|<style\b|\son\w+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    found = [
        str(path) for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
