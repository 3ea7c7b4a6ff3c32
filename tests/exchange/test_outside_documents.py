"""Lists, posts and digests as others write them: what stands in the library after the whole way through."""

from __future__ import annotations

from itertools import permutations

import pytest

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.lists.models import ReadingList
from apps.notes.models import Note
from apps.papers.models import CategoryTable, Classification, Paper, Review
from tests.exchange.importing import bring, dump, take

pytestmark = pytest.mark.django_db

SURVEY = """# Awesome-Invented-RecSys

<details><summary><h3>1. Where: Features</h3></summary>
<h4>1.1 User level</h4>

| **Name** | **Paper** | **LLM Backbone (Largest)** | **LLM Tuning Strategy** | **Publication** | **Link** |
|:---:|:---|:---:|:---:|:---:|:---:|
| FooTag | FooTag: Inventing Tags | ChatGPT | Frozen | Arxiv 2023 | [[Paper]](https://arxiv.org/abs/2304.03022) [[Code]](https://github.com/t/footag) |
| TransBar | First Bars | LLaMA (7B) | LoRA | WWW 2024 | [[Link]](https://arxiv.org/abs/2401.00001) |
| TransBar | Second Bars | Qwen-1.5 (0.5B, 1.8B) | Full Finetuning | KDD 2024 🔥 | [[Link]](https://arxiv.org/abs/2401.00002) |

</details>

<details>
<summary><h3>2. Where: Ranking</h3></summary>

| **Name** | **Paper** | **LLM Backbone (Largest)** | **LLM Tuning Strategy** | **Publication** | **Link** |
|:---:|:---|:---:|:---:|:---:|:---:|
| FooRank | FooTag: Inventing Tags | LLaMA (13B) | Parameter-Efficient Finetuning | Arxiv 2023 | [[Link]](https://arxiv.org/abs/2304.03022)[^1] |

</details>

## Datasets

| Dataset | Scale | Link |
|---|---|---|
| Foos | 100K | [data](https://example.org/foos) |

[^1]: A remark with [a link](https://arxiv.org/abs/2304.99999).
"""


def test_a_survey_in_folds_has_sections_tuning_and_sizes() -> None:
    bring(("survey.md", SURVEY))
    rows = [
        (
            row.section.title,
            row.name,
            row.paper.arxiv_id,
            str(row.tuning),
            [str(one.llm) for one in row.row_llms.all()],
            str(row.paper.venue),
        )
        for row in Classification.objects.order_by("section__position", "position")
    ]
    assert rows == [
        ("1.1 User level", "FooTag", "2304.03022", "No tuning", ["ChatGPT"], "arXiv"),
        ("1.1 User level", "TransBar", "2401.00001", "LoRA", ["LLaMA 7B"], "WWW"),
        ("1.1 User level", "TransBar", "2401.00002", "Full fine-tuning", ["Qwen1.5 0.5B", "Qwen1.5 1.8B"], "KDD"),
        ("2. Where: Ranking", "FooRank", "2304.03022", "Parameter-efficient fine-tuning", ["LLaMA 13B"], "arXiv"),
    ]
    assert Paper.objects.count() == 3
    paper = Paper.objects.get(arxiv_id="2304.03022")
    assert [name.name for name in paper.names.all()] == ["FooTag", "FooRank"]


BULLETS = """# Papers

## SIGIR 2024

- [Foo by Reference][1]
- 2023/05 | **BarX** | BarX: Bars in Words | [[arXiv]](https://arxiv.org/abs/2305.10403) [[Code]](https://github.com/bar/x)
- **FooBar: A Bold Title** <br> *Jane Doe, John Roe* <br> WWW 2023. [[paper]](https://doi.org/10.1145/1111111.2222222)
1. **"Short: Quoted"**. *Yi Wang, Bo Li et al.* NeurIPS 2022. [[Paper](https://arxiv.org/abs/2204.09999)]

## 2021

- [An Old Foo](https://openreview.net/forum?id=AbCdEf12345)

[1]: <https://arxiv.org/abs/2309.11111> "title"
"""


