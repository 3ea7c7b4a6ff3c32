"""What may be shared, for how long, and what is refused with a sentence."""

from datetime import timedelta

import pytest

from apps.shares.forms import ShareForm


def form_of(user, **data) -> ShareForm:
    return ShareForm({"expires": "30", **data}, user=user)


@pytest.mark.parametrize(
    ("choice", "lasts"),
    [("1", timedelta(days=1)), ("7", timedelta(days=7)), ("30", timedelta(days=30)), ("never", None)],
)
def test_a_link_lasts_as_long_as_was_chosen(library, writer, choice: str, lasts: timedelta | None) -> None:
    form = form_of(writer, kind="paper", object=library.paper.pk, expires=choice)
    assert form.is_valid() and form.lasts == lasts


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "paper"},
        {"kind": "paper", "object": "0"},
        {"kind": "paper", "object": "x"},
        {"kind": "paper", "object": str(10**9)},
        {"kind": "paper", "object": str(2**63)},
        {"kind": "paper", "object": "9" * 5000},
        {"kind": "user", "object": "1"},
        {"kind": "note", "object": "\0"},
        {"kind": "filter"},
        {"kind": "filter", "query": ""},
        {"kind": "filter", "query": "sort=title"},
        {"kind": "filter", "query": "page=2"},
        {"kind": "filter", "query": "tag=nonsense"},
        {"kind": "filter", "query": "state=read"},
        {"kind": "filter", "query": "colour=red"},
        {"kind": "filter", "query": "q=%00"},
        {"kind": "filter", "query": "q=" + "x" * 5000},
        {"kind": "filter", "query": "tag=tuned", "expires": "365"},
        {"kind": "filter", "query": "tag=tuned", "expires": ""},
        {"kind": "filter", "query": "tag=tuned", "label": "x" * 201},
        {"kind": "filter", "query": "tag=tuned", "label": "a\0b"},
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_sentence(library, writer, data: dict[str, str]) -> None:
    form = form_of(writer, **data)
    assert not form.is_valid()
    assert all(message for messages in form.errors.values() for message in messages)


def test_a_note_may_be_shared_by_whoever_sees_it_unless_it_is_private(library, writer, editor) -> None:
    assert form_of(editor, kind="note", object=library.note.pk).is_valid()
    own = form_of(writer, kind="note", object=library.private.pk)
    others = form_of(editor, kind="note", object=library.private.pk)
    assert "private" in str(own.errors)
    # To others it looks like a note that is not there.
    assert str(others.errors) == str(form_of(editor, kind="note", object=10**9).errors)


@pytest.mark.parametrize("query", ["tag=tuned", "?tag=tuned", "tag=tuned&page=1"])
def test_a_filter_is_stored_cleaned(library, writer, query: str) -> None:
    form = form_of(writer, kind="filter", query=query)
    assert form.is_valid() and form.cleaned_data["query"] == "tag=tuned"
