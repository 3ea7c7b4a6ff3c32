"""Counts of facets equal what a patient person would count, for whoever asks."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser, User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.lists.models import ReadingState
from apps.notes.models import Note
from apps.papers.counts import boxes, counted
from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.vocabulary.models import BaseLLM, TuningType, Venue
from tests.papers.library import note, paper, reading_list, reads, row, table, term

pytestmark = pytest.mark.django_db

WORDS = ("recommend", "推荐", "alpha", "50%", "a_b")


@pytest.fixture
def people(reader: User, writer: User) -> dict[str, Any]:
    return {"owner": writer, "teammate": reader, "stranger": AnonymousUser()}


@pytest.fixture
def library(people: dict[str, Any]) -> list[Paper]:
    """Forty papers that differ in everything a facet knows, always the same ones."""
    dice = random.Random(7)
    host = term(Venue, "HostConf")
    venues = [host, term(Venue, "GenShop@HostConf", kind="workshop", parent=host), term(Venue, "Othercon"), None]
    family = term(BaseLLM, "Fam")
    middle = term(BaseLLM, "Fam-2", parent=family)
    llms = [family, middle, term(BaseLLM, "Fam-2 7B", parent=middle, size="7B"), term(BaseLLM, "Lonely")]
    branch = term(TuningType, "Branch")
    tunings = [branch, term(TuningType, "Leaf", parent=branch), term(TuningType, "Bare"), None]
    tables = [table("t-one", "a", "b"), table("t-two", "c")]
    sections = [section for each in tables for section in each.sections.all()]
    papers = []
    for number in range(40):
        made = paper(
            f"Paper {number} {dice.choice(WORDS)}",
            venue=dice.choice(venues),
            year=dice.choice([2021, 2022, 2023, None]),
            status=dice.choice(["", "preprint", "published"]),
            metadata=("", "", "pending", "failed")[number % 4],
            title_zh=dice.choice(["", "推荐系统"]),
            pdf_url=dice.choice(["", "https://example.org/a.pdf"]),
            tags=dice.sample(["tag one", "tag two", "tag three"], dice.randint(0, 2)),
            orgs=dice.sample(["Org A", "Org B"], dice.randint(0, 2)),
            categories=dice.sample(["cs.IR", "cs.CL"], dice.randint(0, 2)),
            authors=dice.sample(["Ann Author", "Bo Author"], dice.randint(0, 2)),
            code=dice.choice([(), ("https://example.org/code",)]),
        )
        for place in range(dice.randint(0, 3)):
            some = dice.sample(llms, dice.randint(0, 2))
            row(made, dice.choice(sections), name=f"N{place}", llms=some, tuning=dice.choice(tunings))
        papers.append(made)
    reading_list("l-one", dice.sample(papers, 12))
    reading_list("l-two", dice.sample(papers, 5))
    for made in dice.sample(papers, 12):
        note(people["owner"], made, body=dice.choice(WORDS), private=dice.random() < 0.5)
    for who in ("owner", "teammate"):
        for made in dice.sample(papers, 15):
            reads(people[who], made, dice.choice(["toread", "reading", "read", "no"]))
    return papers


VALUES = {
    "venue": ["hostconf", "othercon"],
    "llm": ["fam", "fam-2", "lonely"],
    "tuning": ["branch", "leaf", "bare"],
    "tag": ["tag-one", "tag-two"],
    "org": ["org-a", "org-b"],
    "author": ["ann-author"],
    "year": ["2021", "2022-2023", "2022-", "-2021"],
    "category": ["cs.IR", "cs.CL"],
    "table": ["t-one", "t-two"],
    "list": ["l-one", "l-two"],
    "has": ["code", "note", "pdf", "zh"],
    "status": ["preprint", "published"],
    "metadata": ["pending", "notfound", "failed"],
    "state": ["toread", "read"],
}


class Facts(dict[tuple[str, bool], list[dict[str, Any]]]):
    """By person, and by whether workshops count."""

    def __repr__(self) -> str:
        return "all facts"


@pytest.fixture
def facts(library: list[Paper], people: dict[str, Any]) -> Facts:
    """All there is to know of each paper, gathered one by one, of every person and way of counting."""
    return Facts(
        {
            (who, workshops): [_facts_of(each, user, workshops) for each in library]
            for who, user in people.items()
            for workshops in (False, True)
        }
    )


def _up(entry: Any) -> set[str]:
    found = set()
    while entry is not None:
        found.add(entry.slug)
        entry = entry.parent
    return found


def _facts_of(each: Paper, user: Any, workshops: bool) -> dict[str, Any]:
    notes = [n for n in each.notes.all() if n.visibility == Note.Visibility.TEAM or n.author_id == user.pk]
    venue = {each.venue.slug} if each.venue else set()
    has = {
        "code": each.links.filter(kind="code").exists(),
        "note": bool(notes),
        "pdf": bool(each.pdf_url),
        "zh": bool(each.title_zh or each.abstract_zh or each.summary_zh),
    }
    mine = ReadingState.objects.filter(user_id=user.pk, paper=each).exclude(state="no")
    return {
        "id": each.pk,
        "venue": _up(each.venue) if workshops else venue,
        "rows": [({s for llm in r.base_llms.all() for s in _up(llm)}, _up(r.tuning)) for r in each.rows.all()],
        "tag": {t.slug for t in each.tags.all()},
        "org": {o.slug for o in each.organisations.all()},
        "author": {a.slug for a in each.authors.all()},
        "year": {each.year},
        "category": {c.slug for c in each.categories.all()},
        "table": {r.section.table.slug for r in each.rows.all()},
        "list": {li.slug for li in each.lists.all()},
        "has": {slug for slug, there in has.items() if there},
        "status": {each.status} - {""},
        "metadata": {each.metadata} - {""},
        "state": {s.state for s in mine},
        "texts": [each.search_text, *(n.search_text for n in notes)],
    }


def _in_year(value: str, years: set[int | None]) -> bool:
    first, dash, last = value.partition("-")
    if not dash:
        last = first
    return any(y is not None and int(first or 0) <= y <= int(last or 9999) for y in years)


def holds(fact: dict[str, Any], chosen: dict[str, list[str]], words: Iterable[str]) -> bool:
    for name, values in chosen.items():
        if name == "year":
            if not any(_in_year(value, fact["year"]) for value in values):
                return False
        elif name not in ("llm", "tuning") and not fact[name].intersection(values):
            return False
    llms, tunings = chosen.get("llm"), chosen.get("tuning")
    if (llms or tunings) and not any(
        (not llms or row_llms.intersection(llms)) and (not tunings or row_tunings.intersection(tunings))
        for row_llms, row_tunings in fact["rows"]
    ):
        return False
    return all(any(word in text for text in fact["texts"]) for word in words)


asked = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(1, 3), max_size=3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    shape=asked,
    dice=st.randoms(use_true_random=False),
    who=st.sampled_from(["owner", "teammate", "stranger"]),
    words=st.lists(st.sampled_from(WORDS), max_size=2, unique=True),
    workshops=st.booleans(),
)
def test_papers_and_counts_are_what_counting_by_hand_gives(
    facts: Facts,
    people: dict[str, Any],
    shape: dict[str, int],
    dice: random.Random,
    who: str,
    words: list[str],
    workshops: bool,
) -> None:
    chosen = {name: dice.sample(VALUES[name], min(n, len(VALUES[name]))) for name, n in shape.items()}
    if who == "stranger":
        chosen.pop("state", None)
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    # The vocabulary has other names for these words, which would be looked for too.
    pairs += [("q", " ".join(words)), ("exact", "1")] if words else []
    pairs += [("workshops", "1")] if workshops else []
    papers = PaperFilter(urlencode(pairs), user=people[who])
    known = facts[who, workshops]

    assert papers.problems == []
    assert set(papers.ids) == {fact["id"] for fact in known if holds(fact, chosen, words)}
    for name, options in counted(papers).items():
        others = {key: values for key, values in chosen.items() if key != name}
        slugs = [option.slug for option in options]
        assert len(slugs) == len(set(slugs))
        for option in options:
            expected = sum(holds(fact, others | {name: [option.slug]}, words) for fact in known)
            assert option.count == expected, (name, option)
            assert option.selected == (option.slug in chosen.get(name, []))
        if name != "year":
            seen = {v for f in known if holds(f, others, words) for v in _values_of(f, name, others)}
            assert seen <= set(slugs), name


def _values_of(fact: dict[str, Any], name: str, others: dict[str, list[str]]) -> set[str]:
    if name == "llm":
        wanted = others.get("tuning")
        return {s for llms, tunings in fact["rows"] if not wanted or tunings.intersection(wanted) for s in llms}
    if name == "tuning":
        wanted = others.get("llm")
        return {s for llms, tunings in fact["rows"] if not wanted or llms.intersection(wanted) for s in tunings}
    return set(fact[name])


def test_a_family_counts_a_paper_with_two_members_once(reader: User) -> None:
    family = term(BaseLLM, "Fam")
    small, large = (term(BaseLLM, f"Fam {size}", parent=family, size=size) for size in ("7B", "13B"))
    row(paper("One"), table("t").sections.get(), llms=[small, large])
    found = {o.slug: (o.count, o.depth) for o in counted(PaperFilter("", user=reader))["llm"]}
    assert found == {"fam": (1, 0), "fam-7b": (1, 1), "fam-13b": (1, 1)}


def test_workshops_count_for_their_host_only_when_asked(reader: User) -> None:
    host = term(Venue, "Hostconf")
    paper("A", venue=host)
    paper("B", venue=term(Venue, "W@Hostconf", kind="workshop", parent=host))
    count = {n: {o.slug: o.count for o in counted(PaperFilter(n, user=reader))["venue"]} for n in ("", "workshops=1")}
    assert count[""]["hostconf"] == 1
    assert count["workshops=1"]["hostconf"] == 2


@pytest.mark.parametrize("query", ["", "q=words", "has=note", "llm=fam&tuning=leaf&q=recommend&has=code"])
def test_counts_cost_the_same_however_many_papers_and_values(
    library: list[Paper], reader: User, queries: Any, query: str
) -> None:
    def more() -> None:
        for number in range(10):
            made = paper(
                f"More {number}",
                venue=f"Newcon {number}",
                tags=[f"new {number}"],
                orgs=[f"o {number}"],
                year=1990 + number,
            )
            row(made, table(f"new-{number}").sections.get(), llms=[f"New {number}"], tuning=f"Way {number}")
            reading_list(f"new-{number}", [made])

    queries.stay_equal(lambda: boxes(PaperFilter(query, user=reader)), when=more)


def test_a_wrong_filter_has_no_counts(library: list[Paper], reader: User) -> None:
    assert counted(PaperFilter("venue=nowhere", user=reader)) == {}
    assert boxes(PaperFilter("nonsense=1", user=reader)) == []


def test_private_notes_of_others_leave_no_trace(people: dict[str, Any]) -> None:
    note(people["owner"], paper("Quiet"), body="a secretword", private=True)
    for who, seen in (("owner", 1), ("teammate", 0), ("stranger", 0)):
        marks = {o.slug: o.count for o in counted(PaperFilter("", user=people[who])).get("has", [])}
        assert marks.get("note", 0) == seen
        assert len(PaperFilter("q=secretword", user=people[who]).ids) == seen
        assert len(PaperFilter("has=note", user=people[who]).ids) == seen


def test_links_of_options_ask_for_what_they_count(library: list[Paper], reader: User) -> None:
    for box in boxes(PaperFilter("llm=fam&year=2022", user=reader)):
        for choice in (*box.first, *box.rest):
            there = PaperFilter(urlsplit(choice.address).query, user=reader)
            assert there.problems == []
            chosen = [value.slug for value in there.asked.chosen[box.name]]
            assert (choice.slug in chosen) != choice.selected
