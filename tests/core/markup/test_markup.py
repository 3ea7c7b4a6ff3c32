"""What Markdown becomes, and what never comes through."""

from __future__ import annotations

import re
from pathlib import Path

import bleach
import nh3
import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from apps.core import markup
from apps.core.markup import engine, plain, render, sanitiser

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<iframe src=//evil></iframe><form action=//evil><textarea>",
    "<!-- comment --><style>*{x:y}</style>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](data:text/html;base64,xx)",
    "[a](vbscript:x)",
    "[a](//evil.example)",
    "[a](/\\evil.example)",
    "[a](\\\\evil.example)",
    "[a](&#106;avascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![a](https://evil.example/track.png)",
    "[a]: javascript:alert(1)\n\n[a]",
    '[a](https://x.example "onmouseover=alert(1)")',
    "```<script>\n</code><script>alert(1)</script>\n```",
    "# <img src=x onerror=alert(1)>",
    "|<b onclick=x>|a|\n|-|:-:|\n|</td><script>|b|",
    "a\x00b \ud800",
]
HERE = ' <a class="heading-link" href="#n-{}" aria-label="Link to this heading"></a>'


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_calls_another_host_comes_through(text: str) -> None:
    html = render(text)
    tags = re.findall(r"<[^>]*>", html)
    assert not any(re.match(r"</?(script|img|svg|math|iframe|form|style|textarea|b)\b", tag) for tag in tags), html
    assert not any(re.search(r"\s(on\w+|src|style|srcset|name)\s*=", re.sub(r'"[^"]*"', '""', tag)) for tag in tags)
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https?://|mailto:|#|/(?![/\\])", address), address


@pytest.mark.parametrize(
    ("text", "readable"), [("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"), ("[a](javascript:b)", "javascript:b")]
)
def test_what_is_forbidden_stays_readable(text: str, readable: str) -> None:
    assert readable in render(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# A\n\n## B", f'<h2 id="n-a">A{HERE.format("a")}</h2>\n<h3 id="n-b">B{HERE.format("b")}</h3>\n'),
        (
            "# 标题\n\n# 标题",
            f'<h2 id="n-标题">标题{HERE.format("标题")}</h2>\n<h2 id="n-标题-2">标题{HERE.format("标题-2")}</h2>\n',
        ),
        ("###### deep", f'<h2 id="n-deep">deep{HERE.format("deep")}</h2>\n'),
        ("a\nb", "<p>a\nb</p>\n"),
        ("3. x", '<ol start="3">\n<li>x</li>\n</ol>\n'),
        ("`<i>`", "<p><code>&lt;i&gt;</code></p>\n"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>\n"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow ugc">x</a></p>\n'),
    ],
)
def test_markdown_becomes_html(text: str, wanted: str) -> None:
    assert render(text) == wanted


def test_it_is_safe_for_templates() -> None:
    assert isinstance(render("x"), SafeString)


def test_single_line_breaks_are_kept_where_asked() -> None:
    assert "<br>" in render("a\nb", True)


def test_headings_and_places_of_two_notes_on_one_page_do_not_meet() -> None:
    assert render("# A\n\n[up](#a)", top=4, ids=7) == (
        f'<h4 id="n7-a">A{HERE.format("a").replace("n-", "n7-")}</h4>\n<p><a href="#n7-a">up</a></p>\n'
    )


def test_a_picture_elsewhere_is_a_labelled_link() -> None:
    html = render("![Figure 2](https://pictures.example/2.png)")
    assert 'class="picture-elsewhere"' in html
    assert 'href="https://pictures.example/2.png"' in html
    assert "Figure 2" in html
    assert "pictures.example:" in html


def test_a_picture_within_a_link_makes_no_second_link() -> None:
    html = render("[![alt](https://a.example/b.svg)](https://c.example)")
    assert html.count("<a ") == 1
    assert 'href="https://c.example"' in html


def test_columns_are_aligned_by_classes() -> None:
    html = render("|a|b|\n|:-:|-:|\n|1|2|")
    assert '<td class="align-center">1</td>' in html
    assert '<td class="align-right">2</td>' in html


