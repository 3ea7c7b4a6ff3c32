"""Cells become entries of the first vocabulary, and what is unknown stays unknown."""

from typing import Any

import pytest

from apps.vocabulary.models import Alias, Author, BaseLLM, Organisation, Tag, Venue
from apps.vocabulary.resolve import Resolver, authors_by_name
from apps.vocabulary.trees import ancestors_of, descendants_of
from tests.conftest import Queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def resolver(db: None) -> Resolver:
    return Resolver.load()


def _family(llm: BaseLLM) -> BaseLLM:
    """The model without its size, and GPT-3.5 for GPT-3.5-turbo."""
    model = llm.parent if llm.size and llm.parent else llm
    return model.parent if model.name == "GPT-3.5-turbo" and model.parent else model


def test_every_llm_of_the_seeds_is_known_with_size_and_family(resolver: Resolver, expected: Any) -> None:
    for paper in expected["seeds"]["001"]["papers"]:
        matches = resolver.llms(paper["llm_raw"])
        assert all(match.entry and not match.needs_size for match in matches), paper["llm_raw"]
        entries = [match.entry for match in matches if match.entry]
        found = [(entry.model_name(), entry.size, _family(entry).name) for entry in entries]
        assert found == [(llm["name"], llm.get("size", ""), llm["family"]) for llm in paper["llms"]], paper["llm_raw"]


def test_a_family_filter_counts_the_rows_of_the_seeds(resolver: Resolver, expected: Any) -> None:
    table = expected["seeds"]["001"]
    rows = [{match.entry.pk for match in resolver.llms(paper["llm_raw"]) if match.entry} for paper in table["papers"]]
    for name, count in table["llm_counts_by_family"].items():
        below = descendants_of(BaseLLM, [BaseLLM.objects.get(name=name).pk])
        if name != "GPT":  # "GPT" was counted as a name there; as a family it holds GPT-2, GPT-4 and the others
            assert sum(bool(row & below) for row in rows) == count, name


def test_every_venue_and_organisation_of_the_seeds_is_known(resolver: Resolver, expected: Any) -> None:
    for paper in expected["seeds"]["001"]["papers"]:
        entry = resolver.venue(paper["venue_raw"]).entry
        assert entry is not None
        assert entry.name == paper["venue"]
        assert entry.kind == paper["venue_kind"].partition("-not-")[0].split()[0]
    for paper in expected["seeds"]["004"]["papers"]:
        matches = resolver.organisations(paper["orgs_raw"])
        assert all(match.entry for match in matches)
        assert len(matches) == len(paper["orgs"])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("LLaMA-7B/13B", ["LLaMA 7B", "LLaMA 13B"]),
        ("OPT-1.3B, OPT-13B", ["OPT 1.3B", "OPT 13B"]),
        ("GPT4, GPT-4", ["GPT-4"]),
        ("Llama3.1 8B", ["LLaMA-3.1 8B"]),
        ("gpt-35-turbo", ["GPT-3.5-turbo"]),
        ("Meta-Llama-3-8B-Instruct", ["LLaMA-3 8B"]),
        ("Claude-3.5-Sonnet", ["Claude 3.5 Sonnet"]),
        ("通义千问", ["Qwen"]),
        ("Vicuna-7B-v1.5", ["Vicuna-v1.5 7B"]),
        ("Mistral Large", ["Mistral Large"]),
        ("Command R+", ["Command R+"]),
        ("gpt-4-1106-preview", ["GPT-4-turbo"]),
        ("CLIP-B/32", ["CLIP-B/32"]),
        ("BERT-base-uncased", ["BERT base"]),
        ("Phi-3-mini", ["Phi-3-mini"]),
        ("N/A", []),
    ],
)
def test_llms(resolver: Resolver, cell: str, names: list[str]) -> None:
    assert [str(match.entry) for match in resolver.llms(cell)] == names


def test_an_unknown_size_of_a_known_model_asks_for_its_entry(resolver: Resolver) -> None:
    (match,) = resolver.llms("LLaMA-9B")
    assert (str(match.entry), match.needs_size, match.name.size, match.unmapped) == ("LLaMA", True, "9B", "")


def test_an_unknown_model_is_unmapped_without_its_size(resolver: Resolver) -> None:
    (match,) = resolver.llms("FooLM-7B")
    assert (match.entry, match.unmapped, match.name.size) == (None, "FooLM", "7B")


def test_gpt_leads_down_to_its_dated_models() -> None:
    turbo = BaseLLM.objects.get(name="GPT-3.5-turbo")
    names = [BaseLLM.objects.get(pk=pk).name for pk in ancestors_of(BaseLLM, turbo.pk)]
    assert names == ["GPT-3.5", "GPT"]


@pytest.mark.parametrize(
    "name", ["LLaMA-2", "Flan-T5", "mT5", "FLAN", "ChatGLM", "ChatGPT", "Vicuna", "BioBERT", "RoBERTa", "DialoGPT"]
)
def test_a_model_trained_from_another_is_a_family_of_its_own(name: str) -> None:
    assert BaseLLM.objects.get(name=name).parent is None


