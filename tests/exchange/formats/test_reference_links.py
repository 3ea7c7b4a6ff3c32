"""Reference-style links are written out where they are defined; everything else stays as it is."""

from __future__ import annotations

import time

import pytest

from apps.exchange.formats import blocks, reference_links

DEFINED = [
    "[1]: https://example.org/1 'One'",
    "[Foo Bar]: <https://example.org/f(o)o>",
    "[img]: https://example.org/i.png",
]


def written_out(*lines: str) -> list[str]:
    text = [*lines, *DEFINED]
    return reference_links.written_out(text, blocks.hidden(text))[: len(lines)]


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("[A title][1], [b][foo  bar]", "[A title](https://example.org/1), [b](<https://example.org/f(o)o>)"),
        (
            "[Foo Bar][] and [foo bar]",
            "[Foo Bar](<https://example.org/f(o)o>) and [foo bar](<https://example.org/f(o)o>)",
        ),
        ("[![badge][img]][1]", "[![badge](https://example.org/i.png)](https://example.org/1)"),
        ("[x](https://example.org/x) [y][unknown] [ ] [^1]", "[x](https://example.org/x) [y][unknown] [ ] [^1]"),
        (r"`[code][1]` and \[no\][1x]", r"`[code][1]` and \[no\][1x]"),
    ],
)
def test_a_link_by_reference_says_where_it_leads(line: str, out: str) -> None:
    assert written_out(line) == [out]


def test_code_stays_as_it_is() -> None:
    assert written_out("```", "[A title][1]", "```") == ["```", "[A title][1]", "```"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 90_000,
        "[a" * 45_000,
        "[a]" * 30_000,
        "[[a]" * 22_000,
        "[a][" * 22_000,
        "`[" * 45_000,
        "[" + "[b]" * 30_000,
    ],
)
def test_hostile_brackets_cost_little(text: str) -> None:
    begun = time.process_time()
    written_out(text)
    assert time.process_time() - begun < 3
