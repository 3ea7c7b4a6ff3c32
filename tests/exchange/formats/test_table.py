"""Tables and lists of papers in every order, language and state of repair."""

from __future__ import annotations

import time
from typing import Any

import pytest

from apps.exchange.formats import post, problems, table
from apps.exchange.formats.records import Document, Link, Mention
from tests.exchange.formats import golden

URL = "https://arxiv.org/abs/2401.00001"


def rows(document: Document) -> list[Mention]:
    return [row for made in document.tables for section in made.sections for row in section.rows]


def only(text: str) -> Mention:
    [row] = rows(table.parse(text))
    return row


def test_the_seed_says_what_it_must(seeds: Any, expected: Any) -> None:
    known = expected["seeds"]["001"]
    text = (seeds / known["file"]).read_text(encoding="utf-8")
    names = [
        "line",
        "section",
        "name",
        "title",
        "url",
        "arxiv_id",
        "version_stated",
        "venue_raw",
        "llm_raw",
        "code_label",
        "code_url",
    ]
    told = [{name: paper[name] for name in names} for paper in known["papers"]]
    for read in (table.parse(text), post.parse(text)):
        found = [(section.title, row) for made in read.tables for section in made.sections for row in section.rows]
        assert [_found(section, row) for section, row in found] == told
        assert read.problems == ()


def _found(section: str, row: Mention) -> dict[str, Any]:
    link = row.links[0] if row.links else Link("code", "")
    return {
        "line": row.line,
        "section": section,
        "name": row.name or None,
        "title": row.title,
        "url": row.url,
        "arxiv_id": row.arxiv_id or None,
        "version_stated": f"v{row.arxiv_version}" if row.arxiv_version else None,
        "venue_raw": row.said.get("venue"),
        "llm_raw": row.llm,
        "code_label": link.label or None,
        "code_url": link.url or None,
    }


@pytest.mark.parametrize(
    ("header", "cells", "field", "value"),
    [
        ("Paper | Base LLM", f"[Foo]({URL}) | LLaMA", "llm", "LLaMA"),
        ("LLM Backbone | Paper", f"LLaMA | [Foo]({URL})", "llm", "LLaMA"),
        ("论文 | 基座模型", f"[Foo]({URL}) | LLaMA", "llm", "LLaMA"),
        ("Name | Paper | Model", f"Bar | [Foo]({URL}) | LLaMA", "llm", "LLaMA"),
        ("**Paper** | Tuning Type", f"[Foo]({URL}) | LoRA", "tuning", "LoRA"),
        ("标题 | 微调方式", f"[Foo]({URL}) | LoRA", "tuning", "LoRA"),
        ("Title | Notes", f"[Foo]({URL}) | good", "remark", "good"),
        ("Title | 备注", f"[Foo]({URL}) | 好", "remark", "好"),
        ("Method | Title", f"Bar | [Foo]({URL})", "name", "Bar"),
        ("方法 | 论文标题", f"Bar | [Foo]({URL})", "name", "Bar"),
        ("Model | Paper", f"Bar | [Foo]({URL})", "name", "Bar"),
        ("Title | Link", f"Foo | [paper]({URL})", "url", URL),
        ("Title | Paper", f"Foo | [PDF]({URL})", "url", URL),
        ("Title | arXiv", "Foo | 2401.00001", "arxiv_id", "2401.00001"),
        ("Title | 链接", f"Foo | <{URL}>", "url", URL),
        ("Title | 链接", f"Foo | {URL}", "url", URL),
        ("Title | DOI", "Foo | 10.1145/3543507.3583434", "doi", "10.1145/3543507.3583434"),
    ],
)
def test_a_column_is_known_by_its_header(header: str, cells: str, field: str, value: str) -> None:
    row = only(f"| {header} |\n{'|---' * (header.count('|') + 1)}|\n| {cells} |\n")
    assert (row.title, getattr(row, field)) == ("Foo", value)


