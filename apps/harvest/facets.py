"""What arXiv's room adds to the papers page: marks for news of the last days, and for links that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from apps.core.prepared import Prepared
from apps.harvest.links.due import dead_among, links
from apps.harvest.models import LinkCheck, News
from apps.harvest.news_showing import FRESH, Line, fresh, from_arxiv
from apps.papers.facets.has import Mark, Sign
from apps.papers.models import Paper
from apps.papers.querysets import among

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.search.index.view import View

# Of one page of papers; which news are fresh is asked of the clock each time.
_NEWS = Prepared(lambda ids: from_arxiv(News.objects.standing()).filter(among("paper", ids)).defer("detail"))
_LINKS = Prepared(lambda ids: links().filter(among("paper_id", ids)).values_list("paper_id", "url"))
_DEAD = LinkCheck.objects.filter(state=LinkCheck.State.DEAD).order_by()


class HasNews(Mark):
    slug, label = "news", _("news from arXiv")

    def condition(self, user: User | AnonymousUser) -> Q:
        return Q(pk__in=from_arxiv(fresh()).order_by().values("paper_id"))

    def find(self, view: View, user: User | AnonymousUser) -> BitMap:
        """News grow old by the clock, which the index does not follow; there are few that are fresh."""
        return BitMap(from_arxiv(fresh()).order_by().values_list("paper_id", flat=True))

    def indexed_values(self, ids: list[int]) -> Iterator[tuple[int, str, str]]:
        return iter(())

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """The newest of each kind; where a paper's status is withdrawn its row says so anyway."""
        found: dict[int, dict[str, Sign]] = defaultdict(dict)
        since = timezone.now() - FRESH
        for line in (Line(news) for news in _NEWS(ids) if news.at >= since):
            unless = Paper.Status.WITHDRAWN if line.news.kind == News.Kind.WITHDRAWN else ""
            sign = Sign(line.badge, line.badge_kind, line.place, unless=unless)
            found[line.news.paper_id].setdefault(line.news.kind, sign)
        return {pk: list(signs.values()) for pk, signs in found.items()}


class HasDeadLink(Mark):
    slug, label = "deadlink", _("dead link")

    def condition(self, user: User | AnonymousUser) -> Q:
        return Q(pk__in=links().filter(url__in=_DEAD.values("url")).order_by().values("paper_id"))

    def among(self, ids: list[int], user: User | AnonymousUser) -> Iterable[int]:
        return self.signs(ids)

    def signs(self, ids: list[int]) -> dict[int, list[Sign]]:
        """By the keys of their addresses: the list of all that is dead is long, and these papers have few."""
        tied = _LINKS(ids)
        dead = dead_among(url for _, url in tied)
        found: dict[int, list[Sign]] = defaultdict(list)
        for pk, url in tied:
            if url in dead:
                found[pk].append(Sign(dead=url))
        return found
