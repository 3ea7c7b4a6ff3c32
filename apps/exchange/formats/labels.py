"""The labels of a list with labelled fields (`**发布时间**：2017/06/12`), and what they mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_LABELS: dict[str, str] = {
    "title": "论文名称 论文名 论文标题 标题 题目 论文题目 文章标题 名称 title papertitle paper 论文",
    "title_zh": "中文标题 中文名 中文名称 中文题目 标题翻译 titlezh chinesetitle",
    "name": "简称 缩写 模型 模型名称 方法名称 shortname name method model",
    "published": "发布时间 发表时间 时间 日期 发布日期 发表日期 年份 提交时间 date published publishedon publicationdate year time released releasedate",
    "organisations": "发布单位 单位 机构 发布机构 作者单位 研究机构 组织 团队 公司 organization organizations organisation organisations org "
    "institution institutions affiliation affiliations company publisher team",
    "authors": "作者 论文作者 作者列表 author authors",
    "venue": "会议 期刊 发表会议 来源 发表于 出处 会议期刊 venue conference journal publishedin",
    "summary": "简单摘要 一句话 一句话摘要 一句话总结 一句话简介 简介 摘要简述 简述 总结 概述 summary tldr inonesentence oneliner brief",
    "reading_focus": "阅读重点 重点 重点阅读 阅读要点 关注点 readingfocus focus whattoread highlights",
    "abstract_zh": "中文摘要 摘要翻译 摘要中文 chineseabstract abstractzh",
    "abstract_en": "英文摘要 原文摘要 摘要英文 englishabstract",
    "abstract": "摘要 论文摘要 abstract",
    "url": "论文链接 链接论文 链接 论文地址 原文链接 原文 地址 论文网址 link links url paperlink paperurl linktopaper arxiv arxivlink",
    "pdf": "pdf pdf链接 pdf下载 pdflink",
    "doi": "doi",
    "key_technique": "核心技术 核心方法 关键技术 核心思想 核心内容 技术要点 keytechnique coretechnique keymethod coremethod keyidea",
    "code": "代码 代码链接 代码地址 开源代码 源码 开源地址 github code codelink repository repo",
    "project": "项目 项目主页 项目地址 主页 官网 project projectpage homepage website",
    "tags": "标签 关键词 关键字 分类 领域 tags keywords topic topics",
    "remark": "备注 评论 点评 说明 remark remarks note notes comment",
}
_MEANING = {label: field for field, labels in _LABELS.items() for label in labels.split()}
# A label in bold with its colon inside, outside, after a blank or missing; or plain at the start of a line.
_BOLD = re.compile(r"(?:\*\*|__)\s?([^*_\n:：]{1,24}?)\s?(?:[:：]\s?(?:\*\*|__)|(?:\*\*|__)\s{0,3}[:：])\s?")
_PLAIN = re.compile(r"(?:[-*+•]\s{1,3})?([^\s:：*_\[\]()（）<>/|][^:：*_\n\[\]()<>/|]{0,23}?)\s{0,3}[:：](?!//)\s?")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label found in a line: what it means, as written, and where it and its value begin."""

    field: str
    label: str
    at: int
    end: int


def meaning(label: str) -> str:
    """The field that a label means; "" for words that are no label."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", label).casefold() if unicodedata.category(c)[0] in "LN")
    return _MEANING.get(folded, "")


def find(line: str) -> list[Labelled]:
    """All labels of a line: bold ones anywhere, a plain one at its start."""
    found = [
        Labelled(field, match[1].strip(), _start(line, match.start()), match.end())
        for match in _BOLD.finditer(line)
        if (field := meaning(match[1]))
    ]
    plain = _PLAIN.match(line.lstrip())
    if plain and (not found or found[0].at > 0) and (field := meaning(plain[1])):
        offset = len(line) - len(line.lstrip())
        found.insert(0, Labelled(field, plain[1].strip(), 0, offset + plain.end()))
    return found


def _start(line: str, at: int) -> int:
    """A bullet before the label belongs to it."""
    return 0 if re.match(r"\s{0,12}(?:[-*+•]\s{1,3})?$", line[:at]) else at
