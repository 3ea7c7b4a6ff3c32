"""Which reading list or digest a document becomes, and which entries it adds."""

from __future__ import annotations

from apps.exchange.plan.model import ListPlan, Plan, Spoken
from apps.lists.models import ReadingList

KINDS = {"digest": ReadingList.Kind.DIGEST, "post": ReadingList.Kind.POST, "field-list": ReadingList.Kind.CLASSICS}


def plan_list(plan: Plan, title: str, date: str, category: str) -> None:
    """A table alone is no reading list, and neither is flattened text; an empty digest means no news."""
    kind = KINDS.get(plan.document.format)
    if kind is None or not plan.spoken:
        return
    known = ReadingList.objects.filter(key=plan.key).first()
    document = plan.document
    digest = kind == ReadingList.Kind.DIGEST
    plan.reading_list = ListPlan(
        kind=kind,
        title=title,
        date=date if digest else document.date,
        category=(category or document.category) if digest else "",
        list_id=known.pk if known else None,
        entries=_once(plan.spoken),
    )
    if known:
        plan.reading_list.date = known.date.isoformat() if known.date and not document.date else plan.reading_list.date
        held = dict(known.entries.values_list("paper_id", "paper__title"))
        mine = {spoken.target.paper_id for spoken in plan.reading_list.entries if spoken.target}
        plan.reading_list.new = sum(paper_id not in held for paper_id in mine)
        plan.reading_list.vanished = [text for paper_id, text in held.items() if paper_id not in mine]
    else:
        plan.reading_list.new = len(plan.reading_list.entries)


def _once(spoken: list[Spoken]) -> list[Spoken]:
    """Each paper where it is first spoken of."""
    first: dict[int, Spoken] = {}
    for one in spoken:
        if one.target:
            first.setdefault(one.target.number, one)
    return list(first.values())
