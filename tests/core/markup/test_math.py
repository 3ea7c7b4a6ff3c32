"""Formulas: what is one and what is money, and that nothing but mathematics comes out of TeX."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.markup import engine, render
from apps.core.markup.mathml import MOST, Unreadable, mathml, spoken

NO_FORMULA = [
    "价格 $5 and $6",
    "$5和$6",
    "成本$5，收益$x",
    "从$5万涨到了B$的价",
    "$5k to buy$",
    "US$5 and US$x",
    "from $5 to $x$ 5",
    "costs $20,000 per year and more$",
    "a $ b $ c",
    "an unclosed $x + y",
    "\\$x$",
    "`$x$`",
    "$$",
    "$$$$",
    "$ $",
    "100$x$",
    "$x$5",
]


@pytest.mark.parametrize("text", NO_FORMULA)
def test_money_and_lonely_signs_are_no_formula(text: str) -> None:
    html = render(text)
    assert "<math" not in html.replace("<math><mi>x</mi></math> 5", "")
    assert "math-unread" not in html
    assert html.count("$") == text.count("$") or "$x$ 5" in text


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", 1),
        ("$a_{b}*c*d$", 1),
        ("$x_1$ 的值为 3", 1),
        ("$1+1=2$", 1),
        ("$2n + 1$ 与 $2x y$ 与 $2π r$ 与 $3 \\times 4$", 4),
        ("$0.5$ 到 $10^{-3}$", 2),
        ("$5\\text{万}$", 1),
        ("设$x$为，（$y$）", 2),
        ("**$x$**来", 1),
        ("| a |\n|-|\n| $x$ |", 1),
        ("# $x$", 1),
        ("a\n$$\nx\n$$\nb", 1),
        ("$$x$$", 1),
        ("- a\n  $$\n  x\n  $$", 1),
        ("> $$\n> x\n> $$", 1),
        ("见 $$x$$。", 1),
        ("$\\$5$", 1),
    ],
)
def test_formulas_are_set(text: str, formulas: int) -> None:
    html = render(text)
    assert html.count("<math") == formulas
    assert "<em>" not in html
    assert "math-unread" not in html


@pytest.mark.parametrize(
    "text", ["a\n\n$$\nx\n\n后文 **粗**", "$$\nx\n\n# 标题", "a $x\n\n# 标题", "$$a $$ b\n\n# 标题"]
)
def test_an_unclosed_sign_never_eats_the_page(text: str) -> None:
    html = render(text)
    assert ("<strong>" in html) or ("<h2" in html)
    assert "math-unread" not in html


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        ("\\href{javascript:alert(1)}{x}", "could not be read (\\href)"),
        ("\\frac{", "could not be read"),
        ("x" * (MOST + 1), "too long"),
    ],
)
def test_what_cannot_be_read_stands_as_its_tex_with_the_reason(tex: str, reason: str) -> None:
    html = render(f"前 ${tex}$ 后")
    assert f'<code class="math-unread" title="This formula {"is " if reason == "too long" else ""}{reason}' in html
    assert tex[:20] in html


def test_many_formulas_are_answered() -> None:
    made = engine.make("$x$ " * 6_000)
    assert made.html.count("<math") == 5_000
    assert made.html.count("math-unread") == 1_000


HOSTILE = [
    r"\text{<script>alert(1)</script>}",
    r"\text{&lt;script&gt;}",
    r"\mathrm{<img src=x onerror=alert(1)>}",
    r"\style{color:red}{x}",
    r"\class{a}{x}",
    r"\cssId{a}{x}",
    r"\htmlData{a=b}{x}",
    r"\htmlId{a}{x}",
    r"\href{//evil}{x}",
    r"\url{javascript:alert(1)}",
    r"\includegraphics{http://evil}",
    r"\unicode{x3C}script\unicode{x3E}",
    r"\def\x{\x\x}\x",
    r"\newcommand{\a}{<script>}\a",
    r"\begin{align}a\tag{<b onclick=x>}\end{align}",
    r"\begin{align}x\label{a\"onclick=\"alert(1)}\end{align}",
    r"\begin{align}x\label{q}\\ \eqref{q}\end{align}",
    r"\color{red;background:url(//evil)}{x}",
    r"\textcolor{#12345}{x}",
    r"\operatorname{<svg onload=alert(1)>}",
    r"<mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "\u2028<script>\u2029",
    "\uff1cscript\uff1e",
    r"\hspace{99999em}x\kern-99999em",
    "{" * 90 + "x" + "}" * 90,
    r"\sqrt{" * 120 + "x" + "}" * 120,
]
_ALLOWED = re.compile(r'</?m[a-z]+(?: [a-z]+="[A-Za-z0-9 .+|-]*")*>')


@pytest.mark.parametrize("tex", HOSTILE)
@pytest.mark.parametrize("display", [True, False])
def test_nothing_in_tex_makes_an_active_node(tex: str, display: bool) -> None:
    _look(tex, display)


def _look(tex: str, display: bool) -> None:
    try:
        html = mathml(tex, display)
    except Unreadable:
        return
    rest = _ALLOWED.sub("", html)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search(r"\s(?:style|id|href|on\w+|xlink)\s*=", " ".join(_ALLOWED.findall(html)))


@settings(max_examples=300, deadline=None, database=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                "\\frac \\sqrt \\text \\begin{align} \\end{align} \\\\ & { } ^ _ \\label \\tag \\eqref \\color{red} \\href"
                " \\mathrm <script> onload= \" ' > \\left( \\right) \\hspace{9em} \\cancel \\boxed \\rlap".split()
            ),
            st.characters(codec="utf-8"),
        ),
        max_size=25,
    )
)
def test_nothing_at_random_makes_an_active_node(parts: list[str]) -> None:
    _look("".join(parts), True)


@pytest.mark.parametrize(
    ("tex", "classes"),
    [
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", {"math-right", "math-left"}),
        (r"\color{blue}x", {"math-blue"}),
        (r"\textcolor{red}{x}", {"math-red"}),
        (r"\begin{array}{c|c}a&b\\\hline c&d\end{array}", {"math-line-right", "math-line-top"}),
        (r"\begin{cases}a&b\\c&d\end{cases}", {"math-gap"}),
    ],
)
def test_styles_are_classes(tex: str, classes: set[str]) -> None:
    html = mathml(tex, True)
    assert "style" not in re.sub(r"displaystyle", "", html)
    assert classes <= {name for found in re.findall(r'class="([^"]*)"', html) for name in found.split()}


def test_what_people_write_though_it_is_no_tex_of_ours_is_read() -> None:
    assert "arg\u2009min" in mathml(r"\argmin_x f", False)
    assert "<mtext>ab</mtext>" in mathml(r"\mbox{ab}", False)
    assert "<mtable" in mathml(r"\begin{split}a&=b\end{split}", True)


def test_a_formula_is_spoken_by_its_letters() -> None:
    assert spoken(r"\alpha_i + 1") == "αi+1"
    assert spoken(r"\unknown x") == r"\unknown x"
