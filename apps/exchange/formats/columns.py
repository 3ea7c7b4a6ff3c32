"""What the columns of a paper table mean, whatever order, language and spelling their headers have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Roles, each with the folded headers that mean it. A role is given once, except links.
_HEADERS: dict[str, str] = {
    "title": "title papertitle titles titleofpaper 标题 论文标题 论文名称 论文名 题目 论文题目 文章标题 题名 titlelink titlepaper papertitlelink",
    "paper": "paper papers article publication papername paperlink paperurl 论文 文章 文献 文章名称 work works",
    "name": "name method model methods approach algorithm system framework abbr abbreviation acronym shortname alias "
    "modelname methodname 方法 名称 模型 模型名称 方法名称 简称 缩写 算法 别名 框架 项目名称",
    "venue": "venue venues conference conf journal pub published publishedin publisher publishat source "
    "conferencejournal journalconference pubinfo venueyear publicationvenue 会议 期刊 来源 会议期刊 期刊会议 发表 发表会议 发表于 出处 刊物 会刊",
    "year": "year years 年份 年 发表年份 发布年份",
    "published": "date time releasedate publicationdate publisheddate publishdate submitted releasetime month release "
    "日期 时间 发布时间 发表时间 发布日期 发表日期 提交时间",
    "llm": "llm llms basellm basellms backbone backbones basemodel basemodels basellmmodel backbonellm llmbackbone "
    "llmbackbones backbonemodel backbonemodels foundationmodel llmused usedllm usedllms plm lm languagemodel llmbase pretrainedmodel "
    "基座 骨干 大模型 基座模型 基础模型 骨干模型 底座 底座模型 基模型 使用模型 骨干网络 大语言模型 基座大模型 使用的大模型",
    "tuning": "tuning finetuning tuningtype tuningmethod finetuningmethod finetuningtype finetune finetuned tuningstrategy training "
    "trainingmethod trainingtype trainingstrategy 微调 微调方式 训练方式 微调方法 训练方法 微调类型 调优方式 是否微调 训练策略",
    "code": "code codes github repo repository implementation opensource codelink codeurl githublink githubrepo sourcecode resources resource "
    "代码 开源代码 代码链接 代码地址 开源 仓库 源码 开源地址",
    "project": "project projects website homepage projectpage webpage site page demo 项目 主页 项目主页 项目地址 演示 官网",
    "data": "data dataset datasets datalink datasetlink 数据 数据集 数据链接",
    "pdf": "pdf pdflink pdfurl",
    "slides": "slides slide ppt 幻灯片",
    "link": "link links url urls doi arxiv arxivid arxivlink href reference references read 链接 网址 地址 论文链接 论文地址 原文 原文链接 编号",
    "authors": "authors author 作者 作者列表",
    "organisations": "institution institutions affiliation affiliations organization organisation organizations organisations org orgs company "
    "team 机构 单位 组织 发布单位 作者单位 公司 所属机构 团队",
    "summary": "summary tldr tl;dr brief intro introduction description desc keyidea mainidea keypoints takeaway contribution "
    "contributions overview 摘要 简介 一句话 简述 概述 总结 描述 介绍 内容 主要内容 贡献 一句话总结 一句话简介 核心思想 要点",
    "abstract": "abstract 英文摘要",
    "tags": "tags tag keywords keyword topic topics category categories area field type task tasks labels label "
    "标签 关键词 分类 类别 主题 领域 任务 类型 方向",
    "role": "role llmrole roleofllm rolesofllm usage 角色 作用 llm角色 大模型角色 用途",
    "remark": "note notes remark remarks comment comments memo 备注 说明 注释 评论 笔记 评注",
    "number": "no num number id idx index ref # 序号 编号序号 索引 rank stars star citations citation 引用 引用数",
}
_ROLES = {header: role for role, headers in _HEADERS.items() for header in headers.split()}
# A second try for headers of several words, in this order.
_HINTS = (
    (r"papertitle|论文标题|论文名", "title"),
    (r"tuning|finetun|微调|训练方", "tuning"),
    (r"basellm|backbone|basemodel|foundationmodel|基座|骨干|底座|大模型|usedllm|llmused", "llm"),
    (r"venue|conference|会议|期刊", "venue"),
    (r"github|代码|code", "code"),
    (r"作者单位|affiliation|institut|机构|单位", "organisations"),
    (r"author|作者", "authors"),
    (r"publi\w*date|releasedate|发布时间|发表时间|日期", "published"),
    (r"year|年份", "year"),
    (r"论文|paper", "paper"),
    (r"摘要|简介|tldr|summary", "summary"),
    (r"备注|remark|notes", "remark"),
    (r"关键词|keyword|标签", "tags"),
    (r"link|url|链接", "link"),
)
_MANY = ("link", "code", "project", "data", "pdf", "slides", "number", "")


def fold(header: str) -> str:
    """A header without case, width, blanks, marks and pictures."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    return (
        "#" if folded.strip() == "#" else "".join(c for c in folded if unicodedata.category(c)[0] in "LN" or c == ";")
    )


def role(header: str) -> str:
    """What one header means by itself; "" for anything unknown."""
    folded = fold(header)[:80]
    if known := _ROLES.get(folded):
        return known
    return next((meaning for hint, meaning in _HINTS if re.search(hint, folded)), "")


def roles(headers: Sequence[str]) -> tuple[str, ...]:
    """The role of every column, "" where it has none. Every role but links once: what comes second means something else
    (`Name | Model`: the model is the base LLM) or nothing."""
    meant = [role(header) for header in headers]
    titled = "title" in meant
    papers = [i for i, meaning in enumerate(meant) if meaning == "paper"]
    for i in papers:
        if fold(headers[i]).startswith(("publication", "published")) and (titled or len(papers) > 1):
            meant[i] = "venue"  # beside the papers themselves it is where they were published
    given: list[str] = []
    for header, meaning in zip(headers, meant, strict=True):
        if meaning == "name" and fold(header) == "framework" and {"title", "link"} & set(given):
            meaning = ""  # behind the title it says how the LLM is used, not what the method is called
        if meaning == "paper":
            meaning = "link" if titled else "title"
        if meaning in given and meaning not in _MANY:
            folded = fold(header)
            meaning = "llm" if "model" in folded or "模型" in folded else "link" if meaning == "title" else ""
            meaning = "" if meaning in given and meaning not in _MANY else meaning
        given.append(meaning)
    return tuple(given)


def is_known(word: str) -> bool:
    """Whether this folded word is a header by itself."""
    return word in _ROLES
