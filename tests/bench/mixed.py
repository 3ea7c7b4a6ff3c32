"""A note as people write them, of any length: two languages, lists, tables, code, formulas, links and references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_ENGLISH = (
    "model table value of the small large token depth layer paper result shows that with between learns order".split()
)
_CHINESE = (
    "模型 参数 实验 方法 结论 数据 我们 因此 可以 提升 效果 注意力 序列 推荐 排序 微调 指令 对比 结果 问题".split()
)
_CODE = "```python\ndef loss(rows: list[float], rate: float = 0.1) -> float:\n    # of one step\n    return sum(row * rate for row in rows) / max(1, len(rows))\n```"
_FORMULAS = [
    r"$$\mathcal{L}(\theta) = -\sum_{t=1}^{T} \log p_\theta(x_t \mid x_{<t}) + \lambda \lVert \theta \rVert_2^2$$",
    r"$$\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$$",
]  # fmt: skip
_MATH = [r"$p_\theta(y \mid x)$", "$O(n^2)$", r"$\alpha = 0.1$", "$d_k$"]


def mixed_note(size: int, references: Sequence[str] = ("[[P1]]",), seed: int = 1) -> str:
    """About `size` bytes of Markdown."""
    random = Random(seed)
    parts: list[str] = []
    length = 0
    for part in _parts(random, references):
        parts.append(part)
        length += len(part.encode()) + 2
        if length >= size:
            return "\n\n".join(parts)
    raise AssertionError


def _parts(random: Random, references: Sequence[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"## {number}. {_chinese(random, 3)} {_english(random, 2)}"
        yield f"{_prose(random)} {random.choice(references)}" if number % 2 else _prose(random)
        yield "\n".join(f"- **{_chinese(random, 2)}**：{_english(random, 8)}" for _ in range(4))
        yield _prose(random)
        yield "\n".join(f"{place}. {_english(random, 6)} {random.choice(_MATH)}" for place in range(1, 4))
        yield random.choice(_FORMULAS)
        if number % 3 == 0:
            yield _table(random)
        if number % 4 == 0:
            yield _CODE
        if number % 5 == 0:
            yield f"> {_chinese(random, 20)}\n>\n> {_english(random, 20)}"
        yield f"（1）{_chinese(random, 15)}\n（2）{_chinese(random, 15)}"


def _prose(random: Random) -> str:
    return (
        f"{_chinese(random, 25)}，**{_chinese(random, 3)}（{_english(random, 2)}）**{_chinese(random, 12)}。"
        f" {_english(random, 30).capitalize()}, *{_english(random, 2)}* {random.choice(_MATH)} `{_english(random, 1)}`"
        f" [{_english(random, 2)}](https://pages.example/{random.randrange(999)})."
        f" {_chinese(random, 20)}。"
    )


def _table(random: Random) -> str:
    head = "| Name | 数据 | Score | 备注 |\n|:--|--|--:|:-:|\n"
    return head + "\n".join(
        f"| {_english(random, 2)} | {_chinese(random, 2)} | {random.random():.3f} | {random.choice(_MATH)} |"
        for _ in range(8)
    )


def _english(random: Random, words: int) -> str:
    return " ".join(random.choices(_ENGLISH, k=words))


def _chinese(random: Random, words: int) -> str:
    return "".join(random.choices(_CHINESE, k=words))
