"""News as pages show them: a badge, a sentence, and of a new version what changed, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core.differing import bounded
from apps.core.differing.comparing import Piece
from apps.core.prepared import Prepared
from apps.harvest.models import News
from apps.papers.models import Paper

Kind = News.Kind
FRESH = timedelta(days=14)  # as long as lists of papers tell of it
MOST = 20  # on the page of one paper
_OF_PAPER = Prepared(lambda paper: News.objects.standing().filter(paper=paper)[:MOST])
_BADGES = {
    Kind.VERSION: "name",
    Kind.WITHDRAWN: "bad",
    Kind.RESTORED: "good",
    Kind.PUBLISHED: "good",
    Kind.DEAD_LINK: "bad",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Of one text of the paper."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    news: News

    @property
    def badge(self) -> str:
        return badge(self.news.kind, self.news.key)

    @property
    def badge_kind(self) -> str:
        return _BADGES[Kind(self.news.kind)]

    @property
    def place(self) -> str:
        """Where it stands on the page of its paper."""
        return place(self.news.pk)

    @property
    def address(self) -> str:
        return f"{self.news.paper.get_absolute_url()}#{self.place}"

    @property
    def says(self) -> str:
        return _SAYS[Kind(self.news.kind)](self.news.detail)

    @property
    def url(self) -> str:
        """The address that is dead."""
        return str(self.news.detail.get("url", "")) if self.news.kind == Kind.DEAD_LINK else ""


@dataclass(frozen=True, slots=True)
class Told(Line):
    """On the page of its paper. `is_open`: what changed is seen at once."""

    changes: tuple[Change, ...] = ()
    is_open: bool = False


def place(pk: int) -> str:
    return f"news-{pk}"


def badge(kind: str, key: str) -> str:
    return f"v{key}" if kind == Kind.VERSION else str(Kind(kind).label)


def lines(found: QuerySet[News]) -> list[Line]:
    return [Line(news) for news in with_papers(found)]


def with_papers(found: QuerySet[News]) -> QuerySet[News]:
    """As much of the papers as a line shows."""
    label = ("paper__title", "paper__title_zh", "paper__by_machine")
    return found.select_related("paper").only(*(f.name for f in News._meta.fields), *label)


def from_arxiv(found: QuerySet[News]) -> QuerySet[News]:
    """But for links, which are no words of arXiv's."""
    return found.exclude(kind=Kind.DEAD_LINK)


def fresh() -> QuerySet[News]:
    return News.objects.standing().filter(at__gte=timezone.now() - FRESH)


def of_paper(paper: Paper) -> list[Told]:
    """One query; the newest change is open."""
    found: list[Told] = []
    for news in _OF_PAPER(paper.pk):
        changes = tuple(changes_of(news))
        found.append(Told(news, changes, bool(changes) and not any(told.is_open for told in found)))
    return found


def changes_of(news: News) -> Iterator[Change]:
    before, after = news.detail.get("before") or {}, news.detail.get("after") or {}
    labels = {"title": _("Title"), "abstract": _("Abstract"), "comment": pgettext("of arXiv", "Comment")}
    for name, label in labels.items():
        old, new = str(before.get(name) or ""), str(after.get(name) or "")
        if old != new:
            yield Change(label, bounded.compare(old, new).pieces)


def _of_version(detail: dict[str, Any]) -> str:
    before, after = detail.get("before") or {}, detail.get("after") or {}
    words = {"title": _("title"), "abstract": _("abstract"), "comment": _("comment")}
    changed = [word for name, word in words.items() if (before.get(name) or "") != (after.get(name) or "")]
    if not changed:
        return _("Title and abstract are as they were.")
    return _("What changed: %(what)s") % {"what": pgettext("between words", ", ").join(changed)}


def _of_withdrawal(detail: dict[str, Any]) -> str:
    if detail.get("deleted"):
        return _("arXiv has taken it away.")
    return str(detail.get("why") or _("No reason was given."))


def _of_publication(detail: dict[str, Any]) -> str:
    doi = detail.get("doi") or ""
    return " · ".join(part for part in (detail.get("journal_ref") or "", f"doi:{doi}" if doi else "") if part)


def _of_link(detail: dict[str, Any]) -> str:
    return _("Twice nothing was found there (HTTP %(status)s).") % {"status": detail.get("status", 404)}


_SAYS: dict[str, Callable[[dict[str, Any]], str]] = {
    Kind.VERSION: _of_version,
    Kind.WITHDRAWN: _of_withdrawal,
    Kind.RESTORED: lambda detail: _("The withdrawal does not stand any more."),
    Kind.PUBLISHED: _of_publication,
    Kind.DEAD_LINK: _of_link,
}
