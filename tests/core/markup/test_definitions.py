"""Definition lists, and what looks like one."""

from __future__ import annotations

import pytest

from apps.core.markup import render


def test_a_term_and_what_it_means() -> None:
    assert render("词\n: 义\n: 又义") == "<dl>\n<dt>词</dt>\n<dd>义</dd>\n<dd>又义</dd>\n</dl>\n"


@pytest.mark.parametrize("text", ["约\n~ 5%", "a\n:b", "a\n：b", ": a", "a\n\n\n: b"])
def test_the_rest_is_text(text: str) -> None:
    assert "<dl>" not in render(text)
