"""The page of spellings that wait to be mapped, for editors alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.exchange.models import IgnoredSpelling
from apps.papers.models import Paper
from apps.vocabulary.models import Alias, Venue
from tests.exchange.documents import TABLE, table
from tests.exchange.importing import bring, take

pytestmark = pytest.mark.django_db
PAGES = [("get", "/map/"), ("post", "/map/choose"), ("post", "/map/ignore"), ("post", "/map/undo")]


@pytest.fixture
def client(client_of: Any) -> Client:
    return client_of("editor")


def venue(number: int = 1) -> str:
    return str(Paper.objects.get(arxiv_id=f"2401.1000{number}").venue)


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_only_editors_find_it(method: str, path: str, client_of: Any, settings: Any) -> None:
    for role in ("reader", "writer"):
        assert getattr(client_of(role), method)(path).status_code == 404
    for public in (False, True):
        settings.PAPERNOTES_PUBLIC = public
        assert getattr(client_of("stranger"), method)(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_each_spelling_stands_with_its_count_papers_and_suggestions(role: str, client_of: Any) -> None:
    bring(("t.md", TABLE))
    text = client_of(role).get("/map/").content.decode()
    for words in ("Foobar", "2 places", "ConfX", "Loud ranking by shouting models", ">KDD</button>", "Prompting magic"):
        assert words in text


def test_one_kind_at_a_time_and_unknown_ones_not_at_all(client: Client) -> None:
    bring(("t.md", TABLE))
    answer = client.get("/map/?kind=venue")
    assert {spelling.raw for spelling in answer.context["page"].object_list} == {"ConfX", "KDDD"}
    assert client.get("/map/?kind=nonsense").status_code == 404


def test_one_click_on_a_suggestion_maps(client: Client) -> None:
    bring(("t.md", TABLE))
    answer = client.post("/map/choose", {"kind": "venue", "raw": "KDDD", "slug": "kdd", "back": "venue"}, follow=True)
    assert venue(2) == "KDD"
    assert answer.redirect_chain[-1][0] == "/map/?kind=venue"
    assert "“KDDD” means KDD from now on. 1 place was changed." in answer.content.decode()


@pytest.mark.parametrize("name", ["SIGIR", "sigir", " SIGIR "])
def test_any_name_of_the_vocabulary_can_be_typed(name: str, client: Client) -> None:
    bring(("t.md", TABLE))
    client.post("/map/choose", {"kind": "venue", "raw": "ConfX", "name": name})
    assert venue() == "SIGIR"


def test_a_new_entry_is_made_of_the_spelling_or_of_a_typed_name(client: Client) -> None:
    bring(("t.md", TABLE))
    client.post("/map/choose", {"kind": "venue", "raw": "ConfX", "new": "1", "venue_kind": "workshop"})
    client.post("/map/choose", {"kind": "venue", "raw": "KDDD", "new": "1", "name": "Knowledge Days"})
    assert (venue(1), venue(2)) == ("ConfX", "Knowledge Days")
    assert Venue.objects.get(name="ConfX").kind == "workshop"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "venue", "raw": "ConfX"}, "Choose what “ConfX” means."),
        ({"kind": "venue", "raw": "ConfX", "name": "No such venue"}, "There is no “No such venue” yet."),
        ({"kind": "venue", "raw": "ConfX", "slug": "no-such-slug"}, "Choose what “ConfX” means."),
        ({"kind": "venue", "raw": "ConfX", "name": "kdd", "new": "1"}, "is already there"),
        ({"kind": "venue", "raw": "ConfX", "name": "...", "new": "1"}, "at least one letter"),
        ({"kind": "author", "raw": "ConfX", "name": "KDD"}, ""),
        ({"kind": "venue", "raw": "", "name": "KDD"}, ""),
        ({"kind": "venue", "raw": "x" * 301, "name": "KDD"}, ""),
        ({}, ""),
    ],
)
def test_what_makes_no_sense_is_told_and_changes_nothing(data: dict[str, str], message: str, client: Client) -> None:
    bring(("t.md", TABLE))
    answer = client.post("/map/choose", data)
    assert answer.status_code == 422 and message in answer.content.decode()
    assert not Alias.objects.filter(said_by__isnull=False).exists()


def test_a_second_click_is_told(client: Client) -> None:
    bring(("t.md", TABLE))
    data = {"kind": "venue", "raw": "KDDD", "slug": "kdd"}
    client.post("/map/choose", data)
    assert "has a meaning by now" in client.post("/map/choose", data, follow=True).content.decode()


def test_what_was_decided_is_listed_and_taken_back(client: Client) -> None:
    bring(("t.md", TABLE))
    client.post("/map/choose", {"kind": "venue", "raw": "KDDD", "slug": "kdd"})
    client.post("/map/ignore", {"kind": "venue", "raw": "ConfX"})
    assert IgnoredSpelling.objects.get().raw == "ConfX"
    text = client.get("/map/").content.decode()
    assert "no name" in text and text.count('action="/map/undo"') == 2
    for raw in ("KDDD", "ConfX"):
        client.post("/map/undo", {"kind": "venue", "raw": raw})
    assert venue(2) == "None" and not IgnoredSpelling.objects.exists()
    assert (
        "nothing to take back"
        in client.post("/map/undo", {"kind": "venue", "raw": "KDDD"}, follow=True).content.decode()
    )


@pytest.mark.parametrize("path", ["/map/ignore", "/map/undo"])
def test_nonsense_is_not_found(path: str, client: Client) -> None:
    assert client.post(path, {"kind": "nonsense", "raw": "x"}).status_code == 404
    assert client.post(path, {"kind": "venue"}).status_code == 404


def test_a_spelling_of_a_preview_is_mapped_from_there_and_the_preview_made_anew(client: Client) -> None:
    job = take(("t.md", TABLE))[0]
    page = client.get(f"/map/?kind=llm&raw=Foobar&import={job.pk}").content.decode()
    assert "not in the library yet" in page and f'name="import" value="{job.pk}"' in page
    answer = client.post("/map/choose", {"kind": "llm", "raw": "Foobar", "name": "OPT", "import": job.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/imports/{job.pk}/"
    job.refresh_from_db()
    assert "Foobar" not in [one["raw"] for one in job.plan["unmapped"]]


@pytest.mark.parametrize("number", ["x", "99999", "9" * 40])
def test_an_import_that_is_not_there_does_no_harm(number: str, client: Client) -> None:
    bring(("t.md", TABLE))
    assert client.get(f"/map/?import={number}").status_code == 200
    assert (
        client.post("/map/choose", {"kind": "venue", "raw": "KDDD", "slug": "kdd", "import": number}).status_code == 302
    )


def test_mapping_needs_the_forms_token(editor: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post("/map/choose", {"kind": "venue", "raw": "KDDD", "slug": "kdd"}).status_code == 403


def test_ten_more_spellings_cost_no_more_queries(client: Client, queries: Any) -> None:
    def more() -> None:
        text = table(20, start=50, title="Many")
        for n in range(50, 70):
            text = text.replace(f"number {n} of", f"number {n} of these").replace(f"| Method{n} |", f"| M{n} |", 1)
        lines = [
            line.replace(" T5 ", f" Foo{n} ").replace(" KDD ", f" Conf{n} ") for n, line in enumerate(text.splitlines())
        ]
        bring(("many.md", "\n".join(lines)))

    bring(("t.md", TABLE))
    queries.stay_equal(lambda: client.get("/map/"), when=more)
