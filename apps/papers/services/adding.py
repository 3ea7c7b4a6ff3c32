"""Add a paper by what a person typed: an arXiv id, a DOI or an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from apps.core.locks import LIBRARY, lock
from apps.papers.finding import identity_of, paper_of
from apps.papers.identifiers import Identity, clean_url
from apps.papers.models import Paper
from apps.papers.say import say

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NothingToAdd(ValueError):
    """The text names no paper."""


@dataclass(frozen=True, slots=True)
class Added:
    """The paper, and whether it is new here."""

    paper: Paper
    new: bool


def add_paper(*, text: str, user: User) -> Added:
    """The paper that the text names; made where we do not have it yet, with metadata pending if arXiv can be asked."""
    said = _said(text)
    if known := _known(said):
        return Added(known, new=False)
    try:
        return Added(_make(said, user), new=True)
    except IntegrityError:  # somebody else added it at this moment
        if known := _known(said):
            return Added(known, new=False)
        raise


def _said(text: str) -> dict[str, str]:
    """What the text says, as fields of a paper."""
    identity = identity_of(text)
    said = {name: getattr(identity, name) for name in ("arxiv_id", "doi", "openreview_id") if getattr(identity, name)}
    url = clean_url(text)
    if url and not identity.arxiv_id:
        said["url"] = url
    if not said:
        raise NothingToAdd(text)
    return said


def _known(said: dict[str, str]) -> Paper | None:
    identity = Identity(said.get("arxiv_id", ""), None, said.get("doi", ""), said.get("openreview_id", ""))
    if found := paper_of(identity):
        return found
    return Paper.objects.filter(url=said["url"]).order_by("pk").first() if "url" in said else None


@transaction.atomic
def _make(said: dict[str, str], user: User) -> Paper:
    lock(LIBRARY)  # before the row: an import that holds it may be about to make the same paper
    ids = {name: value for name, value in said.items() if name != "url"}
    title = f"arXiv:{said['arxiv_id']}" if "arxiv_id" in said else said.get("doi") or said.get("url") or "?"
    metadata = Paper.Metadata.PENDING if "arxiv_id" in said else Paper.Metadata.NONE
    paper = Paper.objects.create(title=title, metadata=metadata, **ids)
    say(paper=paper, user=user, values=said)
    return Paper.objects.get(pk=paper.pk)
