"""The pages of the inbox: for the team to read, for editors to decide; strangers find nothing, also on public sites."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.harvest import deciding
from apps.harvest.models import ArxivQuery, Finding
from apps.papers.models import Paper
from apps.vocabulary.models import Tag
from tests.conftest import Queries
from tests.harvest.announcing import MONDAY, a_query, find
from tests.papers.library import paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str | User], Client]
DAY = "/inbox/cs.IR/2026-11-20/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return re.sub(r"\s+", " ", answer.content.decode())


def decide(client: Client, found: Finding, action: str, *, htmx: bool = False, **more: str) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/inbox/papers/{found.pk}/decide", {"action": action, **more}, headers=headers)


READING = [("get", "/inbox/"), ("get", DAY)]
DECIDING = [
    *(("get", "/inbox/queries/new"), ("post", "/inbox/queries/new"), ("get", "/inbox/queries/{query}/")),
    *(("post", f"/inbox/queries/{{query}}/{verb}") for verb in ("", "delete", "pause", "look")),
    ("post", "/inbox/papers/{finding}/decide"),
    *(("post", f"{DAY}rest"), ("post", f"{DAY}rest/undo")),
]


@pytest.mark.parametrize(("method", "path"), [*READING, *DECIDING])
def test_strangers_find_nothing_also_on_public_sites(
    method: str, path: str, client_of: ClientOf, settings: Any
) -> None:
    found, query = find(1, "A")[0], a_query("LLM")
    for public in (False, True):
        settings.PAPERNOTES_PUBLIC = public
        answer = getattr(client_of("stranger"), method)(path.format(query=query.pk, finding=found.pk))
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        home = client_of("stranger").get("/").content.decode()
        assert "/inbox/" not in home
    assert Finding.objects.get().state == "open" and ArxivQuery.objects.get().active


@pytest.mark.parametrize(("method", "path"), DECIDING)
@pytest.mark.parametrize("role", ["reader", "writer"])
def test_who_may_not_add_papers_decides_nothing(method: str, path: str, role: str, client_of: ClientOf) -> None:
    found, query = find(1, "A")[0], a_query("LLM")
    address = path.format(query=query.pk, finding=found.pk)
    data = {"action": "keep", "until": str(found.pk)} if method == "post" else {}
    assert getattr(client_of(role), method)(address, data).status_code == 404
    assert Finding.objects.get().state == "open" and not Paper.objects.exists()


@pytest.mark.parametrize("role", ["reader", "writer", "editor", "administrator"])
def test_the_team_reads_and_editors_have_buttons(role: str, client_of: ClientOf) -> None:
    find(1, "A paper")
    a_query("LLM")
    client, may = client_of(role), role in {"editor", "administrator"}
    for address in ("/inbox/", DAY):
        text = text_of(client, address)
        assert ("A paper" in text) is (address == DAY)
        assert ("<form" in text.split("<main", 1)[1].split("</main>")[0]) is may
    assert ('href="/inbox/"' in text_of(client, "/")) is may


def test_days_and_categories_with_what_is_undecided(client_of: ClientOf, editor: User) -> None:
    find(1, "A", "B", "C")
    find(10, "D", category="cs.CL", day=MONDAY)
    kept, dismissed = find(20, "E", day=MONDAY)[0], find(30, "F", day=MONDAY)[0]
    deciding.keep(finding=kept, user=editor)
    deciding.dismiss(finding=dismissed, user=editor)
    rows = re.findall(r"<tr data-row.*?</tr>", text_of(client_of("reader"), "/inbox/"))
    assert ["cs.CL" in rows[0], "cs.IR" in rows[1]] == [True, True] and len(rows) == 2
    assert re.findall(r'"number">(\d+)', rows[1]) == ["3", "0", "0", "3"]
    every = re.findall(r"<tr data-row.*?</tr>", text_of(client_of("reader"), "/inbox/?state=all"))
    assert len(every) == 3 and re.findall(r'"number">(\d+)', every[1]) == ["0", "1", "1", "2"]
    assert "2026-11-23" in text_of(client_of("reader"), "/inbox/?state=kept")


def test_an_empty_inbox_offers_the_next_step(client_of: ClientOf) -> None:
    text = text_of(client_of("editor"), "/inbox/")
    assert "Save a query" in text and 'href="/inbox/queries/new"' in text
    assert 'href="/inbox/queries/new"' not in text_of(client_of("reader"), "/inbox/")
    a_query("LLM")
    assert "next announcement" in text_of(client_of("editor"), "/inbox/")


def test_a_day_has_the_shape_of_a_digest(client_of: ClientOf) -> None:
    first, second = find(1, "The First $x^2$", "The Second")
    Finding.objects.filter(pk=first.pk).update(title_zh="第一", summary_zh="一句话", abstract_zh="摘要全文")
    answer = client_of("editor").get(DAY)
    text = re.sub(r"\s+", " ", answer.content.decode())
    short, detail = text.split("In detail</h2>")
    assert short.index("<h2>Summary") < short.index("The Second") and f'href="#f{second.pk}"' in short
    assert "一句话" in short and "Abstract of The Second." in short and "More of it" not in short
    for words in (
        "第一",
        "摘要全文",
        "arXiv:2405.00001v1",
        "https://arxiv.org/abs/2405.00001",
        "<span>new</span>",
        "Ann Bee",
    ):
        assert words in detail
    assert detail.split(f'id="f{second.pk}"')[0].count(">machine-made<") == 3
    assert "machine-made" not in detail.split(f'id="f{second.pk}"')[1] and short.count(">machine-made<") == 2
    assert "<math" in detail


@pytest.mark.parametrize(
    "address", ["/inbox/cs.IR/2026-11-21/", "/inbox/cs.XX/2026-11-20/", "/inbox/cs.IR/2026-99-20/"]
)
def test_a_day_without_papers_is_not_there(address: str, client_of: ClientOf) -> None:
    find(1, "A")
    assert client_of("editor").get(address).status_code == 404


def test_what_we_have_is_marked_with_a_link(client_of: ClientOf) -> None:
    find(1, "A", "B")
    ours = paper("Ours", arxiv_id="2405.00001")
    text = text_of(client_of("editor"), DAY)
    assert text.count("already here</span>") == 2 and f'href="{ours.get_absolute_url()}"' in text
    assert "1 undecided" in text
    assert "B" not in re.findall(r"<h3.*?</h3>", text_of(client_of("editor"), DAY + "?state=here"))[0]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["A", "B", "C"]),
        ("?state=undecided", ["A", "C"]),
        ("?state=kept", ["B"]),
        ("?state=dismissed", ["D"]),
        ("?state=all", ["A", "B", "C", "D"]),
        ("?query={query}", ["C"]),
        ("?query={query}&state=all", ["C", "D"]),
        ("?query={other}", []),
    ],
)
def test_a_day_is_narrowed_by_state_and_by_query(
    query: str, shown: list[str], client_of: ClientOf, editor: User
) -> None:
    wanted, other = a_query("LLM", pk=712), a_query("graphs", pk=71)
    _, kept = find(1, "A", "B")
    _, dismissed = find(5, "C", "D", fits=wanted)
    deciding.keep(finding=kept, user=editor)
    deciding.dismiss(finding=dismissed, user=editor)
    text = text_of(client_of("reader"), DAY + query.format(query=wanted.pk, other=other.pk))
    assert re.findall(r"data-open[^>]*>(\w)</a>", text) == shown


@pytest.mark.parametrize("query", ["?state=nonsense", "?query=999", "?what=1", "?state=kept&state=all", "?query=x"])
@pytest.mark.parametrize("address", ["/inbox/", DAY])
def test_what_is_unknown_shows_an_error_and_nothing(address: str, query: str, client_of: ClientOf) -> None:
    find(1, "A")
    text = text_of(client_of("editor"), address + query)
    assert "notice-error" in text and "data-row" not in text


def test_keeping_adds_the_paper_with_its_tags(client_of: ClientOf, editor: User) -> None:
    found = find(1, "A")[0]
    answer = decide(client_of(editor), found, "keep", tags="invented, of ours；third")
    kept = Paper.objects.get(arxiv_id="2405.00001")
    assert sorted(tag.name for tag in kept.tags.all()) == ["invented", "of ours", "third"]
    assert answer["Location"] == f"{DAY}?last={found.pk}#f{found.pk}"
    assert Finding.objects.get().decided_by == editor
    assert kept.metadata == "pending" and kept.abstract == "Abstract of A. More of it."


def test_one_comes_back_to_where_one_was(client_of: ClientOf) -> None:
    found = find(1, "A")[0]
    back = "state=undecided&query=&page=2&next=//evil.example/&last=7"
    answer = decide(client_of("editor"), found, "dismiss", back=back)
    assert answer["Location"] == f"{DAY}?query=&state=undecided&page=2&last={found.pk}#f{found.pk}"


def test_a_dismissed_paper_stays_in_sight_until_one_goes_on(client_of: ClientOf) -> None:
    client = client_of("editor")
    found = find(1, "A", "B")[0]
    answer = decide(client, found, "dismiss")
    text = text_of(client, answer["Location"].split("#")[0])
    assert "Dismissed: A" in text and f'id="f{found.pk}"' in text and 'value="undo"' in text
    assert f'id="f{found.pk}"' not in text_of(client, DAY)
    assert f'id="f{found.pk}"' in text_of(client, DAY + "?state=dismissed")


def test_a_decision_in_place_brings_paper_counts_and_mark(client_of: ClientOf) -> None:
    client, found = client_of("editor"), find(1, "A", "B")[0]
    text = decide(client, found, "keep", htmx=True, number="7").content.decode()
    assert "<html" not in text and text.strip().startswith("<article") and '"count">7<' in text
    assert re.search(r'id="inbox-counts" hx-swap-oob="true"', text) and "1 undecided" in text and "1 kept" in text
    assert re.search(rf'id="mark-{found.pk}" hx-swap-oob="true"', text)
    assert 'value="undo"' in text and "Kept: A" in text and "alert" not in text
    text = decide(client, found, "undo", htmx=True).content.decode()
    assert "2 undecided" in text and 'value="keep"' in text and not Paper.objects.exists()


def test_whoever_comes_second_is_told_by_whom(client_of: ClientOf, editor: User, administrator: User) -> None:
    found = find(1, "A")[0]
    decide(client_of(editor), found, "dismiss")
    text = decide(client_of(administrator), found, "keep", htmx=True).content.decode()
    assert 'role="alert">Nothing was done: editor dismissed it a moment before.' in text and 'value="undo"' in text
    assert not Paper.objects.exists() and Finding.objects.get().decided_by == editor
    client = client_of(administrator)
    answer = decide(client, found, "keep")
    assert "editor dismissed it" in text_of(client, answer["Location"].split("#")[0])
    text = decide(client_of(editor), found, "dismiss", htmx=True).content.decode()
    assert "alert" not in text, "a second click of one's own wants nothing else"


def test_the_rest_is_what_the_page_spoke_of(client_of: ClientOf, editor: User) -> None:
    client, first = client_of(editor), find(1, "A", "B", "C")
    decide(client, first[0], "keep")
    until = str(max(each.pk for each in first))
    find(10, "Came meanwhile")
    client.post(f"{DAY}rest", {"until": until})
    states = dict(Finding.objects.values_list("title", "state"))
    assert states == {"A": "kept", "B": "dismissed", "C": "dismissed", "Came meanwhile": "open"}
    text = text_of(client, DAY)
    assert "You dismissed 2 papers" in text and "Dismiss all the rest" in text
    assert "Dismiss all the rest" not in text_of(client, DAY + "?state=dismissed")
    at = re.search(r'name="at" value="([^"]+)"', text)
    assert at
    client.post(f"{DAY}rest/undo", {"at": at[1]})
    assert Finding.objects.filter(state="open").count() == 3
    assert "You dismissed" not in text_of(client, DAY)


def test_the_rest_of_one_query_leaves_the_others(client_of: ClientOf) -> None:
    query = a_query("LLM")
    find(1, "A")
    until = find(5, "B", fits=query)[0].pk
    client_of("editor").post(f"{DAY}rest", {"until": str(until), "back": f"query={query.pk}"})
    assert dict(Finding.objects.values_list("title", "state")) == {"A": "open", "B": "dismissed"}


@pytest.mark.parametrize("back", ["state=nonsense", "query=999999"])
def test_the_rest_of_something_unknown_is_nothing(back: str, client_of: ClientOf) -> None:
    until = find(1, "A")[0].pk
    client_of("editor").post(f"{DAY}rest", {"until": str(until), "back": back})
    assert Finding.objects.get().state == "open"


@pytest.mark.parametrize("data", [{"action": "explode"}, {}])
def test_what_is_no_decision_is_refused(data: dict[str, str], client_of: ClientOf) -> None:
    found = find(1, "A")[0]
    assert client_of("editor").post(f"/inbox/papers/{found.pk}/decide", data).status_code == 404


def test_tags_that_we_know_are_offered(client_of: ClientOf) -> None:
    find(1, "A")
    Tag.objects.create(name="a tag of ours")
    assert '<option value="a tag of ours">' in text_of(client_of("editor"), DAY)
    assert "a tag of ours" not in text_of(client_of("reader"), DAY)


@pytest.mark.parametrize("address", ["/inbox/", "/inbox/?state=all", DAY, f"{DAY}?state=all"])
def test_ten_more_cost_no_more_queries(address: str, client_of: ClientOf, queries: Queries, editor: User) -> None:
    client, query = client_of(editor), a_query("LLM")

    def more(number: int = 100) -> None:
        kept, dismissed, *_ = find(number, *(f"T{n}" for n in range(10)), fits=query)
        deciding.keep(finding=kept, user=editor)
        deciding.dismiss(finding=dismissed, user=editor)
        paper(f"Ours {number}", arxiv_id=f"2405.{number + 5:05}")
        for n in range(10):
            a_query(f"word{number + n}")
            find(number * 100 + n, "Another day", day=MONDAY - timedelta(days=n + number))

    more(50)
    queries.stay_equal(lambda: text_of(client, address), when=more)


def test_both_languages(client_of: ClientOf) -> None:
    find(1, "A")
    a_query("LLM")
    client = client_of("editor")
    for address, words in (("/inbox/", "收件箱"), (DAY, "摘要"), (DAY, "详细"), ("/inbox/queries/new", "新建查询")):
        answer = client.get(address, headers={"Accept-Language": "zh-CN"})
        assert words in answer.content.decode()
