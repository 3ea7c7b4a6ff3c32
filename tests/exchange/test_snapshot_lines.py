"""Lines of a large file, and the place behind each: nothing is lost or read twice, whatever the bytes are."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.exchange.snapshot import lines as module
from apps.exchange.snapshot.batches import stem_of
from apps.exchange.snapshot.lines import Cut, Line, beginning, lines, opened
from apps.exchange.snapshot.progress import key_of
from apps.exchange.snapshot.reading import Place, Step, read_line, steps
from apps.exchange.snapshot.recognising import format_of
from apps.exchange.snapshot.wanted import Wanted, is_category
from apps.harvest.arxiv.records import Record
from tests.exchange.formats import golden
from tests.exchange.snapshots import said, written

CONTENT = b'\xef\xbb\xbf{"a": 1}\r\n\n  \nsecond\nlast, cut'


def read(path: Path, offset: int = 0, line: int = 0) -> list[Line]:
    with opened(path) as file:
        return list(lines(file, offset=offset, line=line))


@pytest.mark.parametrize("packed", [False, True])
def test_reading_goes_on_behind_every_line(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / "made"
    path.write_bytes(gzip.compress(CONTENT) if packed else CONTENT)
    whole = read(path)
    assert b"".join(line.content for line in whole) == CONTENT
    assert [line.number for line in whole] == [1, 2, 3, 4, 5]
    for k, line in enumerate(whole):
        assert read(path, line.end, line.number) == whole[k + 1 :]


@given(content=st.binary(max_size=60) | st.text(alphabet="a\n\r", max_size=40).map(str.encode))
def test_any_bytes_are_lines(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(b"x" + content)
    assert b"".join(line.content for line in read(path)) == b"x" + content


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 10)
    monkeypatch.setattr(module, "_CHUNK", 7)
    path = tmp_path / "made"
    for content in (b"short\n" + b"x" * 10 + b"\n" + b"y" * 11, b"short\n" + b"x" * 50 + b"\nend\n"):
        path.write_bytes(content)
        found = read(path)
        assert sum(line.length for line in found) == len(content) == found[-1].end
        assert [line.number for line in found] == list(range(1, len(found) + 1))
        assert all(line.content == b"" for line in found if line.is_too_long)
        assert any(line.is_too_long for line in found)


def test_a_packed_file_that_was_cut_ends_where_it_was_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "made.gz", (said(number) for number in range(1, 200)), packed=True)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(Cut):
        read(path)
    found = list(steps(path, "arxiv-jsonl", Place()))
    assert found[-1].read is not None
    assert [problem.code for problem in found[-1].read.problems] == ["file-cut"]
    assert found[-1].place == found[-2].place
    assert len(found) > 50


@pytest.mark.parametrize("name", ["arxiv.jsonl", "arxiv_query.xml", "arxiv_oai.xml"])
@pytest.mark.parametrize("packed", [False, True])
def test_papers_go_on_behind_every_place(name: str, packed: bool, tmp_path: Path) -> None:
    path = written(tmp_path / name, [(golden.SAMPLES / name).read_bytes()], packed=packed)
    format = golden.KINDS[name]
    assert format_of(path) == format
    whole = list(steps(path, format, Place()))
    assert len(whole) >= 4
    for k, step in enumerate(whole):
        assert list(steps(path, format, step.place)) == whole[k + 1 :]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\n", None),
        (b" \t\r\n", None),
        (b"", None),
        (b'{"id": "2401.00001", "title": "\xff"}\n', "line-encoding"),
        ('{"id": "2401.00001", "title": "推"}\n'.encode("gbk"), "line-encoding"),
        (b'{"id": "2401.00001", "titl', "record-not-json"),
        (b"\x00\x00\x00\x00\n", "record-not-json"),
    ],
)
def test_a_bad_line_is_a_problem_and_a_blank_one_is_none(content: bytes, code: str | None) -> None:
    found = read_line(Line(3, 99, content, len(content)))
    assert (found and [(problem.line, problem.code) for problem in found.problems]) == (code and [(3, code)])


def test_ten_megabytes_are_no_line(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1), '{"id": "' + "x" * 10_000_000 + '"}', said(2)])
    first, second, third = (step.read for step in steps(path, "arxiv-jsonl", Place()))
    assert first and second and third
    assert (first.record is not None, second.record, third.record is not None) == (True, None, True)
    assert [(problem.code, problem.values["length"]) for problem in second.problems] == [("line-too-long", "10000011")]


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (golden.text("arxiv.jsonl"), "arxiv-jsonl"),
        ('{"broken\n' + golden.text("arxiv.jsonl"), "arxiv-jsonl"),
        (golden.text("arxiv_query.xml"), "arxiv-atom"),
        (golden.text("arxiv_oai.xml"), "arxiv-atom"),
        (golden.text("digest.md"), None),
        ('{"type": "papernotes", "version": 1}\n', None),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><title>A blog</title></feed>", None),
        ("<html><body>arXiv</body></html>", None),
        ("", None),
        ("\x1f\x8b damaged", None),
    ],
)
def test_files_of_arxiv_are_known_by_their_first_bytes(content: str, format: str | None, tmp_path: Path) -> None:
    path = tmp_path / "made"
    path.write_bytes(content.encode("latin-1") if content.startswith("\x1f") else content.encode())
    assert format_of(path) == format
    assert format_of(tmp_path / "nothing") is None
    assert format_of(Path("/dev/zero")) is None
    assert beginning(path, 3) == path.read_bytes()[:3] or content.startswith("\x1f")


def record(*categories: str, day: int | None = 15) -> Record:
    published = datetime(2024, 3, day, 23, 30, tzinfo=UTC) if day else None
    return Record("2401.00001", 1, "A", categories=categories, published=published)


@pytest.mark.parametrize(
    ("wanted", "paper", "fits"),
    [
        (Wanted(), record(), True),
        (Wanted(("cs.IR",)), record("cs.CL", "cs.IR"), True),
        (Wanted(("cs.IR",)), record("cs.IRX"), False),
        (Wanted(("cs",)), record("cs.IR"), True),
        (Wanted(("cs",)), record("csx.IR", "physics.cs"), False),
        (Wanted(("CS.ir",)), record("cs.IR"), True),
        (Wanted(("math", "hep-th")), record("hep-th"), True),
        (Wanted(("cs.IR",)), record(), False),
        (Wanted(since=date(2024, 3, 15)), record(), True),
        (Wanted(since=date(2024, 3, 16)), record(), False),
        (Wanted(until=date(2024, 3, 15)), record(), True),
        (Wanted(until=date(2024, 3, 14)), record(), False),
        (Wanted(since=date(2024, 1, 1), until=date(2024, 12, 31)), record(), True),
        (Wanted(since=date(1990, 1, 1)), record(day=None), False),
        (Wanted(("cs",), since=date(2024, 3, 15)), record("math.CO"), False),
    ],
)
def test_what_is_wanted(wanted: Wanted, paper: Record, fits: bool) -> None:
    assert wanted.fits(paper) is fits


def test_categories_look_like_categories() -> None:
    assert all(map(is_category, ("cs", "cs.IR", "q-bio.GN", "hep-th", "physics.soc-ph")))
    assert not any(map(is_category, ("", "cs.", "CS", "cs.IR ", "10", "cs IR", "x" * 50)))


def test_a_file_is_the_same_by_its_size_its_ends_and_what_is_wanted_of_it(tmp_path: Path) -> None:
    path = tmp_path / "made.json"
    path.write_bytes(b"a" * 200_000)
    key = key_of(path, "arxiv-jsonl", Wanted(("cs.IR", "cs.CL")))
    assert key == key_of(path, "arxiv-jsonl", Wanted(("cs.CL", "CS.ir", "cs.IR")))
    others = {key_of(path, "arxiv-atom", Wanted()), key_of(path, "arxiv-jsonl", Wanted(since=date(2024, 1, 1)))}
    for content in (b"a" * 200_001, b"b" + b"a" * 199_999, b"a" * 199_999 + b"b"):
        path.write_bytes(content)
        others.add(key_of(path, "arxiv-jsonl", Wanted(("cs.IR", "cs.CL"))))
    assert len(others | {key}) == 6


@pytest.mark.parametrize(
    ("name", "stem"),
    [("arxiv.json", "arxiv"), ("a.b.jsonl.GZ", "a.b"), (".json", ".json"), ("x", "x"), ("feed.xml.gz", "feed"), (".gz.json", ".gz")],
)  # fmt: skip
def test_a_table_is_called_as_its_file(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_a_step_without_a_paper_still_has_a_place(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", ["", "", said(1)])
    assert [type(step) for step in steps(path, "arxiv-jsonl", Place())] == [Step, Step, Step]
