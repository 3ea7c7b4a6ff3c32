"""Lists of labelled fields: labels in every dress, fields to their ends, the article around them left alone."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.formats import field_list, problems
from apps.exchange.formats.records import Link, Mention
from apps.papers.dates import parse_date, show

URL = "https://arxiv.org/abs/2401.00001"


def only(text: str) -> Mention:
    [entry] = field_list.parse(text).entries
    return entry


def test_the_seed_says_what_it_must(seeds: Any, expected: Any) -> None:
    known = expected["seeds"]["004"]
    read = field_list.parse((seeds / known["file"]).read_text(encoding="utf-8"))
    assert (read.title, read.author, read.source_url) == (known["article_title"], known["author"], known["source_url"])
    names = [
        "line",
        "alias",
        "title",
        "date_raw",
        "date",
        "date_precision",
        "orgs_raw",
        "tldr_zh",
        "reading_focus",
        "abstract_zh_paragraphs",
    ]
    names += ["abstract_zh_chars", "url", "arxiv_id", "core_technique", "image_original"]
    assert [_found(entry) for entry in read.entries] == [
        {name: paper[name] for name in names} for paper in known["papers"]
    ]
    assert [(p.line, p.code) for p in read.problems] == [(688, problems.FIELD_TWICE), (734, problems.FIELD_GLUED)]
    assert all("abstract" not in entry.said for entry in read.entries)


def _found(entry: Mention) -> dict[str, Any]:
    said = entry.said
    dated = parse_date(said["published"])
    assert dated is not None
    return {
        "line": entry.line,
        "alias": entry.name,
        "title": entry.title,
        "date_raw": said["published"],
        "date": show(*dated),
        "date_precision": dated[1],
        "orgs_raw": said["organisations"],
        "tldr_zh": said["summary_zh"],
        "reading_focus": said.get("reading_focus"),
        "abstract_zh_paragraphs": len(said["abstract_zh"].split("\n\n")),
        "abstract_zh_chars": len("".join(said["abstract_zh"].split())),
        "url": entry.url,
        "arxiv_id": entry.arxiv_id or None,
        "core_technique": said.get("key_technique"),
        "image_original": next(link.url for link in entry.links if link.kind == "figure"),
    }


@pytest.mark.parametrize(
    "label",
    ["**发布时间**：", "**发布时间：**", "**发布时间** ：", "**发布时间**:", "**发布时间:** ", "发布时间：", "发布时间: ", "- 发布时间：", "- **Date**: ", "Date: ",
     "__发布时间__：", "**发 布 时 间**：", "* **发表时间**： "],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", "> ", ">"])
def test_a_label_is_known_in_every_dress(label: str, quote: str) -> None:
    entry = only(
        f"## 1. Foo\n\n{quote}**论文名称**：《Foo at Work》\n{quote}\n{quote}{label}2017/06/12\n{quote}\n{quote}**论文链接**：{URL}\n"
    )
    assert (entry.name, entry.title, entry.said["published"], entry.url) == ("Foo", "Foo at Work", "2017/06/12", URL)


@pytest.mark.parametrize(
    ("label", "key"),
    [("发布单位", "organisations"), ("机构", "organisations"), ("简单摘要", "summary_zh"), ("一句话", "summary_zh"), ("TL;DR", "summary_zh"), ("阅读重点", "reading_focus"),
     ("中文摘要", "abstract_zh"), ("摘要", "abstract_zh"), ("英文摘要", "abstract"), ("核心技术", "key_technique"), ("核心方法", "key_technique"), ("作者", "authors"),
     ("标签", "tags"), ("会议", "venue")],
)  # fmt: skip
def test_a_label_says_a_field(label: str, key: str) -> None:
    assert dict(only(f"## 1. Foo\n\n**论文名称**：Foo at Work\n\n**{label}**：这是内容。\n").said) == {
        key: "这是内容。"
    }


@pytest.mark.parametrize(
    "heading",
    ["1. Foo\n------", "## 1. Foo", "### 1、Foo", "# （1）Foo", "1. Foo", "1) **Foo**", "## Foo", "## 第1篇：Foo"],
)
def test_an_item_begins_at_its_heading(heading: str) -> None:
    entry = only(f"intro\n\n{heading}\n\n> **论文名称**：Foo at Work\n>\n> **论文链接**：{URL}\n")
    assert (entry.line, entry.name, entry.title) == (3, "Foo", "Foo at Work")


def test_items_without_headings_begin_at_their_titles() -> None:
    read = field_list.parse(
        f"论文标题：Foo\n论文链接：{URL}\n时间：2023\n\n论文标题：Bar\n论文链接：{URL}2\n时间：2024\n"
    )
    assert [(e.title, e.name, e.said["published"]) for e in read.entries] == [("Foo", "", "2023"), ("Bar", "", "2024")]


def test_a_field_runs_over_paragraphs_and_an_item_ends_with_its_quote() -> None:
    entry = only(
        "## 1. Foo\n\n> **论文名称**：Foo\n>\n> **中文摘要**：一。\n>\n> 二。\n\n结束语。\n\n**推荐阅读**\n\n[x](https://x.org)\n"
    )
    assert entry.said["abstract_zh"] == "一。\n\n二。"


def test_glued_and_doubled_labels_are_parted_and_told() -> None:
    read = field_list.parse(
        "## 1. Foo\n\n> **论文名称**：Foo\n>\n> **阅读重点**：a、b**中文摘要**：一。\n>\n> **阅读重点**：c\n"
    )
    [entry] = read.entries
    assert dict(entry.said) == {"reading_focus": "a、b", "abstract_zh": "一。"}
    assert [(p.code, p.values["label"]) for p in read.problems] == [
        (problems.FIELD_GLUED, "中文摘要"),
        (problems.FIELD_TWICE, "阅读重点"),
    ]


def test_an_empty_field_gives_way_to_a_later_one() -> None:
    read = field_list.parse("## 1. Foo\n\n> **论文名称**：Foo\n>\n> **阅读重点**：\n>\n> **阅读重点**：c\n")
    assert (read.entries[0].said["reading_focus"], read.problems) == ("c", ())


def test_a_picture_behind_a_proxy_is_named_by_its_own_address() -> None:
    proxied = (
        "https://p.example/c/filters:no_upscale()?imageUrl=https%3A%2F%2Fx.org%2Fa%2F640%3Fwx_fmt%3Dpng%26from%3Db"
    )
    entry = only(f"## 1. Foo\n\n> **论文名称**：Foo\n>\n> **论文链接**：https://x.org/foo.pdf\n>\n> ![]({proxied})\n")
    assert entry.links == (
        Link("pdf", "https://x.org/foo.pdf"),
        Link("figure", "https://x.org/a/640?wx_fmt=png&from=b"),
    )


@pytest.mark.parametrize(
    "text", ["# Title\n\nWords: and more.\n", "| 标题 | 时间 |\n|---|---|\n", "时间：2023\n\n地点：这里\n", ""]
)
def test_other_texts_are_no_lists(text: str) -> None:
    assert field_list.looks_like(text) == 0
    assert field_list.parse(text).entries == ()
