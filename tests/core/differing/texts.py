"""Texts to compare: Chinese, Latin, emoji, every kind of line end; and changed copies of them."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = [
    "the",
    "model",
    "x",
    "3.5",
    " ",
    "，",
    "。",
    "模",
    "型",
    "训练",
    "我们",
    "\n",
    "\n\n",
    "😀",
    "𠮷",
    "**",
    "e\u0301",
]

words = st.lists(st.sampled_from(_WORDS), max_size=40).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
with_line_ends = st.lists(st.sampled_from([*_WORDS, "\r\n", "\r", "\u2028"]), max_size=40).map("".join)
texts = st.one_of(words, anything, with_line_ends)


@st.composite
def changed(draw: st.DrawFn, of: str) -> str:
    """A copy with a few stretches replaced."""
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(of)))
        end = draw(st.integers(start, min(len(of), start + 8)))
        of = of[:start] + draw(words) + of[end:]
    return of


@st.composite
def three(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text and two changed copies."""
    base = draw(st.one_of(words, anything))
    return base, draw(changed(base)), draw(changed(base))
