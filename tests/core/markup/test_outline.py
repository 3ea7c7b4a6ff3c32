"""The outline of a text, and how it stands beside it."""

from __future__ import annotations

from django.template.loader import render_to_string

from apps.core.markup import Heading, engine
from apps.core.templatetags.outline import steps


def test_the_outline_has_the_words_of_headings_without_marks() -> None:
    made = engine.make("## **甲** `b` $\\alpha$ [[P5]] [c](/d)\n\n#### 乙\n\n> # 丙")
    assert made.outline == (Heading(2, "甲-b-α-p5-c", "甲 b α P5 c"), Heading(4, "乙", "乙"), Heading(1, "丙", "丙"))


def test_steps_begin_with_the_highest_heading_that_there_is() -> None:
    made = engine.make("### a\n\n#### b\n\n###### c\n\n### d").outline
    assert [step for _, step in steps(made)] == [1, 2, 3, 1]


def test_the_contents_lead_to_the_headings_of_this_text() -> None:
    html = render_to_string("components/_outline.html", {"outline": engine.make("# 甲\n\n## <b>").outline, "ids": 7})
    assert html.count('href="#n7-%E7%94%B2"') == 2
    assert "&lt;b&gt;" in html
    assert "<details" in html