def test_items_of_every_style_are_papers_and_headings_say_the_rest() -> None:
    bring(("list.md", BULLETS))
    found = {
        p.title: (str(p.venue), p.year, [n.name for n in p.names.all()], [str(a.author) for a in p.authorships.all()])
        for p in Paper.objects.all()
    }
    assert found == {
        "Foo by Reference": ("SIGIR", 2023, [], []),
        "BarX: Bars in Words": ("SIGIR", 2023, ["BarX"], []),
        "FooBar: A Bold Title": ("WWW", 2023, [], ["Jane Doe", "John Roe"]),
        "Short: Quoted": ("NeurIPS", 2022, [], ["Yi Wang", "Bo Li"]),
        "An Old Foo": ("None", 2021, [], []),
    }
    assert ImportJob.objects.get().plan["unmapped"] == []


HTML = """# Foos

<table>
<thead><tr><th>Title</th><th>Venue</th><th>Base LLM</th><th>Code</th></tr></thead>
<tr><td colspan="4"><b>2023</b></td></tr>
<tr><td><a href="https://arxiv.org/abs/2311.01111">Foo in HTML</a></td><td rowspan="2">ACL 2023</td><td>GPT-4</td><td><a href="https://github.com/h/one">code</a></td></tr>
<tr>
  <td><a href="https://arxiv.org/abs/2311.02222"><b>Bar in HTML</b></a><br/><sub>Doe</sub></td>
  <td>LLaMA-2 7B</td><td>N/A</td>
</tr>
</table>
"""


def test_an_html_table_is_a_table() -> None:
    bring(("html.md", HTML))
    rows = Classification.objects.order_by("position")
    assert [(r.paper.title, str(r.paper.venue), r.llm_raw, r.line) for r in rows] == [
        ("Foo in HTML", "ACL", "GPT-4", 6),
        ("Bar in HTML", "ACL", "LLaMA-2 7B", 7),
    ]
    assert [link.url for link in Paper.objects.get(arxiv_id="2311.01111").links.all()] == ["https://github.com/h/one"]


TABLE = "# {title}\n\n| Name | Title | Link | LLM |\n|---|---|---|---|\n{rows}"


def table(title: str, *rows: str) -> tuple[str, str]:
    return f"{title}.md", TABLE.format(title=title, rows="".join(f"| {row} |\n" for row in rows))


def test_a_row_told_twice_is_one_row_and_stays_one() -> None:
    row = "Foo | On Foos | https://arxiv.org/abs/2401.00001 | T5"
    file = table("Foos", row, row, row.replace("Foo |", "Bar |", 1))
    for _ in range(2):
        [job] = bring(file)
        assert sorted(Classification.objects.values_list("name", flat=True)) == ["Bar", "Foo"]
        assert [(p["line"], p["code"]) for p in job.problems] == [(6, "row-twice")]
    assert job.plan["writes"] is False


def test_two_ids_of_two_papers_are_a_conflict_and_one_question() -> None:
    bring(
        table(
            "Two",
            "A | Foo at arXiv | https://arxiv.org/abs/2301.10001 | T5",
            "B | Foo at ACM | https://doi.org/10.1145/1.2 | T5",
        )
    )
    file = table(
        "One",
        "C | Foo at arXiv | [arXiv](https://arxiv.org/abs/2301.10001) [DOI](https://dl.acm.org/doi/10.1145/1.2) | T5",
    )
    [job] = bring(file)
    assert (job.counts["conflicts"], Paper.objects.count()) == (1, 2)
    assert [(r.reason, r.paper.arxiv_id, r.other.doi) for r in Review.objects.all()] == [
        ("id-conflict", "2301.10001", "10.1145/1.2")
    ]  # type: ignore[union-attr]
    assert take(file)[0].plan["writes"] is False


