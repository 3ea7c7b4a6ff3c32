"""The reading list or digest that a document becomes, with an entry for each of its papers."""

from __future__ import annotations

from apps.exchange.changes import Changes
from apps.exchange.plan.model import ListPlan, Plan, Spoken
from apps.exchange.slugs import free_slug
from apps.lists.models import Entry, ReadingList
from apps.papers.dates import parse_date
from apps.papers.models import Source

AT_ONCE = 500


def write_list(plan: Plan, source: Source, changes: Changes) -> None:
    if plan.reading_list is None:
        return
    reading_list = _list(plan, plan.reading_list, source, changes)
    held = {entry.paper_id for entry in reading_list.entries.all()}
    entries = []
    for position, spoken in enumerate(plan.reading_list.entries):
        if spoken.target and spoken.target.paper_id not in held:
            entries.append(_entry(reading_list, spoken, position))
            held.add(spoken.target.paper_id or 0)
    changes.created(Entry.objects.bulk_create(entries, batch_size=AT_ONCE))


def _list(plan: Plan, wanted: ListPlan, source: Source, changes: Changes) -> ReadingList:
    if wanted.list_id:
        return ReadingList.objects.get(pk=wanted.list_id)
    document = plan.document
    parsed = parse_date(wanted.date) if wanted.date else None
    digest = wanted.kind == ReadingList.Kind.DIGEST
    title = _digest_title(wanted) if digest else wanted.title
    reading_list = ReadingList.objects.create(
        title=title[:500],
        slug=free_slug(ReadingList, f"digest {title}" if digest else title or "list"),
        kind=wanted.kind,
        key=plan.key,
        description=(document.summary or document.intro)[:100_000],
        date=parsed[0] if parsed else None,
        category=wanted.category[:40],
        byline=document.author[:200],
        source_url=document.source_url[:1000],
        source=source,
    )
    changes.created([reading_list])
    return reading_list


def _digest_title(wanted: ListPlan) -> str:
    """Category and date; the second digest of one day is told apart by a number."""
    title = " ".join(filter(None, (wanted.category, wanted.date)))
    same_day = ReadingList.objects.filter(kind=wanted.kind, category=wanted.category, date=wanted.date).count()
    return f"{title} ({same_day + 1})" if same_day else title


def _entry(reading_list: ReadingList, spoken: Spoken, position: int) -> Entry:
    mention, target = spoken.mention, spoken.target
    assert target is not None
    return Entry(
        list=reading_list,
        paper_id=target.written_id,
        position=position,
        name=mention.name[:200],
        remark=mention.remark,
        announce_type=mention.said.get("announce_type", "")[:20],
        version=mention.arxiv_version,
    )
