"""Emphasis and bare links in Chinese text; the cases follow the CJK-friendly amendment to CommonMark."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from apps.core.markup.cjk import speak_cjk

PARSER = speak_cjk(MarkdownIt("commonmark", {"linkify": True}).enable(["linkify", "strikethrough"]))


def html(text: str) -> str:
    return str(PARSER.render(text)).removeprefix("<p>").removesuffix("</p>\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**核心的掩码矩阵（Mask Matrix）**来实现", "<strong>核心的掩码矩阵（Mask Matrix）</strong>来实现"),
        ("一个**核心的掩码矩阵（Mask Matrix）**来实现", "一个<strong>核心的掩码矩阵（Mask Matrix）</strong>来实现"),
        ("**该星号不会被识别，而是直接显示。**这是因为", "<strong>该星号不会被识别，而是直接显示。</strong>这是因为"),
        ("**“引号”**后面", "<strong>“引号”</strong>后面"),
        ("前面**“引号”**", "前面<strong>“引号”</strong>"),
        ("**《书名》**的作者", "<strong>《书名》</strong>的作者"),
        ("**(括号)**之后", "<strong>(括号)</strong>之后"),
        ("**`代码`**之后", "<strong><code>代码</code></strong>之后"),
        ("**[链接](/a)**是", '<strong><a href="/a">链接</a></strong>是'),
        ("**この文を強調できますか（強調）？**なぜ", "<strong>この文を強調できますか（強調）？</strong>なぜ"),
        ("**이 [링크](/a)**만을", '<strong>이 <a href="/a">링크</a></strong>만을'),
        ("*斜体，*文字", "<em>斜体，</em>文字"),
        ("~~删除。~~文字", "<s>删除。</s>文字"),
    ],
)
def test_emphasis_needs_no_blank_beside_chinese(text: str, wanted: str) -> None:
    assert html(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a * b * c", "a * b * c"),
        ("2**3 和 4**5", "2<strong>3 和 4</strong>5"),
        ("snake_case_name", "snake_case_name"),
        ('a*"foo"*', "a*&quot;foo&quot;*"),
        ("foo*bar*baz", "foo<em>bar</em>baz"),
        ("** 空格 **", "** 空格 **"),
        ("**bold**, *it*.", "<strong>bold</strong>, <em>it</em>."),
        ("变量_不是强调_的", "变量_不是强调_的"),
    ],
)
def test_other_text_keeps_the_rule_of_commonmark(text: str, wanted: str) -> None:
    assert html(text) == wanted


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("见https://arxiv.org/abs/2305.00447。然后", "https://arxiv.org/abs/2305.00447", "。然后"),
        ("（https://a.com/x，第二）", "https://a.com/x", "，第二）"),
        ("https://a.com/x这篇论文", "https://a.com/x", "这篇论文"),
        ("https://a.com/x”", "https://a.com/x", "”"),
        ("https://a.com/x_(y).", "https://a.com/x_(y)", "."),
        ("https://a.com/?q=推荐系统", "https://a.com/?q=%E6%8E%A8%E8%8D%90%E7%B3%BB%E7%BB%9F", ""),
    ],
)
def test_a_bare_link_ends_where_the_sentence_goes_on(text: str, address: str, after: str) -> None:
    found = html(text)
    assert f'href="{address}"' in found
    assert found.endswith(f"</a>{after}")


@pytest.mark.parametrize("text", ["README.md", "example.com", "a@b.com", "ftp:x", "arxiv.org/abs/1"])
def test_what_is_not_written_as_an_address_is_no_link(text: str) -> None:
    assert "<a" not in html(text)
