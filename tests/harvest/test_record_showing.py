"""arXiv's word in the words of people: licences, sizes, versions, authors."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation

from apps.harvest.licences import Licence, licence_of
from apps.harvest.record_showing import MOST_AUTHORS, moment, shown, size
from tests.harvest.news_for_tests import record
from tests.papers.library import paper

CC = "http://creativecommons.org/licenses"
OURS = "arXiv may distribute it; all other rights stay with the authors"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{CC}/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0", "CC BY-SA 4.0"),
        (f"{CC}/by-nc-sa/3.0/", "CC BY-NC-SA 3.0"),
        (f"{CC}/by-nc-nd/4.0/legalcode", "CC BY-NC-ND 4.0"),
        ("HTTPS://WWW.creativecommons.org/licenses/BY/4.0/", "CC BY 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        (f"{CC}/publicdomain/", "public domain"),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", OURS),
        ("https://arxiv.org/licenses/nonexclusive-distrib/1.0", OURS),
        ("http://arxiv.org/licenses/assumed-1991-2003/", "arXiv may distribute it, as was assumed of papers from 1991 to 2003"),
        ("https://licences.example.org/mine", "https://licences.example.org/mine"),
        (f"{CC}/by-what/9.9/", f"{CC}/by-what/9.9/"),
    ],
)  # fmt: skip
def test_a_licence_is_called_by_its_name_and_leads_to_its_text(said: str, words: str) -> None:
    assert licence_of(said) == Licence(words, said)


@pytest.mark.parametrize("said", ["All rights reserved", "javascript:alert(1)", 'http://x"onclick=', "ftp://x/y"])
def test_what_is_no_address_leads_nowhere(said: str) -> None:
    assert licence_of(said) == Licence(said, "")


@pytest.mark.parametrize("said", ["", "  \n "])
def test_no_licence_is_none(said: str) -> None:
    assert licence_of(said) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [("127kb", "127 kB"), ("1432kb", "1.4 MB"), ("999 KB", "999 kB"), ("", ""), ("large", "large"), ("12345678kb", "12345.7 MB")],
)  # fmt: skip
def test_sizes(said: str, words: str) -> None:
    with translation.override("en"):
        assert size(said).replace(",", "") == words


@pytest.mark.parametrize("said", ["", None, "yesterday", "2024-13-01"])
def test_a_moment_that_is_none(said: Any) -> None:
    assert moment(said) is None


def test_a_moment_without_a_zone_is_that_of_greenwich() -> None:
    found = moment("2024-05-03T10:00:00")
    assert found is not None and found.isoformat() == "2024-05-03T10:00:00+00:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("versions", "numbers"),
    [([], [3]), ([{"number": 1}, {"number": 2}], [3, 2, 1]), ([{"number": n} for n in (1, 2, 3)], [3, 2, 1])],
)
def test_the_newest_version_is_shown_even_where_its_history_is_not_known(versions: Any, numbers: list[int]) -> None:
    made = paper("P", arxiv_id="hep-th/9901001")
    record(made, version=3, versions=versions, updated=timezone.now())
    found = shown(made)
    assert found is not None and [each.number for each in found.versions] == numbers
    assert found.versions[0].address == "https://arxiv.org/abs/hep-th/9901001v3"


@pytest.mark.django_db
def test_a_collaboration_is_shown_in_part() -> None:
    made = paper("P", arxiv_id="2405.00001")
    record(made, authors=[{"name": f"A. {n}"} for n in range(3000)])
    found = shown(made)
    assert found is not None and (len(found.authors), found.more_authors) == (MOST_AUTHORS, 3000 - MOST_AUTHORS)


@pytest.mark.django_db
def test_what_was_said_under_another_id_is_not_shown() -> None:
    known = record(paper("One", arxiv_id="2405.00001"), arxiv_id="2405.00002", withdrawn=True)
    assert shown(known.paper) is None
