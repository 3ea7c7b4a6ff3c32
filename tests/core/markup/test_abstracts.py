"""Abstracts: the LaTeX in them is readable, what is none stays, and nothing in them runs or takes long."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.markup import abstracts
from apps.core.templatetags.markup import abstract
from apps.exchange.formats import digest

_TAG = re.compile(r"<[^>]*>")
# What an author's LaTeX would leave behind.
_LEFT_OVER = re.compile(r"\$|\\|\{|\}|``|\ue000|\ue001|\ue003")


def words(text: str, cut: bool = False) -> str:
    """What a reader sees, without tags and the marks of formulas that nobody sees."""
    return re.sub("[\u2061-\u2064]", "", unescape(_TAG.sub("", abstract(text, cut))))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\textbf{a} and \emph{b}, \textit{c}, \texttt{d\_e}", "<strong>a</strong> and <em>b</em>, <em>c</em>, <code>d_e</code>"),
        (r"\textbf{a \emph{b} c}", "<strong>a <em>b</em> c</strong>"),
        (r"{\bf a} b, {\em c}, \bf d", "<strong>a</strong> b, <em>c</em>, d"),
        (r"\textsc{Bert} \textrm{x} {GPT}-4", "Bert x GPT-4"),
        (r"10$^{th}$", "10<math><msup><mrow></mrow><mrow><mi>t</mi><mi>h</mi></mrow></msup></math>"),
        (r"\verb|a_b{| x", "<code>a_b{</code> x"),
        ("a & b < c > d 'e' \"f\"", "a &amp; b &lt; c &gt; d &#x27;e&#x27; &quot;f&quot;"),
    ],
)  # fmt: skip
def test_commands_become_tags(text: str, wanted: str) -> None:
    assert abstract(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"77\% of \$5 \& \#1 \_x \{y\}", "77% of $5 & #1 _x {y}"),
        (r"\'{E}mile, G\"odel, Erd\H{o}s, \c{c}a, na\"{\i}ve, \v{S}", "Émile, Gödel, Erdős, ça, naïve, Š"),
        (r"S\o ren, \L{}ukasz, stra\ss e, \AA{}, \OE{}uvre", "Søren, Łukasz, straße, Å, Œuvre"),
        (r"don\'t, we\'re, Luc\'s", "don't, we're, Luc's"),
        ("Fig.~3, GPT~$4$, ~5%, 10~20, 约~5", "Fig.\u00a03, GPT\u00a04, ~5%, 10~20, 约~5"),
        ("1--2, a---b, x -- y, --flag, ----", "1–2, a—b, x – y, --flag, ----"),
        ("``quoted'' `one' 5'' it's `code` 'x'", "“quoted” ‘one’ 5'' it's `code` 'x'"),
        (r"\LaTeX{} and \ldots\ \S 3, 5\,ms", "LaTeX and … § 3, 5\u2009ms"),
        (r"\alpha-helix, p \leq 3, \approx 4", "α-helix, p ≤ 3, ≈ 4"),
        (r"\cite{a,b} \citep[see][]{c}, \ref{fig:1}, x\footnote{y \% z}", "[a,b] [c], [fig:1], x (y % z)"),
        (r"\label{x}\begin{itemize} \item a \item b\end{itemize}", " \n•  a \n•  b"),
        (r"\textcolor{red}{x} \mbox{y z}", "x y z"),
        (r"\ours{} and \ours{x} with \method", r"\ours{} and \ours{x} with \method"),
        ("{unclosed, closed} }, {a {b} c}", "unclosed, closed }, a b c"),
        ("a { b", "a { b"),
        ("**a** _b_ # c x_i 10^5", "**a** _b_ # c x_i 10^5"),
        ("a\\\\b\nc", "a\nb\nc"),
        ("\x00 \ue000 \ud800 \\", "\ufffd \ufffd \ufffd \\"),
    ],
)  # fmt: skip
def test_readers_see(text: str, wanted: str) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    "text", ["$5 and $6", "US$5 or A$6", "价格 $5 和 $6，共 $11", "$5 million, not $6 million", "from $10 to $20k", "100$ and 200$", "$ alone", "a $ b $ c"]
)  # fmt: skip
@pytest.mark.parametrize("cut", [True, False])
def test_money_is_no_formula(text: str, cut: bool) -> None:
    assert words(text, cut).removesuffix("…") == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"($\approx 27\%$ above)", "(≈27% above)"),
        (r"$\sim$10x", "∼10x"),
        (r"$k$-means, $n$, $O(n)$", "k-means, n, O(n)"),
        (r"$ x_i $ and $$y^2$$ and \(z\) and \[w\]", "xi and y2 and z and w"),
        (r"costs $5 but $x_1$", "costs $5 but x1"),
        (r"$p < .05$", "p<.05"),
    ],
)
def test_formulas_are_set(text: str, wanted: str) -> None:
    assert words(text) == wanted
    assert "<math" in abstract(text)


def test_a_formula_that_cannot_be_read_is_shown_as_code() -> None:
    assert abstract(r"$\nosuchcommand{x}$ a") == r"<code>\nosuchcommand{x}</code> a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"baseline ($\appr", "baseline (…"),
        (r"baseline ($\approx 27\%", "baseline (≈27%…"),
        ("we set $x_{i", "we set xi…"),
        ("we set $k", "we set k…"),
        (r"called \textbf{Syntactic Gh", "called Syntactic Gh…"),
        (r"called \textb", "called…"),
        ("77\\", "77…"),
        ("it costs $5", "it costs $5…"),
        ("it costs $5 per month and", "it costs $5 per month and…"),
        ("words. ", "words. …"),
        ("words", "words…"),
    ],
)
def test_what_was_cut_ends_well(text: str, wanted: str) -> None:
    assert words(text, cut=True) == wanted


@pytest.mark.parametrize("text", [r"where $\appr", "a $x_1 and the rest of it", "a $"])
def test_what_is_not_known_to_be_cut_stays_whole(text: str) -> None:
    assert abstract(text).startswith(text[: text.index("$") + 1])


@pytest.mark.parametrize(
    ("text", "address", "said"),
    [
        ("see https://a.example/x_(y).", "https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("(https://a.example/~u), then", "https://a.example/~u", "https://a.example/~u"),
        ("代码：https://a.example/x。更多", "https://a.example/x", "https://a.example/x"),
        (r"\url{https://a.example/x\_y}", "https://a.example/x_y", "https://a.example/x_y"),
        (r"\href{https://a.example/}{our \emph{page}}", "https://a.example/", "our page"),
        ("arXiv:2305.00447v2, and", "https://arxiv.org/abs/2305.00447v2", "arXiv:2305.00447v2"),
        ("arXiv: cs.CL/0301001", "https://arxiv.org/abs/cs.CL/0301001", "arXiv: cs.CL/0301001"),
        ("doi:10.1145/3543507.3583434.", "https://doi.org/10.1145/3543507.3583434", "doi:10.1145/3543507.3583434"),
        (r"\href{https://a.example/}{https://b.example}", "https://a.example/", "https://b.example"),
    ],
)
def test_addresses_are_links(text: str, address: str, said: str) -> None:
    html = abstract(text)
    assert html.count("<a ") == 1
    assert f'href="{address}"' in html
    assert _TAG.sub("", html.split("<a ")[1].split(">", 1)[1].split("</a>")[0]) == said


@pytest.mark.parametrize(
    "text",
    [
        r"\href{javascript:alert(1)}{x}", r"\url{data:text/html,x}", r"$\text{<script>alert(1)</script>}$", "<img src=x onerror=alert(1)> ~",
        r"\textbf{<b onclick=x>}", r"$\href{javascript:alert(1)}{x}$", r"\texttt{</code><script>}", r"\url{//evil.example}",
        "\\href{https://a.example/\"onmouseover=\"x}{y}", "\ue0000o\ue001 \\% \ue0030\ue001",
    ],
)  # fmt: skip
def test_nothing_in_it_runs(text: str) -> None:
    html = abstract(text)
    tags = re.findall(r"<(?!/?(?:a|code|em|strong|math|m[a-z]+)[ >])", html)
    assert tags == []
    assert not re.search(r"<[^>]*\s(?:on\w+|style|src)\s*=", html)
    assert not re.search(r'href="(?!https?://)', html)


HOSTILE = {
    "dollars": "$x", "formulas": "$x^2$ ", "braces": "{", "wrappers": r"\textbf{", "wrapped": r"\textbf{a}", "quotes": "`a' ", "double quotes": "``a'' ",
    "addresses": r"\url{aaa", "links": "http://", "brackets": "(http://a)", "accents": "\\'", "hrefs": r"\href{a}{", "commands": r"\alpha ",
    "unknown": r"\nosuch{", "escaped": r"$\$", "open math": r"\(", "cites": r"\cite{", "ties": "a~", "dashes": "a--", "parentheses": "https://a" + ")" * 9000,
    "backslashes": "\\", "arXiv": "arXiv:2305.00447 ", "cut": "$" + "{" * 900,
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("length", [abstracts.MOST, 1_000_000])
def test_it_takes_no_long(piece: str, length: int) -> None:
    text = (piece * (length // len(piece) + 1))[:length]
    began = time.process_time()
    html = abstract(text, True)
    assert time.process_time() - began < 2  # it is a fifth of a second
    assert len(html) < 8 * length + 1000


@given(st.lists(st.sampled_from(["$", "\\", "{", "}", "\\textbf{", "\\'", "\\href{a}{", "$x$", "`", "''", "a", " ", "\\(", "\\)", "中", "~", "--", "5", "http://a", "\n"]), max_size=30))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_comes_out_whole(pieces: list[str]) -> None:
    html = abstract("".join(pieces))
    opened: list[str] = []
    for tag in re.findall(r"<(/?[a-z]+)[^>]*>", html):
        if tag.startswith("/"):
            assert opened.pop() == tag[1:]
        else:
            opened.append(tag)
    assert opened == []
    assert "\ue000" not in html
    assert words("".join(pieces)).count("中") == pieces.count("中")


def test_plain_words_are_hardly_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abstracts, "_made", lambda *_: pytest.fail("it should not be read"))
    assert abstract("Plain words: 5% of $ no".replace("$ ", "")) == "Plain words: 5% of no"


@pytest.mark.parametrize("name", ["000", "003"])
def test_the_digests_abstracts_leave_nothing_over(seeds: Path, name: str) -> None:
    texts = _abstracts(seeds, name)
    assert texts
    for text, cut in texts:
        assert not _LEFT_OVER.search(words(text, cut)), words(text, cut)[-60:]
        assert len(words(text, cut)) > len(text) * 0.9


def _abstracts(seeds: Path, name: str) -> list[tuple[str, bool]]:
    document = digest.parse(next(seeds.glob(f"{name}_*.txt")).read_text(encoding="utf-8"))
    fields = ("abstract", "abstract_zh", "summary_zh")
    return [
        (entry.said[field], field in entry.cut) for entry in document.entries for field in fields if field in entry.said
    ]
