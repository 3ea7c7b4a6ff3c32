"""What people without an account see at /s/TOKEN/, and that all who see nothing see the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from apps.lists.models import Entry, ReadingList
from apps.notes.models import Note
from apps.papers.models import Classification, Paper, Section
from apps.shares.models import ShareLink

UNKNOWN = "/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/"
KINDS = ["paper", "note", "list", "table", "filter"]


def whole(response) -> tuple:
    """Everything that comes over the wire, but for the date (which the server adds later)."""
    return response.status_code, response.reason_phrase, sorted(response.headers.items()), response.content


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("paper", ["Tuning a Recommender", "调一个推荐器", "We tune it.", "<strong>team</strong>", "GPT-9"]),
        ("note", ["What we think", "<strong>team</strong>", "Tuning a Recommender"]),
        ("list", ["To begin with", "Tuning a Recommender", "start here"]),
        ("table", ["LLM4Rec", "No tuning", "TuneRec", "GPT-9", "Tuning a Recommender"]),
        ("filter", ["Tuning a Recommender"]),
    ],
)
def test_a_link_shows_its_thing_to_a_stranger(share, stranger: Client, kind: str, shown: list[str]) -> None:
    response = stranger.get(share(kind)[1])
    assert response.status_code == 200
    for text in shown:
        assert text in response.content.decode(), text
    for text in ("Another Matter", "Secretly", "zanzibarium"):
        assert text not in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_that_lost_its_last_stroke_opens_too(share, stranger: Client, kind: str) -> None:
    assert stranger.get(share(kind)[1].removesuffix("/")).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_shared_page_links_nowhere_that_needs_an_account(share, stranger: Client, kind: str) -> None:
    _, path = share(kind)
    html = stranger.get(path).content.decode()
    addresses = [part.split('"')[0] for part in html.split('href="')[1:]] + [
        part.split('"')[0] for part in html.split('src="')[1:]
    ]
    assert "<form" not in html
    for address in addresses:
        assert address.startswith((path, "/static/", "https://", "http://", "#", "?page=")), address


def _revoke(link, writer) -> None:
    ShareLink.objects.filter(pk=link.pk).revoke()


def _expire(link, writer) -> None:
    ShareLink.objects.filter(pk=link.pk).update(expires=timezone.now() - timedelta(seconds=1))


def _deactivate(link, writer) -> None:
    writer.is_active = False
    writer.save()


def _demote(link, writer) -> None:
    writer.groups.clear()


def _delete_maker(link, writer) -> None:
    writer.notes.all().update(author=None, visibility="team")
    writer.delete()


def _delete_link(link, writer) -> None:
    link.delete()


def _delete_thing(link, writer) -> None:
    link.target.delete()


def _hide_note(link, writer) -> None:
    Note.objects.filter(pk=link.note_id).update(visibility="private")


ENDS = [(kind, end) for kind in KINDS for end in (_revoke, _expire, _deactivate, _demote, _delete_maker, _delete_link)]
ENDS += [(kind, _delete_thing) for kind in KINDS if kind != "filter"] + [("note", _hide_note)]


@pytest.mark.parametrize(("kind", "end"), ENDS)
def test_a_link_that_is_over_answers_byte_for_byte_like_one_that_never_was(
    share, stranger: Client, writer, kind: str, end
) -> None:
    link, path = share(kind)
    assert stranger.get(path).status_code == 200
    end(link, writer)
    gone = stranger.get(path)
    assert gone.status_code == 404
    assert whole(gone) == whole(stranger.get(UNKNOWN))
    assert whole(stranger.get(f"{path}papers/1/")) == whole(gone)


@pytest.mark.parametrize(
    "path",
    [
        "/s/",
        "/s/x",
        "/s/x/",
        "/s/" + "x" * 5000 + "/",
        "/s/%00/",
        "/s/a%00b/",
        "/s/%ED%A0%80/",
        "/s/%FF/",
        "/s/中文/",
        "/s/%F0%9F%92%A9/",
        "/s/a/b/c/",
        "/s//",
        "/s/../admin/",
        "/s/%2e%2e%2fadmin/",
        "/s/' OR 1=1 --/",
        "/s/<script>/",
        "/s/%E2%80%AE/",
        "/s/x/papers/1/",
        "/s/x/papers/99999999999999999999999/",
        "/s/x/papers/" + "9" * 5000 + "/",
        "/s/x/papers/-1/",
        "/s/x/papers/1/edit/",
    ],
)
def test_no_address_below_s_tells_more_than_another(stranger: Client, library, path: str) -> None:
    assert whole(stranger.get(path)) == whole(stranger.get(UNKNOWN))


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "", "1e9", "9" * 5000, "\0"])
@pytest.mark.parametrize("kind", ["list", "table", "filter"])
def test_a_page_that_is_not_there_is_nothing(share, stranger: Client, kind: str, page: str) -> None:
    link, path = share(kind)
    assert whole(stranger.get(path, {"page": page})) == whole(stranger.get(UNKNOWN))
    link.refresh_from_db()
    assert link.views == 0


@pytest.mark.parametrize("kind", KINDS)
def test_parameters_that_messengers_append_change_nothing(share, stranger: Client, kind: str) -> None:
    _, path = share(kind)
    plain = stranger.get(path).content
    assert stranger.get(path, {"utm_source": "x", "q": "zanzibarium", "tag": "nonsense", "lang": "fr"}).content == plain


@pytest.mark.parametrize("kind", ["list", "table", "filter"])
def test_a_paper_opens_only_if_it_is_in_what_is_shared(library, share, stranger: Client, kind: str) -> None:
    _, path = share(kind)
    inside = stranger.get(f"{path}papers/{library.paper.pk}/")
    assert inside.status_code == 200
    assert b"We tune it." in inside.content and b"zanzibarium" not in inside.content
    for paper_id in (library.other.pk, 0, 10**9, 2**63, 2**64):
        assert whole(stranger.get(f"{path}papers/{paper_id}/")) == whole(stranger.get(UNKNOWN))


def test_a_paper_that_leaves_the_list_or_the_filter_closes(library, share, stranger: Client) -> None:
    _, listed = share("list")
    _, filtered = share("filter")
    Entry.objects.all().delete()
    library.paper.tags.clear()
    for path in (listed, filtered):
        assert stranger.get(f"{path}papers/{library.paper.pk}/").status_code == 404


def test_a_shared_note_does_not_open_its_papers(library, share, stranger: Client) -> None:
    _, path = share("note")
    assert stranger.get(f"{path}papers/{library.paper.pk}/").status_code == 404


def test_the_right_that_comes_without_a_group_counts(library, share, stranger: Client, writer) -> None:
    _, path = share("list")
    writer.groups.clear()
    writer.user_permissions.add(Permission.objects.get(codename="add_sharelink"))
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_look_is_counted_and_a_mere_head_is_not(share, stranger: Client, kind: str) -> None:
    link, path = share(kind)
    for _ in range(3):
        stranger.get(path)
    assert stranger.head(path).status_code == 200
    link.refresh_from_db()
    assert link.views == 3


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_possible_and_every_token_says_so_alike(share, method: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    _, path = share("paper")
    answers = [getattr(stranger, method)(address) for address in (path, UNKNOWN, "/s/a/b/c")]
    assert [answer.status_code for answer in answers] == [405] * 3
    assert len({str(whole(answer)) for answer in answers}) == 1


def test_a_thousand_rows_cost_as_many_queries_as_one(library, share, stranger: Client, queries) -> None:
    section = Section.objects.get()

    def grow() -> None:
        papers = [Paper(title=f"Paper {n}", title_key=f"paper{n}") for n in range(999)]
        papers = Paper.objects.bulk_create(papers)
        Entry.objects.bulk_create(Entry(list=library.list, paper=p, position=n) for n, p in enumerate(papers, 1))
        Classification.objects.bulk_create(
            Classification(section=section, paper=p, position=n) for n, p in enumerate(papers, 1)
        )

    paths = [share(kind)[1] for kind in ("list", "table")]
    queries.stay_equal(lambda: [stranger.get(path) for path in paths], when=grow)
    for path in paths:
        assert stranger.get(path).content.count(b"/papers/") == 1000


def test_ten_more_papers_in_a_filter_and_notes_on_a_paper_cost_no_more_queries(
    library, share, stranger: Client, queries
) -> None:
    def grow() -> None:
        for n in range(10):
            paper = Paper.objects.create(title=f"Paper {n}")
            paper.tags.add(library.tag)

    paths = [share(kind)[1] for kind in ("filter", "list")]
    queries.stay_equal(lambda: [stranger.get(path) for path in paths], when=grow)


def test_a_list_longer_than_a_page_goes_on_behind_next(library, share, stranger: Client) -> None:
    papers = [Paper(title=f"Paper {n}", title_key=f"paper{n}") for n in range(1001)]
    papers = Paper.objects.bulk_create(papers)
    reading = ReadingList.objects.create(title="Long", slug="long")
    Entry.objects.bulk_create(Entry(list=reading, paper=p, position=n) for n, p in enumerate(papers))
    _, path = share("list", target=reading)
    assert b'rel="next"' in stranger.get(path).content
    assert b"Paper 1000" in stranger.get(path, {"page": "2"}).content
