"""What notes show on the pages of papers and lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.template import Context, Template
from django.test import RequestFactory

from apps.papers.models import Source
from tests.papers.library import note, paper

Draw = Callable[..., str]


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    def on_page(code: str, user: User | AnonymousUser, **given: Any) -> str:
        request = rf.get("/")
        request.user = user
        return Template("{% load notes_tags %}" + code).render(Context({"request": request, **given}))

    return on_page


def test_a_paper_shows_what_i_may_read_in_the_order_of_its_document(draw: Draw, writer: User, editor: User) -> None:
    of = paper("P")
    for place, body in enumerate(["second", "first"]):
        made = note(None, of, body=body)
        made.position = 2 - place
        made.save()
    note(writer, of, body="secret", private=True)
    note(None, paper("Q"), body="of another paper")
    html = draw("{% notes_for_paper paper %}", editor, paper=of)
    assert html.index("first") < html.index("second")
    assert "secret" not in html
    assert "of another paper" not in html
    assert "secret" in draw("{% notes_for_paper paper %}", writer, paper=of)
    assert "secret" not in draw("{% notes_for_paper paper %}", AnonymousUser(), paper=of)


def test_only_who_may_write_is_offered_to(draw: Draw, writer: User, reader: User) -> None:
    of = paper("P")
    assert f"/admin/notes/note/add/?papers={of.pk}" in draw("{% notes_for_paper paper %}", writer, paper=of)
    assert "/admin/" not in draw("{% notes_for_paper paper %}", reader, paper=of)


def test_a_post_links_to_its_notes(draw: Draw, reader: User, writer: User) -> None:
    source = Source.objects.create(kind="list", title="A post")
    made, secret = note(None), note(writer, private=True)
    for each in (made, secret):
        each.source = source
        each.save()
    html = draw("{% notes_of_source source %}", reader, source=source)
    assert f"/notes/{made.pk}/" in html
    assert f"/notes/{secret.pk}/" not in html
    assert draw("{% notes_of_source source %}", reader, source=None).strip() == ""
