"""The list of papers and the page of one, as everybody sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.papers.merges import merge
from apps.papers.models import Paper, Review
from apps.papers.say import say
from tests.papers.library import note, paper, reads, row, table

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]
MEMBERS = ["reader", "writer", "editor", "administrator"]


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer
    return str(answer.content, "utf-8")


@pytest.mark.parametrize("who", MEMBERS)
def test_paper_list_is_for_every_member(client_of: ClientOf, who: str) -> None:
    paper("Shown to all", venue="V1")
    assert "Shown to all" in text_of(client_of(who), "/papers/?venue=v1")


@pytest.mark.parametrize(
    "address", ["/papers/", "/papers/1/x/", "/tables/", "/arxiv/2305.00447", "/doi/10.1/x", "/papers/add/"]
)
def test_pages_send_strangers_to_the_door_unless_the_installation_is_public(
    stranger: Client, settings: Any, address: str
) -> None:
    settings.PAPERNOTES_PUBLIC = False
    assert stranger.get(address)["Location"].startswith("/accounts/login/")


def test_paper_list_is_readable_for_all_where_the_installation_is_public(
    stranger: Client, settings: Any, writer: User
) -> None:
    settings.PAPERNOTES_PUBLIC = True
    one = paper("Public paper")
    note(writer, one, body="hiddenword", private=True)
    assert "Public paper" in text_of(stranger, "/papers/")
    assert "Public paper" not in text_of(stranger, "/papers/?q=hiddenword")
    assert "hiddenword" not in text_of(stranger, one.get_absolute_url())
    assert "Public paper" not in text_of(stranger, "/papers/?state=read")
    assert stranger.get("/papers/add/").status_code in (302, 404)


@pytest.mark.parametrize(
    "query", ["venue=nowhere", "nonsense=1", "q=a%00b", "q=%ED%A0%80&venue=%ff", "page=7", "page=x", "state=nope"]
)
def test_paper_list_says_what_is_wrong_and_shows_nothing(client_of: ClientOf, query: str) -> None:
    paper("Never shown", venue="Facetvenue")
    page = text_of(client_of("reader"), f"/papers/?{query}")
    assert 'role="alert"' in page
    assert "Never shown" not in page
    assert "Facetvenue" not in page


def test_paper_list_escapes_what_people_and_documents_wrote(client_of: ClientOf) -> None:
    paper("<script>alert(1)</script>", venue="<b>V</b>", tags=["<i>t</i>"], names=["<u>n"], summary="<img src=x>")
    for address in ("/papers/", "/papers/?q=%3Cscript%3E", "/papers/?%3Cscript%3E=1"):
        page = text_of(client_of("reader"), address)
        assert not re.search(r"<script>alert|<b>V|<i>t|<u>n|<img src=x", page)


def test_paper_list_marks_what_a_paper_has_and_how_far_i_read(client_of: ClientOf, reader: User, writer: User) -> None:
    one = paper(
        "Rich",
        venue="V1",
        year=2024,
        tags=["t1"],
        names=["ShortName"],
        authors=["A", "B", "C", "D"],
        code=["https://example.org/c"],
    )
    row(one, table("t").sections.get(), llms=["Fam X"], tuning="Way X")
    note(writer, one)
    reads(reader, one, "reading")
    page = text_of(client_of(reader), "/papers/")
    for words in (
        "ShortName",
        "A, B, C et al.",
        "V1",
        "2024",
        "Fam X",
        "Way X",
        "t1",
        "https://example.org/c",
        "#notes",
    ):
        assert words in page, words
    assert re.search(r'id="state-\d+-reading"[^>]*aria-pressed="true"', page)


def test_paper_list_has_pages_of_fifty(client_of: ClientOf) -> None:
    for number in range(51):
        paper(f"Paper {number:02}", tags=["t"])
    first, second = (text_of(client_of("reader"), f"/papers/?tag=t&sort=title{more}") for more in ("", "&page=2"))
    assert first.count("data-row") == 50
    assert "Paper 50" in second and second.count("data-row") == 1
    assert 'href="?tag=t&amp;sort=title&amp;page=2"' in first
    assert 'role="alert"' in text_of(client_of("reader"), "/papers/?tag=t&page=3")


def test_paper_list_costs_the_same_for_ten_more_papers(
    client_of: ClientOf, queries: Any, reader: User, writer: User
) -> None:
    client = client_of(reader)

    def more() -> None:
        for number in range(10):
            made = paper(
                f"P{number}", venue=f"V{number}", tags=[f"t{number}"], authors=["A", "B"], names=[f"N{number}"]
            )
            row(made, table(f"t{number}").sections.get(), llms=[f"L{number}", "L"], tuning="T")
            note(writer, made)
            reads(reader, made, "read")

    more_before = paper("Before", venue="V", tags=["t"], authors=["A"], names=["N"])
    row(more_before, table("t").sections.get(), llms=["L"], tuning="T")
    queries.stay_equal(lambda: text_of(client, "/papers/?q="), when=more)


def test_empty_lists_offer_the_next_step(client_of: ClientOf) -> None:
    assert "/papers/add/" in text_of(client_of("editor"), "/papers/")
    assert "/papers/add/" not in text_of(client_of("reader"), "/papers/")
    paper("One", venue="V1", year=2020)
    page = text_of(client_of("reader"), "/papers/?venue=v1&year=1999")
    assert 'href="/papers/?venue=v1"' in page


def test_paper_detail_has_one_address(client_of: ClientOf) -> None:
    one = paper("A Title", arxiv_id="2305.00447", doi="10.1000/x.y")
    client = client_of("reader")
    wanted = f"/papers/{one.pk}/a-title/"
    asked = [
        f"/papers/{one.pk}/",
        f"/papers/{one.pk}/wrong/",
        "/arxiv/2305.00447",
        "/arxiv/2305.00447v3",
        "/arxiv/arXiv:2305.00447",
    ]
    for address in [
        *asked,
        "/arxiv/https://arxiv.org/abs/2305.00447v1",
        "/doi/10.1000/X.Y",
        "/doi/https://doi.org/10.1000/x.y",
    ]:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, wanted), address
    assert "A Title" in text_of(client, wanted)


def test_an_old_style_arxiv_id_leads_to_its_paper(client_of: ClientOf) -> None:
    one = paper("Old", arxiv_id="hep-th/9901001")
    assert client_of("reader").get("/arxiv/hep-th/9901001v2")["Location"] == one.get_absolute_url()


@pytest.mark.parametrize(
    "address",
    ["/arxiv/2401.00001", "/doi/10.9999/none", "/arxiv/nonsense", "/papers/99999999999999999999/", "/papers/123456/x/"],
)
def test_what_is_not_here_is_not_found(client_of: ClientOf, address: str) -> None:
    assert client_of("reader").get(address).status_code == 404


def test_a_missing_id_is_offered_to_editors(client_of: ClientOf) -> None:
    assert 'action="/papers/add/"' in text_of(client_of("editor"), "/arxiv/2401.00001", 404)
    assert 'action="/papers/add/"' not in text_of(client_of("reader"), "/arxiv/2401.00001", 404)


def test_a_merged_paper_leads_to_the_one_that_was_kept(client_of: ClientOf, editor: User) -> None:
    kept, lost = paper("Kept"), paper("Lost")
    say(paper=kept, user=editor, values={"title": "Kept"})
    address = lost.get_absolute_url()
    merge(kept=kept, lost=lost, user=editor)
    assert client_of("reader").get(address)["Location"] == kept.get_absolute_url()


def test_paper_detail_shows_dates_as_exact_as_they_were_stated(client_of: ClientOf) -> None:
    from datetime import date

    one = paper("Dated", published=date(2024, 4, 1), precision="month")
    page = text_of(client_of("reader"), one.get_absolute_url())
    assert "2024-04" in page
    assert "2024-04-01" not in page


def test_paper_detail_tells_who_said_what_and_what_is_in_doubt(client_of: ClientOf, editor: User) -> None:
    one = paper("Title")
    say(paper=one, user=editor, values={"title": "Another title", "doi": "10.1000/said"})
    Review.objects.create(
        kind="doubt", reason="date-month", paper=one, key="k", detail={"date": "2020-01", "arxiv_id": "2305.00447"}
    )
    one.refresh_from_db()
    page = text_of(client_of("reader"), one.get_absolute_url())
    assert "10.1000/said" in page
    assert "does not fit the arXiv id 2305.00447" in page
    assert "cut off in the source" not in page
    Paper.objects.filter(pk=one.pk).update(abstract="Half an abs", abstract_cut=True)
    assert "cut off in the source" in text_of(client_of("reader"), one.get_absolute_url())


def test_paper_detail_shows_team_notes_and_ones_own(client_of: ClientOf, reader: User, writer: User) -> None:
    one = paper("Noted")
    note(writer, one, body="for the team")
    note(writer, one, body="for me alone", private=True)
    assert "for me alone" in text_of(client_of(writer), one.get_absolute_url())
    page = text_of(client_of(reader), one.get_absolute_url())
    assert "for the team" in page
    assert "for me alone" not in page


def test_paper_detail_costs_the_same_however_much_hangs_on_it(client_of: ClientOf, queries: Any, editor: User) -> None:
    one = paper("Loaded", authors=["A"], tags=["t"], orgs=["o"], code=["https://example.org/0"])
    row(one, table("t").sections.get(), llms=["L"], tuning="T")
    say(paper=one, user=editor, values={"title": "Loaded", "authors": "A; ", "tags": "t; ", "organisations": "o; "})
    client = client_of("reader")

    def more() -> None:
        values = {"authors": "".join(f"Name {n}; " for n in range(9)), "tags": "".join(f"tag {n}; " for n in range(9))}
        say(paper=one, user=editor, values={**values, "summary": "s", "doi": "10.1000/x"})
        for number in range(9):
            row(one, table(f"t{number}").sections.get(), llms=[f"L{number}"], tuning=f"T{number}")

    queries.stay_equal(lambda: text_of(client, one.get_absolute_url()), when=more)


@pytest.mark.parametrize(
    ("kind", "words"), [("bibtex", "@misc"), ("ris", "TY  - "), ("csl", '"title"'), ("markdown", "Citable")]
)
def test_paper_citation_comes_as_a_file(client_of: ClientOf, kind: str, words: str) -> None:
    one = paper("Citable")
    answer = client_of("reader").get(f"/papers/{one.pk}/cite/{kind}")
    assert words in str(answer.content, "utf-8")
    assert "attachment" in answer["Content-Disposition"]
    assert client_of("reader").get(f"/papers/{one.pk}/cite/none").status_code == 404
