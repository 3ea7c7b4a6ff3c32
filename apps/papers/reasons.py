"""Why a fact is in doubt, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.papers.models import Review
from apps.papers.proposals import label_of


def sentence(review: Review) -> str:
    """What a reader should know of an open question."""
    detail = {key: str(value) for key, value in review.detail.items()}
    if review.reason == "date-month":
        return _(
            "The date %(date)s does not fit the arXiv id %(arxiv_id)s, which was given out in another month: "
            "the date is wrong, or the link leads to another paper."
        ) % {"date": detail.get("date", ""), "arxiv_id": detail.get("arxiv_id", "")}
    if review.reason == "code-other-paper":
        return _("The code link seems to belong to another paper: %(url)s") % {"url": detail.get("url", "")}
    if review.reason == "id-conflict":
        return _("Another paper has the same id: %(id)s") % {"id": detail.get("id", "")}
    if review.reason == "contested-title":
        return _("A document gives one title to several papers; whose it is has to be confirmed.")
    if review.kind == Review.Kind.PROPOSAL:
        return _proposal(review.reason) % {"what": label_of(review)}
    if review.kind == Review.Kind.MERGE:
        return _("This may be the same paper as another one here.")
    if review.kind == Review.Kind.DISAGREE:
        return _("Sources disagree on this paper.")
    return _("A fact about this paper is in doubt.")


def _proposal(reason: str) -> str:
    if reason == "doi":
        return _("By the DOI that arXiv names: %(what)s.")
    if reason == "journal-ref":
        return _("By arXiv's journal reference: %(what)s.")
    return _("By the authors' comment at arXiv: %(what)s.")
