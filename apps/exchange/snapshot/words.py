"""What the document beside arXiv says of papers that are there: only what it has not said before."""

from __future__ import annotations

from collections import defaultdict
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
    earlier: dict[tuple[int, str], set[str]] = defaultdict(set)
    document = voice.edition.document
    theirs = Statement.objects.filter(
        among("paper_id", words), source__kind=Source.Kind.LIST, source__document=document
    )
    for pk, name, raw in theirs.order_by().values_list("paper_id", "field", "raw"):
        earlier[pk, name].add(raw)
    news = [
        Statement(source=voice.source, paper_id=pk, field=name, raw=raw, line=said[pk].line)
        for pk, found in words.items()
        for name, raw in found.items()
        if raw not in earlier[pk, name]
    ]
    Statement.objects.bulk_create(news, batch_size=400)
    return {statement.paper_id for statement in news}
