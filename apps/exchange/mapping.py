"""One decision on one spelling, applied at once to every cell of the library, remembered, and taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import models, transaction

from apps.core.locks import LIBRARY, lock
from apps.exchange.models import IgnoredSpelling
from apps.papers.choose import AT_ONCE, choose
from apps.papers.lexicon import Lexicon
from apps.papers.models import Classification, Paper, RowLLM, Section
from apps.vocabulary import services as vocabulary
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias
from apps.vocabulary.resolve import Resolver

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class MappedAlready(Exception):
    """Somebody was quicker: the spelling has a meaning."""


@transaction.atomic
def map_to(*, kind: str, raw: str, target: models.Model, user: User) -> int:
    """From now on this spelling means `target`; the number of rows and papers that it changed."""
    lock(LIBRARY)
    before = _before(kind, raw)
    vocabulary.map_spelling(kind=kind, raw=raw, target=target, user=user)
    return _apply(kind, before)


@transaction.atomic
def map_to_new(*, kind: str, raw: str, name: str, user: User, fields: dict[str, object] | None = None) -> int:
    """A new entry for it; a ValidationError says why there cannot be one."""
    lock(LIBRARY)
    before = _before(kind, raw)
    entry = vocabulary.create_and_map(kind=kind, raw=raw, name=name, user=user, fields=fields)
    # Also where the name is the spelling itself: this is what undo finds.
    vocabulary.map_spelling(kind=kind, raw=raw, target=entry, user=user)
    return _apply(kind, before)


def _before(kind: str, raw: str) -> Resolver:
    resolver = Resolver.load()
    if meaning_of(resolver, kind, raw) is not None:
        raise MappedAlready
    IgnoredSpelling.objects.filter(kind=kind, key=fold(raw)).delete()
    return resolver


def meaning_of(resolver: Resolver, kind: str, raw: str) -> models.Model | None:
    """What a spelling means by now."""
    if kind == "venue":
        return resolver.venue(raw).entry
    if kind == "llm":
        return next((match.entry for match in resolver.llms(raw)), None)
    return resolver.tuning(raw).entry


@transaction.atomic
def ignore(*, kind: str, raw: str, user: User) -> None:
    """It is no name; nobody is asked about it again."""
    IgnoredSpelling.objects.get_or_create(kind=kind, key=fold(raw), defaults={"raw": raw[:300], "said_by": user})


@transaction.atomic
def take_back(*, kind: str, key: str) -> bool:
    """Undo the decision on a spelling; False where there is none (any more)."""
    lock(LIBRARY)
    if IgnoredSpelling.objects.filter(kind=kind, key=key).delete()[0]:
        return True
    alias = Alias.objects.filter(kind=kind, key=key, said_by__isnull=False).first()
    if alias is None:
        return False
    before, target = Resolver.load(), alias.target
    alias.delete()
    gone = _made_for(target, key) if target else []
    _apply(kind, before, without=gone)
    for entry in gone:
        entry.delete()
    return True


def _made_for(target: models.Model, key: str) -> list[models.Model]:
    """The entry that was made for this one spelling, after its sizes; nothing where it serves anything else."""
    if fold(str(target)) != key or target.aliases.exists():  # type: ignore[attr-defined]
        return []
    children = list(target.children.all())  # type: ignore[attr-defined]
    if any(not getattr(child, "size", "") or child.aliases.exists() for child in children):
        return []
    return [*children, target]


def _apply(kind: str, before: Resolver, without: Iterable[models.Model] = ()) -> int:
    lexicon = Lexicon.load()
    lexicon.resolver.forget(kind, without)
    work: dict[str, Callable[[Resolver, Lexicon], int]] = {"venue": _venues, "llm": _llms, "tuning": _tunings}
    return work[kind](before, lexicon)


def _venues(before: Resolver, lexicon: Lexicon) -> int:
    """Papers whose venue's words mean something else now."""
    cells = set(Paper.objects.exclude(venue_raw="").order_by().values_list("venue_raw", flat=True).distinct())
    changed = {cell for cell in cells if before.venue(cell).entry != lexicon.resolver.venue(cell).entry}
    changed |= {cell for cell in _without_venue() if lexicon.resolver.venue(cell).entry}
    ids = _ids(Paper.objects.all(), "venue_raw", changed)
    choose(ids, lexicon=lexicon)
    return len(ids)


def _without_venue() -> Iterable[str]:
    return Paper.objects.filter(venue__isnull=True).exclude(venue_raw="").order_by().values_list("venue_raw", flat=True)


