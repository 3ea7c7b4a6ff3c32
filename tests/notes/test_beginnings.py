"""A new note begins with the template that its address names, and with nothing that it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.notes.models import NoteTemplate
from tests.papers.library import paper

ClientOf = Callable[[str | User], Client]
ADD = "/admin/notes/note/add/"


def body(client: Client, query: str) -> str:
    return str(client.get(f"{ADD}?{query}").context["adminform"].form["body"].value() or "")


def test_the_template_stands_in_the_box(client_of: ClientOf) -> None:
    made = NoteTemplate.objects.create(name="Short", body="What for?", body_zh="为何？")
    of = paper("P")
    client = client_of("writer")
    assert body(client, f"template={made.pk}&papers={of.pk}") == "What for?"
    page = client.get(f"{ADD}?template={made.pk}&papers={of.pk}", headers={"Accept-Language": "zh-CN"})
    assert page.context["adminform"].form["body"].value() == "为何？"
    assert f'<option value="{of.pk}" selected' in page.content.decode()


def test_what_the_address_says_goes_before_the_template(client_of: ClientOf) -> None:
    made = NoteTemplate.objects.create(name="Short", body="What for?")
    assert body(client_of("writer"), f"template={made.pk}&body=mine") == "mine"


@pytest.mark.parametrize("wanted", ["", "0", "x", "-1", "9" * 30, "١", "1 OR 1=1"])
def test_an_unknown_template_begins_nothing(client_of: ClientOf, wanted: str) -> None:
    NoteTemplate.objects.all().delete()
    assert body(client_of("writer"), f"template={wanted}") == ""


def test_the_reading_template_is_there_from_the_start(client_of: ClientOf) -> None:
    page = client_of("writer").get(ADD, headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "论文阅读" in page
    for heading in ("解决的问题", "方法", "实验", "结论", "疑问"):
        assert f"## {heading}" in page
