"""Write down what a person should look at: sources that disagree, facts in doubt, ids that two papers claim."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from apps.papers.chosen import IDS, Chosen
from apps.papers.doubts import code_is_of_another_paper, date_contradicts_id
from apps.papers.models import Paper, Review
from apps.papers.titles import title_key

# The questions that are raised here. A merge that an import proposes may have the reason "contested-title" as well.
_BY_RULE = Q(reason__in=["field", "date-month", "code-other-paper", "id-conflict"]) | Q(
    kind=Review.Kind.DOUBT, reason="contested-title"
)

AT_ONCE = 100


def raise_reviews(papers: list[Paper], decided: dict[int, Chosen], taken: dict[tuple[str, str], int]) -> None:
    """Open what is new, close (by deleting) what has resolved itself; what a person decided stays decided."""
    wanted = {review.key: review for paper in papers for review in _found(paper, decided[paper.pk], taken)}
    known = Review.objects.filter(_BY_RULE, paper__in=papers)
    stale, changed = [], []
    for review in known:
        fresh = wanted.pop(review.key, None)
        if fresh is None:
            if review.state == Review.State.OPEN:
                stale.append(review.pk)
        elif review.detail != fresh.detail and review.state == Review.State.OPEN:
            review.detail = fresh.detail
            changed.append(review)
    Review.objects.bulk_update(changed, ["detail"], batch_size=AT_ONCE)
    Review.objects.filter(pk__in=stale).delete()
    Review.objects.bulk_create(wanted.values(), ignore_conflicts=True)


def _found(paper: Paper, said: Chosen, taken: dict[tuple[str, str], int]) -> Iterator[Review]:
    for name, words in said.disagree.items():
        yield Review(
            kind=Review.Kind.DISAGREE,
            reason="field",
            paper=paper,
            field=name,
            detail={"words": words},
            key=f"field:{paper.pk}:{name}",
        )
    if not said.dated_by_arxiv and date_contradicts_id(paper.published, paper.precision, paper.arxiv_id):
        yield _doubt(paper, "date-month", "published", {"date": paper.published_text, "arxiv_id": paper.arxiv_id})
    if said.contested:
        yield _doubt(paper, "contested-title", "title", {"title": said.contested, "name": paper.title})
    for kind, url, _label in said.links:
        if kind == "code" and code_is_of_another_paper(url, paper.title):
            yield _doubt(paper, "code-other-paper", "links", {"url": url})
    for name in IDS:
        value = str(said.values[name] or "")
        if value and (owner := taken[name, value]) != paper.pk:
            yield Review(
                kind=Review.Kind.MERGE,
                reason="id-conflict",
                paper=paper,
                other_id=owner,
                field=name,
                detail={"id": value},
                key=f"id-conflict:{paper.pk}:{owner}:{name}",
            )


def _doubt(paper: Paper, reason: str, field: str, detail: dict[str, object]) -> Review:
    tails = {
        "date-month": f"{detail.get('date')}:{detail.get('arxiv_id')}",
        "code-other-paper": detail.get("url"),
        "contested-title": title_key(str(detail.get("title"))),
    }
    return Review(
        kind=Review.Kind.DOUBT,
        reason=reason,
        paper=paper,
        field=field,
        detail=detail,
        key=f"{reason}:{paper.pk}:{tails[reason]}"[:200],
    )
