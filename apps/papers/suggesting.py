"""What the search box offers while somebody types: papers by title and name, and what papers can be narrowed by."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Model, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from apps.papers.models import Paper, PaperName
from apps.papers.models.paper import TITLE_START
from apps.papers.querysets import starting
from apps.papers.titles import title_key
from apps.search.language.fields import known
from apps.search.words import has_han
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias, Author, BaseLLM, Organisation, Tag, TuningType, Venue

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django_stubs_ext import StrPromise

MOST, OF_A_KIND, FEWEST_LETTERS = 10, 4, 3
_LONGEST, _ALIASES, _READ = 200, 20, 40
_NAMED = re.compile(r"(?:^|[\s(（-])([a-zA-Z]{2,10}|[\u4e00-\u9fff]{2})[:：]=?[\"“「]?([^\"“”「」()（）:：]*)$")
_LAST = re.compile(r"[^\s()（）\"“”「」、，,]+$")
_AUTHOR = "author"


class Kind(NamedTuple):
    """A part of the vocabulary that is small enough to be read through."""

    model: type[Model]
    spelling: str
    title: StrPromise


_KINDS = {
    "venue": Kind(Venue, "venue", _("Venue")),
    "llm": Kind(BaseLLM, "llm", _("Base LLM")),
    "tag": Kind(Tag, "tag", _("Tag")),
    "tuning": Kind(TuningType, "tuning", _("Tuning type")),
    "org": Kind(Organisation, "organisation", _("Organisation")),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Either a page to open (`address`), or a facet with a value, which stands for what was typed from `start` on."""

    kind: str
    label: str
    detail: str = ""
    address: str = ""
    name: str = ""
    value: str = ""
    start: int = 0


def suggest(text: str, user: User | AnonymousUser) -> list[Suggestion]:
    """Everybody who may read the papers may read what is offered here; `user` is for what will not be so."""
    text = text[:_LONGEST]
    named = _NAMED.search(text)
    name = known(named[1]) if named else ""
    if not (named and name):
        return list(dict.fromkeys(islice(_anything(text), MOST)))
    found = _papers(named[2]) if name == "title" else _terms(named[2], named.start(1), [name])
    return [*islice(found, MOST)]


def _anything(text: str) -> Iterator[Suggestion]:
    """By all that was typed, then by its last word."""
    if _enough(text):
        yield from _papers(text)
    last = _LAST.search(text)
    for start in dict.fromkeys((len(text) - len(text.lstrip()), last.start() if last else 0)):
        if _enough(text[start:]):
            yield from _terms(text[start:], start, [_AUTHOR, *_KINDS])


def _enough(typed: str) -> bool:
    """Three letters, or one Chinese character."""
    return has_han(typed) or len(title_key(typed)) >= FEWEST_LETTERS


def _papers(typed: str) -> Iterator[Suggestion]:
    for paper in dict.fromkeys(islice(_found(typed), OF_A_KIND)):
        detail = " · ".join(filter(None, (paper.title_zh, str(paper.year or ""))))
        yield Suggestion(str(_("Paper")), paper.title, detail, paper.get_absolute_url())


def _found(typed: str) -> Iterator[Paper]:
    name, title = fold(typed), title_key(typed)
    papers = Paper.objects.only("title", "title_zh", "year")
    if name:
        names = PaperName.objects.filter(starting("key", name)).order_by("key").values_list("paper_id", flat=True)
        yield from papers.in_order([*dict.fromkeys(names[:OF_A_KIND])])
    if title:
        # The index knows the first letters of a title; what is longer is compared after it.
        column = "title_key" if len(title) > TITLE_START else "title_start"
        yield from papers.filter(starting(column, title)).order_by(column)[:OF_A_KIND]
        yield from papers.filter(starting("title_zh_key", title)).order_by("title_zh_key")[:OF_A_KIND]


def _terms(typed: str, start: int, names: Iterable[str]) -> Iterator[Suggestion]:
    key = fold(typed)
    spelled = _spelled(key)
    for name in names if key else ():
        if name == _AUTHOR:
            title, entries = _("Author"), _authors(key)
        elif kind := _KINDS.get(name):
            title, entries = kind.title, _entries(kind, key, typed.strip(), spelled[kind.spelling])
        else:
            continue
        for entry in entries:
            label = entry.label()
            detail = "" if label == entry.name else entry.name
            yield Suggestion(str(title), label, detail, name=name, value=entry.slug, start=start)


def _authors(key: str) -> list[Any]:
    """They are very many, so only beginnings are asked for, which the index knows."""
    return [*Author.objects.filter(starting("key", key)).order_by("key")[:OF_A_KIND]]


def _spelled(key: str) -> dict[str, set[int]]:
    """Whose other spellings begin so, by their kind."""
    found: dict[str, set[int]] = defaultdict(set)
    kinds = [kind.spelling for kind in _KINDS.values()]
    columns = [f"{kind}_id" for kind in kinds]
    for row in (
        Alias.objects.filter(starting("key", key), kind__in=kinds).order_by("key").values_list(*columns)[:_ALIASES]
    ):
        for kind, pk in zip(kinds, row, strict=True):
            found[kind] |= {pk} - {None}
    return found


def _entries(kind: Kind, key: str, typed: str, spelled: set[int]) -> list[Any]:
    """Those that begin so first, then those that are also spelled so or hold it within, short ones before long ones."""
    wanted = Q(key__contains=key) | Q(pk__in=spelled)
    if has_han(typed) and hasattr(kind.model, "name_zh"):
        wanted |= Q(name_zh__contains=typed)
    found: list[Any] = [*kind.model._default_manager.filter(wanted).order_by(Length("name"), "name")[:_READ]]
    return sorted(found, key=lambda entry: not entry.key.startswith(key))[:OF_A_KIND]