@pytest.mark.parametrize(
    ("header", "key"),
    [("Venue", "venue"), ("Conference", "venue"), ("Pub.", "venue"), ("会议/期刊", "venue"), ("来源", "venue"), ("Year", "year"), ("年份", "year"),
     ("Date", "published"), ("发布时间", "published"), ("Authors", "authors"), ("作者", "authors"), ("Institution", "organisations"),
     ("机构", "organisations"), ("TL;DR", "summary"), ("简介", "summary"), ("Abstract", "abstract"), ("Tags", "tags"), ("关键词", "tags"), ("Role", "role")],
)  # fmt: skip
def test_a_column_says_a_field(header: str, key: str) -> None:
    row = only(f"| Title | {header} |\n|---|---|\n| [Foo]({URL}) | words |\n")
    assert dict(row.said) == {key: "words"}


@pytest.mark.parametrize("nothing", ["N/A", "-", "—", "", "Unknown", "无", "n/a", "None", "/"])
def test_what_says_nothing_is_not_said(nothing: str) -> None:
    row = only(
        f"| Name | Title | Venue | Code |\n|---|---|---|---|\n| {nothing} | [Foo]({URL}) | {nothing} | {nothing} |\n"
    )
    assert (row.name, dict(row.said), row.links) == ("", {}, ())


@pytest.mark.parametrize(
    ("cell", "title", "url"),
    [
        (f"[Foo]({URL})", "Foo", URL),
        (f"[Foo.]({URL} 'hint')", "Foo", URL),
        (f"**[Foo]({URL})**", "Foo", URL),
        (f"[**Foo**]({URL})", "Foo", URL),
        (f'<a href="{URL}" target="_blank">Foo</a>', "Foo", URL),
        (f"Foo [[paper]({URL})]", "Foo", URL),
        (f"Foo ([arXiv]({URL}))", "Foo", URL),
        (f"Foo<br>[PDF]({URL})", "Foo", URL),
        (f"[Foo [v2] (x)]({URL})", "Foo [v2] (x)", URL),
        ("[Foo](https://x.org/a_(b).pdf)", "Foo", "https://x.org/a_(b).pdf"),
        (f"[Foo \\| Bar]({URL})", "Foo | Bar", URL),
        (f"[Foo | Bar]({URL})", "Foo | Bar", URL),
        (f"[Foo $p(a|b)$]({URL})", "Foo $p(a|b)$", URL),
        (f"[Foo `a|b`]({URL})", "Foo a|b", URL),
        ("Foo &amp; Bar", "Foo & Bar", ""),
        ("Foo <script>alert(1)</script>", "Foo <script>alert(1)</script>", ""),
        ("Foo <input, chain, output>", "Foo <input, chain, output>", ""),
        ("Foo_bar and M6_Rec", "Foo_bar and M6_Rec", ""),
    ],
)
def test_a_title_is_read_out_of_its_cell(cell: str, title: str, url: str) -> None:
    row = only(f"| Title | Venue |\n|---|---|\n| {cell} | X |\n")
    assert (row.title, row.url, row.said["venue"]) == (title, url, "X")


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("[Python](https://github.com/a/b)", Link("code", "https://github.com/a/b", "Python")),
        ("[Project](https://a.github.io/)", Link("project", "https://a.github.io/", "Project")),
        ("[Anything](https://gitee.com/a/b)", Link("code", "https://gitee.com/a/b", "Anything")),
        ("https://github.com/a/b", Link("code", "https://github.com/a/b", "")),
        (
            "[![Stars](https://img.shields.io/github/stars/a/b)](https://github.com/a/b)",
            Link("code", "https://github.com/a/b", "Stars"),
        ),
        ("[Data](https://x.org/d)", Link("data", "https://x.org/d", "Data")),
        ("<a href='https://github.com/a/b'>code</a>", Link("code", "https://github.com/a/b", "code")),
    ],
)
def test_a_link_is_known_by_label_and_column(cell: str, link: Link) -> None:
    assert only(f"| Title | Code |\n|---|---|\n| [Foo]({URL}) | {cell} |\n").links == (link,)


