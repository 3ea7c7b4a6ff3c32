"""One decision on a spelling reaches every cell of the library, is remembered, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from apps.exchange import mapping, services
from apps.exchange.models import IgnoredSpelling
from apps.exchange.unmapped import nearest, unmapped, with_details
from apps.papers.models import Classification, Paper, RowLLM, Section
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias, BaseLLM, TuningType, Venue
from apps.vocabulary.resolve import Resolver
from tests.exchange.documents import TABLE, table
from tests.exchange.importing import bring, differences, dump, take

pytestmark = pytest.mark.django_db


def waiting() -> dict[tuple[str, str], int]:
    return {(s.kind, s.raw): s.count for s in unmapped(Resolver.load())}


def llms_of(name: str) -> list[str]:
    return [str(place.llm) for place in Classification.objects.get(name=name).row_llms.all()]


def test_what_the_vocabulary_does_not_know_waits_most_frequent_first() -> None:
    bring(("t.md", TABLE))
    assert waiting() == {
        ("tuning", "Prompting magic"): 2,
        ("llm", "Foobar"): 2,
        ("venue", "ConfX"): 1,
        ("venue", "KDDD"): 1,
    }
    counts = [spelling.count for spelling in unmapped(Resolver.load())]
    assert counts == sorted(counts, reverse=True)


def test_each_spelling_shows_its_papers_and_the_nearest_names() -> None:
    bring(("t.md", TABLE))
    found = {s.raw: s for s in with_details(unmapped(Resolver.load()))}
    assert [example.title for example in found["KDDD"].examples] == ["Loud ranking by shouting models"]
    assert str(found["KDDD"].near[0]) == "KDD"
    assert "Prompting" in [str(entry) for entry in found["Prompting magic"].near]
    assert {example.title for example in found["Foobar"].examples} == {
        "Quiet ranking by whispering models",
        "Loud ranking by shouting models",
    }


@pytest.mark.parametrize(("raw", "names"), [("ConfX", ["CoNLL"]), ("zzzzqqq", []), ("", [])])
def test_far_names_are_not_suggested(raw: str, names: list[str]) -> None:
    known = {fold(str(v)): v for v in Venue.objects.all()}
    assert [str(entry) for entry in nearest(raw, known)] == names


def test_a_mapped_venue_is_on_its_papers_at_once(editor: User) -> None:
    bring(("t.md", TABLE))
    count = mapping.map_to(kind="venue", raw="ConfX", target=Venue.objects.get(name="KDD"), user=editor)
    paper = Paper.objects.get(arxiv_id="2401.10001")
    assert (count, str(paper.venue), paper.venue_raw) == (1, "KDD", "ConfX'24")
    assert ("venue", "ConfX") not in waiting()


def test_a_mapped_llm_takes_its_place_in_each_row_and_keeps_its_sizes(editor: User) -> None:
    bring(("t.md", TABLE))
    count = mapping.map_to(kind="llm", raw="Foobar", target=BaseLLM.objects.get(name="OPT"), user=editor)
    assert (count, llms_of("QuietRank"), llms_of("LoudRank")) == (2, ["GPT-4", "OPT 7B"], ["OPT 13B"])


def test_a_mapped_section_tunes_its_rows(editor: User) -> None:
    bring(("t.md", TABLE))
    prompting = TuningType.objects.get(slug="prompting")
    assert mapping.map_to(kind="tuning", raw="Prompting magic", target=prompting, user=editor) == 2
    assert Section.objects.get(title="Prompting magic").tuning == prompting
    assert Classification.objects.filter(tuning=prompting).count() == 2


def test_a_cell_of_its_own_is_tuned_by_itself(editor: User) -> None:
    row = "| [A tuned paper of some kind](https://arxiv.org/abs/2401.20001) | Magic dust |"
    document = f"# T\n\n| Paper | Tuning |\n| --- | --- |\n{row}\n"
    bring(("t.md", document))
    assert waiting() == {("tuning", "Magic dust"): 1}
    mapping.map_to(kind="tuning", raw="Magic dust", target=TuningType.objects.get(slug="lora"), user=editor)
    assert Classification.objects.get().tuning == TuningType.objects.get(slug="lora")


@pytest.mark.parametrize(
    ("kind", "raw", "target"),
    [("venue", "ConfX", "kdd"), ("llm", "Foobar", "opt"), ("tuning", "Prompting magic", "prompting")],
)
def test_taking_it_back_brings_back_what_was(kind: str, raw: str, target: str, editor: User) -> None:
    bring(("t.md", TABLE))
    before, sizes = dump(), set(BaseLLM.objects.values_list("pk", flat=True))
    entry = Alias._meta.get_field(kind).related_model.objects.get(slug=target)  # type: ignore[union-attr]
    mapping.map_to(kind=kind, raw=raw, target=entry, user=editor)
    assert mapping.take_back(kind=kind, key=fold(raw))
    # The sizes that were made stay: they are names like others.
    BaseLLM.objects.exclude(pk__in=sizes).delete()
    assert not differences(before, dump())
    assert not mapping.take_back(kind=kind, key=fold(raw))


@pytest.mark.parametrize(
    ("kind", "raw", "name"),
    [
        ("venue", "ConfX", "ConfX"),
        ("venue", "ConfX", "Conference X"),
        ("llm", "Foobar", "Foobar"),
        ("llm", "Foobar", "FooBar LM"),
    ],
)
def test_a_new_entry_is_made_and_used_and_goes_with_its_undo(kind: str, raw: str, name: str, editor: User) -> None:
    bring(("t.md", TABLE))
    before = dump()
    assert mapping.map_to_new(kind=kind, raw=raw, name=name, user=editor) > 0
    assert (kind, raw) not in waiting()
    if kind == "llm":
        assert llms_of("LoudRank") == [f"{name} 13B"]
    assert mapping.take_back(kind=kind, key=fold(raw))
    after = dump()
    if raw == name:
        assert not differences(before, after)
    else:  # an entry under a name of its own is somebody's, and stays
        assert set(differences(before, after)) == {f"vocabulary.{'venue' if kind == 'venue' else 'basellm'}"}


def test_what_people_set_on_a_row_is_not_taken_from_it(editor: User) -> None:
    bring(("t.md", TABLE))
    row = Classification.objects.get(name="QuietRank")
    row.row_llms.all().delete()
    RowLLM.objects.create(row=row, llm=BaseLLM.objects.get(name="BERT"), position=0)
    mapping.map_to(kind="llm", raw="Foobar", target=BaseLLM.objects.get(name="OPT"), user=editor)
    assert "BERT" in llms_of("QuietRank") and "OPT 7B" in llms_of("QuietRank")


def test_a_row_that_a_person_edited_is_left_alone(editor: User) -> None:
    bring(("t.md", TABLE))
    Classification.objects.filter(name="LoudRank").update(by_hand=["base_llms", "tuning"])
    mapping.map_to(kind="llm", raw="Foobar", target=BaseLLM.objects.get(name="OPT"), user=editor)
    prompting = TuningType.objects.get(slug="prompting")
    mapping.map_to(kind="tuning", raw="Prompting magic", target=prompting, user=editor)
    assert (llms_of("QuietRank"), llms_of("LoudRank")) == (["GPT-4", "OPT 7B"], [])
    assert [row.name for row in Classification.objects.filter(tuning=prompting)] == ["QuietRank"]


def test_a_section_that_a_person_tuned_is_left_alone(editor: User) -> None:
    bring(("t.md", TABLE))
    lora = TuningType.objects.get(slug="lora")
    Section.objects.filter(title="Prompting magic").update(tuning=lora)
    Section.objects.filter(title="No tuning").update(tuning=None)
    mapping.map_to(kind="tuning", raw="Prompting magic", target=TuningType.objects.get(slug="prompting"), user=editor)
    assert [section.tuning for section in Section.objects.order_by("position")] == [lora, None]


def test_it_is_remembered_for_every_later_import(editor: User) -> None:
    bring(("t.md", TABLE))
    mapping.map_to(kind="llm", raw="Foobar", target=BaseLLM.objects.get(name="OPT"), user=editor)
    job = take(("other.md", TABLE.replace("Papers we like", "Others")))[0]
    assert "Foobar" not in [one["raw"] for one in job.plan["unmapped"]]
    services.apply_now(job=job)
    assert {str(p.llm) for p in RowLLM.objects.filter(row__name="LoudRank")} == {"OPT 13B"}


def test_importing_again_after_mapping_changes_nothing(editor: User) -> None:
    bring(("t.md", TABLE))
    for kind, raw, target in (
        ("llm", "Foobar", BaseLLM.objects.get(name="OPT")),
        ("venue", "ConfX", Venue.objects.get(name="KDD")),
        ("tuning", "Prompting magic", TuningType.objects.get(slug="prompting")),
    ):
        mapping.map_to(kind=kind, raw=raw, target=target, user=editor)
    before = dump(ids=True)
    job = bring(("t.md", TABLE))[0]
    assert job.source is None
    assert not differences(before, dump(ids=True))


def test_what_is_no_name_is_not_asked_about_again(editor: User) -> None:
    bring(("t.md", TABLE))
    mapping.ignore(kind="venue", raw="ConfX", user=editor)
    mapping.ignore(kind="venue", raw="CONF-X", user=editor)
    assert IgnoredSpelling.objects.count() == 1
    assert ("venue", "ConfX") not in waiting()
    job = take(("other.md", TABLE.replace("Papers we like", "Others")))[0]
    assert "ConfX" not in [one["raw"] for one in job.plan["unmapped"]]
    assert mapping.take_back(kind="venue", key=fold("ConfX"))
    assert ("venue", "ConfX") in waiting()


def test_whoever_maps_second_is_told(editor: User) -> None:
    bring(("t.md", TABLE))
    mapping.map_to(kind="venue", raw="ConfX", target=Venue.objects.get(name="KDD"), user=editor)
    with pytest.raises(mapping.MappedAlready):
        mapping.map_to(kind="venue", raw="confx", target=Venue.objects.get(name="SIGIR"), user=editor)
    assert Alias.objects.get(said_by=editor).venue == Venue.objects.get(name="KDD")


def test_a_name_that_is_there_already_makes_no_second_entry(editor: User) -> None:
    bring(("t.md", TABLE))
    before = dump()
    with pytest.raises(ValidationError):
        mapping.map_to_new(kind="venue", raw="ConfX", name="kdd", user=editor)
    assert not differences(before, dump())


def test_what_ships_with_the_app_cannot_be_taken_back_here() -> None:
    alias = Alias.objects.filter(kind="llm", said_by=None).first()
    assert alias is not None
    assert not mapping.take_back(kind="llm", key=alias.key)
    assert Alias.objects.filter(pk=alias.pk).exists()


@pytest.mark.parametrize("kind", ["venue", "llm", "tuning"])
def test_a_spelling_on_many_rows_costs_no_more_queries_than_on_few(kind: str, editor: User, queries: Any) -> None:
    few = (
        table(10, title="Few")
        .replace("SIGIR", "ConfX")
        .replace("T5", "Foobar")
        .replace("Supervised fine-tuning", "Magic")
    )
    many = (
        table(24, start=100, title="Many")
        .replace("SIGIR", "ConfY")
        .replace("T5", "Foobaz")
        .replace("Supervised fine-tuning", "Dust")
    )
    bring(("few.md", few), ("many.md", many))
    spellings = {"venue": ("ConfX", "ConfY"), "llm": ("Foobar", "Foobaz"), "tuning": ("Magic", "Dust")}[kind]
    entry: Any = Alias._meta.get_field(kind).related_model.objects.first()  # type: ignore[union-attr]
    first, second = (
        queries.of(lambda raw=raw: mapping.map_to(kind=kind, raw=raw, target=entry, user=editor)) for raw in spellings
    )
    assert len(second) == len(first)
