"""Links of a paper: which address is the paper's own, and what the others lead to."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from apps.papers.identifiers import clean_url, find

_KINDS: dict[str, str] = {
    "code": "code codes github git gitlab gitee repo repository python pytorch tensorflow jax official officialcode implementation source "
    "sourcecode opensource colab notebook huggingface hf model models weights checkpoint 代码 源码 开源 开源代码 代码链接 仓库 模型",
    "project": "project projects projectpage website web homepage page site demo blog leaderboard 项目 主页 项目主页 项目地址 官网 演示 网站",
    "data": "data dataset datasets benchmark 数据 数据集",
    "slides": "slides slide ppt poster video talk 幻灯片 视频 海报",
    "pdf": "pdf",
    "paper": "paper papers link url arxiv abs abstract article doi openreview html acl aclanthology acm ieee springer preprint here "
    "publisher read 论文 原文 链接 地址 文章 论文链接 链接论文 全文",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_CODE_HOSTS = (
    "github.com",
    "gitlab.com",
    "gitee.com",
    "bitbucket.org",
    "huggingface.co",
    "colab.research.google.com",
    "codeberg.org",
)
_DANGEROUS = re.compile(r"\s{0,5}(javascript|vbscript|data|file|blob)\s{0,5}:", re.IGNORECASE)
_NOTHING = frozenset(
    (
        "",
        "na",
        "none",
        "null",
        "nan",
        "nil",
        "unknown",
        "tbd",
        "tba",
        "无",
        "暂无",
        "没有",
        "未知",
        "未公开",
        "不详",
        "notavailable",
        "notstated",
    )
)


def fold(label: str) -> str:
    """A label without case, brackets, blanks and pictures."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", label[:200]).casefold() if unicodedata.category(c)[0] in "LN"
    )


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, `N/A`, `-`, `Unknown`."""
    return len(text) < 24 and "+" not in text and fold(text) in _NOTHING


def is_generic(label: str) -> bool:
    """Whether a label only says that there is a link: `[paper]`, `PDF`, `链接`, an address, an id."""
    folded = fold(label)
    return (
        not folded
        or folded in _KIND_OF
        or (folded.isdecimal() and len(folded) < 4)
        or bool(re.match(r"(?:https?|arxiv)?[0-9]{8,9}(?:v[0-9])?$|https?", folded))
    )


def kind_of(label: str, url: str, otherwise: str = "paper") -> str:
    """What a link leads to, by its label, then by its host."""
    if known := _KIND_OF.get(fold(label)):
        return known
    if otherwise != "paper":
        return otherwise
    return "code" if host(url) in _CODE_HOSTS else otherwise


def host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_safe(url: str) -> bool:
    return bool(clean_url(url))


def danger(url: str) -> str:
    """The scheme of an address that must never be followed; "" for all others."""
    found = _DANGEROUS.match(re.sub(r"[\x00-\x20]", "", url[:200]))
    return found[1].lower() if found else ""


_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|openreview\.net|aclanthology\.org|aclweb\.org|dl\.acm\.org|ieeexplore\.ieee\.org|"
    r"link\.springer\.com|sciencedirect\.com|doi\.org|proceedings\.mlr\.press|neurips\.cc|nips\.cc|thecvf\.com|aaai\.org|ijcai\.org|"
    r"nature\.com|science\.org|biorxiv\.org|medrxiv\.org|semanticscholar\.org|jmlr\.org|mdpi\.com|wiley\.com|usenix\.org|isca-speech\.org|"
    r"isca-archive\.org|pnas\.org|acm\.org|ssrn\.com|hal\.science|tandfonline\.com|oup\.com|cell\.com|vldb\.org|ceur-ws\.org|papers\.nips\.cc)$"
)


def is_paper(url: str) -> bool:
    """Whether an address leads to a paper: it names one, is at home where papers are, or is a PDF."""
    if find(url):
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(_PAPER_HOSTS.search((parts.hostname or "").lower())) or parts.path.lower().endswith(".pdf")