def test_one_paper_may_have_every_id() -> None:
    bring(
        table(
            "Ids",
            "A | On Foos | [arXiv](https://arxiv.org/abs/2301.10001v2) [paper](https://openreview.net/forum?id=AbCdEf12345) [doi](https://doi.org/10.1/X.Y) | T5",
        )
    )
    bring(
        table(
            "Ids", "A | On Foos | [arXiv](https://arxiv.org/abs/2301.10001v2) [doi](https://doi.org/10.1145/X.Y) | T5"
        )
    )
    paper = Paper.objects.get()
    assert (paper.arxiv_id, paper.arxiv_version, paper.openreview_id, paper.doi) == (
        "2301.10001",
        2,
        "AbCdEf12345",
        "10.1145/x.y",
    )


def digest(day: str, *entries: tuple[str, str, str]) -> tuple[str, str]:
    rows = "".join(f"| [^{i}] | [{t}](https://arxiv.org/abs/{a}) | 句。 |\n" for i, (a, t, _) in enumerate(entries, 1))
    notes = "".join(
        f"[^{i}]: 题\n\n    {t}\n\n    https://arxiv.org/abs/{a}\n\n    句。\n\n    \n\n    中文摘要。\n\n    {text}\n\n"
        for i, (a, t, text) in enumerate(entries, 1)
    )
    return f"{day}.md", f"# 摘要\n\n| Ref | Title | Summary |\n| --- | --- | --- |\n{rows}\n# 详细\n\n{notes}"


def test_a_digest_of_another_day_makes_no_news_of_the_first() -> None:
    first = digest("2024-04-01", ("2404.00001", "On Foos", "arXiv:2404.00001v1 Announce Type: new  Abstract: One."))
    bring(
        first,
        digest("2024-04-02", ("2404.00001", "On Foos", "arXiv:2404.00001v2 Announce Type: replace  Abstract: Two.")),
    )
    assert Paper.objects.get().arxiv_version == 2
    assert take(first)[0].plan["writes"] is False
    corrected = digest(
        "2024-04-01", ("2404.00001", "On Foos", "arXiv:2404.00001v1 Announce Type: new  Abstract: One, corrected.")
    )
    bring(corrected)
    assert Paper.objects.get().abstract == "One, corrected."
    assert ReadingList.objects.count() == 2


def test_what_is_undone_in_any_order_is_gone() -> None:
    before = dump()
    files = [
        ("survey.md", SURVEY),
        digest("2024-04-01", ("2304.03022", "FooTag: Inventing Tags", "One."), ("2404.00009", "Another Foo", "Two.")),
        table(
            "Own",
            "A | FooTag: Inventing Tags | https://arxiv.org/abs/2304.03022 | T5",
            "B | Another Foo | https://arxiv.org/abs/2404.00009 | LLaMA-99B",
        ),
    ]
    for order in permutations(range(3)):
        jobs = bring(*files)
        for number in order:
            services.undo(job=jobs[number])
        assert dump() == before, order


def test_a_note_is_called_by_its_heading_in_plain_words() -> None:
    bring((
        "post.md",
        '{\n "title": "Notes on foos",\n "date": "2024-02-03"\n}\n\nIntro.\n\n## On Foos (Doe et al., 2017) [[paper](https://arxiv.org/abs/1706.00001)]\n\nBody [one][r].\n\n'
        "## Bars: *More*\n\nLink: https://arxiv.org/abs/1706.00002\n\nBody.\n\n[r]: https://example.org/r\n",
    ))  # fmt: skip
    notes = {note.title: (note.papers.get().title, note.body.split("\n")[0]) for note in Note.objects.all()}
    assert notes == {
        "On Foos": ("On Foos", "Body [one](https://example.org/r)."),
        "Bars: More": ("Bars: More", "Link: https://arxiv.org/abs/1706.00002"),
    }
    assert str(ReadingList.objects.get().date) == "2024-02-03"


def test_a_date_that_is_none_leaves_the_month_of_the_id() -> None:
    bring(
        (
            "t.md",
            "| Title | LLM | Date |\n|---|---|---|\n| [On Foos](https://arxiv.org/abs/2304.00001) | T5 | soon |\n| [On Bars](https://arxiv.org/abs/2304.00002) | T5 | 04/2023 |\n",
        )
    )
    assert [paper.published_text for paper in Paper.objects.all()] == ["2023-04", "2023-04"]
    assert CategoryTable.objects.get().title == "t"
