"""A category table made ready to be shown: its sections, its rows in any order, the words as they stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.papers.models import CategoryTable, Classification, PaperLink, Section
from apps.vocabulary.folding import fold

# Columns in the order they are shown; those that nobody filled are left out.
COLUMNS: dict[str, str | Promise] = {
    "name": _("Name"),
    "title": _("Paper"),
    "venue": _("Venue"),
    "date": _("Date"),
    "llm": _("Base LLM"),
    "tuning": _("Tuning type"),
    "code": _("Code"),
    "remark": _("Remark"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words with their addresses, and the raw text where it says something else."""

    words: tuple[tuple[str, str], ...] = ()
    raw: str = ""

    @property
    def text(self) -> str:
        return ", ".join(word for word, _address in self.words)


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class TableSection:
    section: Section
    rows: list[TableRow]

    @property
    def tuning_label(self) -> str:
        """The tuning type that the section stands for, where its title does not say it already."""
        label = self.section.tuning.label() if self.section.tuning else ""
        return label if fold(label) != fold(self.section.title) else ""

    def only(self, columns: Iterable[Column]) -> TableSection:
        """The same with the cells of these columns alone, in their order."""
        names = [column.name for column in columns]
        return TableSection(self.section, [TableRow({name: row.cells[name] for name in names}) for row in self.rows])


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, and the address of the table sorted by it."""

    name: str
    title: str | Promise
    query: str
    direction: str


def sections_of(table: CategoryTable, sort: str = "") -> list[TableSection]:
    """Every section with its rows, in a constant number of queries; `sort` is a column, with `-` turned round."""
    rows = Classification.objects.filter(section__table=table).order_by(
        "section__position", "section_id", "position", "pk"
    )
    rows = rows.select_related("paper", "paper__venue", "tuning").prefetch_related("row_llms__llm", "paper__links")
    rows = rows.defer("paper__search_text", "paper__abstract", "paper__abstract_zh")
    base, by_section = reverse("paper_list"), dict[int, list[TableRow]]()
    for row in rows:
        by_section.setdefault(row.section_id, []).append(_row(row, base))
    sections = table.sections.select_related("tuning").order_by("position", "pk")
    return [TableSection(section, _sorted(by_section.get(section.pk, []), sort)) for section in sections]


def columns_of(sections: Iterable[TableSection], sort: str) -> list[Column]:
    sections = list(sections)
    filled = {name for each in sections for row in each.rows for name, cell in row.cells.items() if cell.words}
    if all(_tells_no_more(row.cells["tuning"], each.section) for each in sections for row in each.rows):
        filled.discard("tuning")
    return [_column(name, title, sort) for name, title in COLUMNS.items() if name in filled or name == "title"]


def _tells_no_more(tuning: Cell, section: Section) -> bool:
    """Whether the row's tuning type is just that of its section."""
    return not tuning.words or (section.tuning is not None and tuning.text == section.tuning.label())


def is_sort(sort: str) -> bool:
    return not sort or sort.removeprefix("-") in COLUMNS


def _column(name: str, title: str | Promise, sort: str) -> Column:
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    following = {"": name, "ascending": f"-{name}", "descending": ""}[direction]
    return Column(name, title, urlencode({"sort": following}) if following else "", direction)


def _sorted(rows: list[TableRow], sort: str) -> list[TableRow]:
    """Empty cells last in either direction; equal ones as they stood."""
    if not sort:
        return rows
    name = sort.removeprefix("-")
    key: Callable[[TableRow], Any] = lambda row: row.cells[name].text.casefold()  # noqa: E731
    filled = [row for row in rows if row.cells[name].words]
    return sorted(filled, key=key, reverse=sort.startswith("-")) + [row for row in rows if not row.cells[name].words]


def _row(row: Classification, base: str) -> TableRow:
    paper = row.paper
    address = paper.get_absolute_url()
    codes = [link for link in paper.links.all() if link.kind == PaperLink.Kind.CODE]

    def word(name: str, entry: Any) -> tuple[str, str]:
        return entry.label(), f"{base}?{urlencode({name: entry.slug})}"

    llms = [word("llm", place.llm) for place in row.row_llms.all()]
    venue = [word("venue", paper.venue)] if paper.venue else []
    tuning = [word("tuning", row.tuning)] if row.tuning else []
    cells = {
        "name": Cell(((row.name, ""),) if row.name else ()),
        "title": Cell(((paper.title, address),)),
        "venue": _cell(venue, row.venue_raw or paper.venue_raw),
        "date": Cell(((paper.published_text, ""),) if paper.published_text else ()),
        "llm": _cell(llms, row.llm_raw),
        "tuning": _cell(tuning, row.tuning_raw),
        "code": Cell(tuple((link.label or link.get_kind_display(), link.url) for link in codes)),
        "remark": Cell(((row.note, ""),) if row.note else ()),
    }
    return TableRow(cells)


def _cell(words: list[tuple[str, str]], raw: str) -> Cell:
    """Canonical words where there are any, else the raw text; the raw text beside them where it differs."""
    if not words:
        return Cell(((raw, ""),) if raw else ())
    said = fold("".join(word for word, _address in words))
    return Cell(tuple(words), raw if raw and fold(raw) != said else "")
