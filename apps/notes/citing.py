"""{{cite}}: the papers that a note is about and refers to, each once, set as a bibliography."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.accounts.eyes import Eyes
from apps.core.markup import Slot
from apps.notes.links import Meanings, references
from apps.notes.models import Note
from apps.papers.citing import Reference, references_to

MOST = 200
_NOTHING = SafeString("")


def references_of(notes: Sequence[tuple[Note, Sequence[Slot], Meanings] | None], eyes: Eyes) -> list[SafeString]:
    """One bibliography for each note that wants one ("" for the others): as many queries for ten as for one."""
    wanted = [each[0].pk for each in notes if each and each[0].pk]
    if not any(notes):
        return [_NOTHING] * len(notes)
    about = _about(wanted)
    cited = [_cited(*each, about.get(each[0].pk, [])) if each else [] for each in notes]
    known = references_to({pk for ids in cited for pk in ids[:MOST]})
    return [_set(ids, known, eyes) if each else _NOTHING for each, ids in zip(notes, cited, strict=True)]


def _about(note_ids: Sequence[int]) -> dict[int, list[int]]:
    tied = Note.papers.through._default_manager.filter(note_id__in=note_ids).order_by("pk")
    about: dict[int, list[int]] = {}
    for note_id, paper_id in tied.values_list("note_id", "paper_id"):
        about.setdefault(note_id, []).append(paper_id)
    return about


def _cited(note: Note, slots: Sequence[Slot], meant: Meanings, about: Sequence[int]) -> list[int]:
    """What the note is about stands above its text; then comes what the text mentions, in its order."""
    mentioned = [meant.get(reference.raw, []) for reference in references(slots)]
    return list(dict.fromkeys([*about, *(papers[0].pk for papers in mentioned if len(papers) == 1)]))


def _set(ids: Sequence[int], known: dict[int, Reference], eyes: Eyes) -> SafeString:
    found = [known[pk] for pk in ids[:MOST] if pk in known]
    context = {"references": found, "left_out": len(ids[MOST:]), "on_site": eyes.on_site}
    return render_to_string("notes/_cite.html", context)
