"""HTML tables are read cell by cell with their lines; what spans several is said where it belongs."""

from __future__ import annotations

import time

import pytest

from apps.exchange.formats import blocks, html_table
from apps.exchange.formats.markdown_table import LIMIT, Table


def find(text: str) -> list[Table]:
    lines = text.split("\n")
    return html_table.find(lines, blocks.hidden(lines))


def test_cells_are_found_with_their_lines() -> None:
    [table] = find(
        "words\n<table class='x'>\n<tr><th>A</th>\n<th>B</th></tr>\n<tr>\n<td>1 <b>x</b><td>2 &amp; 3\n</table>\nwords"
    )
    assert (table.at, table.end, table.headers) == (1, 7, ("A", "B"))
    assert [(row.line, row.cells) for row in table.rows] == [(5, ("1 <b>x</b>", "2 &amp; 3"))]


def test_spans_are_filled() -> None:
    [table] = find("<table><tr><td>A<td>B<td>C</tr><tr><td rowspan=2>1<td colspan=2>2</tr><tr><td>3<td>4</tr></table>")
    assert [row.cells for row in table.rows] == [("1", "2", ""), ("1", "3", "4")]


@pytest.mark.parametrize(
    "text",
    ["```\n<table><tr><td>A</td></tr></table>\n```", "<table></table>", "a <tableau> b", "<!--\n<table><tr><td>\n-->"],
)
def test_other_text_is_no_table(text: str) -> None:
    assert find(text) == []


def test_a_table_that_is_never_closed_ends_with_the_text() -> None:
    [table] = find("<table><tr><td>A</td></tr>\n<tr><td>1</td></tr>\nwords")
    assert (table.end, table.headers, len(table.rows)) == (3, ("A",), 1)


def test_a_table_that_is_too_wide_says_so() -> None:
    [table] = find("<table><tr>" + "<td>x</td>" * 10_000 + "</tr></table>")
    assert table.width > LIMIT and not table.rows


@pytest.mark.parametrize(
    "text",
    [
        "<table>" * 5000,
        "<table>\n" * 5000,
        "<table><tr><td>" * 3000,
        "<table><tr><td colspan=99999 rowspan=99999>x</td>" + "<tr><td>y" * 3000,
        "<" * 50_000 + "<table><tr>" + "<td " * 10_000,
        "<table><tr><td>" + "<a href=\n" * 9000,
        "<table><tr><td>" + "<!-- \n" * 9000,
    ],
)
def test_hostile_tables_cost_little(text: str) -> None:
    begun = time.process_time()
    find(text)
    assert time.process_time() - begun < 3
