"""XML of strangers is read whole or not at all, and nothing in it is followed."""

from __future__ import annotations

import pytest

from apps.harvest.arxiv import xml
from apps.harvest.arxiv.failures import Broken, Reason

LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
BAD = [
    (b"", "", Reason.CUT_XML),
    (b"   ", "", Reason.CUT_XML),
    (b"nothing to see", "text/plain", Reason.CUT_XML),
    (b"<a><b></a>", "", Reason.CUT_XML),
    (b"<a>", "", Reason.CUT_XML),
    (b"<a/><b/>", "", Reason.CUT_XML),
    (b"<a>\x00</a>", "", Reason.CUT_XML),
    (b"<a>&nbsp;</a>", "", Reason.CUT_XML),
    (b"<?xml version='1.0' encoding='no-such-thing'?><a/>", "", Reason.CUT_XML),
    (b"<!doctype html><p>down", "", Reason.HTML),
    (b"\n<HTML><body>", "", Reason.HTML),
    (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y"><html/>', "", Reason.HTML),
    (b"<!-- cached --><html>", "", Reason.HTML),
    (b"<p>down", "text/html", Reason.HTML),
    (LAUGHS.encode(), "", Reason.ENTITIES),
    (LAUGHS.encode("utf-16"), "", Reason.ENTITIES),
    (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>', "", Reason.ENTITIES),
    (b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>', "", Reason.ENTITIES),
]


@pytest.mark.parametrize(("content", "kind", "reason"), BAD)
def test_what_is_not_read_has_its_reason(content: bytes, kind: str, reason: Reason) -> None:
    with pytest.raises(Broken) as said:
        xml.tree(content, kind)
    assert said.value.failure.reason is reason


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<a>é</a>".encode(), "é"),
        ("\ufeff<a>é</a>".encode(), "é"),
        ("<a>é</a>".encode("latin-1"), "é"),
        ("<a>é and 中</a>".encode().replace("é".encode(), b"\xe9"), "é and 中"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".encode("latin-1"), "é"),
        ("<?xml version='1.0' encoding='utf-8'?><a>é</a>".encode("latin-1"), "é"),
        ("<a>é</a>".encode("utf-16"), "é"),
        (b"<a>\x93so\x94</a>", "“so”"),
        (b"<a>&#233; &lt; &amp;</a>", "é < &"),
        (b"<a>o<!-- not -->ne</a>", "one"),
    ],
)
def test_letters_are_read_in_the_encoding_that_they_have(content: bytes, text: str) -> None:
    assert xml.text(xml.tree(content), ".", {}) == text


def test_lines_of_an_abstract_are_joined_and_its_paragraphs_stay() -> None:
    assert xml.folded("  One line\nand the next.\n  A new paragraph\nof two lines.\n") == (
        "One line and the next.\n\nA new paragraph of two lines."
    )
