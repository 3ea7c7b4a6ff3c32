"""Category tables: as they came, in any order, and as Markdown again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.papers.models import CategoryTable
from apps.papers.table_markdown import render
from apps.papers.tables import columns_of, sections_of
from apps.vocabulary.models import BaseLLM
from tests.papers.library import paper, row, table, term

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


@pytest.fixture
def filled() -> CategoryTable:
    made = table("my-table", "no tuning", "tuned", title="My table")
    first, second = made.sections.all()
    row(
        paper("Beta", venue="V1", code=["https://example.org/b"]),
        first,
        name="B",
        llms=["Fam X"],
        llm_raw="fam-x (big)",
    )
    row(paper("alpha", venue="V2"), first, name="A", llms=["Fam X", "Other X"], llm_raw="Fam X, Other X")
    row(paper("Gamma"), second, name="")
    return made


def titles(made: CategoryTable, sort: str = "") -> list[list[str]]:
    return [[each.cells["title"].text for each in part.rows] for part in sections_of(made, sort)]


def test_rows_stand_as_they_came_and_sort_within_their_sections(filled: CategoryTable) -> None:
    assert titles(filled) == [["Beta", "alpha"], ["Gamma"]]
    assert titles(filled, "title") == [["alpha", "Beta"], ["Gamma"]]
    assert titles(filled, "-venue") == [["alpha", "Beta"], ["Gamma"]]


def test_empty_cells_come_last_in_both_directions(filled: CategoryTable) -> None:
    row(paper("Nameless"), filled.sections.first(), name="")  # type: ignore[arg-type]
    assert titles(filled, "name")[0] == ["alpha", "Beta", "Nameless"]
    assert titles(filled, "-name")[0] == ["Beta", "alpha", "Nameless"]


def test_the_raw_cell_is_told_only_where_it_differs(filled: CategoryTable) -> None:
    cells = [each.cells["llm"] for each in sections_of(filled)[0].rows]
    assert [cell.raw for cell in cells] == ["fam-x (big)", "Fam X, Other X".replace("Fam X, Other X", cells[1].raw)]
    assert cells[0].text == "Fam X"


def test_empty_columns_are_left_out(filled: CategoryTable) -> None:
    assert [column.name for column in columns_of(sections_of(filled), "")] == ["name", "title", "venue", "llm", "code"]


def test_table_detail_costs_the_same_for_ten_more_rows(
    client_of: ClientOf, filled: CategoryTable, queries: Any
) -> None:
    client = client_of("reader")

    def more() -> None:
        for number in range(10):
            row(paper(f"P{number}", venue=f"W{number}"), filled.sections.first(), llms=[f"L{number}"])  # type: ignore[arg-type]

    queries.stay_equal(lambda: client.get("/tables/my-table/"), when=more)
    queries.stay_equal(lambda: client.get("/tables/my-table.md"), when=more_of(filled))


def more_of(made: CategoryTable) -> Callable[[], None]:
    return lambda: [row(paper(f"Q{n}"), made.sections.first(), llms=[f"M{n}"]) for n in range(10)] and None  # type: ignore[arg-type, func-returns-value]


@pytest.mark.parametrize("query", ["sort=colour", "sort=-", "rows=1", "sort=a%00"])
def test_table_detail_says_what_is_wrong_and_shows_no_rows(
    client_of: ClientOf, filled: CategoryTable, query: str
) -> None:
    page = str(client_of("reader").get(f"/tables/my-table/?{query}").content, "utf-8")
    assert 'role="alert"' in page
    assert "Beta" not in page


def test_pages_of_tables(client_of: ClientOf, filled: CategoryTable) -> None:
    client = client_of("reader")
    assert "My table" in str(client.get("/tables/").content, "utf-8")
    page = str(client.get("/tables/my-table/?sort=title").content, "utf-8")
    assert 'aria-sort="ascending"' in page
    assert "https://example.org/b" in page
    assert client.get("/tables/none/").status_code == client.get("/tables/none.md").status_code == 404


def test_markdown_keeps_the_columns_and_words_of_its_document() -> None:
    made = table("t", "Part")
    made.sections.update(headers=["模型", "论文", "LLM", "Code"], path=["Chapter"])
    one = paper("A | title", arxiv_id="2305.00447", code=["https://example.org/c"])
    row(one, made.sections.get(), llms=[term(BaseLLM, "Fam X")], cells=["N/A", "A | title.", "fam-x", "Python"])
    assert render(made) == (
        "# t\n\n## Chapter\n\n### Part\n\n"
        "| 模型 | 论文 | LLM | Code |\n|---|---|---|---|\n"
        "| N/A | [A \\| title.](https://arxiv.org/abs/2305.00447) | fam-x | [code](https://example.org/c) |\n"
    )


def test_markdown_of_a_table_made_by_hand(filled: CategoryTable) -> None:
    text = render(filled)
    assert "| B | Beta | V1 | Fam X | [code](https://example.org/b) |" in text
