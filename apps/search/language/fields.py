"""The names that stand before a colon, in both languages."""

from __future__ import annotations

from difflib import get_close_matches

TEXTS = ("title", "author", "abstract", "note")  # kinds of text in which a word is sought
FACETS = (
    *("venue", "llm", "tuning", "tag", "org", "author", "year", "category", "table", "list", "has"),
    *("status", "metadata", "state"),
)
OTHERS = ("id", "added", "similar")
NAMES = (*TEXTS, *(name for name in FACETS if name not in TEXTS), *OTHERS)
EXACTLY = "="  # author:=slug is one person, author:word a word in anybody's name
CHINESE = {
    "标题": "title",
    "作者": "author",
    "摘要": "abstract",
    "笔记": "note",
    "会议": "venue",
    "期刊": "venue",
    "基座": "llm",
    "微调": "tuning",
    "标签": "tag",
    "机构": "org",
    "年份": "year",
    "类别": "category",
    "清单": "list",
    "状态": "status",
    "收录": "added",
    "相似": "similar",
}


def known(name: str) -> str:
    """The name as the tree has it, or an empty text."""
    lower = name.lower()
    return lower if lower in NAMES else CHINESE.get(name, "")


def nearest(name: str) -> str:
    """The known name that was probably meant, or an empty text."""
    return next(iter(get_close_matches(name.lower()[:20], NAMES, n=1, cutoff=0.6)), "")
