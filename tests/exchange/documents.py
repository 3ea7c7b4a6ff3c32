"""Small documents of one's own for tests: a table, a post with notes, a digest."""

from __future__ import annotations

QUIET = (
    "| QuietRank | [Quiet ranking by whispering models](https://arxiv.org/abs/2401.10001) | ConfX'24 |"
    " GPT-4, Foobar-7B | Zoe Invented | [code](https://github.com/a/b) |"
)
TABLE = f"""# Papers we like

## Prompting magic

| Name | Paper | Venue | LLM | Authors | Code |
| --- | --- | --- | --- | --- | --- |
{QUIET}
| LoudRank | [Loud ranking by shouting models](https://arxiv.org/abs/2401.10002) | KDDD | Foobar-13B | Zoe Invented | |

## No tuning

| Name | Paper | Venue | LLM |
| --- | --- | --- | --- |
| PlainRank | [Plain ranking by silent models](https://arxiv.org/abs/2401.10003) | SIGIR | LLaMA-7b |
"""

POST = """---
title: What we read in winter
date: 2024-01-08
author: Somebody
---

## 《UniX：Unified invented modelling》

A first thought.

![a picture](https://example.org/a.png)

## 《Quiet ranking by whispering models》

A second thought.
"""


def table(rows: int, *, start: int = 0, title: str = "A long list") -> str:
    """A generated list of papers."""
    lines = [
        f"# {title}",
        "",
        "## Supervised fine-tuning",
        "",
        "| Name | Paper | Venue | LLM | Code |",
        "| --- | --- | --- | --- | --- |",
    ]
    for n in range(start, start + rows):
        address = f"https://arxiv.org/abs/23{1 + n // 2000:02}.{10000 + n % 2000}"
        venue, llm = ("SIGIR", "KDD", "arXiv")[n % 3], ("LLaMA-7B", "GPT-4, BERT", "T5")[n % 3]
        paper = f"[An invented study number {n} of ranking things]({address})"
        lines.append(f"| Method{n} | {paper} | {venue} | {llm} | [code](https://github.com/a/m{n}) |")
    return "\n".join(lines) + "\n"
