"""Lists mark what is new at arXiv, for two weeks, and links that lead nowhere; both can be asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client

from apps.harvest.models import LinkCheck
from apps.papers.filters import PaperFilter
from apps.papers.models import PaperLink
from tests.harvest.news_for_tests import looked, new_version, news
from tests.papers.library import paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]
GONE, HERE = "https://code.example.org/gone", "https://code.example.org/here"


def titles(query: str) -> list[str]:
    found = PaperFilter(query, user=AnonymousUser())
    assert not found.problems
    return sorted(found.qs.values_list("title", flat=True))  # type: ignore[arg-type]


def row_of(client: Client, title: str, address: str = "/papers/") -> str:
    text = re.sub(r"\s+", " ", client.get(address).content.decode())
    return next(row for row in text.split("<li ") if "data-row" in row and f">{title}</a>" in row)


def test_news_of_two_weeks_can_be_asked_for() -> None:
    new_version(paper("Fresh"), days=13)
    new_version(paper("Stale"), days=15)
    news(paper("Gone"), "withdrawn", days=1)
    news(paper("Link"), "dead-link", GONE, days=1, url=GONE)
    paper("Quiet")
    assert titles("has=news") == ["Fresh", "Gone"]


@pytest.mark.parametrize(
    ("kind", "key", "badge"),
    [("version", "3", "v3"), ("published", "J", "published"), ("restored", "2", "no longer withdrawn")],
)
def test_a_row_says_what_is_new_and_leads_there(kind: str, key: str, badge: str, client_of: ClientOf) -> None:
    made = paper("A Title")
    told = news(made, kind, key)
    row = row_of(client_of("reader"), "A Title")
    assert re.search(rf'class="badge badge-\w+" href="{made.get_absolute_url()}#news-{told.pk}"[^>]*>{badge}</a>', row)


@pytest.mark.parametrize(("status", "linked"), [("withdrawn", 0), ("published", 1)])
def test_a_row_says_each_once_and_the_newest_version(status: str, linked: int, client_of: ClientOf) -> None:
    """That a paper is withdrawn its status says; where a person says otherwise the news do."""
    made = paper("A Title", status=status)
    new_version(made, 2, days=3)
    new_version(made, 3, days=2)
    told = news(made, "withdrawn", days=1)
    row = row_of(client_of("reader"), "A Title")
    assert (row.count(">v3</a>"), row.count(">v2</a>"), row.count(">withdrawn<")) == (1, 0, 1)
    assert row.count(f"#news-{told.pk}") == linked


def test_a_row_without_news_has_no_badge(client_of: ClientOf) -> None:
    new_version(paper("A Title"), days=15)
    assert "badge" not in row_of(client_of("reader"), "A Title")


def test_dead_links_can_be_asked_for() -> None:
    paper("Dead", code=[GONE, HERE])
    paper("Alive", code=[HERE])
    paper("Once", code=["https://code.example.org/once"])
    pdf = paper("Paper")
    PaperLink.objects.create(paper=pdf, kind="pdf", url=GONE)
    looked(GONE)
    looked(HERE, LinkCheck.State.ALIVE)
    looked("https://code.example.org/once", LinkCheck.State.GONE_ONCE)
    assert titles("has=deadlink") == ["Dead"]


def test_a_row_strikes_out_dead_code_and_leads_to_what_is_there(client_of: ClientOf) -> None:
    paper("Dead", code=[GONE])
    paper("Both", code=[GONE, HERE])
    looked(GONE)
    client = client_of("reader")
    assert f'href="{GONE}"' in row_of(client, "Dead") and "<s>code</s> dead link" in row_of(client, "Dead")
    assert f'href="{HERE}"' in row_of(client, "Both") and "<s>" not in row_of(client, "Both")


def test_the_page_of_a_paper_names_its_dead_links(client_of: ClientOf) -> None:
    made = paper("A Title", code=[GONE, HERE])
    PaperLink.objects.create(paper=made, kind="slides", url="https://code.example.org/slides")
    looked(GONE)
    looked(HERE, LinkCheck.State.GONE_ONCE)
    looked("https://code.example.org/slides")
    text = client_of("reader").get(made.get_absolute_url()).content.decode()
    assert text.count("dead link") == 1
    assert re.search(rf'href="{GONE}"[^>]*>code</a> <span class="badge badge-bad">dead link</span>', text)
