"""An address names a paper only where it may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.papers.identifiers import Identity, arxiv_month, arxiv_url, clean_url, find, parse_arxiv

ARXIV = [
    ("https://arxiv.org/abs/2305.00447", "2305.00447", None),
    ("http://arxiv.org/abs/2305.00447v2", "2305.00447", 2),
    ("https://arxiv.org/pdf/2305.00447", "2305.00447", None),
    ("https://arxiv.org/pdf/2305.00447v12.pdf", "2305.00447", 12),
    ("https://arxiv.org/pdf/2305.00447.pdf#page=3", "2305.00447", None),
    ("https://arxiv.org/abs/2305.00447?context=cs.IR", "2305.00447", None),
    ("https://arxiv.org/html/2305.00447v1", "2305.00447", 1),
    ("http://export.arxiv.org/pdf/2305.00447", "2305.00447", None),
    ("https://rss.arxiv.org/abs/2305.00447", "2305.00447", None),
    ("https://www.arxiv.org/abs/2305.00447", "2305.00447", None),
    ("https://ar5iv.org/abs/2305.00447", "2305.00447", None),
    ("https://ar5iv.labs.arxiv.org/html/2305.00447", "2305.00447", None),
    ("https://www.alphaxiv.org/abs/2305.00447v1", "2305.00447", 1),
    ("https://arxiv.org/abs/0704.0001", "0704.0001", None),
    ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001", 3),
    ("https://arxiv.org/pdf/math.CA/0611800", "math/0611800", None),
    ("arxiv.org/abs/2305.00447", "2305.00447", None),
    ("see arXiv:2305.00447v1 [cs.IR].", "2305.00447", 1),
    ("A Title PredictionarXiv:2305.00447.", "2305.00447", None),
    ("arXiv preprint arXiv:hep-th/9901001", "hep-th/9901001", None),
    ("读 https://arxiv.org/abs/2305.00447。好", "2305.00447", None),
    ("https://doi.org/10.48550/arXiv.2305.00447", "2305.00447", None),
    ("10.48550/ARXIV.2305.00447", "2305.00447", None),
]
NO_ARXIV = [
    "https://dl.acm.org/doi/abs/10.1145/3543507.3583434",
    "10.1145/3543507.3583434",
    "https://arxiv.org.example.com/abs/2305.00447",
    "https://example.com/arxiv.org/abs/2305.00447",
    "https://notarxiv.org/abs/2305.00447",
    "https://example.com/abs/2305.00447",
    "https://arxiv.org/abs/2313.00447",
    "https://arxiv.org/abs/2300.00447",
    "https://arxiv.org/abs/2305.004471",
    "https://arxiv.org/list/cs.IR/recent",
    "https://github.com/x/2305.00447",
    "version 2305.00447 of something",
    "javascript:alert(2305.00447)",
    "http://[broken",
    "",
]


@pytest.mark.parametrize(("text", "arxiv_id", "version"), ARXIV)
def test_every_spelling_of_an_arxiv_paper_is_one_paper(text: str, arxiv_id: str, version: int | None) -> None:
    assert find(text) == Identity(arxiv_id=arxiv_id, arxiv_version=version)


@pytest.mark.parametrize("text", NO_ARXIV)
def test_nothing_else_holds_an_arxiv_id(text: str) -> None:
    assert find(text).arxiv_id == ""


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://dl.acm.org/doi/abs/10.1145/3543507.3583434?casa_token=x:y", "10.1145/3543507.3583434"),
        ("https://doi.org/10.1007/978-3-031-40292-0_13", "10.1007/978-3-031-40292-0_13"),
        ("https://link.springer.com/content/pdf/10.1007/978-3-031-40292-0_13.pdf", "10.1007/978-3-031-40292-0_13"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/ABC.123/full", "10.1002/abc.123"),
        ("doi:10.1016/S0140-6736(05)12345-6.", "10.1016/s0140-6736(05)12345-6"),
        ("(see 10.1145/3543507.3583434)", "10.1145/3543507.3583434"),
    ],
)
def test_a_doi_is_found_without_host_query_and_case(text: str, doi: str) -> None:
    assert find(text) == Identity(doi=doi)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://openreview.net/pdf?id=hFx3fY7-m9b", "hFx3fY7-m9b"),
        ("https://openreview.net/forum?id=hFx3fY7-m9b&noteId=x", "hFx3fY7-m9b"),
        ("https://openreview.net/group?id=ICLR.cc/2023", ""),
        ("https://openreview.net/profile?id=~Some_Body1", ""),
        ("https://example.com/pdf?id=hFx3fY7-m9b", ""),
    ],
)
def test_openreview_names_papers_by_their_forum(url: str, found: str) -> None:
    assert find(url).openreview_id == found


@pytest.mark.parametrize(
    ("typed", "arxiv_id", "version"),
    [("2305.00447", "2305.00447", None), (" 2305.00447v2 ", "2305.00447", 2), ("arXiv:2305.00447", "2305.00447", None),
     ("ARXIV: 2305.00447v3", "2305.00447", 3), ("hep-th/9901001", "hep-th/9901001", None),
     ("https://arxiv.org/pdf/2305.00447v2.pdf", "2305.00447", 2), ("2305.00447.pdf", "2305.00447", None)],
)  # fmt: skip
def test_a_person_may_type_a_bare_id(typed: str, arxiv_id: str, version: int | None) -> None:
    found = parse_arxiv(typed)
    assert found is not None
    assert (found.arxiv_id, found.arxiv_version) == (arxiv_id, version)


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "2313.00447", "2305.0044", "2305.004477", "10.1145/3543507.3583434", "2305.00447 2305.00448",
     "https://github.com/a/b", "x" * 5000, "hep-th/9913001", "nonsense/9901001"],
)  # fmt: skip
def test_what_is_no_id_is_none(typed: str) -> None:
    assert parse_arxiv(typed) is None


@pytest.mark.parametrize(
    ("arxiv_id", "month"),
    [
        ("2305.00447", (2023, 5)),
        ("0704.0001", (2007, 4)),
        ("hep-th/9901001", (1999, 1)),
        ("math/0611800", (2006, 11)),
        ("x", None),
    ],
)
def test_an_id_tells_its_month(arxiv_id: str, month: tuple[int, int] | None) -> None:
    assert arxiv_month(arxiv_id) == month


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://dl.acm.org/doi/abs/10.1145/1.2?casa_token=a:b", "https://dl.acm.org/doi/abs/10.1145/1.2"),
        ("https://x.org/a/pdfft?md5=1&pid=2.pdf", "https://x.org/a/pdfft"),
        ("https://X.org/a?utm_source=b&id=3&utm_medium=c", "https://x.org/a?id=3"),
        ("https://openreview.net/pdf?id=hFx3fY7-m9b", "https://openreview.net/pdf?id=hFx3fY7-m9b"),
        ("https://user:secret@x.org:8080/a", "https://x.org:8080/a"),
        ("  https://x.org/a b ", "https://x.org/a%20b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//x.org/a", ""),
        ("ftp://x.org/a", ""),
        ("https://", ""),
        ("http://[broken", ""),
        ("#top", ""),
        ("", ""),
    ],
)
def test_an_address_keeps_only_what_belongs_to_it(url: str, clean: str) -> None:
    assert clean_url(url) == clean


def test_the_address_of_an_id_is_found_again() -> None:
    assert find(arxiv_url("2305.00447", 2)) == Identity("2305.00447", 2)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(find(text), Identity)
    assert clean_url(text) == "" or clean_url(text).startswith(("http://", "https://"))
    parse_arxiv(text)
