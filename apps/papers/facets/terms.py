"""Facets over the flat parts of the vocabulary: tags, organisations, categories, authors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.papers.facets.base import Facet, Option, Read, Value, flat
from apps.papers.facets.kept import Terms, terms
from apps.papers.models import Authorship, Paper
from apps.vocabulary.folding import fold
from apps.vocabulary.models import ArxivCategory, Author, Organisation, Tag
from apps.vocabulary.resolve import authors_by_name

if TYPE_CHECKING:
    from apps.papers.facets.choosing import Asked


class TermFacet(Facet):
    """A facet over one model of the vocabulary; a slug is understood, and any spelling of exactly one entry."""

    model: type[Model]
    kind = ""  # of its aliases

    @cached_property
    def terms(self) -> Terms:
        return terms(self.model, self.kind, self.names)

    @property
    def values(self) -> dict[int, Value]:
        return self.terms.values

    def read(self, raw: list[str]) -> Read:
        found, wrong = [], []
        for text in raw:
            value = self.terms.by_slug.get(text)
            if value is None and len(pks := self.terms.spellings.get(fold(text), set())) == 1:
                value = self.values[next(iter(pks))]
            found.append(value) if value else wrong.append(text)
        return Read(tuple(dict.fromkeys(found)), tuple(wrong))

    def options(self, counts: Mapping[Any, int], asked: Asked) -> list[Option]:
        return flat(self.values, counts, asked.of(self))


class Tags(TermFacet):
    name, title, model, kind = "tag", _("Tag"), Tag, "tag"

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.tags.through._default_manager.all(), "paper_id", "tag_id"


class Organisations(TermFacet):
    name, title, model, kind = "org", _("Organisation"), Organisation, "organisation"

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.organisations.through._default_manager.all(), "paper_id", "organisation_id"


class Categories(TermFacet):
    name, title, model = "category", _("arXiv category"), ArxivCategory

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Paper.categories.through._default_manager.all(), "paper_id", "arxivcategory_id"


class Authors(Facet):
    """Authors are too many to be loaded or offered, so they are asked for by name."""

    name, title, offered = "author", _("Author"), False

    def read(self, raw: list[str]) -> Read:
        by_slug = {author.slug: author for author in Author.objects.filter(slug__in=raw)}
        by_name = authors_by_name([text for text in raw if text not in by_slug])
        found = [by_slug.get(text) or by_name.get(text) for text in raw]
        values = [Value(author.slug, author.label(), author.pk) for author in found if author]
        wrong = [text for text, author in zip(raw, found, strict=True) if author is None]
        return Read(tuple(dict.fromkeys(values)), tuple(wrong))

    def pairs(self, asked: Asked) -> tuple[QuerySet[Any, Any], str, str]:
        return Authorship.objects.all(), "paper_id", "author_id"
