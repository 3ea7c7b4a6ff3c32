"""Who speaks of a paper: the notes that refer to it, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from apps.notes.links import MARKED, UNMARKED
from apps.notes.models import Note, NoteLink
from apps.papers.models import Paper
from apps.papers.naming import keys_of, named

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

MOST_NOTES, MOST_SENTENCES = 50, 3
_MOST_LINKS = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """`words` are those of the reference."""

    before: str
    words: str = ""
    after: str = ""

    @classmethod
    def of(cls, kept: str) -> Sentence:
        before, _mark, rest = kept.partition(MARKED)
        words, _mark, after = rest.partition(UNMARKED)
        return cls(before, words, after)


@dataclass(frozen=True, slots=True)
class Mention:
    note: Note
    sentences: list[Sentence] = field(default_factory=list)


def mentions_of(paper: Paper, user: User | AnonymousUser) -> list[Mention]:
    """By notes that the person may read and that are not about the paper itself, the newest first."""
    notes = Note.objects.visible_to(user).exclude(papers=paper)
    links = NoteLink.objects.filter(note__in=notes.order_by().values("pk")).select_related("note__author")
    links = links.defer("note__body", "note__search_text").order_by("-note__changed", "-note_id", "position")
    found = [*links.filter(paper=paper)[:_MOST_LINKS], *_waiting(links, paper)]
    found.sort(key=lambda link: (link.note.changed, link.note_id, -link.position), reverse=True)
    return _by_note(found)


def _waiting(links: QuerySet[NoteLink], paper: Paper) -> list[NoteLink]:
    """References that were written before the paper came."""
    found = list(links.filter(paper__isnull=True, key__in=keys_of(paper))[:_MOST_LINKS])
    meant = named(link.raw for link in found) if found else {}
    return [link for link in found if [each.pk for each in meant.get(link.raw, ())] == [paper.pk]]


def _by_note(links: Iterable[NoteLink]) -> list[Mention]:
    mentions: dict[int, Mention] = {}
    for link in links:
        mention = mentions.setdefault(link.note_id, Mention(link.note))
        sentence = Sentence.of(link.sentence)
        said = {(each.before, each.words, each.after) for each in mention.sentences}
        if link.sentence and len(said) < MOST_SENTENCES and (sentence.before, sentence.words, sentence.after) not in said:
            mention.sentences.append(sentence)
    return list(mentions.values())[:MOST_NOTES]
