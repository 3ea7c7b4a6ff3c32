"""Emphasis and bare links in Chinese text; the cases follow the CJK-friendly amendment to CommonMark."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from apps.core.markup.cjk import CJKState, speak_cjk
from apps.core.markup.cjk_characters import is_cjk

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
        ("（2）**Byte Pair Encoding（BPE）**文本", "（2）<strong>Byte Pair Encoding（BPE）</strong>文本"),
        ("感觉**对GPT2作用**。", "感觉<strong>对GPT2作用</strong>。"),
        ("**真，**她", "<strong>真，</strong>她"),
        ("**核心技术：**预训练", "<strong>核心技术：</strong>预训练"),
        ("**论文名称：**《Attention》", "<strong>论文名称：</strong>《Attention》"),
        ("pruning**中文摘要**：", "pruning<strong>中文摘要</strong>："),
        ("**a**是**b**", "<strong>a</strong>是<strong>b</strong>"),
        ("**99%**的", "<strong>99%</strong>的"),
        ("提升**+5.2%**左右", "提升<strong>+5.2%</strong>左右"),
        ("用**$**符号", "用<strong>$</strong>符号"),
        ("***粗斜（x）***体", "<em><strong>粗斜（x）</strong></em>体"),
        ("**【注】**见下", "<strong>【注】</strong>见下"),
        ("他说**“好。”**然后", "他说<strong>“好。”</strong>然后"),
        ("**完成……**了", "<strong>完成……</strong>了"),
        ("**A—**是", "<strong>A—</strong>是"),
        ("**한국어(괄호)**를", "<strong>한국어(괄호)</strong>를"),
        ("これは**「引用」**です", "これは<strong>「引用」</strong>です"),
        ("**𠮟る（x）**𠮟", "<strong>𠮟る（x）</strong>𠮟"),
        ("葛\U000e0100**(a)**。", "葛\U000e0100<strong>(a)</strong>。"),
        ("“\ufe01**(a)**", "“\ufe01<strong>(a)</strong>"),
        ("，_强调_", "，<em>强调</em>"),
        ("（_强调_）", "（<em>强调</em>）"),
        ("~~`码`~~字", "<s><code>码</code></s>字"),
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
        ("a**(b)**c", "a**(b)**c"),
        ("a**“b”**c", "a**“b”**c"),
        ("😀**(b)** c", "😀<strong>(b)</strong> c"),
        ("é**(b)**é", "é**(b)**é"),
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


# The rule once more, from the words of the amendment: each character with what it counts as, typed by hand.
BLANK, STOP, CJK, CJK_STOP, OTHER = "blank", "stop", "cjk", "cjk stop", "other"
COUNTS_AS = {
    **dict.fromkeys(" \t\n\u3000\u00a0", BLANK),
    **dict.fromkeys(".,()\"'!-$“”‘’…—«·€", STOP),
    **dict.fromkeys("中あア한ㄱｱ𠮟〇々", CJK),
    **dict.fromkeys("，。（）「」【】、！～〜￥〽㊙🈂₩", CJK_STOP),
    **dict.fromkeys("a1éЖ①", OTHER),
    **dict.fromkeys("😀☀⌚→", STOP),  # symbols are punctuation since CommonMark 0.31
}


def flanks(before: str, after: str) -> tuple[bool, bool]:
    """Left-flanking and right-flanking, for what stands before (perhaps with a selector) and after a run."""
    kind, selector = _kind_before(before)
    following = COUNTS_AS[after]
    cjk_before = kind in {CJK, CJK_STOP} or selector == "ideographic"
    left = following != BLANK and (following != STOP or kind in {BLANK, STOP, CJK_STOP} or cjk_before)
    right = kind != BLANK and (kind != STOP or following in {BLANK, STOP, CJK, CJK_STOP})
    return left, right


def _kind_before(before: str) -> tuple[str, str]:
    if before.endswith("\U000e0101"):
        return OTHER, "ideographic"
    if before[-1] in "\ufe00\ufe01\ufe0e":
        fullwidth_quote = before[0] in "“”‘’" and before[-1] == "\ufe01"
        return (CJK_STOP if fullwidth_quote else COUNTS_AS[before[0]]), ""
    return COUNTS_AS[before], ""


def _is_stop(before: str) -> bool:
    return _kind_before(before)[0] in {STOP, CJK_STOP}


AFTER = st.sampled_from(sorted(COUNTS_AS))
SELECTED = st.tuples(
    st.sampled_from([c for c in sorted(COUNTS_AS) if COUNTS_AS[c] != BLANK]),
    st.sampled_from(["\ufe00", "\ufe01", "\ufe0e", "\U000e0101"]),
)
BEFORE = st.one_of(AFTER, SELECTED.map("".join))


@settings(max_examples=2_000, deadline=None, database=None)
@given(before=BEFORE, after=AFTER, marker=st.sampled_from(["*", "**", "***", "_", "__", "~~"]))
def test_where_emphasis_may_begin_and_end_follows_the_public_rule(before: str, after: str, marker: str) -> None:
    state = CJKState(f"{before}{marker}{after}", PARSER, {}, [])
    scanned = state.scanDelims(len(before), marker[0] != "_")
    left, right = flanks(before, after)
    if marker[0] == "_":
        left, right = (
            left and (not right or _is_stop(before)),
            right and (not left or COUNTS_AS[after] in {STOP, CJK_STOP}),
        )
    assert (scanned.can_open, scanned.can_close, scanned.length) == (left, right, len(marker))


def test_the_table_of_cjk_characters_agrees_with_unicode() -> None:
    """Wide, full-width and half-width characters and Hangul, except emoji; newer Unicode widened a few symbols."""
    widened = {*range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x4DC0, 0x4E00), *range(0x1D300, 0x1D378)}
    odd = []
    for code in (*range(0x20, 0xD800), *range(0xF900, 0x20000), 0x20000, 0x2FFFD, 0x30000):
        character = chr(code)
        if unicodedata.category(character) in {"Cn", "Co"} or code in widened:
            continue
        wide = unicodedata.east_asian_width(character) in "WFH" or unicodedata.name(character, "").startswith("HANGUL")
        emoji = unicodedata.category(character) in {"So", "Sk", "Po", "Sm"} and (code < 0x3000 or code >= 0x1F000)
        if wide != is_cjk(character) and not (wide and emoji):
            odd.append(hex(code))
    assert odd == []
