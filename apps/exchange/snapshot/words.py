"""What the document beside arXiv says of papers that are there: only what it has not said before."""

from __future__ import annotations

from collections.abc import Mapping

from apps.exchange.formats.arxiv_line import Read
from apps.exchange.snapshot.edition import Voice
from apps.exchange.snapshot.saying import said_by
from apps.papers.models import Source, Statement
from apps.papers.querysets import among


def write_words(said: Mapping[int, Read], voice: Voice) -> set[int]:
    """By paper. The papers of which something new was said."""
    words = {pk: found for pk, read in said.items() if (found := said_by(read.ours))}
    if not words:
        return set()
    document = voice.edition.document
    theirs = Statement.objects.filter(
        among("paper_id", words), source__kind=Source.Kind.LIST, source__document=document
    )
    # The newest edition that speaks of a field counts; in one edition it may speak of it several times.
    said_at: dict[tuple[int, str], int] = {}
    earlier: dict[tuple[int, str], set[str]] = {}
    rows = theirs.order_by("source", "id").values_list("paper_id", "field", "raw", "source_id")
    for pk, name, raw, source_id in rows:
        if said_at.get((pk, name)) != source_id:
            said_at[pk, name], earlier[pk, name] = source_id, set()
        earlier[pk, name].add(raw)
    news = [
        Statement(source=voice.source, paper_id=pk, field=name, raw=raw, line=said[pk].line)
        for pk, found in words.items()
        for name, raw in found.items()
        if raw not in earlier.get((pk, name), ())
    ]
    Statement.objects.bulk_create(news, batch_size=400)
    return {statement.paper_id for statement in news}