@pytest.mark.parametrize(
    "text",
    [
        "x" * (markup.MOST_BYTES + 1),
        ">" * 200 + "deep",
        "[x]: http://a.example/" + "x" * 3000 + "\n\n" + "[x][x]" * 2000,
    ],
    ids=["long", "deep", "explosive"],
)
def test_what_would_cost_too_much_is_shown_as_typed_with_a_notice(text: str) -> None:
    html = render(text)
    assert "as it was typed" in html
    assert "<pre>" in html
    assert len(html) < 2 * len(text) * 4


def test_notices_are_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        english = render("![x](https://a.example/p.png)")
    with translation.override("de"):
        render("![x](https://a.example/p.png)")
    with translation.override("en"):
        assert render("![x](https://a.example/p.png)") == english


@pytest.mark.parametrize(
    "text",
    [
        "# 标题\n\n正文 **粗** *斜* ~~删~~ `码`\n\n> 引用\n\n1. 一\n2. 二\n\n- a\n  - b\n\n---\n\n```\nx < y\n```",
        '|a|b|\n|:-:|-|\n|1 & 2|<|\n\n[x](https://a.example/?a=1&b=2 "t") <mailto:a@b.example> [y](#z) “引” & &copy;',
        "![图](https://a.example/x.png) line  \nbreak",
        "> [!提示] 题\n> 内容\n\n```python\ndef f(): return 1\n```\n\n- [x] a[^1]\n\n词\n: 义\n\n（1）一\n\n$x$\n\n[^1]: 注",
    ],
)
def test_the_last_word_changes_nothing_in_honest_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that bleach, which is no longer kept up, can be taken out in one line."""
    seen: list[str] = []
    monkeypatch.setattr(engine, "made_safe", lambda html: seen.append(html) or sanitiser.made_safe(html))
    engine.make(text)
    [html] = seen
    with_both = sanitiser.made_safe(html)
    monkeypatch.setattr(bleach.Cleaner, "clean", lambda self, html: html)
    alone = sanitiser.made_safe(html)
    monkeypatch.undo()
    monkeypatch.setattr(nh3, "clean", lambda html, **_: html)
    by_bleach = sanitiser.made_safe(html)
    assert with_both == alone
    assert by_bleach.replace("&quot;", '"') == with_both.replace("&quot;", '"')


@pytest.mark.parametrize(
    ("text", "length", "wanted"),
    [
        ("# A\n\n**b** `c` [d](http://x.example)\ne", 50, "A b c d e"),
        ("![p](http://x.example/y.png) after", 50, "after"),
        ("before ![cut](http://x.example/" + "y" * 500, 50, "before"),
        ("|a|b|\n|-|-|\n|1|2|", 50, "a b 1 2"),
        ("字" * 100, 10, "字" * 9 + "…"),
        ("[[P5]] 与 【【a｜名】】", 50, "P5 与 名"),
        ("损失 $\\alpha_i + 1$，$$x$$", 50, "损失 αi+1，x"),
        ("> [!NOTE] 题\n> 内容", 50, "题 内容"),
        ("- [x] 做了\n- [ ] 没做", 50, "做了 没做"),
        ("a[^1]\n\n[^1]: 注", 50, "a 注"),
        ("（1）一\n（2）二", 50, "（1）一 （2）二"),
        ("词\n: 义", 50, "词 义"),
        ("开头 $x" + "+y" * 300, 20, "开头"),
        ("开头 [[一个很长的" + "题" * 300, 20, "开头"),
        ("", 10, ""),
    ],
)
def test_an_excerpt_is_words_without_marks(text: str, length: int, wanted: str) -> None:
    assert plain(text, length) == wanted


def test_html_is_made_safe_in_one_place() -> None:
    """No template switches escaping off, and no other module says that its text is safe: but for what draws templates of
    another engine, which escape as these do."""
    templates = [path for end in ("html", "jinja") for path in (ROOT / "templates").rglob(f"*.{end}")]
    templates += (ROOT / "apps").rglob("*.html")
    may = {ROOT / "apps/core/markup/filling.py", ROOT / "apps/core/templatetags/drawn.py"}
    modules = [path for path in (ROOT / "apps").rglob("*.py") if path not in may]
    off = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+(?:off|false)")
    marks = re.compile(r"\bmark_safe\b|\bSafeData\b|\bMarkup\b|\.__html__")
    assert [str(path) for path in templates if off.search(path.read_text(encoding="utf-8"))] == []
    assert [str(path) for path in modules if marks.search(path.read_text(encoding="utf-8"))] == []
