"""Home, lists and digests, as owner, teammate and stranger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.lists.models import Entry, ReadingList
from tests.conftest import Queries
from tests.papers.library import note, paper, reading_list, reads, row, table

ClientOf = Callable[[str | User], Client]
DAY = date(2024, 3, 5)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def digest(category: str, day: date, number: int = 1, **fields: Any) -> ReadingList:
    count = ReadingList.objects.count()
    made = ReadingList.objects.create(title="d", slug=f"d{count}", kind="digest", category=category, date=day)
    for place in range(number):
        of = paper(f"{category} {day} {count} {place}", **fields)
        Entry.objects.create(list=made, paper=of, position=place, announce_type="new", version=2)
    return made


def test_home_of_an_empty_library_says_what_to_do(client_of: ClientOf) -> None:
    assert "/imports/new" in page_of(client_of("editor"), "/")
    assert "/imports/new" not in page_of(client_of("reader"), "/")


def test_home_shows_what_is_new_and_my_reading(client_of: ClientOf, reader: User, writer: User) -> None:
    mine, theirs = paper("What I read"), paper("What they read")
    reads(reader, mine, "reading")
    reads(writer, theirs, "reading")
    reading = page_of(client_of(reader), "/").split("My reading")[1]
    assert "What I read" in reading
    assert "What they read" not in reading


def test_home_never_shows_a_private_note_of_somebody_else(client_of: ClientOf, writer: User) -> None:
    note(writer, paper("P"), private=True, body="a secret thought")
    assert "a secret thought" in page_of(client_of(writer), "/")
    assert "a secret thought" not in page_of(client_of("editor"), "/")


def test_lists_are_closed_to_strangers_unless_public(stranger: Client, settings: Any) -> None:
    reading_list("classics", [paper("P")])
    assert stranger.get("/lists/classics/").status_code == 302
    settings.PAPERNOTES_PUBLIC = True
    assert "P" in page_of(stranger, "/lists/classics/")


def test_list_index_leaves_digests_to_their_own_page(client_of: ClientOf) -> None:
    reading_list("classics", [])
    digest("cs.IR", DAY)
    assert "/lists/classics/" in page_of(client_of("reader"), "/lists/")
    assert "/digests/cs.IR/" not in page_of(client_of("reader"), "/lists/").split("</h1>")[1]


def test_list_detail_keeps_the_order_and_what_the_list_says(client_of: ClientOf) -> None:
    made = reading_list("经典-v1.5", [paper("First"), paper("Second", names=["Two"])])
    made.entries.filter(position=1).update(name="Other name", remark="read this one twice")
    html = page_of(client_of("reader"), "/lists/经典-v1.5/")
    assert html.index("First") < html.index("Second")
    assert "Other name" in html
    assert "read this one twice" in html


def test_the_introduction_of_a_list_is_safe_markdown(client_of: ClientOf) -> None:
    ReadingList.objects.create(title="L", slug="l", description="**bold** <script>x</script>")
    html = page_of(client_of("reader"), "/lists/l/")
    assert "<strong>bold</strong> &lt;script&gt;" in html


def test_digest_index_is_by_category_and_month_of_a_year(client_of: ClientOf) -> None:
    digest("cs.IR", DAY, 3)
    digest("cs.IR", date(2023, 1, 2))
    digest("", DAY)
    client = client_of("reader")
    html = page_of(client, "/digests/")
    assert "/digests/cs.IR/2024-03-05/" in html
    assert "/digests/mixed/2024-03-05/" in html
    assert "2023-01" not in html
    assert "/digests/cs.IR/2023-01-02/" in page_of(client, "/digests/?year=2023")
    assert client.get("/digests/?year=1999").status_code == 404


def test_digest_detail_gathers_all_digests_of_a_category_and_day(client_of: ClientOf) -> None:
    digest("", DAY, abstract="An abstract", abstract_cut=True, abstract_zh="摘要", title_zh="题目", summary_zh="一句话")
    digest("", DAY, 2)
    html = page_of(client_of("reader"), "/digests/mixed/2024-03-05/")
    assert html.count('class="digest-entry"') == 3
    assert html.count("cut off in the source") == 1
    for text in ("An abstract", "摘要", "题目", "一句话", "new"):
        assert text in html


@pytest.mark.parametrize(
    "address",
    ["/lists/nothing/", "/digests/cs.IR/2024-03-06/", "/digests/cs.CL/2024-03-05/", "/digests/cs.IR/2024-13-45/"],
)
def test_what_is_not_there_is_not_found(client_of: ClientOf, address: str) -> None:
    digest("cs.IR", DAY)
    assert client_of("reader").get(address).status_code == 404


def test_a_list_knows_its_own_page(db: None) -> None:
    assert digest("cs.IR", DAY).get_absolute_url() == "/digests/cs.IR/2024-03-05/"
    assert digest("", DAY).get_absolute_url() == "/digests/mixed/2024-03-05/"
    assert reading_list("a", []).get_absolute_url() == "/lists/a/"


def more_of_everything() -> None:
    made = ReadingList.objects.get(slug="classics")
    section = table(f"t{made.entries.count()}", "S").sections.get()
    for number in range(10):
        of = paper(
            f"P{number} {section.pk}", venue=f"V{number}", authors=[f"A{number} {section.pk}"], names=["N"], tags=["T"]
        )
        row(of, section, llms=["GPT"], tuning="none")
        Entry.objects.create(list=made, paper=of, position=number)
        Entry.objects.create(list=ReadingList.objects.get(category="cs.IR"), paper=of, position=number)
        reading_list(f"l{number}-{section.pk}", [of])
        digest("cs.CL", date(2024, 1, 1 + number))
        note(None, of)
        reads(User.objects.get(username="reader"), of, "toread")


@pytest.mark.parametrize("address", ["/", "/lists/", "/lists/classics/", "/digests/", "/digests/cs.IR/2024-03-05/"])
def test_ten_more_rows_cost_no_more_queries(client_of: ClientOf, queries: Queries, address: str) -> None:
    reading_list("classics", [])
    digest("cs.IR", DAY)
    client = client_of("reader")
    more_of_everything()
    queries.stay_equal(lambda: page_of(client, address), when=more_of_everything)
