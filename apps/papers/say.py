"""A person's word on a paper: it beats every other, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from apps.core.locks import LIBRARY, lock
from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def person_source(user: User) -> Source:
    return Source.objects.get_or_create(kind=Source.Kind.PERSON, user=user, defaults={"title": user.get_username()})[0]


@transaction.atomic
def say(*, paper: Paper, user: User, values: Mapping[str, str]) -> None:
    """Write what `user` says of the paper's fields and choose anew. `""` says: there is no value.

    The fields are those of Statement; for lists of things the raw word is one cell: "names" and "links" are JSON
    (["P5"], [["code", "https://...", "Python"]]), organisations, tags and authors are separated by "、" or ";".
    """
    # An import that chooses at the same moment has not seen this word, and would write over it.
    lock(LIBRARY)
    source = person_source(user)
    Statement.objects.filter(source=source, paper=paper, field__in=values).delete()
    Statement.objects.bulk_create(
        Statement(source=source, paper=paper, field=field, raw=raw) for field, raw in values.items()
    )
    choose([paper.pk])
    _tell(paper, values, user)


@transaction.atomic
def unsay(*, paper: Paper, fields: Iterable[str]) -> None:
    """Take back what people said of these fields: the documents' words count again."""
    lock(LIBRARY)
    fields = list(fields)
    Statement.objects.filter(source__kind=Source.Kind.PERSON, paper=paper, field__in=fields).delete()
    choose([paper.pk])
    _tell(paper, fields, None)


def _tell(paper: Paper, fields: Iterable[str], user: User | None) -> None:
    """Another arXiv id: what is said there of this paper is to be fetched (ARXIV_ID_SAID)."""
    if "arxiv_id" in fields:
        for path in settings.ARXIV_ID_SAID:
            import_string(path)([paper.pk], user=user)


def take(*, statement: Statement, user: User) -> None:
    """A person takes one source's word as right."""
    say(paper=statement.paper, user=user, values={statement.field: statement.raw})
