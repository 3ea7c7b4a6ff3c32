"""What is asked: the corpus's own words, and filters as the pages' facets link to them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from tests.bench import corpus
from tests.bench.served import Site

SIZES = (10_000, 100_000, 1_000_000, 3_000_000)
_SAMPLE = 2_000  # papers, whose words are counted
_FACETS = ("venue", "llm", "tag", "tuning", "year")
_LINK = re.compile(r'href="(?:/papers/)?\?([^"#]+)')
_PAPER = re.compile(r'href="(/papers/\d+/[^"/#?]+/)"')
_TWO_THIRDS = 2 / 3
# At most so many CPU milliseconds, by size.
LIST, COMMON, COLD = (8, 9, 14, 24), (8, 10, 17, 27), (10, 30, 60, 120)
RARE, PAPER, SUGGEST, SIMILAR = (8, 8, 8, 8), (4, 4, 4, 4), (None, None, 20, None), (None, 10, None, None)
ENGLISH, CHINESE = "English word with as many hits", "Chinese word of two characters"
Goals = tuple[float | None, float | None, float | None, float | None]
_NONE: Goals = (None, None, None, None)


@dataclass(frozen=True)
class Kind:
    """One kind of work: addresses that are asked in turn."""

    name: str
    paths: list[str]
    goals: Goals = _NONE
    once: bool = False  # each address is asked a single time: nobody has asked it before
    may_lack: bool = False  # left out where there is no such page

    def goal(self, papers: int) -> float | None:
        return self.goals[next((k for k, size in enumerate(SIZES) if papers <= size), len(SIZES) - 1)]


class Words:
    """Words of the corpus by the share of its papers that they stand in, counted in its first papers."""

    def __init__(self, count: int) -> None:
        papers = list(islice(corpus.papers(count), _SAMPLE))
        self.english: Counter[str] = Counter()
        self.chinese: Counter[str] = Counter()
        for paper in papers:
            self.english.update(set(re.findall(r"[a-z]{3,}", f"{paper['title']} {paper['abstract']}".lower())))
            self.chinese.update(_pairs(paper["papernotes"]))
        self.papers = papers

    def common(self, count: int) -> list[str]:
        return self._near(self.english, _TWO_THIRDS, count)

    def rare(self, count: int) -> list[str]:
        """The last ones of the vocabulary that stand in the corpus."""
        order = {word: k for k, word in enumerate(corpus.english())}
        return sorted(self.english, key=lambda word: -order.get(word, -1))[:count]

    def beside(self, count: int) -> list[tuple[str, str]]:
        """Chinese words of two characters, each with the English word that stands in as many papers."""
        words = self._near(self.chinese, 0.2, count)
        return [(word, self._near(self.english, self.chinese[word] / len(self.papers), 1)[0]) for word in words]

    def beginnings(self, count: int) -> list[str]:
        """Three letters that titles and authors begin with."""
        texts = [text for paper in self.papers for text in (paper["title"], paper["authors_parsed"][0][0])]
        return list(dict.fromkeys(text[:3].lower() for text in texts if text[:3].isalpha()))[:count]

    def _near(self, words: Counter[str], share: float, count: int) -> list[str]:
        wanted = share * len(self.papers)
        return sorted(words, key=lambda word: (abs(words[word] - wanted), word))[:count]


def _pairs(ours: dict[str, Any]) -> set[str]:
    texts = [ours.get(name, "") for name in ("title_zh", "abstract_zh", "summary_zh")]
    return {text[k : k + 2] for text in texts for k in range(len(text) - 1)}


def kinds(site: Site, count: int) -> Iterator[Kind]:
    """All that is measured, floors first."""
    words, filters = Words(count), _filters(site)
    yield Kind("floor: a constant page", ["/bench/constant"])
    yield Kind("floor: SQL of one page, on that", ["/bench/sql"])
    yield Kind("floor: 50 rows, no facets", ["/bench/rows"])
    yield Kind("list, no filter", ["/papers/"], LIST)
    for number, asked in enumerate(filters, 1):
        yield Kind(f"list, {number} filter{'s' if number > 1 else ''}", [f"/papers/?{each}" for each in asked], LIST)
    common = words.common(36)
    yield Kind("common word, cold", _searches(common[6:]), COLD, once=True)
    yield Kind("common word, warm", _searches(common[:6]), COMMON)
    yield Kind("common word, 1 filter", [f"/papers/?q={common[0]}&{each}" for each in filters[0][:6]], COMMON)
    yield Kind("rare word", _searches(words.rare(20)), RARE)
    pairs = words.beside(4)
    yield Kind(ENGLISH, _searches(english for _chinese, english in pairs))
    yield Kind(CHINESE, _searches(chinese for chinese, _english in pairs))
    some = [*dict.fromkeys(_PAPER.findall(site.get("/papers/?page=2").body))][:20]
    yield Kind("paper page", some, PAPER)
    yield Kind("paper page with a note", site.base.with_notes, PAPER, may_lack=True)
    yield Kind("three letters completed", _completions(words), SUGGEST, may_lack=True)
    yield Kind("similar papers", [f"/papers/?q=similar:{path.split('/')[2]}" for path in some], SIMILAR, may_lack=True)


def _completions(words: Words) -> list[str]:
    return [f"/papers/suggest/?q={quote(each)}" for each in words.beginnings(20)]


def _searches(words: Iterable[str]) -> list[str]:
    return [f"/papers/?q={quote(word)}" for word in words]


def _filters(site: Site) -> list[list[str]]:
    """Query strings with one, two and three filters, ten of each or so."""
    first = [query for name in _FACETS for query in _links(site, "", name)[:3]]
    second = [_next(site, query) for query in first]
    third = [_next(site, query) for query in second]
    return [first, second, third]


def _next(site: Site, query: str) -> str:
    """With one filter more, of another facet."""
    names = [name for name, _value in parse_qsl(query)]
    following = _FACETS[(_FACETS.index(names[-1]) + 1) % len(_FACETS)]
    return next(iter(_links(site, query, following)), query)


def _links(site: Site, query: str, name: str) -> list[str]:
    """What the page links to that asks one value of this facet more."""
    had = parse_qsl(query)
    found = []
    for link in _LINK.findall(site.get(f"/papers/?{query}").body):
        asked = parse_qsl(html.unescape(link))
        more = [pair for pair in asked if pair not in had]
        if len(asked) == len(had) + 1 and len(more) == 1 and more[0][0] == name:
            found.append(urlencode([*had, more[0]]))
    return list(dict.fromkeys(found))
