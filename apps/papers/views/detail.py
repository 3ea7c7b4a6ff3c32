"""One paper, and the addresses that lead to it: by number, arXiv id and DOI."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.papers.citing import citations
from apps.papers.finding import kept_of, paper_of
from apps.papers.happenings import happenings
from apps.papers.identifiers import Identity, find, parse_arxiv
from apps.papers.models import Paper, Review
from apps.papers.page import open_questions, paper_for_page
from apps.papers.reasons import sentence
from apps.papers.sayings import sayings

_ELSEWHERE = (Review.Kind.LINE, Review.Kind.PROPOSAL)  # questions that stand in other places


@readable
@require_safe
def paper_detail(request: HttpRequest, paper_id: int, slug: str = "") -> HttpResponse:
    paper = paper_for_page(paper_id)
    if paper is None:
        return _elsewhere(paper_id)
    if slug != paper.slug:
        return redirect(paper)
    authors = [place.author for place in paper.authorships.all()]
    reviews = open_questions(paper)
    # Who said and did what is the team's own business: it names people.
    member = request.user.is_authenticated
    said = sayings(paper, reviews) if member else []
    context = {
        "paper": paper,
        "authors": authors,
        "rows": paper.rows.all(),
        "doubts": [sentence(review) for review in reviews if review.kind not in _ELSEWHERE],
        "sayings": said,
        "disagree": any(field.disagree for field in said),
        "happenings": happenings(paper) if member else [],
        "citations": citations(paper, [author.name for author in authors]),
    }
    return render(request, "papers/paper_detail.html", context)


@readable
@require_safe
def paper_citation(request: HttpRequest, paper_id: int, slug: str) -> HttpResponse:
    """One citation as a file, for programs that manage references."""
    endings = {"bibtex": "bib", "ris": "ris", "csl": "csl.json", "markdown": "md"}
    paper = Paper.objects.select_related("venue").prefetch_related("authorships__author").filter(pk=paper_id).first()
    if paper is None or slug not in endings:
        raise Http404
    names = [place.author.name for place in paper.authorships.all()]
    text = next(citation.text for citation in citations(paper, names) if citation.slug == slug)
    name = f"{paper.slug}.{endings[slug]}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Content-Disposition": disposition})


@readable
@require_safe
def arxiv_redirect(request: HttpRequest, arxiv_id: str) -> HttpResponse:
    return _by_id(request, parse_arxiv(arxiv_id), f"arXiv:{arxiv_id}")


@readable
@require_safe
def doi_redirect(request: HttpRequest, doi: str) -> HttpResponse:
    return _by_id(request, find(doi), doi)


def _by_id(request: HttpRequest, identity: Identity | None, text: str) -> HttpResponse:
    """The paper with this id; where there is none, the offer to add it."""
    if identity and (paper := paper_of(identity)):
        return redirect(paper)
    context = {"text": text[:300], "can_be_added": bool(identity)}
    return render(request, "papers/paper_missing.html", context, status=404)


def _elsewhere(paper_id: int) -> HttpResponseRedirect:
    """The paper that this record was merged into."""
    if kept := kept_of(paper_id):
        return HttpResponseRedirect(kept.get_absolute_url())
    raise Http404
