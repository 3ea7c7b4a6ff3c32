"""Papers, what was said about them and by whom, their rows in category tables, and what waits for a person's decision."""

from apps.papers.models.paper import Authorship, Paper, PaperLink, PaperName, PaperTitle
from apps.papers.models.review import Merge, Review
from apps.papers.models.statement import Source, Statement
from apps.papers.models.table import CategoryTable, Classification, RowLLM, Section

__all__ = [
    "Authorship",
    "CategoryTable",
    "Classification",
    "Merge",
    "Paper",
    "PaperLink",
    "PaperName",
    "PaperTitle",
    "Review",
    "RowLLM",
    "Section",
    "Source",
    "Statement",
]
