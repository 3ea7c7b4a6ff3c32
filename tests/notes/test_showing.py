"""Notes on a page: what stands in the places of references, for members, readers and strangers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User

from apps.accounts.eyes import Eyes
from apps.core.markup import Slot
from apps.notes import showing
from apps.notes.fillers.papers import fill_links, fill_papers
from apps.notes.links import MOST
from apps.notes.models import Note
from apps.notes.rendering import keep
from apps.notes.showing import show, show_one
from apps.papers.naming import named
from tests.conftest import Queries
from tests.papers.library import note, paper

pytestmark = pytest.mark.django_db


def html(body: str, eyes: Eyes) -> str:
    return str(show_one(note(None, body=body), eyes).html)


def test_a_reference_is_a_link_with_a_card(reader: User) -> None:
    of = paper("A Title", arxiv_id="2305.00447", names=["P5"])
    link = f'<a class="paper-ref" href="/papers/{of.pk}/a-title/" data-card="/papers/{of.pk}/card/" title="A Title">'
    assert f"{link}P5</a>" in html("[[P5]]", Eyes(reader))
    assert f"{link}the &lt;paper&gt;</a>" in html("[[P5|the <paper>]]", Eyes(reader))
    assert f"{link}P5</a>" in html("[[arXiv:2305.00447]]", Eyes(reader))
    assert f"{link}here</a>" in html("[here](https://arxiv.org/pdf/2305.00447v3)", Eyes(reader))


def test_an_address_of_a_paper_that_we_lack_stays_an_address(reader: User) -> None:
    shown = html("[here](https://arxiv.org/pdf/2305.00447v3)", Eyes(reader))
    assert 'href="https://arxiv.org/pdf/2305.00447v3"' in shown
    assert "data-card" not in shown


def test_several_are_a_choice(reader: User) -> None:
    paper("One", names=["TransRec"])
    paper("Two", names=["TransRec"])
    shown = html("[[TransRec]]", Eyes(reader))
    assert 'href="/papers/named/?name=TransRec"' in shown
    assert "2 papers" in shown


def test_who_may_add_a_paper_is_offered_to(reader: User, editor: User) -> None:
    assert 'href="/papers/add/?text=A+%26+B"' in html("[[A & B]]", Eyes(editor))
    for ref in ("A & B", "2305.00447"):
        shown = html(f"[[{ref}]]", Eyes(reader))
        assert "paper-ref-none" in shown
        assert "/papers/add/" not in shown
    assert 'href="https://arxiv.org/abs/2305.00447"' in html("[[2305.00447]]", Eyes(reader))


@pytest.mark.parametrize("public", [False, True])
def test_behind_a_share_link_no_address_of_the_site_is_shown(settings: Any, editor: User, public: bool) -> None:
    settings.PAPERNOTES_PUBLIC = public
    of = paper("A Title", arxiv_id="2305.00447", names=["P5"])
    paper("Without an id", names=["W"])
    paper("One", names=["TransRec"])
    paper("Two", names=["TransRec"])
    site = settings.PAPERNOTES_URL
    shown = html(
        f"[[P5]] [[W]] [[TransRec]] [[nobody]] [x](https://arxiv.org/abs/2305.00447) [y](/papers/{of.pk}/)"
        f" [z]({site}/notes/) [s](/s/abc/) [[doi:10.1145/1.2]]",
        Eyes.of_stranger("token"),
    )
    assert 'href="/papers' not in shown
    assert f'href="{site}' not in shown
    assert "data-card" not in shown
    assert "A Title" not in shown
    assert shown.count('href="https://arxiv.org/abs/2305.00447"') == 2
    assert 'href="https://doi.org/10.1145/1.2"' in shown
    assert 'href="/s/abc/"' in shown
    for words in ("P5", "W", "TransRec", "nobody", "y", "z"):
        assert words in shown


def test_hostile_words_stay_words(editor: User) -> None:
    paper("<script>alert(1)</script>", names=['"><img src=x onerror=alert(1)>'])
    for body in (
        '[["><img src=x onerror=alert(1)>]]',
        "[[<script>alert(1)</script>]]",
        '[[x|"><script>alert(1)</script>]]',
        '[["><svg onload=alert(1)>]]',
        "[[javascript:alert(1)]]",
    ):
        for eyes in (Eyes(editor), Eyes(AnonymousUser()), Eyes.of_stranger("t")):
            shown = html(body, eyes).lower()
            assert "<script" not in shown
            assert "<img" not in shown
            assert "<svg" not in shown
            assert 'href="javascript' not in shown


def test_a_reference_in_a_link_does_not_break_it(reader: User) -> None:
    paper("A Title", names=["P5"])
    shown = html("[see [[P5]] there](https://example.org/)", Eyes(reader))
    assert shown.count("<a ") == shown.count("</a>") == 1
    assert "see [[P5]] there" in shown


def test_of_thousands_of_references_the_first_are_links(reader: User) -> None:
    paper("A Title", names=["P5"], arxiv_id="2305.00447")
    shown = fill_papers([Slot("paper", {"ref": "P5", "label": ""})] * (MOST + 9), named(["P5"]), Eyes(reader))
    assert [f.before.count("<a ") for f in shown] == [1] * MOST + [0] * 9
    address = "https://arxiv.org/abs/2305.00447"
    filled = fill_links([Slot("link", {"href": address, "title": ""})] * (MOST + 9), named([address]), Eyes(reader))
    assert [f.before.count("data-card") for f in filled] == [1] * MOST + [0] * 9


def test_a_note_that_is_not_saved_is_shown_too(writer: User) -> None:
    paper("A Title", names=["P5"])
    shown = show_one(Note(body="[[P5]]\n\n{{cite}}\n\n{{table: year=2023}}", author=writer), Eyes(writer)).html
    assert shown.count("A Title") >= 2


def test_a_page_does_not_wait_for_ever_for_notes_that_are_not_rendered(
    reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready, waiting = note(None, body="**ready**"), note(None, body="**waiting** <b>")
    keep(ready)
    monkeypatch.setattr(showing, "_PATIENCE", 0.0)
    first, second = show([Note.objects.get(pk=ready.pk), Note.objects.get(pk=waiting.pk)], Eyes(reader), top=2)
    assert "<strong>ready</strong>" in first.html
    assert "as it was typed" in second.html
    assert "**waiting** &lt;b&gt;" in second.html


def test_ten_more_notes_with_new_papers_cost_no_more_queries(reader: User, queries: Queries) -> None:
    notes: list[Note] = []

    def more() -> None:
        for _ in range(10):
            number = len(notes)
            of = paper(f"Title {number}", names=[f"N{number}"], arxiv_id=f"2305.0{number:04}")
            made = note(
                None, of, body=f"[[N{number}]] [[Title {number}]] [[2305.0{number:04}]] [[no {number}]]\n\n{{{{cite}}}}"
            )
            keep(made)
            notes.append(made)

    more()

    def look() -> None:
        found = Note.objects.filter(pk__in=[each.pk for each in notes]).select_related("rendering")
        assert len(show(found, Eyes(User.objects.get(pk=reader.pk)), top=2)) == len(notes)

    queries.stay_equal(look, when=more)
