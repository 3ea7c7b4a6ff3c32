"""References that other programs read, whatever a title holds."""

from __future__ import annotations

import json
from datetime import date

import pytest

from apps.papers.citing import bibtex, csl, markdown, ris
from apps.papers.models import Paper
from apps.vocabulary.models import Venue

NASTY = "100% of {All} & $x_1$ \\ #~^\nnext"


def a_paper(**fields: object) -> Paper:
    return Paper(**{"title": "A Title", "published": date(2024, 4, 1), "precision": "month", "year": 2024, **fields})


def test_bibtex_names_the_eprint_twice_and_protects_the_title() -> None:
    text = bibtex(a_paper(arxiv_id="2305.00447"), ["Wei Liu", "Ann Lee"])
    assert text.startswith("@misc{liu2024title,\n  title = {{A Title}},\n  author = {Wei Liu and Ann Lee},")
    assert "eprinttype = {arxiv}" in text and "archiveprefix = {arXiv}" in text


def test_bibtex_escapes_and_stays_balanced() -> None:
    text = bibtex(a_paper(title=NASTY), [])
    assert r"100\% of \{All\} \& \$x\_1\$ \textbackslash{} \#\textasciitilde{}\textasciicircum{} next" in text
    plain = text.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")


@pytest.mark.parametrize(
    ("kind", "entry", "field"), [("conference", "@inproceedings", "booktitle"), ("journal", "@article", "journal")]
)
def test_bibtex_follows_the_kind_of_the_venue(kind: str, entry: str, field: str) -> None:
    text = bibtex(a_paper(venue=Venue(name="V", kind=kind)), [])
    assert text.startswith(entry) and f"{field} = {{V}}" in text


def test_ris_has_one_line_a_field() -> None:
    lines = ris(a_paper(title=NASTY), ["刘伟"]).split("\n")
    assert lines[0].startswith("TY  - ") and lines[-1] == "ER  - "
    assert all(line[2:6] == "  - " for line in lines)


def test_csl_is_json_with_the_date_as_exact_as_stated() -> None:
    (entry,) = json.loads(csl(a_paper(arxiv_id="2305.00447"), ["Wei Liu", "刘伟"]))
    assert entry["issued"] == {"date-parts": [[2024, 4]]}
    assert (entry["type"], entry["number"]) == ("article", "arXiv:2305.00447")
    assert entry["author"] == [{"family": "Liu", "given": "Wei"}, {"literal": "刘伟"}]


def test_markdown_escapes_what_would_be_markup() -> None:
    text = markdown(a_paper(title="[x](y) *z* <b>", url="https://example.org/a(b)"), ["A", "B", "C", "D"])
    assert text == r"A, B, C et al.. [\[x\](y) \*z\* \<b\>](https://example.org/a%28b%29). 2024."
