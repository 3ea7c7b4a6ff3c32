"""Who speaks of a paper: the notes that refer to it, each with its sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from apps.core.prepared import Prepared
from apps.notes.links import MARKED, UNMARKED
from apps.notes.models import Note, NoteLink, NoteQuerySet
from apps.papers.models import Paper
from apps.papers.naming import keys_of, named
from apps.papers.querysets import among_texts

MOST_NOTES, MOST_SENTENCES = 50, 3
_MOST_LINKS = 500
_TEXTS = ("body", "search_text")


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


@dataclass(frozen=True, slots=True)
class Mentions:
    """`number` of the notes, of which the newest are `shown`."""

    shown: list[Mention]
    number: int

    @property
    def left_out(self) -> int:
        return self.number - len(self.shown)


def mentions_of(paper: Paper, user: User | AnonymousUser) -> Mentions:
    """By notes that the person may read and that are not about the paper itself, the newest first."""
    waiting = _waiting(paper, user)
    if not (waiting or (_LINKED.one(paper.pk, user.pk) if user.is_authenticated else _LINKED_BY_TEAM.one(paper.pk))):
        return Mentions([], 0)
    links = NoteLink.objects.filter(Q(paper=paper) | Q(pk__in=waiting))
    speaking = _others(paper.pk, user).filter(pk__in=links.values("note")).order_by("-changed", "-pk")
    shown = {note.pk: Mention(note) for note in speaking.select_related("author").defer(*_TEXTS)[:MOST_NOTES]}
    for note_id, sentence in _sentences(links, shown):
        shown[note_id].add(sentence)
    return Mentions([*shown.values()], speaking.count() if len(shown) == MOST_NOTES else len(shown))


def _others(paper: int, user: User | AnonymousUser) -> NoteQuerySet:
    return Note.objects.visible_to(user).exclude(papers=paper)


def _references(paper: int, user: User | AnonymousUser, keys: list[str]) -> QuerySet[NoteLink, tuple[int, str]]:
    waiting = NoteLink.objects.filter(note__in=_others(paper, user).order_by().values("pk"), paper__isnull=True)
    return waiting.filter(among_texts("key", keys)).order_by("-pk").values_list("pk", "raw")[:_MOST_LINKS]


def _linked(paper: int, user: User | AnonymousUser) -> QuerySet[NoteLink, tuple[int]]:
    notes = _others(paper, user).order_by().values("pk")
    return NoteLink.objects.filter(note__in=notes, paper=paper).order_by().values_list("pk")[:1]


# Of most papers nobody speaks, which is found by two quick questions.
_LINKED = Prepared(lambda paper, user: _linked(paper, User(pk=user)))
_LINKED_BY_TEAM = Prepared(lambda paper: _linked(paper, AnonymousUser()))
_REFERENCES = Prepared(lambda paper, user, keys: _references(paper, User(pk=user), keys))
_REFERENCES_OF_TEAM = Prepared(lambda paper, keys: _references(paper, AnonymousUser(), keys))


def _waiting(paper: Paper, user: User | AnonymousUser) -> list[int]:
    """References that were written before the paper came."""
    keys = sorted(keys_of(paper))
    found = dict(_REFERENCES(paper.pk, user.pk, keys) if user.is_authenticated else _REFERENCES_OF_TEAM(paper.pk, keys))
    meant = named(found.values()) if found else {}
    return [pk for pk, raw in found.items() if [each.pk for each in meant.get(raw, ())] == [paper.pk]]


def _sentences(links: QuerySet[NoteLink], notes: Collection[int]) -> Iterable[tuple[int, str]]:
    """The first of each note first: one that refers a thousand times leaves room for the others."""
    found = links.filter(note__in=notes).order_by("position", "note") if notes else links.none()
    return found.values_list("note_id", "sentence")[:_MOST_LINKS]
