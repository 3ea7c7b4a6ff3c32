"""{{table: …}}, {{list: …}} and {{cite}} in notes, made with the reader's eyes."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from apps.accounts.eyes import Eyes
from apps.notes.fillers.embeds import MOST_OF_A_NOTE, MOST_OF_A_PAGE
from apps.notes.models import Note
from apps.notes.showing import show, show_one
from apps.papers.models import Paper
from tests.conftest import Queries
from tests.papers.library import note, paper, reading_list, reads

pytestmark = pytest.mark.django_db
QUIET = "for people with an account"


def html(body: str, eyes: Eyes) -> str:
    return str(show_one(note(None, body=body), eyes).html)


def test_a_table_holds_what_the_filter_finds(reader: User) -> None:
    paper("In the venue", venue="RecSys", names=["ITV"])
    paper("Elsewhere", venue="ACL")
    shown = html("{{table: venue=recsys}}", Eyes(reader))
    for words in ("<table", "In the venue", "ITV", 'href="/papers/?venue=recsys"'):
        assert words in shown
    assert "Elsewhere" not in shown


@pytest.mark.parametrize(
    "body",
    [
        *('{{table: q="large model"}}', "{{table: q=“large model”}}", '{{table： q="large model" sort=title}}'),
        *('{{table: q="large model" venue=recsys venue=acl}}', "{{ table :q=large }}", '{{table: q="large  model"}}'),
        *("{{table: venue=recsys&q=large+model}}", "{{table: ?q=large%20model}}"),
        *("{{table: https://notes.example.org/papers/?q=large&sort=}}", "{{table: /papers/?venue=recsys&q=large}}"),
    ],
)
def test_values_with_blanks_stand_in_quotes_or_as_in_an_address(reader: User, body: str) -> None:
    paper("A large model", venue="RecSys")
    paper("A small model", venue="RecSys")
    shown = html(body, Eyes(reader))
    assert "A large model" in shown
    assert "A small model" not in shown


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ("nonsense=1", "nonsense"),
        ("venue=nowhere", "nowhere"),
        ("venue", "venue"),
        ("venue=recsys and more", "and more"),
        ('q="open', "open"),
        ("", "tuning=no-tuning"),
        ("sort=title", "tuning=no-tuning"),
        ("workshops=1", "tuning=no-tuning"),
        ("venue=recsys page=2", "no pages"),
        ("year=20x3", "20x3"),
        ("q=a q=b", "q"),
        ("state=read", "sign in"),
    ],
)
def test_what_is_wrong_is_named_and_no_paper_is_shown(arguments: str, named: str) -> None:
    paper("A paper", venue="RecSys", year=2023)
    shown = html(f"{{{{table: {arguments}}}}}", Eyes(AnonymousUser()))
    assert "A paper" not in shown
    assert named in shown
    assert "cannot be shown" in shown


def test_an_empty_table_says_so_and_a_long_one_links_to_all(reader: User) -> None:
    assert "No paper matches" in html("{{table: year=1999}}", Eyes(reader))
    Paper.objects.bulk_create(Paper(title=f"Paper {number}", year=2023) for number in range(60))
    shown = html("{{table: year=2023}}", Eyes(reader))
    assert shown.count("<tr>") == 51
    assert "The first 50" in shown


def test_states_are_the_readers_own(reader: User, writer: User) -> None:
    of = paper("A paper")
    reads(writer, of, "read")
    assert "A paper" in html("{{table: state=read}}", Eyes(writer))
    assert "A paper" not in html("{{table: state=read}}", Eyes(reader))


def test_anothers_private_note_has_no_say(reader: User, writer: User) -> None:
    note(writer, paper("A paper", venue="RecSys"), body="zanzibarium", private=True)
    for arguments in ("q=zanzibarium", "has=note"):
        assert "A paper" not in html(f"{{{{table: {arguments}}}}}", Eyes(reader))


def test_a_list_stands_as_it_is(reader: User) -> None:
    reading_list("to-begin-with", [paper("First", names=["F"]), paper("Second")])
    shown = html("{{list: to-begin-with}}", Eyes(reader))
    assert shown.index("First") < shown.index("Second")
    assert 'href="/lists/to-begin-with/"' in shown
    for slug in ("nowhere", "", "<b>", "../x"):
        wrong = html(f"{{{{list: {slug}}}}}", Eyes(reader))
        assert "First" not in wrong
        assert "embed-problems" in wrong
        assert "<b>" not in wrong


def test_cite_lists_what_the_note_is_about_and_mentions_each_once(reader: User) -> None:
    about = paper("What it is about", authors=["Ann A", "Bob B", "Cid C", "Dan D"], venue="RecSys", year=2023)
    paper("Later in the text", arxiv_id="2305.00447")
    paper("Earlier in the text", names=["E"])
    paper("Not mentioned")
    made = note(None, about, body="[[E]] then https://arxiv.org/abs/2305.00447, [[E]], [[nobody]]\n\n{{cite}}")
    shown = str(show_one(made, Eyes(reader)).html)
    cited = shown[shown.index("<ol") :]
    assert [cited.count(words) for words in ("What it is about", "Earlier in", "Later in", "Not mentioned")] == [
        1,
        1,
        1,
        0,
    ]
    assert cited.index("What it is about") < cited.index("Earlier in") < cited.index("Later in")
    assert "Ann A, Bob B, Cid C et al." in cited
    assert 'href="https://arxiv.org/abs/2305.00447"' in cited
    assert "no papers yet" in html("{{cite}}", Eyes(reader))


def test_an_unknown_name_lists_the_known_ones(reader: User) -> None:
    shown = html("{{tabel: venue=recsys}}", Eyes(reader))
    for words in ("tabel", "table", "list", "cite"):
        assert words in shown


@pytest.mark.parametrize("body", ["{{table: venue=recsys}}", "{{list: all}}", "{{cite}}", "{{table: venue=nowhere}}"])
def test_behind_a_share_link_nothing_of_the_library_is_shown_unless_all_is_public(settings: Any, body: str) -> None:
    reading_list("all", [paper("A paper", venue="RecSys")])
    made = note(None, Paper.objects.get(), body=body)
    shown = str(show_one(made, Eyes.of_stranger("token")).html)
    assert QUIET in shown
    assert "A paper" not in shown
    assert "/papers" not in shown
    settings.PAPERNOTES_PUBLIC = True
    shown = str(show_one(made, Eyes.of_stranger("token")).html)
    assert QUIET not in shown
    assert ("A paper" in shown) is ("nowhere" not in body)


def test_a_note_shows_so_many_and_says_so(reader: User) -> None:
    paper("A paper", year=2023)
    body = "\n\n".join(f"{{{{table: year=2023-{2030 + number}}}}}" for number in range(MOST_OF_A_NOTE + 5))
    shown = html(body, Eyes(reader))
    assert shown.count("<table") == MOST_OF_A_NOTE
    assert shown.count("left out") == 1
    assert len(html("{{cite}}\n\n" * 3000, Eyes(reader))) < 50_000
    assert len(html("{{cite}}\n\n" * 3000, Eyes.of_stranger("t"))) < 50_000


def test_hostile_arguments_are_words(reader: User) -> None:
    for arguments in (
        '"><script>x</script>',
        "q=<script>",
        "venue=<img/src=x>",
        'q="><svg onload=1>"',
        "q=\x00",
        "<b>=1",
    ):
        for name in ("table", "list", "cite", "nothing"):
            shown = str(show_one(Note(body=f"{{{{{name}: {arguments}}}}}"), Eyes(reader)).html).lower()
            assert "<script" not in shown
            assert "<img" not in shown
            assert "<svg" not in shown


def test_many_notes_with_many_tables_cost_a_bounded_number_of_queries(reader: User, queries: Queries) -> None:
    for number in range(10):
        paper(f"Paper {number}", year=2020 + number, venue="RecSys", names=[f"N{number}"])

    def notes(number: int) -> list[Note]:
        found = []
        for each in range(number):
            years = (1000 + 100 * each + place for place in range(MOST_OF_A_NOTE))
            found.append(Note(body="\n\n".join(f"{{{{table: year={year}-2024}}}}" for year in years)))
        return found

    few = len(queries.of(lambda: show(notes(MOST_OF_A_PAGE // MOST_OF_A_NOTE), Eyes(reader), top=2)))
    many = len(queries.of(lambda: show(notes(MOST_OF_A_PAGE), Eyes(reader), top=2)))
    assert many <= few < 80
    same = [Note(body="{{table: year=2023}}") for _ in range(20)]
    assert len(queries.of(lambda: show(same, Eyes(reader), top=2))) < 20
