"""Which changes of this room's tables, and of names that it shows, change what is found (see apps/search/triggers)."""

from __future__ import annotations

from apps.search.watching import NAMES, Watched

_DERIVED = ("search_text", "title_start", "title_zh_key", "changed")
_OF_ROW = "SELECT paper_id FROM papers_classification WHERE id = {row}.row_id"
_OF_SECTION = "SELECT paper_id FROM papers_classification WHERE section_id = {row}.id"
_OF_AUTHOR = "SELECT paper_id FROM papers_authorship WHERE author_id = {row}.id"

TABLES = [
    Watched("papers.Paper", "{row}.id", aside=_DERIVED),
    Watched("papers.Paper_tags"),
    Watched("papers.Paper_organisations"),
    Watched("papers.Paper_categories"),
    Watched("papers.Authorship"),
    Watched("papers.PaperName"),
    Watched("papers.PaperTitle"),
    Watched("papers.PaperLink"),
    Watched("papers.Classification", aside=("cells", "by_hand", "line", "source_id")),
    # Where the row of a table went first, it told of its paper itself.
    Watched("papers.RowLLM", _OF_ROW),
    Watched("papers.Section", _OF_SECTION, columns=("title", "path", "table_id"), events=("update",)),
    Watched("vocabulary.Author", _OF_AUTHOR, columns=("name", "name_zh"), events=("update",)),
    Watched("papers.CategoryTable", NAMES),
    *(
        Watched(f"vocabulary.{model}", NAMES)
        for model in ("Alias", "BaseLLM", "TuningType", "Venue", "Tag", "Organisation", "ArxivCategory")
    ),
]