def test_a_script_link_is_dropped_and_told() -> None:
    read = table.parse("| Title | Code |\n|---|---|\n| [Foo](javascript:alert(1)) | [x](data:text/html,y) |\n")
    [row] = rows(read)
    assert (row.title, row.url, row.links) == ("Foo", "", ())
    assert [(p.line, p.code, p.values["scheme"]) for p in read.problems] == [
        (3, problems.LINK_DROPPED, "javascript"),
        (3, problems.LINK_DROPPED, "data"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Title | Venue\n--- | ---\n[Foo]({URL}) | X\n",
        f"|Title|Venue|\n|:-:|--:|\n|[Foo]({URL})|X\n",
        f"  | Title | Venue |\n  |---|---|\n  | [Foo]({URL}) | X |\n",
    ],
)
def test_bars_and_rules_may_be_written_in_any_way(text: str) -> None:
    row = only(text)
    assert (row.title, row.said["venue"]) == ("Foo", "X")


def test_missing_cells_are_blank_and_extra_ones_are_told() -> None:
    read = table.parse(f"| Title | Venue |\n|---|---|\n| [Foo]({URL}) |\n| Bar | X | Y |\n| | |\n")
    assert [(row.title, row.said.get("venue")) for row in rows(read)] == [("Foo", None), ("Bar", "X")]
    assert [(p.line, p.code) for p in read.problems] == [(4, problems.EXTRA_CELLS)]


def test_a_row_without_a_paper_is_told() -> None:
    read = table.parse(f"| Title | Venue |\n|---|---|\n| N/A | X |\n| [Foo]({URL}) | Y |\n")
    assert [(p.line, p.code) for p in read.problems] == [(3, problems.ROW_UNTITLED)]


@pytest.mark.parametrize("header", ["Model | Params | Score", "Year | Milestone | Note", "A | B | C"])
def test_a_table_about_something_else_is_left_out(header: str) -> None:
    read = table.parse(f"| {header} |\n|---|---|---|\n| GPT | 1 | 2 |\n")
    assert (rows(read), read.problems) == ([], ())


def test_a_left_out_table_with_papers_in_it_is_told() -> None:
    read = table.parse(f"| Milestone | B |\n|---|---|\n| [x]({URL}) | 1 |\n")
    assert [(p.line, p.code) for p in read.problems] == [(1, problems.TABLE_LEFT_OUT)]


def test_sections_stand_under_their_headings() -> None:
    one = f"| Title |\n|---|\n| [Foo]({URL}) |\n"
    text = f"Papers\n======\n\nWords.\n\n## A\n### B\n{one}\n<details><summary>C</summary>\n\n{one}\n</details>\n\n## D\n```\n# no\n```\n{one}"
    [made] = table.parse(text).tables
    assert (made.title, made.intro) == ("Papers", "Words.")
    assert [(s.path, s.title) for s in made.sections] == [(("A",), "B"), (("A", "B"), "C"), ((), "D")]


def test_ten_thousand_columns_are_one_problem() -> None:
    read = table.parse("| a " * 10_000 + "|\n" + "|---" * 10_000 + "|\n" + "| b " * 10_000 + "|\n")
    assert [(p.code, p.values["count"]) for p in read.problems] == [(problems.TOO_MANY_COLUMNS, "10000")]


def test_thirteen_hundred_rows_take_a_moment() -> None:
    body = "".join(
        f"| N{i} | [Title {i}](https://arxiv.org/abs/2401.{i:05}) | X | GPT-4 | [code](https://github.com/a/b{i}) |\n"
        for i in range(1300)
    )
    begun = time.process_time()
    read = table.parse("| Name | Paper | Venue | LLM | Code |\n|---|---|---|---|---|\n" + body)
    assert len(rows(read)) == 1300
    assert time.process_time() - begun < 3


