"""arXiv's XML out of files: the same records as when arXiv is asked, whatever shape they have; damage has its line."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import pytest

from apps.exchange.formats import arxiv_atom, detect
from apps.exchange.formats.arxiv_line import Read
from apps.exchange.formats.arxiv_xml import papers
from apps.harvest.arxiv import gateway, oai
from apps.harvest.arxiv.transport import Limits, Ways
from tests.exchange.formats import golden
from tests.standin import Standin, generated
from tests.standin.library import peculiar

KNOWN = [*generated(6), *peculiar()]


@pytest.fixture(scope="module")
def arxiv() -> Iterator[Standin]:
    with Standin(KNOWN) as standin:
        yield standin


def ways(address: str) -> Ways:
    return Ways(address, "papernotes/test (+http://127.0.0.1; mailto:me@example.org)", Limits(5, 20, 20))


def asked(address: str) -> bytes:
    return bytes(urllib.request.urlopen(address, timeout=20).read())


def read(content: bytes, size: int = 1 << 20) -> list[Read]:
    return list(papers(content[k : k + size] for k in range(0, len(content), size)))


@pytest.mark.parametrize("classic", [True, False])
@pytest.mark.parametrize("size", [1, 100, 1 << 20])
def test_a_kept_answer_of_the_query_api_says_what_asking_says(arxiv: Standin, classic: bool, size: int) -> None:
    arxiv.classic = classic
    ids = [paper.id for paper in KNOWN]
    answer = asked(f"{arxiv.api}?id_list={','.join(ids)}&max_results=50")
    found = gateway.fetch(ids, ways(arxiv.api)).found
    records = [each.record for each in read(answer, size) if each.record]
    assert records == [found[record.id] for record in records]
    assert len(records) == len(found) > 10
    assert detect(answer.decode()) == arxiv_atom.NAME


def test_a_kept_answer_of_oai_says_what_asking_says(arxiv: Standin) -> None:
    answer = asked(f"{arxiv.oai}?verb=ListRecords&metadataPrefix=arXivRaw&from=1990-01-01")
    reads = read(answer)
    records = [each.record for each in reads if each.record]
    assert records == [oai.record(record.id, ways(arxiv.oai)) for record in records]
    assert len(records) > 10
    deleted = [each for each in reads if each.record is None]
    assert {problem.code for each in deleted for problem in each.problems} <= {"arxiv-deleted"}


def test_the_format_without_versions_says_the_rest(arxiv: Standin) -> None:
    plain = read(asked(f"{arxiv.oai}?verb=ListRecords&metadataPrefix=arXiv&from=1990-01-01"))
    raw = read(asked(f"{arxiv.oai}?verb=ListRecords&metadataPrefix=arXivRaw&from=1990-01-01"))
    whole = {each.record.id: each.record for each in raw if each.record}
    for each in plain:
        if each.record:
            other = whole[each.record.id]
            assert each.record.version == min(other.version, 2)
            same = ("title", "abstract", "categories", "comment", "journal_ref", "doi", "licence")
            assert [getattr(each.record, name) for name in same] == [getattr(other, name) for name in same]
            assert [author.name for author in each.record.authors] == [author.name for author in other.authors]
            assert each.record.published and other.published
            assert each.record.published.date() == other.published.date()


SAMPLE = (golden.SAMPLES / "arxiv_query.xml").read_bytes()


@pytest.mark.parametrize(
    ("content", "records", "code"),
    [
        (SAMPLE[: SAMPLE.index(b"hep-th/9901001v3")], 1, "xml-cut"),
        (SAMPLE[: SAMPLE.index(b"<entry>")], 0, "xml-cut"),
        (SAMPLE.replace(b"</title>", b"</titel>", 1), 0, "xml-cut"),
        (
            SAMPLE.replace(b"<feed", b"<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><feed"),
            0,
            "xml-declares",
        ),
        (SAMPLE + b"\n" + SAMPLE, 2, "xml-cut"),
        (b"", 0, "xml-cut"),
    ],
)
def test_damage_ends_it_with_a_problem_and_what_stood_before_is_read(content: bytes, records: int, code: str) -> None:
    for size in (7, 1 << 20):
        found = read(content, size)
        assert sum(each.record is not None for each in found) == records
        assert [problem.code for problem in found[-1].problems] == [code]


def test_bytes_that_are_no_utf_8_are_read_as_latin_1() -> None:
    content = SAMPLE.replace("Jürgen Müller".encode(), "Jürgen Müller".encode("latin-1"))
    for size in (1, 1 << 20):
        record = read(content, size)[0].record
        assert record is not None
        assert record.authors[1].name == "Jürgen Müller"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_an_encoding_that_is_declared_is_kept_to(encoding: str) -> None:
    content = SAMPLE.decode().replace("encoding='UTF-8'", f"encoding='{encoding}'").encode(encoding)
    assert [each.record for each in read(content)] == [each.record for each in read(SAMPLE)]


def test_control_characters_and_marks_of_direction_go() -> None:
    content = SAMPLE.replace(b"Quiet ranking", "Quiet \u202eranking".encode())
    first = read(content)[0]
    assert first.record is not None
    assert first.record.title == "Quiet ranking by whispering models"
    assert [problem.code for problem in first.problems] == ["control-removed"]


def test_lines_of_problems_are_those_of_the_file() -> None:
    text = SAMPLE.decode()
    lines = text.splitlines()
    found = {problem.line for problem in arxiv_atom.parse(text).problems}
    assert all(lines[line - 1].strip() == "<entry>" for line in found)
    assert len(found) == 2


def test_what_is_rendered_says_the_same_again() -> None:
    document = arxiv_atom.parse(SAMPLE.decode())
    assert replace(document, problems=()) == arxiv_atom.parse(arxiv_atom.render(document))
