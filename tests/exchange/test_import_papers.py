"""Importing and undoing from the command line: one JSON object, and an exit code that says whether anything came in."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from apps.exchange.models import ImportJob
from apps.papers.models import Paper
from tests.exchange.documents import POST, TABLE
from tests.exchange.importing import differences, dump
from tests.exchange.test_views_uploading import BAD

pytestmark = pytest.mark.django_db
COUNTS = ("records", "new", "updated", "same", "conflicts", "review", "notes")


def run(*arguments: str, name: str = "import_papers") -> tuple[dict[str, Any], int]:
    output, code = StringIO(), 0
    try:
        call_command(name, *arguments, "--json", stdout=output)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(output.getvalue()), code


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


def test_each_file_has_its_counts_and_its_problems(file: Any) -> None:
    answer, code = run(file("t.md", TABLE + "| Bad |  | SIGIR | |\n"), file("post.md", POST))
    table, post = answer["files"]
    assert code == 0
    assert {name: table[name] for name in COUNTS} == {
        "records": 3, "new": 3, "updated": 0, "same": 0, "conflicts": 0, "review": 0, "notes": 0,
    }  # fmt: skip
    assert (table["format"], post["format"], post["notes"], post["new"]) == ("table", "post", 2, 1)
    assert [problem["line"] for problem in table["problems"]] == [len(TABLE.splitlines()) + 1]
    assert set(table) == {"path", "format", "job", *COUNTS, "problems"}
    assert answer["papers"] == Paper.objects.count() == 4


def test_the_seeds_are_told_as_they_are(seeds: Path) -> None:
    answer, code = run(*(str(path) for path in sorted(seeds.glob("00*.txt"))))
    assert code == 0
    assert [(f["format"], f["new"], f["same"], f["review"], f["notes"]) for f in answer["files"]] == [
        ("digest", 2, 0, 0, 0),
        ("post", 74, 0, 2, 11),
        ("post-text", 0, 74, 0, 0),
        ("digest", 18, 0, 0, 0),
        ("field-list", 26, 0, 2, 0),
    ]
    assert answer["papers"] == 120


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_problem_in_its_own_entry(name: str, file: Any) -> None:
    content, message, papers = BAD[name]
    answer, code = run(file("bad.md", content), file("post.md", POST))
    bad, good = answer["files"]
    assert good["notes"] == 2
    assert code == (0 if papers else 1)
    assert message in " ".join(problem["message"] for problem in bad["problems"])
    assert Paper.objects.filter(arxiv_id="2401.20001").count() == papers


def test_a_file_that_is_not_there_stops_no_other(file: Any, tmp_path: Path) -> None:
    answer, code = run(str(tmp_path / "nothing.md"), str(tmp_path), file("t.md", TABLE))
    assert code == 1
    assert [entry["job"] is None for entry in answer["files"]] == [True, True, False]
    assert answer["papers"] == 3


def test_a_dry_run_writes_nothing_to_the_library(file: Any) -> None:
    before = dump(ids=True)
    answer, code = run(file("t.md", TABLE), "--dry-run")
    assert (code, answer["files"][0]["new"], answer["papers"]) == (0, 3, 0)
    assert not differences(before, dump(ids=True))


def test_an_import_can_be_somebodys(file: Any, editor: User) -> None:
    run(file("t.md", TABLE), "--user", "editor")
    assert ImportJob.objects.get().user == editor
    with pytest.raises(CommandError):
        run(file("t.md", TABLE), "--user", "nobody")


def test_a_file_of_the_wrong_format_gives_nothing_but_problems(file: Any) -> None:
    answer, code = run(file("t.md", "Nothing that is known here."), "--format", "auto")
    assert (code, answer["files"][0]["format"]) == (1, None)


def test_one_import_is_taken_back(file: Any) -> None:
    before = dump()
    answer, _code = run(file("t.md", TABLE))
    job = str(answer["files"][0]["job"])
    undone, _code = run(job, name="undo_import")
    assert (undone["job"], undone["stayed"], undone["papers"]) == (int(job), [], 0)
    assert not differences(before, dump())
    for number in (job, "999999"):
        with pytest.raises(CommandError):
            run(number, name="undo_import")


def test_in_words_without_json(file: Any) -> None:
    output = StringIO()
    call_command("import_papers", file("t.md", TABLE), stdout=output)
    assert "new 3" in output.getvalue()


def test_the_answer_is_ascii_whatever_the_locale_and_the_name(file: Any) -> None:
    output = StringIO()
    call_command("import_papers", file("推荐\udcff.md", TABLE), "--json", stdout=output)
    assert output.getvalue().isascii()
    assert json.loads(output.getvalue())["files"][0]["path"].endswith("推荐\udcff.md")
