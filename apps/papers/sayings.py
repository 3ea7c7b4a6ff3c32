"""Who says what about a paper: every statement by field, which one holds, and where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.prepared import Prepared
from apps.papers.choose import word_of
from apps.papers.models import Paper, Review, Source, Statement
from apps.papers.word import ranked, standing

LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "title_zh": _("Chinese title"),
    "name": _("Short name"),
    "names": _("Short names"),
    "authors": _("Authors"),
    "organisations": _("Organisations"),
    "venue": _("Venue"),
    "published": _("Published"),
    "year": _("Year"),
    "arxiv_id": _("arXiv id"),
    "arxiv_version": _("arXiv version"),
    "doi": _("DOI"),
    "openreview_id": _("OpenReview id"),
    "url": _("Address"),
    "pdf_url": _("PDF"),
    "status": _("Status"),
    "summary": pgettext_lazy("of a paper", "Summary"),
    "summary_zh": _("Chinese summary"),
    "abstract": _("Abstract"),
    "abstract_zh": _("Chinese abstract"),
    "key_technique": _("Key technique"),
    "reading_focus": _("Reading focus"),
    "tags": _("Tags"),
    "category": _("arXiv categories"),
    "links": _("Links"),
    "link:code": _("Code"),
    "link:project": _("Project"),
    "link:data": _("Data"),
    "link:pdf": _("PDF"),
    "link:slides": _("Slides"),
    "link:figure": _("Figure"),
}
_ORDER = {name: place for place, name in enumerate(LABELS)}
# Of these a paper has as many as were named, so no word is chosen over another.
_GATHERED = ("name", "tags", "category", "link:")


@dataclass(frozen=True, slots=True)
class Said:
    """One source's word."""

    id: int
    raw: str
    source: Source
    line: int
    cut: bool
    chosen: bool
    takeable: bool


@dataclass(frozen=True, slots=True)
class FieldSayings:
    """All words on one field, the one that holds first."""

    field: str
    label: str | Promise
    words: tuple[Said, ...]
    disagree: bool


_STATEMENTS = Prepared(lambda paper: Statement.objects.filter(paper=paper).select_related("source").order_by("id"))


def sayings(paper: Paper, open_questions: Iterable[Review]) -> list[FieldSayings]:
    """One query, however much was said."""
    statements = _STATEMENTS(paper.pk)
    disagreeing = {review.field for review in open_questions if review.kind == Review.Kind.DISAGREE}
    by_field: dict[str, list[Statement]] = {}
    for statement in statements:
        by_field.setdefault(statement.field, []).append(statement)
    names = sorted(by_field, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
    stand = {word.id for word in standing(map(word_of, statements))}
    return [_of_field(name, by_field[name], stand, name in disagreeing) for name in names]


def _of_field(name: str, statements: Iterable[Statement], stand: set[int], disagree: bool) -> FieldSayings:
    by_id = {statement.pk: statement for statement in statements}
    order = [word.id for word in ranked(word_of(each) for pk, each in by_id.items() if pk in stand)]
    holds = order[:1]
    order += [pk for pk in by_id if pk not in order]  # taken back by a later edition, or said of another paper
    gathered = name.startswith(_GATHERED)
    best = by_id[holds[0]] if holds else None
    words = tuple(
        Said(
            id=pk,
            raw=by_id[pk].raw,
            source=by_id[pk].source,
            line=by_id[pk].line,
            cut=by_id[pk].cut,
            chosen=not gathered and best is not None and pk == best.pk,
            takeable=not gathered and (best is None or by_id[pk].raw != best.raw),
        )
        for pk in order
    )
    return FieldSayings(name, LABELS.get(name, name), words, disagree)
