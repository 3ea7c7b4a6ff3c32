"""What the papers page can be asked, and what it answers to what nobody can ask."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import override

from apps.papers.filters import PaperFilter
from apps.papers.models import Paper
from apps.vocabulary.models import Alias, BaseLLM, TuningType, Venue
from tests.papers.library import note, paper, reads, row, table, term

pytestmark = pytest.mark.django_db
ANYBODY = AnonymousUser()


def titles(query: Any, user: Any = ANYBODY) -> list[str]:
    papers = PaperFilter(query, user=user)
    assert papers.problems == []
    return [each.title for each in papers.qs]


def problems(query: Any, user: Any = ANYBODY) -> str:
    papers = PaperFilter(query, user=user)
    assert list(papers.qs) == []
    assert papers.ids == []
    assert papers.describe() == []
    return " ".join(papers.problems)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("venu=sigir", "venu"),
        ("venue=nowhere", "nowhere"),
        ("venue=", "venue"),
        ("venue=known&venue=nowhere", "nowhere"),
        ("llm=nothing", "nothing"),
        ("tuning=magic", "magic"),
        ("tag=none", "none"),
        ("org=none", "none"),
        ("author=nobody", "nobody"),
        ("year=20x3", "20x3"),
        ("year=2023-2021", "2023-2021"),
        ("year=", "year"),
        ("year=-", "year"),
        ("year=0000", "0000"),
        ("category=cs.XX", "cs.XX"),
        ("table=none", "none"),
        ("list=none", "none"),
        ("has=money", "money"),
        ("status=lost", "lost"),
        ("state=read", "account"),
        ("state=", "account"),
        ("sort=best", "best"),
        ("sort=title&sort=title", "sort"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("page=1&page=2", "page"),
        ("workshops=yes", "workshops"),
        ("workshops=0", "workshops"),
        ("q=a&q=b", "q"),
        ("q=%22", "q"),
        ("q=" + "(" * 50, "q"),
        ("q=a%00b", "q"),
        ("venue=a%00b", "venue"),
        ("%00=b", "characters"),
        ("venue=" + "v" * 9000, "vvv"),
        ("&".join(f"year={1900 + n}" for n in range(60)), "50"),
        ("<script>=1", "<script>"),
    ],
)
def test_what_cannot_be_asked_is_named_and_shows_nothing(query: str, named: str) -> None:
    paper("There", venue="known")
    assert named in problems(query)


@pytest.mark.parametrize(
    "name", ["q", "venue", "llm", "tuning", "tag", "org", "author", "year", "table", "list", "has"]
)
def test_half_a_surrogate_pair_is_an_error(name: str) -> None:
    paper("There")
    problems({name: "a\udc00b"}).encode("utf-8")


def test_states_of_a_member(reader: User, writer: User) -> None:
    read, other = paper("Read"), paper("Other")
    reads(reader, read, "read")
    reads(reader, other, "no")
    reads(writer, other, "read")
    assert titles("state=read", reader) == ["Read"]
    assert "no" in problems("state=no", reader)
    assert "account" in problems("state=read")


def test_messages_follow_the_language_of_the_page() -> None:
    with override("en"):
        assert PaperFilter("x=1", user=ANYBODY).problems == ["There is no filter called “x”."]


def test_empty_words_and_order_are_no_question() -> None:
    paper("One")
    assert titles("q=&sort=") == titles("q=+++") == ["One"]


def test_or_within_and_between() -> None:
    paper("A", venue="V1", tags=["t"])
    paper("B", venue="V2", tags=["t"])
    paper("C", venue="V2")
    assert sorted(titles("venue=v1&venue=v2&tag=t")) == ["A", "B"]


def test_base_llm_and_tuning_type_hold_in_one_row() -> None:
    section = table("t").sections.get()
    apart, together = paper("Apart"), paper("Together")
    row(apart, section, name="1", llms=["GPT X"], tuning="Tuned x")
    row(apart, section, name="2", llms=["Other X"], tuning="Frozen x")
    row(together, section, llms=["GPT X"], tuning="Frozen x")
    assert titles("llm=gpt-x&tuning=frozen-x") == ["Together"]
    assert sorted(titles("llm=gpt-x")) == ["Apart", "Together"]


def test_families_and_branches_include_what_is_below() -> None:
    family, branch = term(BaseLLM, "Fam"), term(TuningType, "Branch")
    member = term(BaseLLM, "Fam small", parent=term(BaseLLM, "Fam two", parent=family))
    section = table("t").sections.get()
    row(paper("Deep"), section, llms=[member], tuning=term(TuningType, "Leaf", parent=branch))
    assert titles("llm=fam&tuning=branch") == ["Deep"]
    assert titles("llm=fam-small&tuning=leaf") == ["Deep"]


def test_a_venue_includes_its_workshops_only_when_asked() -> None:
    host = term(Venue, "Hostconf")
    paper("Main", venue=host)
    paper("Shop", venue=term(Venue, "Shop@Hostconf", kind="workshop", parent=host))
    assert titles("venue=hostconf") == ["Main"]
    assert sorted(titles("venue=hostconf&workshops=1")) == ["Main", "Shop"]


@pytest.mark.parametrize("spelling", ["Fam-9.5", "FAM 9.5", "fam9.5", "nine and a half", "fam-9.5"])
def test_another_known_spelling_is_understood(spelling: str) -> None:
    llm = term(BaseLLM, "Fam-9.5")
    Alias.objects.create(kind="llm", raw="Nine-and-a-half", llm=llm)
    row(paper("One"), table("t").sections.get(), llms=[llm])
    papers = PaperFilter({"llm": spelling}, user=ANYBODY)
    assert [each.title for each in papers.qs] == ["One"]
    assert papers.cleaned_query == "llm=fam-9.5"


def test_a_spelling_of_two_things_is_understood_as_neither() -> None:
    term(Venue, "One", name_zh="孪生")
    term(Venue, "Two", name_zh="孪生")
    assert "孪生" in problems({"venue": "孪生"})


def test_years() -> None:
    for year in (2020, 2021, 2022, 2023):
        paper(str(year), year=year)
    paper("none")
    assert titles("year=2021") == ["2021"]
    assert sorted(titles("year=2021-2022")) == ["2021", "2022"]
    assert sorted(titles("year=2022-")) == ["2022", "2023"]
    assert sorted(titles("year=-2020&year=2023")) == ["2020", "2023"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("推荐", ["Title"]),
        ("荐系", ["Title"]),
        ("title SHORT", []),
        ("title SHORT*", ["Title"]),
        ('"one line"', ["Title"]),
        ('"line one"', []),
        ("100%", ["Title"]),
        ("100_", ["Title"]),
        ("a_b", ["Title"]),
        ("a\\b", ["Title"]),
        ("ＦＵＬＬ", ["Title"]),
        ("missing", []),
    ],
)
def test_words_are_found_where_they_stand(words: str, found: list[str]) -> None:
    paper(
        "Title", title_zh="大模型推荐系统", names=["ShortName"], summary="one line, 100% a_b a\\b", abstract="full text"
    )
    paper("Different", summary="1000 axb")
    assert titles({"q": words}) == found


def test_every_word_may_stand_in_the_paper_or_in_a_note_one_may_read(reader: User, writer: User) -> None:
    one = paper("Alpha", abstract="beta")
    note(writer, one, body="Gamma 推荐")
    note(writer, one, body="delta", private=True)
    assert titles("q=alpha+gamma", reader) == ["Alpha"]
    assert titles("q=beta+荐", reader) == ["Alpha"]
    assert titles("q=alpha+delta", reader) == []
    assert titles("q=alpha+delta", writer) == ["Alpha"]


def test_the_best_match_comes_first() -> None:
    paper("Other", abstract="needle", year=2024, published=date(2024, 1, 1))
    paper("A paper with needle", published=date(2020, 1, 1))
    paper("Needle at the start", published=date(2019, 1, 1))
    paper("Called so", names=["Needle"], published=date(2018, 1, 1))
    assert titles("q=needle") == ["Called so", "Needle at the start", "A paper with needle", "Other"]
    assert titles("q=needle&sort=-published")[0] == "Other"


def test_orders_are_complete() -> None:
    paper("b title", published=date(2024, 1, 1))
    paper("A title", published=date(2024, 1, 1))
    paper("ändern")
    paper("中文")
    assert titles("") == ["A title", "b title", "中文", "ändern"]
    assert titles("sort=published") == ["b title", "A title", "ändern", "中文"]
    assert titles("sort=title") == ["A title", "b title", "ändern", "中文"]
    assert titles("sort=-added") == ["中文", "ändern", "A title", "b title"]


def test_every_way_of_asking_has_one_address() -> None:
    paper("A", venue="V1", tags=["x", "y"], year=2020)
    asked = "tag=y&year=2020&sort=relevance&q=++A++&tag=x&venue=V1&page=1&tag=x"
    assert PaperFilter(asked, user=ANYBODY).cleaned_query == "q=A&venue=v1&tag=x&tag=y&year=2020"
    assert PaperFilter("q=A&sort=title", user=ANYBODY).cleaned_query == "q=A&sort=title"
    assert PaperFilter("", user=ANYBODY).cleaned_query == ""


def test_a_filter_with_problems_has_no_address() -> None:
    with pytest.raises(ValueError):
        PaperFilter("venue=nowhere", user=ANYBODY).cleaned_query  # noqa: B018


def test_chips_say_what_was_asked_and_how_to_ask_without_it() -> None:
    paper("A", venue="V1", year=2020)
    chips = PaperFilter("q=a&venue=v1&year=2019-2021&workshops=1&sort=title", user=ANYBODY).describe()
    assert [(chip.name, chip.label) for chip in chips] == [
        ("q", "a"),
        ("venue", "V1"),
        ("year", "2019–2021"),
        ("workshops", "with workshops"),
    ]
    assert chips[1].without == "q=a&year=2019-2021&workshops=1&sort=title"


def test_the_same_question_with_ten_values_costs_the_same(reader: User, queries: Any) -> None:
    for number in range(10):
        paper(f"P{number}", venue=f"V{number}", tags=[f"t{number}"], authors=[f"Author {number}"])
    assert PaperFilter("venue=v0&tag=t0", user=reader).ids  # names are kept from here on
    one = len(queries.of(lambda: PaperFilter("venue=v0&tag=t0&author=author-0", user=reader).ids))
    many = "&".join(f"venue=v{n}&tag=t{n}&author=author-{n}" for n in range(10))
    assert len(queries.of(lambda: PaperFilter(many, user=reader).ids)) == one
    assert Paper.objects.count() == 10
