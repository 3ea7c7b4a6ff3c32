"""Which papers a note's text refers to, found again at every save and kept, so that papers know who speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.db.models import F

from apps.core.markup import Slot
from apps.notes.models import Note, NoteLink
from apps.papers.identifiers import find
from apps.papers.models import Paper
from apps.papers.naming import Reading, key_of, named, papers_at

# Around the words of the reference in its sentence, as it is kept: of the private use area, which no text of ours holds.
MARKED, UNMARKED = "\ue002", "\ue003"
MOST = 2_000  # references of one note; what follows stays as it was typed
_MOST_SLOTS = 10_000  # that are looked at
_ASIDE = 10_000_000  # beyond every position
_AT_ONCE = 2_000

# The papers that each reference of one note means, by its raw words: those of [[…]], or the address of a link.
Meanings = dict[str, list[Paper]]


@dataclass(frozen=True, slots=True)
class Reference:
    position: int
    raw: str
    sentence: str


def references(slots: Sequence[Slot]) -> list[Reference]:
    """[[…]], and links to addresses that name a paper."""
    return [Reference(position, raw, _marked(slots[position])) for position, raw in _raws(slots)]


def _raws(slots: Sequence[Slot]) -> list[tuple[int, str]]:
    """The position of each reference, and its words."""
    found = ((position, _raw_of(slot)) for position, slot in enumerate(slots[:_MOST_SLOTS]))
    return list(islice(((position, raw) for position, raw in found if raw), MOST))


def _raw_of(slot: Slot) -> str:
    """The words by which the slot refers to a paper; "" where it does not."""
    if slot.kind == "paper":
        return slot.values["ref"]
    return slot.values["href"] if slot.kind == "link" and _names_a_paper(slot.values["href"]) else ""


@lru_cache(maxsize=4_096)
def _names_a_paper(href: str) -> bool:
    return bool(find(href))


def _marked(slot: Slot) -> str:
    words = (
        slot.values.get("label") or slot.values.get("ref") or slot.values.get("words") or slot.values.get("href", "")
    )
    before, found, after = slot.sentence.partition(words) if words else (slot.sentence, "", "")
    return f"{before}{MARKED}{found}{UNMARKED}{after}" if found else slot.sentence


def meanings(notes: Sequence[tuple[Note, Sequence[Slot]]]) -> list[Meanings]:
    """What the references of each note mean: one batch of queries for all of them.

    An id means the paper that has it now. Words mean the paper that was found when they were saved, whatever it is
    called since; without one, what they mean now.
    """
    raws = [{raw for _, raw in _raws(slots)} for _, slots in notes]
    if not any(raws):
        return [{} for _ in notes]
    kept = _kept(note.pk for note, _ in notes if note.pk)
    now = named(set().union(*raws))
    papers = {paper.pk: paper for found in now.values() for paper in found}
    papers |= papers_at(set(kept.values()) - papers.keys())
    found = []
    for (note, _), words in zip(notes, raws, strict=True):
        meant: Meanings = {}
        for raw in words:
            paper = papers.get(kept.get((note.pk, raw), 0))
            stays = paper is not None and not (now.get(raw) and Reading.of(raw).is_id)
            meant[raw] = [paper] if paper is not None and stays else now.get(raw, [])
        found.append(meant)
    return found


def _kept(note_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    known = NoteLink.objects.filter(note__in=list(note_ids), paper__isnull=False).order_by("-position")
    return {(note, raw): paper for note, raw, paper in known.values_list("note_id", "raw", "paper_id") if paper}


def write_links(note: Note, slots: Sequence[Slot]) -> None:
    """Make the note's NoteLinks those of its slots; a row stays the same row while its words do, so that merges,
    which remember rows, can be taken back."""
    wanted = references(slots)
    rows: dict[str, list[NoteLink]] = {}
    for row in NoteLink.objects.filter(note=note).order_by("-position"):
        rows.setdefault(row.raw, []).append(row)
    if not (wanted or rows):
        return
    meant = meanings([(note, slots)])[0]
    new: list[NoteLink] = []
    changed: list[NoteLink] = []
    for reference in wanted:
        of_these_words = rows.get(reference.raw)
        row = of_these_words.pop() if of_these_words else NoteLink(note=note, raw=reference.raw)
        if _set(row, reference, meant[reference.raw]):
            (changed if row.pk else new).append(row)
    NoteLink.objects.filter(pk__in=[row.pk for left in rows.values() for row in left]).delete()
    _write(changed)
    NoteLink.objects.bulk_create(new, batch_size=_AT_ONCE)


def _set(row: NoteLink, reference: Reference, meant: Sequence[Paper]) -> bool:
    """Whether anything changed."""
    paper_id = meant[0].pk if len(meant) == 1 else None
    values = {"position": reference.position, "sentence": reference.sentence, "paper_id": paper_id}
    values["key"] = key_of(reference.raw)
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _write(rows: Sequence[NoteLink]) -> None:
    """No two rows of a note may have one position, not even while they change places."""
    if rows:
        aside = NoteLink.objects.filter(pk__in=[row.pk for row in rows])
        aside.update(position=F("position") + _ASIDE)
        NoteLink.objects.bulk_update(rows, ["position", "sentence", "paper", "key"], batch_size=200)


def find_again(most: int = _AT_ONCE) -> int:
    """Give references that wait the papers that came since; how many found theirs. For jobs: it may be run at any time."""
    waiting = list(NoteLink.objects.filter(paper__isnull=True).order_by("-pk")[:most])
    meant = named(row.raw for row in waiting)
    found = [row for row in waiting if len(meant.get(row.raw, ())) == 1]
    for row in found:
        NoteLink.objects.filter(pk=row.pk, paper__isnull=True).update(paper=meant[row.raw][0])
    return len(found)
