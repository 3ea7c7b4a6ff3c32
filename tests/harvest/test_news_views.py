"""What is new is told to whoever may read papers: on home, on its own page, on the paper and in lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.harvest.models import News
from apps.papers.models import Paper
from tests.conftest import Queries
from tests.harvest.news_for_tests import looked, new_version, news, record
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]
CODE = "https://code.example.org/a"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def told() -> Paper:
    """A paper with one piece of news of each kind."""
    made = paper("A Paper", arxiv_id="2405.00001", code=[CODE])
    new_version(made)
    news(made, "withdrawn", why="It was wrong.")
    news(made, "restored")
    news(made, "published", "J", journal_ref="J. Made Up 12", doi="10.1234/made")
    news(made, "dead-link", CODE, url=CODE, status=410, link="code")
    return made


WORDS = ("v2", "What changed: title, abstract", "withdrawn", "It was wrong.", "no longer withdrawn", "published", "J. Made Up 12 · doi:10.1234/made", "dead link", "HTTP 410", CODE)  # fmt: skip


@pytest.mark.parametrize("who", ["reader", "writer", "editor", "stranger"])
@pytest.mark.parametrize("address", ["/news/", "/", "paper"])
def test_whoever_may_read_papers_reads_news(
    who: str, address: str, told: Paper, client_of: ClientOf, settings: Any
) -> None:
    settings.PAPERNOTES_PUBLIC = who == "stranger"
    text = text_of(client_of(who), told.get_absolute_url() if address == "paper" else address)
    assert [word for word in WORDS if word not in text] == []


@pytest.mark.parametrize("address", ["/news/", "/"])
def test_on_a_site_that_is_not_public_strangers_are_sent_to_the_door(
    address: str, told: Paper, stranger: Client
) -> None:
    assert stranger.get(address).status_code == 302


def test_news_tell_nothing_of_what_others_keep_to_themselves(told: Paper, client_of: ClientOf, writer: User) -> None:
    note(writer, told, body="zanzibarium", private=True)
    for address in ("/news/", "/", told.get_absolute_url()):
        assert "zanzibarium" not in text_of(client_of("editor"), address)


def test_each_leads_to_its_place_on_the_page_of_its_paper(told: Paper, client_of: ClientOf) -> None:
    client = client_of("reader")
    index, home, page = (text_of(client, each) for each in ("/news/", "/", told.get_absolute_url()))
    for each in News.objects.all():
        place = f"news-{each.pk}"
        assert f'href="{told.get_absolute_url()}#{place}"' in index and f"#{place}" in home and f'id="{place}"' in page
    assert 'href="/news/"' in home and 'id="arxiv"' in page


def test_home_says_nothing_where_nothing_is_new(client_of: ClientOf) -> None:
    assert "/news/" not in text_of(client_of("reader"), "/")
    assert "Nothing is new yet" in text_of(client_of("reader"), "/news/")


def test_the_newest_come_first_fifty_a_page(client_of: ClientOf) -> None:
    made = paper("P")
    for number in range(2, 62):
        new_version(made, number, days=100 - number)
    first, second = (text_of(client_of("reader"), f"/news/?page={page}") for page in (1, 2))
    assert first.index(">v61<") < first.index(">v60<") and ">v11<" not in first and ">v11<" in second


def test_one_kind_alone(told: Paper, client_of: ClientOf) -> None:
    text = text_of(client_of("reader"), "/news/?kind=withdrawn")
    assert "It was wrong." in text and "J. Made Up" not in text
    assert re.search(r'href="\?kind=withdrawn" aria-current="true">withdrawn <span class="count">1</span>', text)


@pytest.mark.parametrize("query", ["kind=nonsense", "sort=up", "kind=version&kind=withdrawn", "kind=%00"])
def test_what_is_unknown_shows_no_news_and_says_so(query: str, told: Paper, client_of: ClientOf) -> None:
    text = text_of(client_of("reader"), f"/news/?{query}")
    assert "This cannot be shown" in text and "It was wrong." not in text and "v2" not in text


def test_the_page_of_a_paper_shows_what_changed_word_by_word(client_of: ClientOf) -> None:
    made = paper("A New Title", arxiv_id="2405.00001")
    new_version(made)
    text = text_of(client_of("reader"), made.get_absolute_url())
    assert (
        'An <del><span class="visually-hidden">removed: </span>Old</del>' in text
        or "removed: </span>An Old</del>" in text
    )
    assert 'They add <del><span class="visually-hidden">removed: </span>two</del><ins><span class="visually-hidden">added: </span>three</ins> things.' in text  # fmt: skip


def test_chinese_is_compared_sign_by_sign(client_of: ClientOf) -> None:
    made = paper("P")
    news(made, "version", before={"abstract": "我们提出一种新方法"}, after={"abstract": "我们提出两种新方法"})
    text = text_of(client_of("reader"), made.get_absolute_url())
    assert "我们提出<del>" in text and "</span>一</del>" in text and "</span>两</ins>种新方法" in text


def test_the_newest_change_is_open_and_older_ones_are_folded(client_of: ClientOf) -> None:
    made = paper("P")
    new_version(made, 2, days=9)
    new_version(made, 3, days=1)
    text = text_of(client_of("reader"), made.get_absolute_url())
    assert text.count('<details class="news-changes" open>') == 1 == text.count('<details class="news-changes">')


def test_arxivs_word_stands_on_the_page(client_of: ClientOf) -> None:
    made = paper("P", arxiv_id="2405.00001", categories=["cs.IR"])
    people = [{"name": "Ana Bo", "affiliations": ["Here", "There"]}, {"name": "Lin", "affiliations": []}]
    versions = [
        {"number": 1, "submitted": "2024-05-03T10:00:00+00:00", "size": "127kb"},
        {"number": 2, "submitted": "", "size": ""},
    ]
    record(made, version=2, comment="12 pages", journal_ref="J. 12", authors=people, categories=["cs.IR", "stat.ML"], versions=versions, licence="http://creativecommons.org/licenses/by/4.0/")  # fmt: skip
    text = text_of(client_of("reader"), made.get_absolute_url())
    section = text[text.index('id="arxiv"') :]
    assert all(word in section for word in ("12 pages", "J. 12", "Ana Bo <span", "(Here; There)", "Lin", "CC BY 4.0", "stat.ML", "(primary)", "query API"))  # fmt: skip
    assert 'href="https://arxiv.org/abs/2405.00001v1" rel="noreferrer">v1</a> <time datetime="2024-05-03T10:00:00+00:00">2024-05-03</time> <span class="soft">127 kB</span>' in section  # fmt: skip
    assert section.index(">v2</a>") < section.index(">v1</a>")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"withdrawn": True, "why_withdrawn": "An error."}, ["This paper is withdrawn.", "An error."]),
        ({"deleted": True, "withdrawn": True}, ["arXiv has taken this paper away."]),
    ],
)
def test_why_a_paper_is_withdrawn_stands_on_its_page(said: Any, shown: list[str], client_of: ClientOf) -> None:
    made = paper("P", arxiv_id="2405.00001")
    record(made, **said)
    text = text_of(client_of("reader"), made.get_absolute_url())
    assert all(word in text for word in shown)


def test_a_paper_that_arxiv_never_spoke_of_has_no_such_section(client_of: ClientOf) -> None:
    assert 'id="arxiv"' not in text_of(client_of("reader"), paper("P").get_absolute_url())


def test_what_arxiv_says_is_text_and_no_markup(client_of: ClientOf) -> None:
    made = paper("P", arxiv_id="2405.00001")
    bad = "<script>alert(1)</script>"
    record(made, comment=bad, journal_ref=bad, licence="javascript:alert(1)", authors=[{"name": bad, "affiliations": [bad]}], categories=[bad])  # fmt: skip
    news(made, "version", before={"abstract": "x"}, after={"abstract": bad})
    news(made, "dead-link", "k", url="https://x.example.org/<b>", status=404)
    text = text_of(client_of("reader"), made.get_absolute_url())
    assert bad not in text and 'href="javascript' not in text and "<b>" not in text


def test_pages_cost_the_same_with_more_news(queries: Queries, client_of: ClientOf, told: Paper) -> None:
    record(told)
    client = client_of("reader")
    number = iter(range(100, 400))

    def more() -> None:
        for _ in range(10):
            new_version(told, next(number))
            other = paper(f"Other {next(number)}", code=[f"https://code.example.org/{next(number)}"])
            new_version(other)
            looked(other.links.get().url)

    for address in ("/news/", "/", told.get_absolute_url(), "/papers/", "/papers/?has=news"):
        queries.stay_equal(lambda address=address: text_of(client, address), when=more)  # type: ignore[misc]


def test_home_costs_the_same_with_more_to_tell(queries: Queries, client_of: ClientOf) -> None:
    client = client_of("reader")
    new_version(paper("One"))

    def more() -> None:
        for number in range(4):
            new_version(paper(f"More {number}"))

    queries.stay_equal(lambda: text_of(client, "/"), when=more)
