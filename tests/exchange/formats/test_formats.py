"""What every format promises: it is found by itself, knows its samples, reads back what it writes, never gives up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.exchange.formats import FORMATS, detect, get, problems
from apps.exchange.formats.records import Document
from tests.exchange.formats import golden

MARKDOWN = ["digest", "field-list", "post", "post-text", "table"]
OF_ARXIV = ["arxiv-atom", "arxiv-jsonl"]
SEEDS = {"000": "digest", "001": "post", "002": "post-text", "003": "digest", "004": "field-list"}
PIECES = st.sampled_from(
    ["# 摘要\n", "# 详细\n", "[^1]: ", "| Ref | Title | Summary |\n| --- | --- | --- |\n", "| [^1] | ", "](https://arxiv.org/abs/2305.00447)",
     "[", "]", "(", ")", "|", "`", "```\n", "**", "*", "_", "《", "》", "：", ": ", "\n", "\n\n", "    ", "> ", "- ", "1. ", "## ", "---\n", "+++\n",
     "====\n", "<a href=", "<!--", "-->", "<br>", "论文名称", "**中文摘要**：", "https://x.org/a.pdf", "Foo", "虚构", "| Name | Paper |\n|-|-|\n",
     "NamePaperVenueLLMCode\n", "$", "\\", "arXiv:2305.00447v1", "javascript:alert(1)", "\u2028", "\ufdd0", "&amp;", "!["]
)  # fmt: skip


def without_problems(document: Document) -> Document:
    """What was mended while reading is whole when it is written."""
    return replace(document, problems=())


def test_the_formats_are_found_by_themselves() -> None:
    assert {*MARKDOWN, *OF_ARXIV} <= set(FORMATS)
    assert all(name == get(name).NAME for name in FORMATS)


def test_nothing_here_needs_django() -> None:
    code = "import sys, apps.exchange.formats, apps.exchange.reading; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(("name", "kind"), golden.KINDS.items())
def test_a_sample_is_known(name: str, kind: str) -> None:
    assert detect(golden.text(name)) == kind


@pytest.mark.parametrize(("name", "kind"), golden.KINDS.items())
def test_a_sample_reads_as_written_beside_it(name: str, kind: str) -> None:
    golden_text = (golden.SAMPLES / f"{name}.json").read_text(encoding="utf-8")
    assert golden.as_data(get(kind).parse(golden.text(name))) == json.loads(golden_text)


@pytest.mark.parametrize(("name", "kind"), golden.KINDS.items())
def test_a_sample_survives_writing_and_reading(name: str, kind: str) -> None:
    document = get(kind).parse(golden.text(name))
    assert without_problems(get(kind).parse(get(kind).render(document))) == without_problems(document)


@pytest.mark.parametrize(("seed", "kind"), SEEDS.items())
def test_a_seed_is_known_and_survives(seed: str, kind: str, seeds: Any, expected: Any) -> None:
    text = (seeds / expected["seeds"][seed]["file"]).read_text(encoding="utf-8")
    document = get(kind).parse(text)
    assert detect(text) == kind
    assert without_problems(get(kind).parse(get(kind).render(document))) == without_problems(document)


@pytest.mark.parametrize(
    "text", ["", " \n", "Hello.", "# Title\n\nWords.\n", "a,b\n1,2\n", "{}", "<html></html>", "- one\n- two\n"]
)
def test_what_nobody_knows_is_nobodys(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize("name", [*MARKDOWN, *OF_ARXIV])
@given(text=st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(name: str, text: str) -> None:
    form = get(name)
    assert 0 <= form.looks_like(text) <= 1
    document = form.parse(text)
    assert {p.code for p in document.problems} <= set(problems.CODES)
    assert isinstance(form.render(document), str)


@pytest.mark.parametrize("name", [*MARKDOWN, *OF_ARXIV])
@pytest.mark.parametrize(
    "text",
    ["[" * 60_000, "[](" * 20_000, "`" * 60_000, "<" * 60_000, "<a href=x>" * 6_000, "**a**：" * 9_000, "| a " * 10_000 + "|\n" + "|-" * 10_000 + "|\n",
     "## 《a》\n" * 8_000, "[^1]: a\n" * 8_000, "> " * 30_000, "a\n---\n" * 10_000, "<!--\n" * 12_000, "- a\n" + "  b\n" * 15_000, "###### x\n# y\n" * 4_000,
     '{"id": "2401.00001", "title": "a"}\n' * 9_000, '{"id":' * 40_000, "<feed>" * 30_000, "<a><entry/>" * 20_000,
     "---\n" + "a: [" * 9_000 + "\n---\n", "NamePaper" * 12_000, "|a|b|\n|-|-|\n" * 5_000, "|Paper|X|\n|-|-|\n|" + "$|" * 30_000],
)  # fmt: skip
def test_hostile_text_costs_little(name: str, text: str) -> None:
    begun = time.process_time()
    get(name).parse(text)
    assert time.process_time() - begun < 5, "linear work takes a fraction of this, quadratic work many times"


def test_the_values_of_a_problem_are_short_and_can_be_stored() -> None:
    told = problems.problem(1, problems.ROW_UNTITLED, text="half \ud800 a letter " + "x" * 500)
    assert len(told.values["text"].encode("utf-8")) < 130
