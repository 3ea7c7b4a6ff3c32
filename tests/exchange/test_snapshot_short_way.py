"""New papers are written past the usual way: what comes of them is what the usual way makes, to the last column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.exchange.snapshot import fresh, people
from apps.exchange.snapshot.short_way import chosen_at_once, words_of
from apps.harvest.models import ArxivRecord
from apps.notes.models import Note
from apps.papers.choose import choose
from apps.papers.chosen import chosen
from apps.papers.models import CategoryTable, Paper, Review
from apps.vocabulary.cells import split_authors
from apps.vocabulary.models import Alias, Author
from tests.bench import corpus
from tests.exchange.importing import differences
from tests.exchange.snapshots import OURS, bring, counts, everything, said, without_numbers, written

ODD = [
    said(1),
    said(2, papernotes=OURS),
    said(3, doi="10.1145/3604915.3608857", comments="Accepted at RecSys 2024"),
    said(4, authors="Wang, W. and Li, N. (1) ((1) Somewhere)", title='"A quoted title."'),
    said(5, authors="王伟、李娜", title="耳语：安静的排序", abstract="  摘要\n\n  第二段\n"),
    said(6, authors="A. Bee, C. Dee, Jr., A. Bee, N/A and et al.", categories="cs.IR cs.IR"),
    said(7, comments="This paper has been withdrawn by the authors", doi="10.1/abc"),
    said(8, versions=[], doi="10.1000/Same"),
    said(9, versions=[{"version": "v2", "created": "Thu, 1 Feb 2024 00:00:00 GMT"}]),
    said(10, id="hep-th/9901001", versions=[{"version": "v1", "created": "Thu, 31 Dec 1998 23:00:00 GMT"}]),
    said(11, title=r"The K\"ahler $\alpha$ case of M{\"u}ller", authors=r"J. M\"uller"),
    said(12, papernotes={"has_code": "https://paperswithcode.com/paper/something-else", "venue": "Nobody Knows 2023"}),
    said(13, papernotes={"venue": "arXiv", "tags": ["a, b", "CTR/CVR", "#x", "Benchmark", "benchmark"], "year": 1999}),
    said(14, papernotes={"venue": "Gen-IR@SIGIR2023", "tags": ["**bold**", "(x; y)"]}),
    said(15, title="Untitled" * 90, categories=None, authors=None, abstract=None),
    said(16, versions=[{"version": "v1", "created": "Tue, 2 Jan 1884 19:18:42 GMT"}]),
]


def lines() -> list[dict[str, Any]]:
    return [*ODD, *(json.loads(line) for line in corpus.lines(60))]


@pytest.mark.django_db
def test_choosing_afterwards_changes_nothing(tmp_path: Path) -> None:
    bring(written(tmp_path / "made.json", lines()))
    before = everything()
    reviews = list(Review.objects.order_by("pk").values())
    choose(Paper.objects.values_list("pk", flat=True))
    assert not differences(before, everything())
    assert reviews == list(Review.objects.order_by("pk").values())


@pytest.mark.django_db
def test_the_long_way_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "made.json", lines())
    assert counts(bring(path))["new"] == len(lines())
    quick = without_numbers()
    for model in (Note, Paper, CategoryTable):
        model.objects.all().delete()
    monkeypatch.setattr(fresh, "fresh_of", lambda *arguments: None)
    assert counts(bring(path, again=True))["new"] == len(lines())
    slow = without_numbers()
    assert quick.keys() == slow.keys()
    for name, rows in quick.items():
        assert rows == slow[name], name


@pytest.mark.django_db
def test_few_take_the_long_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    real = fresh.fresh_of
    monkeypatch.setattr(fresh, "fresh_of", lambda *all: taken.append((made := real(*all)) is None) or made)
    bring(written(tmp_path / "made.json", lines()))
    assert sum(taken) == 3  # without a day, or before arXiv was


SAID = st.text(alphabet=st.sampled_from("aB 1，,;；：《》\"'+-_.中\n"), min_size=1, max_size=12)


@given(
    title=SAID,
    published=st.sampled_from(["2024-01-02", "1884-01-02", ""]),
    version=st.sampled_from(["1", "23", "12345"]),
    others=st.dictionaries(st.sampled_from(["abstract", "authors", "category", "doi", "status"]), SAID),
    ours=st.dictionaries(st.sampled_from(["venue", "tags", "title_zh", "abstract_zh", "summary_zh"]), SAID),
    year=st.sampled_from(["", "1000", "2024"]),
    code=st.sampled_from(["", "https://x.org/a?utm_source=y", "https://x.org", "http://[", "x"]),
)
@settings(max_examples=300, deadline=None)
def test_the_short_way_chooses_what_weighing_chooses(
    title: str, published: str, version: str, others: dict[str, str], ours: dict[str, str], year: str, code: str
) -> None:
    arxiv = {"title": title, "arxiv_id": "2401.00001", "arxiv_version": version, "published": published, **others}
    document = {**ours, "year": year, "link:code": code}
    arxiv = {name: raw for name, raw in arxiv.items() if raw}
    document = {name: raw for name, raw in document.items() if raw}
    quick = chosen_at_once(arxiv, document)
    if quick is not None:
        assert quick == chosen(words_of(arxiv, document, 7))
    assert quick is not None or not (published == "2024-01-02" and version == "1" and any(map(str.isalnum, title)))


NAMES = st.sampled_from(
    ["A. Bee", "and", "N/A", "Zoë Q-X", "O'Neil", "et al", "等", "others", "__", "**", "Wang, W.", "(x)", "[", "unknown", " ",
     "-", ".", "Jr.", "null", "A  B", "_", "`", "李娜", ";", "et.al", "band and", "\u00a0", "1"]
)  # fmt: skip


@given(st.lists(st.lists(NAMES, max_size=4).map(" ".join) | st.text(max_size=4), max_size=4).map("; ".join))
@settings(max_examples=500, deadline=None)
def test_authors_are_told_apart_as_everywhere(cell: str) -> None:
    assert list(people.names_of(cell).values()) == split_authors(cell)


@pytest.mark.django_db
def test_authors_are_made_once_and_known_by_their_spellings() -> None:
    zoe = Author.objects.create(name="Zoë Q")
    Alias.objects.create(kind="author", raw="Z. Q.", author=zoe)
    cells = ["Zoe Q; Z. Q.; zoë q", "J. Garcia; J. García; J. Garcia", "", "J Garcia; Zoë Q; Z. Q."]
    first, second, nobody, third = people.authors_of(cells)
    assert people.authors_of(cells) == [first, second, nobody, third]
    assert (len(first), nobody, len(set(second)), third) == (2, [], 2, [second[0], zoe.pk])
    names = dict(Author.objects.order_by("pk").values_list("name", "slug"))
    assert names == {"Zoë Q": "zoe-q", "Zoe Q": "zoe-q-2", "J. Garcia": "j-garcia", "J. García": "j-garcia-2"}


@pytest.mark.django_db
def test_a_record_is_heard_from_a_file(tmp_path: Path) -> None:
    bring(written(tmp_path / "made.json", [said(1)]))
    record = ArxivRecord.objects.get()
    assert (record.origin, record.version, record.categories) == ("file", 1, ["cs.IR", "cs.CL"])
    assert record.versions == [{"number": 1, "submitted": "2024-01-02T19:18:42+00:00", "size": ""}]
    assert record.paper.metadata == ""
