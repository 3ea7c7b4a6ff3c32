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


@dataclass(slots=True)
class Sentence:
    """`marks` are the places of the words that refer to the paper."""

    text: str
    marks: set[tuple[int, int]] = field(default_factory=set)

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The sentence in pieces, each with whether it is one of those words."""
        found, place = [], 0
        for start, end in sorted(self.marks):
            if start >= place:
                found += [(self.text[place:start], False), (self.text[start:end], True)]
                place = end
        return [part for part in (*found, (self.text[place:], False)) if part[0]]


@dataclass(frozen=True, slots=True)
class Mention:
    note: Note
    sentences: list[Sentence] = field(default_factory=list)

    def add(self, kept: str) -> None:
        """A sentence that refers twice stands here once."""
        before, _mark, rest = kept.partition(MARKED)
        words, _mark, after = rest.partition(UNMARKED)
        text = before + words + after
        sentence = next((each for each in self.sentences if each.text == text), None)
        if sentence is None and text and len(self.sentences) < MOST_SENTENCES:
            sentence = Sentence(text)
            self.sentences.append(sentence)
        if sentence and words:
            sentence.marks.add((len(before), len(before) + len(words)))


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
        mentions.setdefault(link.note_id, Mention(link.note)).add(link.sentence)
    return list(mentions.values())[:MOST_NOTES]
