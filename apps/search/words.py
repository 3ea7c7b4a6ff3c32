"""Words as a search sees them: folded, so that width, case and form of writing make no difference."""

from __future__ import annotations

import re
import unicodedata


def fold(text: str) -> str:
    """NFKC, case-folded, white space as single blanks; what is stored beside a text and what a query becomes."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def split(query: str) -> list[str]:
    """The words and “quoted phrases” of a query, folded; all of them must be found."""
    parts = re.findall(r'"([^"]*)"|(\S+)', unicodedata.normalize("NFKC", query.replace("“", '"').replace("”", '"')))
    return [word for quoted, plain in parts if (word := fold(quoted or plain))]
