"""What a person may answer to a question about a fact, and what each answer says of the paper."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.papers.dates import parse_date
from apps.papers.identifiers import arxiv_month, clean_url, find, parse_arxiv
from apps.papers.models import Paper, PaperLink, Review, Source
from apps.papers.proposals import label_of, values_of
from apps.papers.titles import clean_title

MOST = 2000  # characters of what a person types


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: `action` is what it posts."""

    action: str
    label: str


def answers(review: Review, speakers: Collection[str] = ()) -> list[Answer]:
    """The ready answers to a doubt, besides keeping it as it is and typing the right value. `speakers`: the kinds of
    sources that have a word on it."""
    if review.kind == Review.Kind.PROPOSAL:
        return [Answer("accept", _("Take it: %(what)s") % {"what": label_of(review)})]
    if review.kind == Review.Kind.DISAGREE and review.field == "title" and Source.Kind.ARXIV in speakers:
        has_id = review.paper is not None and review.paper.arxiv_id
        return [Answer("remove-id", _("The link is wrong: remove the arXiv id"))] if has_id else []
    if review.reason == "date-month":
        month = _month(review)
        shown = [Answer("month", _("Take the month of the id: %(month)s") % {"month": month})] if month else []
        return [*shown, Answer("remove", _("Remove the date")), Answer("remove-id", _("Remove the arXiv id"))]
    if review.reason == "code-other-paper":
        return [Answer("remove", _("Remove the link"))]
    if review.reason == "contested-title":
        return [Answer("heading", _("It is the title: take it"))]
    return []


def answer(review: Review, action: str, text: str = "") -> dict[str, str]:
    """The person's word that an answer means; a ValidationError says what is wrong with what was typed."""
    paper = review.paper
    if paper is None:
        raise ValidationError(_("The paper is not there any more."))
    if review.kind == Review.Kind.PROPOSAL and action == "accept" and (values := values_of(review)):
        return values
    if action == "type":
        return _typed(review, paper, text)
    if action == "remove" and review.reason == "code-other-paper":
        return {"links": _links(paper, str(review.detail.get("url", "")), "")}
    if action == "remove" and review.field:
        return {review.field: ""}
    if action == "month" and (month := _month(review)):
        return {"published": month}
    if action == "remove-id" and paper.arxiv_id:
        return _without_arxiv(paper)
    if action == "heading" and review.detail.get("title"):
        return {"title": clean_title(str(review.detail["title"]))}
    raise ValidationError(_("This is no answer to the question."))


def _month(review: Review) -> str:
    month = arxiv_month(str(review.detail.get("arxiv_id", "")))
    return f"{month[0]}-{month[1]:02}" if month else ""


def _without_arxiv(paper: Paper) -> dict[str, str]:
    """The id, and the addresses that are made of it."""
    values = {"arxiv_id": ""}
    for name in ("url", "pdf_url"):
        if paper.arxiv_id and paper.arxiv_id in getattr(paper, name):
            values[name] = ""
    return values


def _links(paper: Paper, wrong: str, right: str) -> str:
    """All links of the paper as a person says them: the wrong one replaced, or left out."""
    said = []
    for link in PaperLink.objects.filter(paper=paper):
        url = right if link.url == wrong else link.url
        if url:
            said.append([link.kind, url, link.label])
    return json.dumps(said, ensure_ascii=False)


def _typed(review: Review, paper: Paper, text: str) -> dict[str, str]:
    text = " ".join(text.replace("\x00", "").split())
    if not text or len(text) > MOST:
        raise ValidationError(_("Type the right value."))
    if review.reason == "code-other-paper":
        if not (url := clean_url(text)):
            raise ValidationError(_("This is no web address."))
        return {"links": _links(paper, str(review.detail.get("url", "")), url)}
    return {review.field: _fit(review.field, text)}


def _fit(field: str, text: str) -> str:
    """The value as the field wants it."""
    if field == "published":
        if parse_date(text) is None:
            raise ValidationError(_("This is no date. Write 2023, 2023-05 or 2023-05-17."))
        return text
    if field == "arxiv_id":
        found = (parse_arxiv(text) or find(text)).arxiv_id
    elif field in {"doi", "openreview_id"}:
        found = getattr(find(text), field)
    else:
        found = clean_title(text) if field == "title" else text
    if not found:
        raise ValidationError(_("This is not what the field holds: %(text)s") % {"text": text})
    return str(found)
