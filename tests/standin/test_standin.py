"""The stand-in answers as arXiv does, fails as it is told, and keeps a true log."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest
from lxml import etree

from tests.installation import ROOT
from tests.services import free_port
from tests.standin import Standin, generated, of_seeds
from tests.standin.library import made, peculiar
from tests.standin.log import Log, Request

ATOM = {"a": "http://www.w3.org/2005/Atom", "o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module")
def standin() -> Any:
    with Standin([*generated(150), *peculiar()]) as server:
        yield server


def ask(address: str, said: dict[str, Any] | None = None) -> tuple[int, bytes]:
    body = None if said is None else json.dumps(said).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body), timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def ids(standin: Standin, query: str) -> list[str]:
    status, body = ask(f"{standin.api}?{query}")
    assert status == 200, body
    return [each.text.split("/abs/")[1] for each in etree.fromstring(body).iterfind("a:entry/a:id", ATOM)]


def total(standin: Standin, query: str) -> int:
    return int(etree.fromstring(ask(f"{standin.api}?{query}")[1]).findtext("o:totalResults", namespaces=ATOM))


def test_papers_are_the_same_every_time() -> None:
    assert generated(3) == generated(3) and made("2405.00001") == generated(1)[0]
    assert len({paper.title for paper in generated(200)}) > 20


def test_unknown_ids_are_left_out_and_wrong_ones_refused(standin: Standin) -> None:
    assert [each[:10] for each in ids(standin, "id_list=2405.00001,2405.99999,2405.00002")] == [
        "2405.00001",
        "2405.00002",
    ]
    assert ids(standin, "id_list=2405.99999") == []
    status, body = ask(f"{standin.api}?id_list=nonsense")
    assert status == 400 and b"incorrect id format for nonsense" in body


def test_what_is_beyond_max_results_is_left_out_without_a_word(standin: Standin) -> None:
    wanted = ",".join(f"2405.{number:05d}" for number in range(1, 121))
    assert len(ids(standin, f"id_list={wanted}")) == 10
    assert len(ids(standin, f"id_list={wanted}&max_results=100")) == 100


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cat:cs.IR", lambda paper: "cs.IR" in paper.categories),
        ("cat:cs.*", lambda paper: any(each.startswith("cs.") for each in paper.categories)),
        ("ti:ranking", lambda paper: "ranking" in paper.title.lower().replace("-", " ").split()),
        ("cat:cs.IR AND cat:cs.CL", lambda paper: {"cs.IR", "cs.CL"} <= set(paper.categories)),
        ("cat:cs.IR OR cat:hep-th", lambda paper: {"cs.IR", "hep-th"} & set(paper.categories)),
        ("cat:cs.IR ANDNOT cat:cs.CL", lambda paper: "cs.IR" in paper.categories and "cs.CL" not in paper.categories),
        (
            'ti:"Prompt Tuning" AND (cat:cs.IR OR cat:cs.AI)',
            lambda p: "Prompt Tuning" in p.title and {"cs.IR", "cs.AI"} & set(p.categories),
        ),
        ("au:Müller", lambda paper: any("Müller" in person for person, _ in paper.authors)),
        (
            "all:scarce AND submittedDate:[202405050000 TO 202405102359]",
            lambda p: 5 <= p.versions[0].submitted.day <= 10 and p.id.startswith("2405"),
        ),
    ],
)
def test_queries_find_what_they_say(standin: Standin, query: str, words: Any) -> None:
    expected = {paper.id for paper in standin.library if words(paper)}
    found = ids(standin, f"search_query={urllib.parse.quote(query)}&max_results=500")
    assert {each.rsplit("v", 1)[0] for each in found} == expected and expected


def test_pages_have_an_order_and_a_total(standin: Standin) -> None:
    query = "search_query=cat:cs.IR&sortBy=submittedDate&sortOrder=ascending&max_results=7"
    pages = [ids(standin, f"{query}&start={start}") for start in (0, 7)]
    assert len(set(pages[0]) | set(pages[1])) == 14 and total(standin, query) > 14
    assert (
        ids(standin, query.replace("=7", "=500"))
        == ids(standin, query.replace("=7", "=500").replace("ascending", "descending"))[::-1]
    )


def test_malformed_queries_are_refused(standin: Standin) -> None:
    assert ask(f"{standin.api}?search_query=(cat:cs.IR")[0] == 400
    assert ask(f"{standin.api}?search_query=nosuch:field")[0] == 400


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=ListRecords", "badArgument"),
        ("verb=Identify&from=2024-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2405.99999", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=arXiv&from=2040-01-01", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
    ],
)
def test_oai_errors_have_their_codes(standin: Standin, query: str, code: str) -> None:
    status, body = ask(f"{standin.oai}?{query}")
    assert status == 200 and f'code="{code}"'.encode() in body


@pytest.mark.parametrize("query", ["Identify", "ListSets", "ListMetadataFormats"])
def test_oai_tells_of_itself(standin: Standin, query: str) -> None:
    assert f"<{query}>".encode() in ask(f"{standin.oai}?verb={query}")[1]


@pytest.mark.parametrize("prefix", ["oai_dc", "arXiv", "arXivRaw"])
def test_oai_has_three_forms(standin: Standin, prefix: str) -> None:
    root = etree.fromstring(
        ask(f"{standin.oai}?verb=GetRecord&metadataPrefix={prefix}&identifier=oai:arXiv.org:2405.00001")[1]
    )
    assert standin.library.papers["2405.00001"].title in "".join(root.itertext())


def test_failures_come_as_often_as_they_are_asked_for_and_where(standin: Standin) -> None:
    standin.fail("503", times=2, path="/oai")
    assert ask(f"{standin.api}?id_list=2405.00001")[0] == 200
    assert [ask(f"{standin.oai}?verb=Identify")[0] for _ in range(3)] == [503, 503, 200]


def test_chance_repeats_itself_for_one_seed(standin: Standin) -> None:
    said = []
    for _ in range(2):
        standin.fail_at_random(0.5, 7, "429", "500")
        said.append([ask(f"{standin.api}?id_list=2405.00001")[0] for _ in range(20)])
    standin.recover()
    assert said[0] == said[1] and {200, 429, 500} == set(said[0])


def test_it_is_told_what_to_do_over_http(standin: Standin) -> None:
    control = f"{standin.address}/_control"
    assert b"cut-xml" in ask(f"{control}/")[1]
    assert ask(f"{control}/fail", {"name": "429", "retry_after": 9})[0] == 200
    assert ask(f"{standin.api}?id_list=2405.00001")[0] == 429
    assert ask(f"{control}/fail", {"name": "nonsense"})[0] == 400
    assert (
        ask(f"{control}/papers", {"papers": [{"id": "2405.60001", "title": "Given"}], "generate": 5, "month": "2406"})[
            0
        ]
        == 200
    )
    assert len(ids(standin, "id_list=2405.60001,2406.00005")) == 2
    assert ask(f"{control}/version", {"id": "2405.60001", "title": "Given Anew"})[0] == 200
    assert b"Given Anew" in ask(f"{standin.api}?id_list=2405.60001")[1]
    assert ask(f"{control}/announce", {"day": "2026-11-20", "papers": {"2405.60001": "new"}})[0] == 200
    category = standin.library.papers["2405.60001"].categories[0]
    assert b"Announce Type: new" in ask(f"{standin.address}/rss/{category}")[1]
    log = json.loads(ask(f"{control}/log?interval=0")[1])
    assert log["requests"][-1]["path"] == f"/rss/{category}" and log["too_close"] == []


def request(began: float, ended: float, *, beside: int = 1, retry_after: float | None = None) -> Request:
    return Request("/", "", began, beside, ended, retry_after=retry_after)


def test_the_log_sees_who_is_not_polite() -> None:
    log = Log()
    log.requests = [
        request(0, 1),
        request(3.0, 4, retry_after=10),
        request(5.0, 6, beside=2),
        request(14.5, 15),
    ]
    assert log.gaps() == [3.0, 2.0, 9.5] and log.too_close(3) == [2.0]
    assert log.beside_another() == [log.requests[2]] and log.within_retry_after() == [log.requests[2]]


@pytest.mark.seeds
def test_it_knows_every_paper_of_the_seeds(seeds: Any) -> None:
    papers = {paper.id: paper for paper in of_seeds(seeds / "expected.json")}
    assert len(papers) == 108 and papers["1810.03993"].title == "Model Cards for Model Reporting"


def test_it_can_be_started_by_hand() -> None:
    port = free_port()
    command = [sys.executable, "-m", "tests.standin", "--port", str(port), "--papers", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(5)]
            assert f"ARXIV_API_URL=http://127.0.0.1:{port}/api/query" in "".join(said)
            assert b"2405.00003" in ask(f"http://127.0.0.1:{port}/api/query?id_list=2405.00003")[1]
        finally:
            process.terminate()
