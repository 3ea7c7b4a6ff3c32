"""Files of arXiv's from the command line: one JSON object, narrowed, tried, gone on with, and bad lines by their number."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from apps.exchange.formats.arxiv_ours import KEYS
from apps.exchange.models import ImportJob
from apps.harvest.models import Snapshot
from apps.papers.models import Paper, Source
from tests.exchange.documents import TABLE
from tests.exchange.formats import golden
from tests.exchange.importing import differences
from tests.exchange.snapshots import OURS, everything, said, written
from tests.exchange.test_import_papers import COUNTS

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[dict[str, Any], int, str]:
    output, words, code = StringIO(), StringIO(), 0
    try:
        call_command("import_papers", *map(str, arguments), "--json", stdout=output, stderr=words)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(output.getvalue()), code, words.getvalue()


def numbers(entry: dict[str, Any]) -> dict[str, int]:
    return {name: entry[name] for name in COUNTS if entry[name]}


def test_a_file_of_arxiv_is_recognised_and_told_as_any_other(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1, papernotes=OURS), "{cut", said(2)])
    answer, code, words = run(path)
    (entry,) = answer["files"]
    assert set(entry) == {"path", "format", "job", *COUNTS, "problems"}
    assert (entry["format"], entry["job"], numbers(entry)) == (
        "arxiv-jsonl",
        None,
        {"records": 2, "new": 2, "notes": 1},
    )
    assert entry["problems"] == [{"line": 2, "message": "This line is no JSON object."}]
    assert (code, answer["papers"], words) == (0, 2, "")
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("name", ["arxiv.jsonl", "arxiv_query.xml", "arxiv_oai.xml"])
@pytest.mark.parametrize("packed", [False, True])
def test_each_of_its_shapes_streams(name: str, packed: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "made", [(golden.SAMPLES / name).read_bytes()], packed=packed)
    answer, code, _words = run(path)
    (entry,) = answer["files"]
    expected = 4 if name == "arxiv.jsonl" else 2
    assert (entry["format"], entry["new"], code) == (golden.KINDS[name], expected, 0)
    assert Paper.objects.exclude(arxiv_record=None).count() == expected
    assert entry["problems"]


def test_other_files_go_their_way_and_a_bad_one_stops_none(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1)])
    table = written(tmp_path / "t.md", [TABLE])
    answer, code, _words = run(table, tmp_path / "nothing", path)
    assert [entry["format"] for entry in answer["files"]] == ["table", None, "arxiv-jsonl"]
    assert (code, answer["papers"]) == (1, 4)


def test_it_can_be_narrowed(tmp_path: Path) -> None:
    days = {1: "Sun, 31 Dec 2023 23:59:59 GMT", 2: "Mon, 1 Jan 2024 00:00:01 GMT", 3: "Thu, 1 Feb 2024 12:00:00 GMT"}
    lines = [said(number, versions=[{"version": "v1", "created": day}]) for number, day in days.items()]
    lines += [said(4, categories="math.CO", papernotes={"colour": "red"}), "{cut", said(5, categories="stat.ML cs.LG")]
    path = written(tmp_path / "made.json", lines)

    def found(*arguments: str) -> set[int]:
        answer, _code, _words = run(path, *arguments)
        (entry,) = answer["files"]
        assert [problem["line"] for problem in entry["problems"] if problem["line"] != 4] == [5]
        ids = {int(each.split(".")[1]) for each in Paper.objects.values_list("arxiv_id", flat=True)}
        Paper.objects.all().delete()
        assert entry["records"] == len(ids)
        return ids

    assert found("--category", "math.CO", "--category", "stat") == {4, 5}
    assert found("--category", "cs") == {1, 2, 3, 5}
    assert found("--since", "2024-01-01", "--until", "2024-01-31", "--category", "cs.IR") == {2}
    assert found("--since", "2024-02-01") == {3}
    assert found() == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    "arguments", [("--category", "Everything"), ("--since", "yesterday"), ("--until", "2024-02-30")]
)
def test_a_wish_that_makes_no_sense_is_refused(arguments: tuple[str, str], tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1)])
    with pytest.raises(CommandError):
        run(path, *arguments)
    assert not Paper.objects.exists()


def test_other_files_cannot_be_narrowed_and_are_not_read_whole_instead(tmp_path: Path) -> None:
    answer, code, _words = run(written(tmp_path / "t.md", [TABLE]), "--category", "cs.IR")
    assert (code, answer["papers"]) == (1, 0)
    assert "narrowed" in answer["files"][0]["problems"][0]["message"]


def test_a_trial_counts_and_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1, papernotes=OURS), said(2), "{cut"])
    before = everything()
    first, code, _words = run(path, "--dry-run")
    assert (code, first["papers"], numbers(first["files"][0])) == (0, 0, {"records": 2, "new": 2, "notes": 1})
    assert not differences(before, everything())
    assert not Snapshot.objects.exists()
    run(path)
    again, _code, _words = run(path, "--dry-run")
    assert numbers(again["files"][0]) == {"records": 2, "same": 2}


def test_one_that_was_read_is_not_read_again_unless_it_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1)])
    run(path)
    answer, code, words = run(path)
    assert (code, numbers(answer["files"][0])) == (0, {"records": 1, "same": 1})
    assert "--again" in words
    Paper.objects.all().delete()
    assert run(path)[0]["papers"] == 0
    assert run(path, "--again")[0]["papers"] == 1
    written(path, [said(1), said(2)])
    answer, _code, words = run(path)
    assert (numbers(answer["files"][0]), words) == ({"records": 2, "new": 1, "same": 1}, "")


def test_where_it_goes_on_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1), said(2)])
    run(path)
    size = len((json.dumps(said(1)) + "\n").encode())
    Snapshot.objects.update(offset=size, line=1, done=False, counts={"records": 1, "new": 1})
    answer, _code, words = run(path)
    assert "going on behind line 1" in words
    assert numbers(answer["files"][0]) == {"records": 2, "new": 1, "same": 1}


def test_problems_are_capped_but_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "made.json", [said(1), *["{cut"] * 250])
    answer, code, _words = run(path)
    problems = answer["files"][0]["problems"]
    assert (len(problems), problems[-1], code) == (101, {"line": 0, "message": "More problems than these: 150."}, 0)


def test_nothing_but_problems_is_a_failure(tmp_path: Path) -> None:
    answer, code, _words = run(written(tmp_path / "made.json", ["{cut"] * 3), "--format", "arxiv-jsonl")
    assert (code, numbers(answer["files"][0]), len(answer["files"][0]["problems"])) == (1, {}, 3)


def test_an_import_can_be_somebodys(tmp_path: Path, editor: User) -> None:
    run(written(tmp_path / "made.json", [said(1, papernotes=OURS)]), "--user", "editor")
    assert Source.objects.get(kind="list").user == editor


def test_bad_lines_of_every_kind_end_nothing(tmp_path: Path) -> None:
    bad = [
        "{cut", "[]", "{}", "null", '"text"', "", '{"id": "x", "title": "y"}', json.dumps(said(9, title=None)),
        json.dumps(said(9, id=None)), b'{"id": "2401.00009", "title": "\xff"}\n', b"\x00\x00\n", "[" * 10_000,
        '{"id": "' + "x" * 5_000_000 + '"}', json.dumps(said(9, title=5)),
    ]  # fmt: skip
    odd = [
        said(2, title="NUL \x00 inside"), said(3, title="half \ud800 a letter"), said(4, abstract=["x"], versions={}),
        said(5, papernotes=[]), said(6, papernotes={key: [{}] for key in KEYS}), said(7, papernotes={"x" * 500: "\ud800"}),
        said(8, authors="\u202e" * 100, doi="\x00", comments="x" * 10_000),
    ]  # fmt: skip
    path = written(tmp_path / "made.json", [said(1), *bad, *odd, b'{"id": "2401.00010", "title": "cut off'])
    answer, code, _words = run(path)
    (entry,) = answer["files"]
    assert (code, entry["new"], answer["papers"]) == (0, 1 + len(odd), 1 + len(odd))
    lines = {problem["line"] for problem in entry["problems"]}
    blank = 2 + bad.index("")
    assert lines == set(range(2, 2 + len(bad) + len(odd) + 1)) - {blank}


def test_in_words_without_json(tmp_path: Path) -> None:
    output = StringIO()
    call_command("import_papers", str(written(tmp_path / "made.json", [said(1)])), stdout=output)
    assert "arxiv-jsonl, records 1, new 1" in output.getvalue()


def test_the_help_says_what_is_different() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_papers", "--help"],
        capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True, timeout=120,
    )  # fmt: skip
    words = " ".join(done.stdout.split())
    assert "`job` is null" in words
    assert "first version" in words
