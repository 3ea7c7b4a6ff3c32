"""Questions that nobody asks in good faith: an answer with hints or a clear error, quickly, and never a page of ruins."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from apps.papers.filters import PaperFilter
from apps.search.index import live, searching
from apps.search.index.live import index
from tests.papers.library import note, paper, row, table

pytestmark = pytest.mark.django_db

WORDS = {
    "ten thousand letters": "a" * 10_000,
    "ten thousand Han characters": "推" * 10_000,
    "a thousand words": " ".join(f"word{number}" for number in range(1_000)),
    "a thousand alternatives": " OR ".join(f"w{number}" for number in range(1_000)),
    "a thousand exclusions": " ".join(f"-w{number}" for number in range(1_000)),
    "a thousand beginnings": " ".join(f"ab{number}*" for number in range(1_000)),
    "a thousand signs": "!@#$%^&*()_+{}[]:;'<>?,./|~` " * 40,
    "nested": "(" * 500 + "graph" + ")" * 500,
    "nested and open": "(" * 5_000,
    "closed and never opened": ")" * 5_000,
    "nested alternatives": "(a OR " * 30 + "b" + ")" * 30,
    "nested exclusions": "-(" * 60 + "graph" + ")" * 60,
    "minus": "-" * 5_000,
    "minus and a word": "-" * 999 + "graph",
    "quotes": '"' * 999,
    "a phrase that repeats": '"' + "graph " * 1_500 + '"',
    "a compound without end": "-".join("ab" for _ in range(2_000)),
    "star": "*",
    "stars": "* ** *** ＊",
    "one letter": "a*",
    "one Han character": "推*",
    "star inside": "gr*ph",
    "star before": "*graph",
    "other wildcards": "gr?ph gr% gr_ph [a-z] .* \\w+",
    "NUL": "graph\x00",
    "NUL in a beginning": "gra\x00ph*",
    "lone surrogate": "graph\ud800",
    "lone surrogate in a word": "gra\udfffph",
    "lone surrogate in a beginning": "gra\ud800ph*",
    "lone surrogate in a phrase": '"graph \ud800 neural"',
    "lone surrogate in values": 'tag:"\ud800" author:=\udfff list:\ud800 venue:\ud800 org:\ud800 table:\ud800 llm:\ud800',
    "lone surrogate in identifiers": "id:\ud800 similar:\ud800",
    "SQL": "'; DROP TABLE papers_paper; --",
    "SQL in a field": "title:' OR 1=1 --",
    "SQL in a value": 'venue:"\' UNION SELECT password FROM auth_user --"',
    "FTS": 'NEAR(graph neural, 5) AND title : graph ^"x" {title}: graph + *',
    "MATCH": 'graph MATCH "x" rank bm25(papers)',
    "tsquery": "graph & !neural | (a <-> b):*A",
    "JSON": '{"a": [1, null]} [[[[',
    "path": "../../../../etc/passwd %2e%2e%2f",
    "markup": "<script>alert(1)</script> {{ 7*7 }} {% debug %}",
    "format": "%s %(x)s {0} {graph}",
    "huge years": "year:0001..9999 year:9999..0001 year:99999..1 year:..0000",
    "negative years": "year:-5 year:--- year:.. year:...",
    "a thousand years": "year:" + ",".join(str(year) for year in range(1000, 2000)),
    "added before time": "added:0001-01-01..9999-12-31",
    "added nonsense": "added:x added:2024-13-45 added:99999d added:99999w added:0d added:-1d added:.. added:9999-12-31..",
    "added year zero": "added:0000 added:0000-00-00 added:0001-01-01.. added:..0001",
    "id nonsense": 'id:x id:-1 id:99999999999999999999 id:0 id:1e9 id:٣ id:² id:() id:"" id:\'',
    "id too large for a bitmap": "id:4294967296 id:999999999 similar:4294967295 similar:999999999 similar:99999999999",
    "similar nonsense": 'similar:x similar:-1 similar:٣ similar:"" similar:2305.99999',
    "private spaces": "note:p1 p1:secret n:words @all: @note:n all: row:1:1 note:@all",
    "fields of fields": "title:author:abstract:note:title:graph",
    "fields without values": "title: author: venue: id: added: has: year:",
    "unknown fields": "password:x is_staff:1 user:1 __class__:x",
    "has everything": "has:note,code,pdf,zh,news,dead,x -has:note has:",
    "states": "state:read state:x -state:to-read",
    "numbers of other alphabets": "year:２０２３ year:٢٠٢٣ ２０２３",
    "right to left": "\u202egraph\u202c \u200f\u200e שלום",
    "combining marks": "a" + "\u0301" * 3_000,
    "emoji": "🙂" * 500 + "👩‍👩‍👧‍👦",
    "ligatures that grow": "ﷺ" * 500,
    "blanks": "\u3000\t\n\r\x0b\x0c\x85\u2028" * 100,
    "Han without blanks": "推荐系统的图神经网络" * 300,
    "operators alone": "OR AND NOT OR",
    "operators side by side": "graph OR OR AND NOT AND neural",
    "identifier of every kind": "https://arxiv.org/abs/2305.07001 doi:10.1/x arXiv:hep-th/9901001 10.1145/" + "(" * 500,
}
PARAMETERS = [
    "year=1-9999",
    "year=-9999&year=0001-",
    "year=99999999999999999999",
    "page=10000000",
    "page=99999999999",
    "state=read",
    "exact=1&workshops=1&sort=relevance",
    "author=%00",
    "author=%ED%A0%80",
    "q=%ED%A0%80*",
    "q=%FF%FE",
    "has=note&has=code",
    "llm=3:7",
    "row=1:1",
    "p1=secret",
    "note=p1",
    "q[]=a",
    "q=a&q=b",
]


@pytest.fixture(params=["held in memory", "in a file"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, writer: User) -> Iterator[None]:
    found = paper("Graph neural networks 图神经网络", year=2023, tags=["graphs"], venue="KDD", names=["GNN"])
    paper(
        "推荐系统 with word1 and w2", abstract="ab1 ab2 words", year=2020, arxiv_id="2305.07001", authors=["Ann Other"]
    )
    row(found, table("methods", "all").sections.get(), llms=["GPT-4"], tuning="LoRA")
    note(writer, found, body="unseen-by-others", private=True)
    if request.param == "in a file":
        monkeypatch.setattr(live, "SMALL", 0)
        index().build()
    yield
    index().forget()
    for path in index().folder.glob("*"):
        path.unlink()


@pytest.mark.parametrize("who", ["stranger", "writer"])
@pytest.mark.usefixtures("library")
def test_every_hostile_query_is_answered(
    who: str, client_of: Callable[[str], Client], settings: Any, subtests: pytest.Subtests
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    client = client_of(who)
    for name, text in WORDS.items():
        with subtests.test(name):
            asked = urlencode({"q": text.encode("utf-8", "surrogatepass")})
            began = time.process_time()
            answer = client.get(f"/papers/?{asked}")
            assert answer.status_code in (200, 400), asked[:80]
            assert time.process_time() - began < 3
            assert who == "writer" or b"unseen-by" not in answer.content
    for parameters in PARAMETERS:
        with subtests.test(parameters):
            assert client.get(f"/papers/?{parameters}").status_code in (200, 400, 404)


@pytest.mark.usefixtures("library")
def test_the_filter_itself_answers_too(subtests: pytest.Subtests) -> None:
    """A saved search, a feed and an embed do not come through an address, which cannot hold everything."""
    for name, text in WORDS.items():
        with subtests.test(name):
            papers = PaperFilter({"q": [text]}, user=AnonymousUser())
            assert papers.problems or papers.shown.total >= 0
            if not papers.problems:
                assert (papers.hints, papers.describe(), papers.cleaned_query) is not None


@pytest.mark.usefixtures("library")
def test_a_beginning_of_too_many_words_is_said_and_the_rest_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_WORDS_OF_A_PREFIX", 1)
    papers = PaperFilter("q=graph+networks*+-ne*", user=AnonymousUser())
    assert papers.shown.total == 1
    assert [(hint.start, hint.end) for hint in papers.hints] == [(17, 20)]
