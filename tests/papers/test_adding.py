"""Adding a paper by what a person has at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from apps.papers.merges import merge
from apps.papers.models import Paper, Source
from apps.papers.services.adding import NothingToAdd, add_paper
from tests.papers.library import paper

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Any], Client]


@pytest.mark.parametrize(
    ("text", "field", "value", "title"),
    [
        ("2305.00447", "arxiv_id", "2305.00447", "arXiv:2305.00447"),
        (" arXiv:2305.00447v2 ", "arxiv_id", "2305.00447", "arXiv:2305.00447"),
        ("https://arxiv.org/pdf/2305.00447v1.pdf", "arxiv_id", "2305.00447", "arXiv:2305.00447"),
        ("hep-th/9901001", "arxiv_id", "hep-th/9901001", "arXiv:hep-th/9901001"),
        ("10.1145/3543507.3583434", "doi", "10.1145/3543507.3583434", "10.1145/3543507.3583434"),
        ("https://doi.org/10.1145/ABC", "doi", "10.1145/abc", "10.1145/abc"),
        ("https://openreview.net/forum?id=abcDEF123", "openreview_id", "abcDEF123", ""),
        ("https://example.org/paper.html", "url", "https://example.org/paper.html", "https://example.org/paper.html"),
    ],
)
def test_every_spelling_makes_a_paper_that_waits_for_arxiv_where_it_has_an_id_there(
    editor: User, text: str, field: str, value: str, title: str
) -> None:
    added = add_paper(text=text, user=editor)
    assert added.new
    assert getattr(added.paper, field) == value
    assert added.paper.metadata == ("pending" if field == "arxiv_id" else "")
    assert not title or added.paper.title == title
    (source,) = Source.objects.all()
    assert (source.kind, source.user) == ("person", editor)
    assert added.paper.statements.filter(field=field, raw=value).exists()


@pytest.mark.parametrize("text", ["2305.00447", "https://arxiv.org/abs/2305.00447v9", "10.48550/arXiv.2305.00447"])
def test_what_is_here_is_not_added_again(editor: User, text: str) -> None:
    known = paper("Known", arxiv_id="2305.00447")
    added = add_paper(text=text, user=editor)
    assert (added.paper, added.new) == (known, False)
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("text", ["", "hello", "2305.0044", "javascript:alert(1)", "ftp://example.org/x"])
def test_what_names_no_paper_adds_none(editor: User, text: str) -> None:
    with pytest.raises(NothingToAdd):
        add_paper(text=text, user=editor)
    assert not Paper.objects.exists()


def test_paper_add_leads_to_the_paper(client_of: ClientOf) -> None:
    client = client_of("editor")
    answer = client.post("/papers/add/", {"text": "arXiv:2305.00447v2"})
    made = Paper.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert "metadata pending" in str(client.get(answer["Location"]).content, "utf-8")
    other = client.post("/papers/add/", {"text": "10.1145/3543507.3583434"}, follow=True)
    assert "Only arXiv is asked" in str(other.content, "utf-8")
    Paper.objects.exclude(pk=made.pk).delete()
    again = client.post("/papers/add/", {"text": "https://arxiv.org/abs/2305.00447"}, follow=True)
    assert "already here" in str(again.content, "utf-8")
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("text", ["nonsense <b>", "", "x" * 2000, "a\x00b"])
def test_paper_add_keeps_what_was_typed(client_of: ClientOf, text: str) -> None:
    answer = client_of("editor").post("/papers/add/", {"text": text})
    assert answer.status_code == 200
    page = str(answer.content, "utf-8")
    assert 'role="alert"' in page
    assert "nonsense &lt;b&gt;" in page or not text.startswith("nonsense")
    assert not Paper.objects.exists()


@pytest.mark.parametrize("who", ["reader", "writer"])
def test_paper_add_is_for_editors(client_of: ClientOf, who: str) -> None:
    assert client_of(who).get("/papers/add/").status_code == 404
    assert client_of(who).post("/papers/add/", {"text": "2305.00447"}).status_code == 404
    assert not Paper.objects.exists()


def test_the_id_of_a_record_that_was_merged_away_leads_to_the_one_that_was_kept(
    client_of: ClientOf, editor: User
) -> None:
    kept, lost = (add_paper(text=text, user=editor).paper for text in ("2305.00447", "2305.00448"))
    merge(kept=kept, lost=lost, user=editor)
    assert client_of(editor).get("/arxiv/2305.00448")["Location"] == kept.get_absolute_url()
    assert add_paper(text="2305.00448", user=editor).paper == kept
    assert Paper.objects.count() == 1
