"""What lists show on a paper's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.template import Context, Template
from django.test import RequestFactory

from apps.lists.models import ReadingList
from apps.papers.models import Paper
from tests.papers.library import paper, reading_list, reads

Draw = Callable[..., str]


@pytest.fixture
def draw(rf: RequestFactory) -> Draw:
    def on_page(code: str, of: Paper, user: User | AnonymousUser) -> str:
        request = rf.get("/papers/1/x/")
        request.user = user
        return Template("{% load lists_tags %}" + code).render(Context({"request": request, "paper": of}))

    return on_page


def test_a_paper_names_the_lists_it_is_in(draw: Draw, reader: User) -> None:
    of = paper("P")
    reading_list("classics", [of]).entries.update(remark="the first of its kind")
    ReadingList.objects.create(title="Another", slug="another")
    html = draw("{% lists_for_paper paper %}", of, reader)
    assert "/lists/classics/" in html
    assert "the first of its kind" in html
    assert "/lists/another/" not in html


def test_a_paper_in_no_list_says_nothing_of_lists(draw: Draw, reader: User) -> None:
    assert draw("{% lists_for_paper paper %}", paper("P"), reader).strip() == ""


def test_the_buttons_show_my_own_state(draw: Draw, reader: User, writer: User) -> None:
    of = paper("P")
    reads(writer, of, "read")
    assert 'aria-pressed="true"' not in draw("{% reading_state paper %}", of, reader)
    assert draw("{% reading_state paper %}", of, writer).count('aria-pressed="true"') == 1


def test_a_state_that_is_known_is_not_asked_for(
    draw: Draw, reader: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    of = paper("P")
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        html = draw('{% reading_state paper "reading" %}', of, reader)
    assert html.count('aria-pressed="true"') == 1


def test_strangers_have_no_state(draw: Draw, db: None) -> None:
    assert draw("{% reading_state paper %}", paper("P"), AnonymousUser()).strip() == ""
