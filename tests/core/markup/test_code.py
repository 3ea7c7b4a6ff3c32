"""Code: its words in classes, the name of its language, and limits."""

from __future__ import annotations

import re

import pytest

from apps.core.markup import code, render


def test_the_words_of_a_language_that_we_know_have_classes() -> None:
    html = render("```python\ndef f(): return 'x'  # c\n```")
    assert '<p class="code-language">Python</p>' in html
    assert '<span class="hl-keyword">def</span>' in html
    assert '<span class="hl-comment"># c</span>' in html
    assert "style" not in html


@pytest.mark.parametrize("info", ["unknown", "中文", "a<b", "__import__", "{.x}"])
def test_other_languages_stay_plain_with_their_name(info: str) -> None:
    html = render(f"```{info}\ndef <f>\n```")
    assert "hl-" not in html
    assert "<code>def &lt;f&gt;\n</code>" in html


def test_code_without_a_language_has_no_label() -> None:
    assert "code-language" not in render("```\nx\n```")


def test_long_code_stays_plain() -> None:
    assert "hl-" not in code.set_code("x = 1\n" * 4_000, "python", 100_000)[0]
    assert "hl-" not in code.set_code("x = 1\n", "python", 3)[0]
    assert "hl-" in code.set_code("x = 1\n", "python", 100)[0]


def test_every_language_is_there() -> None:
    assert [name for name in sorted(code._LANGUAGES) if code._lexer(name) is None] == []


@pytest.mark.parametrize("language", ["python", "js", "html", "yaml", "latex", "diff", "pycon"])
def test_nothing_is_lost_and_everything_is_escaped(language: str) -> None:
    text = "<script>alert('x')</script> & \"q\" # é 中文 \u2028\n\n  - {{ a }}\n"
    html, _ = code.set_code(text, language, 1_000)
    inside = re.search(r"<code>(.*)</code>", html, re.DOTALL)
    assert inside
    bare = re.sub(r'</?span(?: class="hl-[a-z]+")?>', "", inside[1])
    assert "<" not in bare
    assert bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
