"""A made-up library of the shape that speed is measured on, line by line as arXiv's snapshot has it: N papers of 2.3 kB,
300 venues, 80 base LLMs, 8 tuning types, 500 tags, 1995 to 2026, Zipf's law everywhere, half of the papers in Chinese, too.

`python -m tests.bench corpus N > corpus.json`. The same N gives the same bytes; memory does not grow with it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.vocabulary.loading import read
from tests.bench.chance import Zipf, word, words

FIRST, LAST = (1995, 1), (2026, 10)
VENUES, LLMS, TUNINGS, TAGS = 300, 80, 8, 500
TOP_VENUE, TOP_TAG = 0.13, 0.23  # shares of the papers
_TAGS_A_PAPER = 3
_COMMON = (
    "the of and to a in we for that is with on our this are by from as model models can which an language large be "
    "data method show using propose learning results these user recommendation system new approach it performance "
    "based tasks between information training two task has have or existing their such framework not more also paper "
    "over at than work problem both however items through knowledge methods sequence different graph novel study"
).split()
_HAN = (
    "的在是了与我们方法模型推荐用户提出基于实验结果数据任务语言大规模学习性能系统信息本文研究通过进行有效问题训练序列知识图网络表示能力"
    "评估现有框架生成检索对话理解注意力机制特征优化目标函数样本分布预测准确率提升显著同时应用场景领域多模态文本图像兴趣偏好行为历史交互"
)
_ARCHIVES = (
    "hep-th hep-ph astro-ph cond-mat quant-ph gr-qc math cs hep-ex hep-lat nucl-th physics math-ph nlin q-bio".split()
)
_NEW = "cs.IR cs.CL cs.LG cs.AI cs.CV stat.ML cs.SI cs.HC cs.DB cs.MM math.OC eess.AS q-bio.GN physics.soc-ph cs.SE".split()


def vocabulary() -> dict[str, list[str]]:
    """The names that the corpus uses, the most frequent first. Those of venues that do not ship are in no vocabulary."""
    shipped = {kind: [str(entry["name"]) for entry in read(kind)] for kind in ("venues", "llms", "tuning", "tags")}
    venues = [name for name in shipped["venues"] if name not in ("arXiv", "ACM", "IEEE")]
    venues += [f"Conference on {name.title()}" for name in words(VENUES, first=90_000)]
    tags = shipped["tags"] + words(TAGS, first=50_000)
    return {
        "venues": venues[:VENUES],
        "llms": [name for name in shipped["llms"] if "/" not in name][:LLMS],
        "tuning": [shipped["tuning"][k] for k in (1, 10, 15, 11, 2, 3, 20, 36)],
        "tags": tags[:TAGS],
    }


def english() -> list[str]:
    """The words of titles and abstracts, the most frequent first."""
    return _COMMON + words(30_000)


def lines(count: int, *, seed: int = 1) -> Iterator[str]:
    """One paper a line, with its line end."""
    for record in papers(count, seed=seed):
        yield json.dumps(record) + "\n"


def papers(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """In the order of their ids."""
    made = _Maker(seed)
    for year, month, number in _ids(count):
        yield made.paper(year, month, number)


def _ids(count: int) -> Iterator[tuple[int, int, int]]:
    """Year, month and number in the month: more of them every year."""
    months = [divmod(12 * FIRST[0] + FIRST[1] - 1 + k, 12) for k in range(12 * (LAST[0] - FIRST[0]) + LAST[1])]
    weights = [(k + 1) ** 1.5 for k in range(len(months))]
    said, sofar, total = 0, 0.0, sum(weights)
    for (year, month), weight in zip(months, weights, strict=True):
        sofar += weight
        until = round(count * sofar / total)
        for number in range(1, until - said + 1):
            yield year, month + 1, number
        said = until


def arxiv_id(year: int, month: int, number: int) -> str:
    if (year, month) < (2007, 4):
        archive = _ARCHIVES[number % len(_ARCHIVES)]
        return f"{archive}/{year % 100:02}{month:02}{number // len(_ARCHIVES) + 1:03}"
    return f"{year % 100:02}{month:02}.{number:0{4 if year < 2015 else 5}}"


class _Maker:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        names = vocabulary()
        self.venues, self.llms = Zipf(names["venues"], TOP_VENUE), Zipf(names["llms"], 0.15)
        # Drawn several times for each paper, so that one draw must bring the first one less often.
        self.tags = Zipf(names["tags"], 1 - (1 - TOP_TAG) ** (1 / _TAGS_A_PAPER))
        self.tunings = Zipf(names["tuning"], 0.35)
        self.words = Zipf(english(), 0.07)
        han = [_HAN[k : k + 2] for k in range(0, len(_HAN) - 1, 2)]
        self.han = Zipf(han + [a[0] + b[-1] for a in han for b in han if a != b][:4_000], 0.05)
        self.categories = Zipf(_NEW, 0.3)
        self.people = 0

    def paper(self, year: int, month: int, number: int) -> dict[str, Any]:
        chance, number_of = self.chance, arxiv_id(year, month, number)
        first = datetime(year, month, chance.randint(1, 28), chance.randrange(24), chance.randrange(60), tzinfo=UTC)
        authors = [self._author() for _ in range(1 + min(9, int(chance.expovariate(0.33))))]
        dates = [first + timedelta(days=200 * k) for k in range(1 + min(4, int(chance.expovariate(1.2))))]
        old, ours = "/" in number_of, self._ours(year)
        categories = [number_of.split("/")[0]] if old else list(dict.fromkeys(self.categories.some(chance, 2)))
        return {
            "id": number_of,
            "submitter": f"{authors[0][1]} {authors[0][0]}",
            "authors": ", ".join(f"{given} {family}" for family, given, _ in authors),
            "title": self._title(),
            "comments": f"{chance.randint(4, 30)} pages" if chance.random() < 0.6 else None,
            "journal-ref": f"{ours['venue']} {chance.randint(1, 90)} ({year})" if chance.random() < 0.2 else None,
            "doi": f"10.{chance.randint(1000, 9999)}/x.{number_of.replace('/', '.')}"
            if chance.random() < 0.3
            else None,
            "report-no": None,
            "categories": " ".join(categories),
            "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
            "abstract": self._abstract(),
            "versions": [
                {"version": f"v{k + 1}", "created": f"{day:%a, %-d %b %Y %H:%M:%S} GMT"} for k, day in enumerate(dates)
            ],
            "update_date": f"{dates[-1]:%Y-%m-%d}",
            "authors_parsed": [list(author) for author in authors],
            "papernotes": ours,
        }

    def _ours(self, year: int) -> dict[str, Any]:
        chance = self.chance
        ours: dict[str, Any] = {
            "year": year,
            "venue": self.venues.one(chance),
            "base_llms": list(dict.fromkeys(self.llms.some(chance, chance.randint(1, 3)))),
            "tuning_type": self.tunings.one(chance),
            "tags": list(dict.fromkeys(self.tags.some(chance, _TAGS_A_PAPER))),
            "has_code": f"https://github.com/{word(chance.randrange(10**6))}/code" if chance.random() < 0.2 else None,
            "note": None,
        }
        if chance.random() < 0.5:
            texts = {"title_zh": 10, "abstract_zh": 150, "summary_zh": 20}
            ours |= {name: "".join(self.han.some(chance, count)) for name, count in texts.items()}
        if chance.random() < 0.01:
            ours["note"] = f"## {self._title()}\n\n{self._abstract().strip()}\n\n- {self._title()}\n"
        return ours

    def _author(self) -> tuple[str, str, str]:
        """Somebody new, or one of those before: most write once, some often."""
        chance = self.chance
        if not self.people or chance.random() < 0.3:
            self.people += 1
        number = int(self.people * chance.random() ** 2)
        return word(number * 31 + 1_000).title(), f"{word(number % 997).title()} {chr(65 + number % 26)}.", ""

    def _title(self) -> str:
        return " ".join(self.words.some(self.chance, self.chance.randint(6, 13))).capitalize()

    def _abstract(self) -> str:
        found = self.words.some(self.chance, self.chance.randint(120, 300))
        rows = [" ".join(found[k : k + 14]) for k in range(0, len(found), 14)]
        return f"  {rows[0].capitalize()}\n" + ".\n".join(rows[1:]) + "\n"