def _llms(before: Resolver, lexicon: Lexicon) -> int:
    cells = Classification.objects.exclude(llm_raw="").order_by().values_list("llm_raw", flat=True).distinct()
    changed = {cell for cell in cells if _meaning(before, cell) != _meaning(lexicon.resolver, cell)}
    ids = _ids(Classification.objects.all(), "llm_raw", changed)
    return sum(_llms_of(ids[start : start + AT_ONCE], before, lexicon) for start in range(0, len(ids), AT_ONCE))


def _meaning(resolver: Resolver, cell: str) -> list[tuple[int | None, str]]:
    return [(match.entry.pk if match.entry else None, match.name.size) for match in resolver.llms(cell)]


def _llms_of(ids: list[int], before: Resolver, lexicon: Lexicon) -> int:
    """Rows that still stand as their cells were read are read anew; what a person set in the admin is left alone."""
    set_by_hand = _by_hand("base_llms")
    ids = [pk for pk in ids if pk not in set_by_hand]
    places = RowLLM.objects.filter(row__in=ids)
    held: dict[int, list[RowLLM]] = {pk: [] for pk in ids}
    for place in places.order_by("position"):
        held[place.row_id].append(place)
    wanted: list[RowLLM] = []
    for pk, cell in Classification.objects.filter(pk__in=ids).values_list("pk", "llm_raw"):
        now = [p.llm_id for p in held[pk]]
        was = _entries(before, cell)
        fresh = {e.pk: m.name.remark for m in lexicon.llms(cell) if (e := lexicon.sized(m))}
        remarks = {p.llm_id: p.remark for p in held[pk]} | fresh
        gone = [llm for llm in was if llm not in fresh]
        order = list(fresh) if now == was else [*(i for i in now if i not in gone), *(i for i in fresh if i not in now)]
        wanted += [
            RowLLM(row_id=pk, llm_id=i, position=n, remark=remarks.get(i, "")[:100]) for n, i in enumerate(order)
        ]
    places.delete()
    RowLLM.objects.bulk_create(wanted, batch_size=AT_ONCE)
    return len(ids)


def _by_hand(column: str) -> set[int]:
    """Rows of which a person set this column."""
    rows = Classification.objects.exclude(by_hand=[]).values_list("pk", "by_hand")
    return {pk for pk, columns in rows if column in columns}


def _entries(resolver: Resolver, cell: str) -> list[int]:
    return list(dict.fromkeys(match.entry.pk for match in resolver.llms(cell) if match.entry))


def _tunings(before: Resolver, lexicon: Lexicon) -> int:
    """Sections by their title and headings, their rows that follow them, and rows with a cell of their own."""
    resolver, count = lexicon.resolver, 0
    moved: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for section in Section.objects.exclude(title="").order_by("pk"):
        was, now = _of_section(before, section), _of_section(resolver, section)
        if was != now and section.tuning_id == was:
            moved[section.tuning_id, now].append(section.pk)
    for (old, new), sections in moved.items():
        count += _retune(Section.objects.filter(pk__in=sections), old, new)
    cells = Classification.objects.exclude(tuning_raw="").order_by().values_list("tuning_raw", flat=True).distinct()
    for cell in list(cells):
        old, new = (match.entry.pk if match.entry else None for match in (before.tuning(cell), resolver.tuning(cell)))
        if old != new:
            rows = Classification.objects.filter(tuning_raw=cell, tuning_id=old)
            count += rows.exclude(pk__in=_by_hand("tuning")).update(tuning_id=new)
    return count


def _retune(sections: models.QuerySet[Section], old: int | None, new: int | None) -> int:
    rows = Classification.objects.filter(section__in=list(sections), tuning_raw="", tuning_id=old)
    sections.update(tuning_id=new)
    return rows.exclude(pk__in=_by_hand("tuning")).update(tuning_id=new)


def _of_section(resolver: Resolver, section: Section) -> int | None:
    for title in (section.title, *reversed(section.path)):
        if entry := resolver.tuning(title).entry:
            return entry.pk
    return None


def _ids(rows: models.QuerySet[models.Model], column: str, cells: set[str]) -> list[int]:
    """The rows with one of these cells, asked for in rounds below every database's limit on parameters."""
    ordered, found = sorted(cells), list[int]()
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        found += rows.filter(**{f"{column}__in": some}).order_by("pk").values_list("pk", flat=True)
    return sorted(found)
