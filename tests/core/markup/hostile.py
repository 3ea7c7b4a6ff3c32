"""Markdown that is written to hurt: shapes on which parsers, sanitisers or pages are known to grow faster than the text.

Each makes a text of about so many bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

Generator = Callable[[int], str]


def again(piece: str) -> Generator:
    return lambda size: piece * (size // len(piece.encode()) + 1)


def nested(opening: str, closing: str, inside: str = "a") -> Generator:
    def make(size: int) -> str:
        number = max(1, (size - len(inside)) // len((opening + closing).encode()))
        return opening * number + inside + closing * number

    return make


def growing(piece: str, between: str = "a") -> Generator:
    """The piece once, twice, three times …"""

    def make(size: int) -> str:
        parts, length = [], 0
        for number in itertools.count(1):
            parts.append(piece * number + between)
            length += len(parts[-1].encode())
            if length >= size:
                return "".join(parts)
        raise AssertionError

    return make


def counted(*pieces: str) -> Generator:
    """Lines with numbers in them, so that no two are alike."""

    def make(size: int) -> str:
        lines, length = [], 0
        for number in itertools.count():
            line = pieces[number % len(pieces)].format(number)
            lines.append(line)
            length += len(line.encode())
            if length >= size:
                return "".join(lines)
        raise AssertionError

    return make


def halves(first: Generator, second: Generator) -> Generator:
    return lambda size: first(size // 2) + "\n\n" + second(size // 2)


def around(before: str, middle: Generator, after: str) -> Generator:
    return lambda size: before + middle(size) + after


def _deep_lists(size: int) -> str:
    lines, length = [], 0
    for level in itertools.count():
        lines.append(" " * (2 * level) + "- a\n")
        length += len(lines[-1])
        if length >= size:
            return "".join(lines)
    raise AssertionError


def _wide_table(size: int) -> str:
    columns = max(1, size // 8)
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|x\n" * (size // 4)


def _cells(size: int) -> str:
    return "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + ("|" + "x|" * 100 + "\n") * (size // 202)


SHAPES: dict[str, Generator] = {
    # Emphasis and its delimiters.
    "stars without partner": again("*a_ "),
    "stars in a row": again("*"),
    "runs that grow": growing("*"),
    "nested strong": nested("*a **a ", "b** b*"),
    "alternating emphasis": again("*_*_a"),
    "closers without openers": again("a_ b* "),
    "openers without closers": again("_a __b "),
    "struck out": again("~~a~ "),
    "Chinese delimiters": again("**（**（"),
    "Chinese emphasis": again("**核心（A）**来"),
    "triple stars": again("***a** b* "),
    # Brackets, links and pictures.
    "opening brackets": again("["),
    "nested brackets": nested("[", "]"),
    "nested links": nested("[a](", ")"),
    "closing brackets": again("]"),
    "links without end": again("[a](<b"),
    "links to nothing": again("[a]("),
    "pictures in pictures": nested("![", "](a)"),
    "opening pictures": again("![["),
    "pictures": again("![a](b)"),
    "links": again("[a](/b) "),
    "titles without end": again('[a](b "'),
    "brackets of references": again("[a][b]["),
    "addresses with brackets": around("[a](", nested("(", ")"), ")"),
    "escaped brackets": again("\\[a\\]("),
    # References and footnotes.
    "a bomb of references": halves(lambda size: "[x]: /" + "x" * size, again("[x] ")),
    "many definitions": counted("[{0}]: /u{0}\n"),
    "definitions and uses": halves(counted("[{0}]: /u\n"), counted("[{0}] ")),
    "definitions of many lines": again("[a\nb]:\n/u\n'a\nb\n"),
    "definitions without end": again("[a]: u 'x\n"),
    "a bomb of footnotes": halves(lambda size: "[^x]: " + "y" * size, again("[^x] ")),
    "many footnotes": counted("[^{0}]: a\n\n", "[^{0}] "),
    "uses of many footnotes": halves(counted("[^{0}]: a\n\n"), counted("[^{0}] ")),
    "nested footnotes": nested("^[a ", "]"),
    "footnotes of footnotes": counted("[^{0}]: [^{0}] a\n\n"),
    # Blocks.
    "nested quotations": again("> "),
    "quotations deeper and deeper": growing("> ", "a\n"),
    "nested lists": again("- "),
    "lists deeper and deeper": _deep_lists,
    "nested items": again("1. "),
    "quotations and lists": again("> - "),
    "items": again("- a\n"),
    "numbered items": counted("{0}. a\n"),
    "loose items": again("* a\n\n"),
    "lazy lines": around("> > > > > > > > > >", again("a\n"), ""),
    "rules": again("***\n"),
    "headings of one name": again("# a\n"),
    "headings of names": counted("# a {0}\n"),
    "underlined headings": again("a\n=\n"),
    "fences without end": again("```\na\n~~~\n"),
    "fences that grow": growing("`", "\n"),
    "code by spaces": again("    a\n\n"),
    "code in many languages": again("```python\ndef a(): return 'x' + 1\n```\n"),
    "one long piece of code": around("```python\n", again("((((('\"'\"[[{{ "), "\n```"),
    "a wide table": _wide_table,
    "ten thousand cells": _cells,
    "rows that are none": again("|a\n|-\n"),
    "table heads": again("a|b\n-|-\n"),
    "definition lists": again("a\n: b\n\n"),
    "nested definitions": growing(":   ", "a\n"),
    "tasks": again("- [ ] a\n"),
    "callouts": again("> [!note]\n"),
    "nested callouts": growing("> ", "[!note] a\n"),
    "lines": again("a\n"),
    "hard breaks": again("a  \n"),
    "empty lines": again("\n"),
    # Code spans, entities, HTML.
    "backticks that grow": growing("`"),
    "backticks": again("`a"),
    "entities": again("&amp;"),
    "entities without end": again("&"),
    "numbers of characters": again("&#1234567;"),
    "tags": again("<a href='"),
    "opening angles": again("<"),
    "comments": again("<!--"),
    "processing": again("<?"),
    "sections": again("<![CDATA["),
    "addresses in angles": again("<http://a"),
    "quotes": again("\"'<>&"),
    # Formulas.
    "dollars": again("$"),
    "dollars and letters": again("$a"),
    "double dollars": again("$$a "),
    "lines of dollars": again("$$\n"),
    "formulas": again("$a_b^c$ "),
    "a long formula": around("$", again("x+"), "x$"),
    "a deep formula": around("$", nested("{", "}"), "$"),
    "fractions in fractions": around("$$", nested(r"\frac{1}{", "}"), "$$"),
    "a matrix": around("$$\\begin{matrix}", again("a&"), "\\end{matrix}$$"),
    "unknown commands": again(r"$\nosuch$ "),
    "escaped dollars": again("$\\$"),
    # Addresses in the text.
    "addresses": again("http://a.b "),
    "schemes": again("http://"),
    "schemes with hosts": again("http://a.http://"),
    "one long address": around("http://a.b/", again("a"), ""),
    "an address of brackets": around("http://a.b/", again("("), ""),
    "dots": again("a."),
    "www": again("www."),
    "mail": again("a@"),
    "mail addresses": again("a@b.c "),
    "arXiv": again("arXiv:2305.00447 "),
    # References to papers, embeds.
    "opening references": again("[["),
    "Chinese references": again("【【"),
    "references": counted("[[a {0}]] "),
    "references without end": again("[[a|"),
    "nested references": nested("[[", "]]"),
    "opening embeds": again("{{"),
    "embeds": again("{{cite}}\n\n"),
    "tables of papers": again("{{table: a=b}}\n\n"),
    # Characters.
    "one long word": again("a"),
    "one long line": again("词"),
    "spaces": again(" "),
    "tabs": again("\t"),
    "tabs before items": again("\t- a\n"),
    "NUL": again("\x00"),
    "directions": again("\u202e\u2066a"),
    "no width": again("\u200b*a\u200b*"),
    "combining marks": again("a\u0301\u0301\u0301"),
    "beyond the plane": again("\U0001f600"),
    "private use": again("\ue000\ue001\ue002\ue003"),
    "escapes": again("\\"),
    "escaped marks": again("\\*"),
    "carriage returns": again("a\r"),
    "brackets of Chinese": again("（1）a\n"),
    "a mixture": again("*[`<$_![[{{|~>- #\n&"),
    "a mixture without lines": again("*[`<$_![[{{|~>- #&\\"),
}