def test_an_empty_document_has_no_tables() -> None:
    assert table.parse("") == Document(format="table")


@pytest.mark.parametrize(
    ("item", "name", "title", "said"),
    [
        (f"- **Bar**: [Foo is enough]({URL}). Ann Lee, Bob Ray. *NeurIPS 2023*.", "Bar", "Foo is enough", {"venue": "NeurIPS 2023", "authors": "Ann Lee, Bob Ray"}),
        (f"* (*EMNLP 2023*) Foo is enough. [[paper]]({URL})", "", "Foo is enough", {"venue": "EMNLP 2023"}),
        (f"+ [2023/05] **Foo is enough** *Ann Lee, Bob Ray.* [paper]({URL})", "", "Foo is enough", {"published": "2023/05", "authors": "Ann Lee, Bob Ray"}),
        (f"1. Foo is enough, NeurIPS 2023. [[pdf]({URL})]", "", "Foo is enough", {"venue": "NeurIPS 2023"}),
        (f"- Bar: Foo is enough [arXiv]({URL})", "Bar", "Bar: Foo is enough", {}),
        (f"- [Foo is enough]({URL})\n  (ICLR 2024)", "", "Foo is enough", {"venue": "ICLR 2024"}),
    ],
)  # fmt: skip
def test_a_list_item_is_a_paper(item: str, name: str, title: str, said: dict[str, str]) -> None:
    row = only(item + "\n")
    assert (row.name, row.title, row.arxiv_id, dict(row.said)) == (name, title, "2401.00001", said)


@pytest.mark.parametrize(
    "item",
    ["- [Surveys](#surveys)", "- words", "- [blog](https://x.org/blog)", "- [mail](mailto:a@x.org)", f"    - `{URL}`"],
)
def test_other_items_are_no_papers(item: str) -> None:
    assert rows(table.parse(item + "\n")) == []


def test_links_that_belong_to_an_item_are_kept() -> None:
    [row] = [row for row in rows(table.parse(golden.text("awesome_list.md"))) if row.name == "FooRec"]
    assert row.links == (Link("code", "https://github.com/foo/rec", "code"),)


@pytest.mark.parametrize(
    ("reference", "title", "authors", "year"),
    [
        ("Lee, A., & Ray, B. (2023). Is Foo a Bar? A Study. *arXiv preprint arXiv:2401.00001*.", "Is Foo a Bar? A Study", "Lee, A., & Ray, B", "2023"),
        ("Lee, A., ... & Ray, B. (2022, August). Foo at work: Bars. In *Proceedings of Foo* (pp. 1-9).", "Foo at work: Bars", "Lee, A., ... & Ray, B", "2022"),
        ("Lee, A. (2021). Foo at work. *Journal of Foo*, *41*(4), 1-26.", "Foo at work", "Lee, A", "2021"),
    ],
)  # fmt: skip
def test_a_reference_in_place_of_a_title_is_taken_apart(reference: str, title: str, authors: str, year: str) -> None:
    row = only(f"| Paper | Venue |\n|---|---|\n| [{reference}]({URL}) | X |\n")
    assert (row.title, row.arxiv_id) == (title, "2401.00001")
    assert (row.said["authors"].rstrip("."), row.said["year"]) == (authors, year)
    assert only(f"- [{reference}]({URL})\n").title == title


@pytest.mark.parametrize(
    "title",
    ["Foo (2023). And more of it", "Sparks of Foo (AGR): Early Bars", "Foo, Bar and Baz (BBQ). A study of things"],
)
def test_a_title_with_brackets_is_no_reference(title: str) -> None:
    assert only(f"| Paper | Venue |\n|---|---|\n| [{title}]({URL}) | X |\n").title == title
