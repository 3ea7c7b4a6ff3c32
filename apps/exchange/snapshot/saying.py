"""What a line of a large file says, as statements of its two voices: arXiv's, and the document's beside it."""

from __future__ import annotations

from apps.exchange.formats.arxiv_ours import Ours


def said_by(ours: Ours | None) -> dict[str, str]:
    """The document's words on the paper itself; base LLMs, tuning type and note have places of their own."""
    if ours is None:
        return {}
    said = {
        "year": str(ours.year or ""),
        "venue": ours.venue,
        "tags": ", ".join(ours.tags),
        "title_zh": ours.title_zh,
        "abstract_zh": ours.abstract_zh,
        "summary_zh": ours.summary_zh,
        "link:code": ours.code,
    }
    return {field: raw for field, raw in said.items() if raw}
