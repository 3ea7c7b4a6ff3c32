"""The similar papers that a paper's page shows, each with the reasons in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.core.prepared import Prepared
from apps.papers.facets.kept import names_now, terms
from apps.papers.models import Classification, Paper
from apps.papers.querysets import among
from apps.papers.similar.features import AUTHOR, PLACE, TOGETHER, WORD
from apps.papers.similar.scoring import Like, similar_to
from apps.papers.similar.spelling import spelled
from apps.search.index.live import NotReady, index
from apps.search.tokens import terms as spoken_terms
from apps.vocabulary.models import BaseLLM, Tag, TuningType, Venue

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

SHOWN = 8
MOST_NAMES = 4  # of one kind of reason
_SHOWN = ("title", "title_zh", "by_machine", "published", "precision", "year")
_TEXTS = ("title", "title_zh", "summary", "summary_zh", "key_technique", "reading_focus", "abstract", "abstract_zh")
_PAPERS = Prepared(lambda ids: Paper.objects.filter(among("pk", ids)).order_by().only(*_SHOWN))
_OWN = Prepared(lambda paper: Paper.objects.filter(pk=paper).order_by().values_list(*_TEXTS))
_ROWS = Prepared(
    lambda paper: Classification.objects.filter(paper_id=paper).order_by()
    .values_list("name", "note", "llm_raw", "section__title")
)  # fmt: skip
_MODELS: dict[str, type[Model]] = {"llm": BaseLLM, "tuning": TuningType, "tag": Tag, "venue": Venue}


@dataclass(frozen=True, slots=True)
class Similar:
    """One line of the section."""

    paper: Paper
    reasons: list[str]


def similar_papers(paper: int, user: User | AnonymousUser) -> list[Similar]:
    """None while there is no index."""
    try:
        with index().reading() as view:
            likes = similar_to(view, paper, user, most=SHOWN)
    except NotReady:
        return []
    papers = {each.pk: each for each in _PAPERS([like.paper for like in likes])} if likes else {}
    said = _Reasons(paper) if papers else None
    return [Similar(papers[like.paper], said.of(like)) for like in likes if said and like.paper in papers]


class _Reasons:
    """In the reader's language; names and texts are asked for once, for all the lines."""

    def __init__(self, paper: int) -> None:
        self.texts = [text for asked in (_OWN, _ROWS) for row in asked(paper) for text in row]
        self.names = names_now()

    def of(self, like: Like) -> list[str]:
        """The weightiest first."""
        values: dict[str, list[str]] = defaultdict(list)
        weights: dict[str, int] = defaultdict(int)
        for each in sorted(like.shared, key=lambda each: -each.weight):
            values[each.kind].append(each.value)
            weights[each.kind] += each.weight
        _say_once(values)
        said = {kind: self._said(kind, each) for kind, each in values.items() if kind != WORD}
        # What an LLM or a tag is called stands in the texts of most papers that have it.
        named = spoken_terms(" ".join(said.values()))
        if words := [word for word in values.get(WORD, ()) if word not in named]:
            said[WORD] = _("words: %(words)s") % {"words": _listed(spelled(words, self.texts))}
        return [said[kind] for kind in sorted(said, key=lambda kind: (-weights[kind], kind))]

    def _said(self, kind: str, values: list[str]) -> str:
        number = len(values)
        if kind in settings.PAPER_COMPANIONS:
            return str(import_string(kind)().said(number))
        if kind == AUTHOR:
            return ngettext("one author in common", "%(number)s authors in common", number) % {"number": number}
        if kind == "list":
            return ngettext("same list", "%(number)s lists in common", number) % {"number": number}
        if kind == TOGETHER:
            return _listed(" + ".join(self._pair(value)) for value in values)
        if kind == PLACE:
            venue, _blank, year = values[0].partition(" ")
            return f"{self._name('venue', venue)} {year}"
        return _NAMED[kind](number) % {"names": _listed(self._name(kind, value) for value in values)}

    def _pair(self, value: str) -> Iterable[str]:
        return (self._name(kind, key) for kind, key in zip(("llm", "tuning"), value.split(":"), strict=True))

    def _name(self, kind: str, key: str) -> str:
        model = _MODELS[kind]
        value: Any = terms(model, kind, self.names).values.get(int(key))
        return value.label if value else key


_NAMED: Mapping[str, Callable[[int], str]] = {
    "llm": lambda number: _("LLM: %(names)s"),
    "tuning": lambda number: _("tuning: %(names)s"),
    "tag": lambda number: ngettext("tag: %(names)s", "tags: %(names)s", number),
}


def _say_once(values: dict[str, list[str]]) -> None:
    """An LLM and a tuning type that are named together are not named alone."""
    for place, kind in enumerate(("llm", "tuning")):
        together = {pair.split(":")[place] for pair in values.get(TOGETHER, ())}
        values[kind] = [value for value in values.get(kind, ()) if value not in together]
        if not values[kind]:
            del values[kind]


def _listed(names: Iterable[str]) -> str:
    return pgettext("between words", ", ").join([*names][:MOST_NAMES])
