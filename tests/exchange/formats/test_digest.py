"""Digests: paragraphs find their fields, cuts are seen, table and details are held against each other."""

from __future__ import annotations

from typing import Any

import pytest

from apps.exchange.formats import digest, problems
from apps.exchange.formats.records import Mention
from tests.exchange.formats import golden

HEAD = "# 摘要\n\n| Ref | Title | Summary |\n| --- | --- | --- |\n"
EN = "We study invented things and report what we found about them in words."
ZH = "我们研究虚构的事物，并报告我们的发现。"


def details(*paragraphs: str) -> Mention:
    """The only entry of a digest whose details are these paragraphs; "" is a wide gap."""
    first, *rest = paragraphs
    body = "\n\n".join(f"    {part}" for part in rest)
    [entry] = digest.parse(f"# 摘要\n\n# 详细\n\n[^1]: {first}\n\n{body}\n").entries
    return entry


@pytest.mark.parametrize("seed", ["000", "003"])
def test_a_seed_says_what_it_must(seed: str, seeds: Any, expected: Any) -> None:
    known = expected["seeds"][seed]
    document = digest.parse((seeds / known["file"]).read_text(encoding="utf-8"))
    assert document.problems == ()
    assert [_found(entry) for entry in document.entries] == [_known(paper) for paper in known["papers"]]


def _found(entry: Mention) -> dict[str, Any]:
    said = entry.said
    return {
        "title": entry.title,
        "title_zh": said.get("title_zh"),
        "url": entry.url,
        "arxiv_id": entry.arxiv_id,
        "version_stated": f"v{entry.arxiv_version}" if entry.arxiv_version else None,
        "category_stated": said.get("category"),
        "announce_type": said.get("announce_type"),
        "tldr_zh": said.get("summary_zh"),
        "abstract_zh_chars": len(said["abstract_zh"]),
        "abstract_zh_cut": "abstract_zh" in entry.cut,
        "abstract_zh_tail": said["abstract_zh"][-10:],
        "abstract_en_clean_chars": len(said["abstract"]),
        "abstract_en_cut": "abstract" in entry.cut,
        "abstract_en_tail": said["abstract"][-15:],
        "line_detail": entry.line,
    }


def _known(paper: dict[str, Any]) -> dict[str, Any]:
    names = ["title", "title_zh", "url", "arxiv_id", "version_stated", "category_stated", "announce_type", "tldr_zh"]
    names += [
        "abstract_zh_chars",
        "abstract_zh_cut",
        "abstract_zh_tail",
        "abstract_en_clean_chars",
        "abstract_en_cut",
        "line_detail",
    ]
    # A text that was cut at a blank is kept without it, and only so much of its end is listed.
    return {**{name: paper[name] for name in names}, "abstract_en_tail": paper["abstract_en_tail"].rstrip()[-15:]}


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "句。", "", ZH, EN), {"title_zh": "题", "summary_zh": "句。", "abstract_zh": ZH, "abstract": EN}),
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "句。", ZH, EN), {"title_zh": "题", "summary_zh": "句。", "abstract_zh": ZH, "abstract": EN}),
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "句。", "", EN), {"title_zh": "题", "summary_zh": "句。", "abstract": EN}),
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "", ZH, EN), {"title_zh": "题", "abstract_zh": ZH, "abstract": EN}),
        (("Title", "https://arxiv.org/abs/2401.00001", "句。", "", ZH, EN), {"summary_zh": "句。", "abstract_zh": ZH, "abstract": EN}),
        (("题", "Title", "<https://arxiv.org/abs/2401.00001>", "句。", "", "Error: 502", EN),
         {"title_zh": "题", "summary_zh": "句。", "abstract": EN}),
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "Error: 502", "", ZH, EN),
         {"title_zh": "题", "abstract_zh": ZH, "abstract": EN}),
        (("题", "Title", "https://arxiv.org/abs/2401.00001", "They invent things.", "", EN, EN),
         {"title_zh": "题", "summary": "They invent things.", "abstract": EN}),
        (("Title", "Title", "https://arxiv.org/abs/2401.00001", "句。", "", ZH, EN),
         {"summary_zh": "句。", "abstract_zh": ZH, "abstract": EN}),
        (("翻译失败", "Title", "https://arxiv.org/abs/2401.00001", "抱歉，我无法完成这个请求。", "", "Failed to translate: 429", EN), {"abstract": EN}),
        (("Title", "https://arxiv.org/abs/2401.00001", f"arXiv:2401.00001v2 Announce Type: replace-cross  Abstract: {EN}"),
         {"announce_type": "replace-cross", "abstract": EN}),
        (("题", "Title (arXiv:2401.00001v2 [cs.LG] CROSS LISTED)", "https://arxiv.org/abs/2401.00001", "句。", "", ZH, EN),
         {"title_zh": "题", "category": "cs.LG", "summary_zh": "句。", "abstract_zh": ZH, "abstract": EN}),
    ],
)  # fmt: skip
def test_paragraphs_find_their_fields(paragraphs: tuple[str, ...], said: dict[str, str]) -> None:
    entry = details(*paragraphs)
    assert (entry.title, entry.arxiv_id, dict(entry.said)) == ("Title", "2401.00001", said)


@pytest.mark.parametrize("failed", ["Error: 502", "翻译失败", "Failed to translate", "Rate limit exceeded", EN])
def test_a_failed_translation_is_told_and_no_translation(failed: str) -> None:
    text = f"# 摘要\n\n# 详细\n\n[^7]: 题\n\n    Title\n\n    https://arxiv.org/abs/2401.00001\n\n    句。\n\n    \n\n    {failed}\n\n    {EN}\n"
    document = digest.parse(text)
    assert [(p.line, p.code, p.values) for p in document.problems] == [
        (5, problems.TRANSLATION_FAILED, {"ref": "7", "field": "abstract_zh"})
    ]


