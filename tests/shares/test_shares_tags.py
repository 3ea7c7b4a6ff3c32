"""The share button stands where somebody may share what may be shared."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import RequestContext, Template
from django.test import RequestFactory


def drawn(user, text: str, **values) -> str:
    request = RequestFactory().get("/")
    request.user = user
    return Template("{% load shares_tags %}" + text).render(RequestContext(request, values)).strip()


@pytest.mark.parametrize("kind", ["paper", "note", "list", "table"])
def test_writers_see_a_button_that_asks_for_this_very_thing(library, writer, kind: str) -> None:
    thing = getattr(library, kind)
    html = drawn(writer, "{% share_button kind thing %}", kind=kind, thing=thing)
    assert f'href="/shares/new?kind={kind}&amp;object={thing.pk}"' in html


def test_the_button_of_a_filter_carries_the_whole_filter(writer) -> None:
    html = drawn(writer, "{% share_filter_button query %}", query='q=a"b&tag=x&tag=y')
    address = html.split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlsplit(address).query) == {"kind": ["filter"], "query": ['q=a"b&tag=x&tag=y']}


def test_nothing_is_offered_where_nothing_is_filtered(writer) -> None:
    assert drawn(writer, "{% share_filter_button query %}", query="") == ""


def test_a_private_note_has_no_button_even_for_its_author(library, writer) -> None:
    assert drawn(writer, '{% share_button "note" note %}', note=library.private) == ""


def test_readers_and_strangers_see_no_button(library, reader) -> None:
    for user in (reader, AnonymousUser()):
        assert drawn(user, '{% share_button "paper" paper %}', paper=library.paper) == ""


def test_a_page_without_a_request_sees_no_button(library) -> None:
    from django.template import Context

    text = '{% load shares_tags %}{% share_button "paper" paper %}'
    assert Template(text).render(Context({"paper": library.paper})).strip() == ""