@pytest.mark.parametrize(
    ("cell", "name", "year"),
    [
        ("Recsys", "RecSys", None),
        ("SIGIR'23", "SIGIR", 2023),
        ("KDD2024", "KDD", 2024),
        ("Gen-IR@SIGIR 2023", "Gen-IR@SIGIR", 2023),
        ("NeurIPS 2023 Workshop", "NeurIPS workshop", 2023),
        ("NIPS'17", "NeurIPS", 2017),
        ("ACL (Findings)", "Findings of ACL", None),
        ("EMNLP 2023 Findings", "Findings of EMNLP", 2023),
        ("TheWebConf 2024", "WWW", 2024),
        ("arXiv preprint arXiv:2305.06474", "arXiv", None),
        ("CoRR", "arXiv", None),
        ("ACM", "ACM", None),
        ("Inf Process Manag", "Information Processing & Management", None),
        ("Proceedings of the VLDB Endowment 2023", "PVLDB", 2023),
        (
            "Proceedings of the 46th International ACM SIGIR Conference on Research and Development in Information Retrieval",
            "SIGIR",
            None,
        ),
        ("软件学报", "Journal of Software", None),
    ],
)
def test_venues(resolver: Resolver, cell: str, name: str, year: int | None) -> None:
    match = resolver.venue(cell)
    assert (str(match.entry), match.year, match.unmapped) == (name, year, "")


def test_a_workshop_is_not_its_host() -> None:
    workshop = Venue.objects.get(name="Gen-IR@SIGIR")
    assert (workshop.kind, str(workshop.parent)) == ("workshop", "SIGIR")


def test_an_unknown_venue_is_unmapped_without_its_year(resolver: Resolver) -> None:
    match = resolver.venue("FooConf 2023")
    assert (match.entry, match.unmapped, match.year) == (None, "FooConf", 2023)
    assert resolver.venue("N/A").unmapped == ""


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("no tuning", "no-tuning"),
        ("Supervised Fine-Tuning", "supervised-fine-tuning"),
        ("SFT", "supervised-fine-tuning"),
        ("1. No Tuning", "no-tuning"),
        ("### 2.1 LoRA", "lora"),
        ("（二）监督微调", "supervised-fine-tuning"),
        ("Frozen", "no-tuning"),
        ("Prompting", "prompting"),
        ("不微调", "no-tuning"),
        ("微调", "tuning"),
        ("思维链", "chain-of-thought"),
        ("P-tuning", "p-tuning"),
    ],
)
def test_tuning_types_from_titles_of_sections(resolver: Resolver, title: str, slug: str) -> None:
    entry = resolver.tuning(title).entry
    assert entry is not None
    assert entry.slug == slug


@pytest.mark.parametrize("title", ["Something else", "", "N/A", "1."])
def test_other_titles_are_no_tuning_type(resolver: Resolver, title: str) -> None:
    assert resolver.tuning(title).entry is None


def test_organisations_are_told_once(resolver: Resolver) -> None:
    matches = resolver.organisations("Facebook(Meta)、Meta、Facebook（Meta）、北京清华大学、某公司")
    assert [str(match.entry) for match in matches] == ["Meta", "Tsinghua University", "None"]
    assert matches[-1].raw == "某公司"


def test_roles_and_tags(resolver: Resolver) -> None:
    assert str(resolver.role("re-ranker").entry) == "Ranker"
    assert [str(match.entry) for match in resolver.tags("LLM4Rec, 综述, foo")] == [
        "LLM for recommendation",
        "Survey",
        "None",
    ]


def test_a_spelling_that_a_person_mapped_beats_a_name() -> None:
    venue = Venue.objects.get(name="WWW")
    Alias.objects.create(kind="venue", raw="HT", venue=venue)
    assert Resolver.load().venue("HT").entry == venue


def test_two_entries_of_one_chinese_name_are_not_guessed_between() -> None:
    for name in ("One of them", "Another of them"):
        Organisation.objects.create(name=name, name_zh="同名大学")
    (match,) = Resolver.load().organisations("同名大学")
    assert match.entry is None


def test_loading_costs_the_same_however_much_there_is(queries: Queries) -> None:
    def more() -> None:
        for number in range(10):
            tag = Tag.objects.create(name=f"topic {number} of many")
            Alias.objects.create(kind="tag", raw=f"spelling {number} of many", tag=tag)

    queries.stay_equal(Resolver.load, when=more)


def test_answers_come_from_memory(resolver: Resolver, queries: Queries) -> None:
    def ask() -> None:
        resolver.llms("LLaMA-7B, FooLM")
        resolver.venue("SIGIR 2023")
        resolver.organisations("Google、多伦多大学")

    assert queries.of(ask) == []


def test_what_was_just_made_can_be_added(resolver: Resolver) -> None:
    resolver.add("llm", BaseLLM.objects.create(name="FooLM"), "福模型")
    assert [str(match.entry) for match in resolver.llms("FooLM、福模型")] == ["FooLM"]
    sized = BaseLLM.objects.create(name="FooLM 7B", parent=BaseLLM.objects.get(name="FooLM"), size="7B")
    resolver.add("llm", sized)
    assert resolver.llms("福模型 7B")[0].entry == sized


def test_authors_are_found_by_name_and_by_spelling(queries: Queries) -> None:
    ada = Author.objects.create(name="Ada Byron")
    Alias.objects.create(kind="author", raw="Ada Lovelace", author=ada)
    found = authors_by_name(["ada byron", "Ada Lovelace", "Alan Turing", ""])
    assert found == {"ada byron": ada, "Ada Lovelace": ada}
    names = [f"Person {number}" for number in range(400)]
    assert len(queries.of(lambda: authors_by_name(names))) == 2