@pytest.mark.parametrize(
    "summary",
    [
        "机器学习中的错误分析。",
        "Error analysis of recommenders.",
        "We are sorry to report nothing.",
        "抱歉机器人的对话研究。",
    ],
)
def test_words_about_errors_are_no_error(summary: str) -> None:
    assert summary in details("题", "Title", "https://arxiv.org/abs/2401.00001", summary, "", ZH, EN).said.values()


def test_a_blank_summary_in_the_table_leaves_two_abstracts() -> None:
    row = "| [^1] | [Title](https://arxiv.org/abs/2401.00001) |  |\n"
    text = f"{HEAD}{row}\n# 详细\n\n[^1]: 题\n\n    Title\n\n    https://arxiv.org/abs/2401.00001\n\n    {ZH}\n\n    {EN}\n"
    [entry] = digest.parse(text).entries
    assert dict(entry.said) == {"title_zh": "题", "abstract_zh": ZH, "abstract": EN}


@pytest.mark.parametrize(
    "text",
    [
        "# List\n\n| Title | LLM |\n|---|---|\n| [A Title](https://arxiv.org/abs/2401.00001)[^1] | T5 |\n\n[^1]: See [this](https://arxiv.org/abs/2401.00002).\n",
        "# List\n\n- [A Title](https://arxiv.org/abs/2401.00001)[^a] is a paper\n- [B Title](https://arxiv.org/abs/2401.00002)\n\n[^a]: A remark.\n[^b]: Another.\n",
    ],
)
def test_a_list_with_footnotes_is_no_digest(text: str) -> None:
    assert digest.looks_like(text) == 0


def test_a_digest_that_says_there_is_no_news_is_one() -> None:
    text = "# 摘要\n\n今天没有更新。\n\n# 详细\n"
    assert digest.looks_like(text) > 0.5
    assert digest.parse(text).entries == ()


@pytest.mark.parametrize(
    ("english", "chinese", "cut"),
    [
        ("x" * 1000, ZH, {"abstract"}),
        ("x" * 999 + " ", ZH, {"abstract"}),
        ("x" * 999, ZH, set()),
        ("x" * 1001, ZH, set()),
        (EN, "我们研究虚构的", {"abstract_zh"}),
        (EN, "我们有三个发现：", {"abstract_zh"}),
        ("word " * 199 + " embe", "我们研究词embe。", {"abstract", "abstract_zh"}),
    ],
)
def test_a_cut_is_seen(english: str, chinese: str, cut: set[str]) -> None:
    assert details("题", "Title", "https://arxiv.org/abs/2401.00001", "句。", "", chinese, english).cut == cut


@pytest.mark.parametrize(
    ("row", "title", "summary"),
    [
        ("| [^1] | [On $Y|X$ things](https://arxiv.org/abs/2401.00001) | 句。 |", "On $Y|X$ things", "句。"),
        ("| [^1] | [Title](https://arxiv.org/abs/2401.00001) | 当 a|b 时。 |", "Title", "当 a|b 时。"),
        (
            "| [^1] | [Title](https://arxiv.org/abs/2401.00001) | 当 $P(a|b)$ 与 $c|d$ 时。 |",
            "Title",
            "当 $P(a|b)$ 与 $c|d$ 时。",
        ),
        (r"| [^1] | [A \| B](https://arxiv.org/abs/2401.00001) | 句。 |", "A | B", "句。"),
        ("| [^1] | [[Re] Title](https://arxiv.org/abs/2401.00001) | 句。 |", "[Re] Title", "句。"),
    ],
)
def test_pipes_within_a_cell_are_text(row: str, title: str, summary: str) -> None:
    [entry] = digest.parse(HEAD + row + "\n").entries
    assert (entry.title, entry.said["summary_zh"], entry.arxiv_id) == (title, summary, "2401.00001")


@pytest.mark.parametrize("text", [HEAD, HEAD + "\n# 详细\n\n", HEAD.replace("摘要", "Summary")])
def test_an_empty_digest_is_no_news_and_no_error(text: str) -> None:
    assert digest.looks_like(text) > 0.5
    document = digest.parse(text)
    assert (document.entries, document.problems) == ((), ())


def test_a_disagreement_is_told_and_the_details_win() -> None:
    document = digest.parse(golden.text("digest.md"))
    told = {(p.values["ref"], p.values.get("field", "")) for p in document.problems if p.code == problems.REF_DISAGREES}
    assert told == {("12", "title"), ("12", "url")}
    assert next(e for e in document.entries if e.arxiv_id == "2401.00012").title == "Right title"


def test_five_hundred_entries_are_read_in_order() -> None:
    rows = "".join(f"| [^{i}] | [Title {i}](https://arxiv.org/abs/2401.{i:05}) | 句{i}。 |\n" for i in range(1, 501))
    notes = "".join(
        f"[^{i}]: 题{i}\n\n    Title {i}\n\n    https://arxiv.org/abs/2401.{i:05}\n\n    句{i}。\n\n"
        for i in range(1, 501)
    )
    document = digest.parse(f"{HEAD}{rows}\n# 详细\n\n{notes}")
    assert [e.title for e in document.entries] == [f"Title {i}" for i in range(1, 501)]
    assert document.problems == ()
