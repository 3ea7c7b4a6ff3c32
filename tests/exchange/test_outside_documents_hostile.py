"""Documents that are too long, too wide or meant to hurt: the good rows are kept on either database, the bad ones named."""

from __future__ import annotations

import json
import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import Paper
from tests.exchange.importing import bring, dump

pytestmark = pytest.mark.django_db

HEAD = (
    "# T\n\n| Name | Title | Venue | LLM | Code | Authors | Affiliation | Tags | Date | Year |\n|" + "---|" * 10 + "\n"
)
GOOD = "| Good | [A Good Title](https://arxiv.org/abs/2301.00001) | ACL | GPT-4 | N/A | Ann Lee | Foo Lab | foo | 2023-01 | 2023 |\n"
HAN = "".join(random.Random(1).choices([chr(c) for c in range(0x4E00, 0x9F00)], k=3000))


def row(**cells: str) -> str:
    usual = {
        "name": "Bad",
        "title": "[A Bad Title](https://arxiv.org/abs/2301.00002)",
        "venue": "ACL",
        "llm": "T5",
        "code": "N/A",
    }
    usual |= {"authors": "N/A", "affiliation": "N/A", "tags": "N/A", "date": "N/A", "year": "N/A"}
    return "| " + " | ".join({**usual, **cells}.values()) + " |\n"


@pytest.mark.parametrize(
    "cells",
    [
        {"title": f"[{'Long words ' * 1000}](https://arxiv.org/abs/2301.00002)"},
        {"title": f"[{HAN}](https://arxiv.org/abs/2301.00002)"},
        {"name": "N" * 250},
        {"name": HAN[:900]},
        {"name": "ﷺ" * 190},
        {"venue": "V" * 400},
        {"venue": f"{HAN[:600]} 2023"},
        {"llm": "M" * 700},
        {"llm": ", ".join(f"LLaMA-{n}B" for n in range(1, 120))},
        {"llm": f"LLaMA-{'9' * 90}B"},
        {"code": f"[{'label' * 100}](https://github.com/a/{'u' * 1200})"},
        {"code": f"[code](https://github.com/a/{HAN[:900]})"},
        {"code": f"[{'label' * 100}](https://github.com/a/b)"},
        {"title": f"[A Bad Title](https://example.org/{'p' * 2000}.pdf)"},
        {"title": f"[A Bad Title](https://doi.org/10.1145/{'9' * 280})"},
        {"authors": f"{'A' * 600}, Ann Lee, {HAN[:700]}"},
        {"affiliation": f"{'O' * 600}、{HAN[:700]}"},
        {"tags": f"{'t' * 600}, {HAN[:700]}"},
        {"date": "2023-13-45", "year": "99999999999999999999"},
        {"date": "9" * 5000},
        {"title": "[<img src=x onerror=alert(1)>](https://arxiv.org/abs/2301.00002)"},
        {"title": "[Turned \u202e around \u2066](https://arxiv.org/abs/2301.00002)"},
        {"title": "[Coloured \x1b[31mred](https://arxiv.org/abs/2301.00002)"},
    ],
)  # fmt: skip
def test_what_does_not_fit_harms_nobody(cells: dict[str, str]) -> None:
    before = dump()
    bring(("t.md", HEAD + GOOD + row(**cells)))
    assert Paper.objects.count() == 2
    assert Paper.objects.get(arxiv_id="2301.00001").title == "A Good Title"
    [again] = bring(("t.md", HEAD + GOOD + row(**cells)))
    assert again.plan["writes"] is False
    for job in ImportJob.objects.filter(state=ImportJob.State.APPLIED).order_by("-pk"):
        services.undo(job=job)
    assert dump() == before


@pytest.mark.parametrize(
    ("cells", "line", "code"),
    [
        ({"title": "[Evil](javascript:alert(1))"}, 6, "link-dropped"),
        ({"code": f"[c](https://github.com/a/{'u' * 1200})"}, 6, "link-too-long"),
        ({"title": "???", "name": "-"}, 6, "row-untitled"),
        ({"title": "[A \x07 Bell](https://arxiv.org/abs/2301.00002)"}, 6, "control-removed"),
    ],
)
def test_what_was_left_out_is_named_by_its_line(cells: dict[str, str], line: int, code: str) -> None:
    [job] = bring(("t.md", HEAD + GOOD + row(**cells)))
    assert (line, code) in [(p["line"], p["code"]) for p in job.problems]


def test_a_paper_without_a_title_is_found_again_by_its_address() -> None:
    for _ in range(2):
        bring(("t.md", HEAD + row(title="[...](https://example.org/foo.pdf)")))
        assert [paper.url for paper in Paper.objects.all()] == ["https://example.org/foo.pdf"]


def command(*paths: object) -> Any:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_papers", *map(str, paths), "--json", stdout=out)
    assert ended.value.code == 1
    return json.loads(out.getvalue())


def test_the_command_reads_what_it_can_and_says_why_not(tmp_path: Path, settings: Any) -> None:
    settings.PAPERNOTES_UPLOAD_BYTES = 5000
    good, large = tmp_path / "good.md", tmp_path / "large.md"
    good.write_text(HEAD + GOOD, encoding="utf-8")
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    answer = command(large, tmp_path, tmp_path / "nowhere.md", good, good)
    assert [(entry["new"], entry["same"], len(entry["problems"])) for entry in answer["files"]] == [
        (0, 0, 1), (0, 0, 1), (0, 0, 1), (1, 0, 0), (0, 1, 0),
    ]  # fmt: skip
    assert "209715200" in answer["files"][0]["problems"][0]["message"]


def test_a_device_without_end_is_read_to_the_limit() -> None:
    [entry] = command("/dev/zero")["files"]
    assert "too large" in entry["problems"][0]["message"]
