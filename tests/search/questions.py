"""Small libraries, changes to them and questions about them, at random and again the same from the same seed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from apps.lists.models import Entry, ReadingList, ReadingState
from apps.notes.models import Note
from apps.papers.merges import merge
from apps.papers.models import CategoryTable, Classification, Paper, PaperLink, PaperName, Section
from apps.vocabulary.models import Author, BaseLLM, Tag, TuningType, Venue
from tests.papers.library import note, paper, row, table, term

WORDS = [
    *(
        "graph",
        "graphs",
        "neural",
        "neural",
        "model",
        "models",
        "fine-tuning",
        "finetune",
        "fine tuning",
        "GPT-4",
        "gpt4",
    ),
    *(
        "推荐系统",
        "推薦",
        "推荐",
        "系统",
        "图神经网络",
        "的",
        "的的",
        "LLM推荐",
        "大模型。推荐",
        "naïve",
        "bert4rec",
        "T5",
    ),
    *("a/b", "state-of-the-art", "3.5", "the", "the", "new", "new", "new new", "ｇｒａｐｈ", "(x)", "rec, sys"),
]
NAMES = {
    BaseLLM: ("Zet", "Lorp", "Zet-9", "Qwil"),
    TuningType: ("Tune A", "Tune B"),
    Venue: ("KDX", "WXW", "RecX"),
    Tag: ("red", "blue", "绿"),
}
PEOPLE = ("Ann Graph", "Bo New", "王推荐")


class Game:
    """One library and who asks: `people` are its owner, a teammate and nobody."""

    def __init__(self, seed: int, people: list[Any]) -> None:
        self.random, self.people = Random(seed), people
        for model in (Note, Paper, CategoryTable, ReadingList):
            model.objects.all().delete()  # of the game before
        self.table = table(f"t{seed}", "first", "推荐 part")
        self.lists = [ReadingList.objects.create(slug=f"l{seed}-{n}", title=f"l{n}") for n in range(2)]
        gpt, nine = term(BaseLLM, "Zet"), term(BaseLLM, "Zet-9")
        nine.parent = gpt
        nine.save()
        workshop, host = term(Venue, "RecX"), term(Venue, "KDX")
        workshop.parent = host
        workshop.save()
        for model, names in NAMES.items():
            for name in names:
                if not (model is Tag and Tag.objects.filter(slug=name).exists()):  # it may be called otherwise by now
                    term(model, name)
        for _ in range(self.random.randint(3, 9)):
            self.another_paper()
        for _ in range(6):
            self.change()

    def text(self, most: int = 6) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(0, most)))

    def some(self, names: Any) -> list[Any]:
        return self.random.sample(list(names), self.random.randint(0, min(2, len(names))))

    def paper(self) -> Paper:
        return self.random.choice(list(Paper.objects.order_by("pk")) or [self.another_paper()])

    def another_paper(self) -> Paper:
        day, dice = date(2020, 1, 1) + timedelta(days=self.random.randint(0, 1500)), self.random.random()
        when: dict[str, Any] = {"published": day} if dice < 0.5 else {"year": day.year} if dice < 0.8 else {}
        made = paper(
            f"{self.random.choice(WORDS)} {self.text()}",
            **when,
            title_zh=self.random.choice(["", "图的推荐系统"]),
            abstract=self.text(15),
            abstract_zh=self.random.choice(["", "", self.text(4)]),
            summary=self.text(),
            key_technique=self.text(2),
            venue=self.random.choice([None, *(term(Venue, name) for name in NAMES[Venue])]),
            status=self.random.choice(["", "preprint", "published"]),
            pdf_url=self.random.choice(["", "https://example.org/x.pdf"]),
            orgs=self.some(["Org A", "Org B"]),
            categories=self.some(["cs.IR", "cs.CL"]),
            authors=self.some(PEOPLE),
            names=self.some(["GraphRec", "推荐GPT"]),
        )
        made.tags.set(Tag.objects.filter(slug__in=self.some(NAMES[Tag])))
        added = timezone.now() - timedelta(days=self.random.randint(0, 400), seconds=self.random.randint(0, 80_000))
        Paper.objects.filter(pk=made.pk).update(added=added, arxiv_id=self.random.choice([None, f"2305.{made.pk:05}"]))
        return made

    def change(self) -> str:
        """Something, by every way in which papers change."""
        name = self.random.choice([each for each in dir(self) if each.startswith("change_")])
        getattr(self, name)()
        return name

    def change_title(self) -> None:
        each = self.paper()
        each.title = f"{self.random.choice(WORDS)} {self.text()}"
        each.save()

    def change_many(self) -> None:
        some = Paper.objects.filter(pk__lte=self.paper().pk)
        some.update(abstract=self.text(8))
        some.filter(published=None).update(year=self.random.choice([2021, None]))  # else it follows from the date

    def change_tags(self) -> None:
        self.paper().tags.set(Tag.objects.filter(slug__in=self.some(NAMES[Tag])))

    def change_by_deleting(self) -> None:
        if Paper.objects.count() > 2:
            self.paper().delete()

    def change_by_adding(self) -> None:
        self.another_paper()

    def change_by_merging(self) -> None:
        one, other = self.paper(), self.paper()
        if one != other and Paper.objects.count() > 3:
            merge(kept=one, lost=other, user=None)

    def change_row(self) -> None:
        section = self.random.choice(list(Section.objects.filter(table=self.table)))
        tuning = self.random.choice([None, *NAMES[TuningType]])
        name = f"{self.text(2)[:80]} {Classification.objects.count()}"
        row(self.paper(), section, name=name, llms=self.some(NAMES[BaseLLM]), tuning=tuning, note=self.text(3))

    def change_section(self) -> None:
        Section.objects.filter(table=self.table, position=0).update(title=self.text(2))

    def change_row_away(self) -> None:
        found = Classification.objects.order_by("?").first()
        if found:
            found.delete()

    def change_family(self) -> None:
        BaseLLM.objects.filter(name="Zet-9").update(parent=self.random.choice([None, term(BaseLLM, "Zet")]))

    def change_name_of_a_tag(self) -> None:
        Tag.objects.filter(slug="red").update(name=f"crimson {self.random.randint(0, 99)}")
        Tag.objects.get(slug="red").save()

    def change_author(self) -> None:
        Author.objects.filter(name=self.random.choice(PEOPLE)).update(name_zh=self.random.choice(["", "新推荐"]))

    def change_note(self) -> None:
        owner, mate, _ = self.people
        note(
            self.random.choice([owner, mate]),
            self.paper(),
            body=f"{self.text(4)} x",
            private=self.random.random() < 0.6,
        )

    def change_visibility(self) -> None:
        for each in Note.objects.exclude(author=None)[:2]:
            each.visibility = "team" if each.visibility == "private" else "private"
            each.save()

    def change_trash(self) -> None:
        Note.objects.filter(body__contains=self.random.choice("gnm")).update(deleted=timezone.now())

    def change_list(self) -> None:
        kept = self.random.choice(self.lists)
        Entry.objects.filter(list=kept).delete()
        for each in {self.paper() for _ in range(2)}:
            Entry.objects.create(list=kept, paper=each)

    def change_state(self) -> None:
        ReadingState.objects.update_or_create(
            user=self.random.choice(self.people[:2]),
            paper=self.paper(),
            defaults={"state": self.random.choice(["read", "toread"])},
        )

    def change_link(self) -> None:
        PaperLink.objects.get_or_create(
            paper=self.paper(), url="https://example.org/c", kind=self.random.choice(["code", "pdf"])
        )

    def change_name(self) -> None:
        each = self.paper()
        PaperName.objects.filter(paper=each).delete()
        PaperName.objects.create(paper=each, name=self.random.choice(WORDS), position=0)

    # Questions

    def question(self) -> dict[str, list[str]]:
        asked = {"exact": ["1"], "sort": [self.random.choice(["-published", "published", "title", "-added"])]}
        if self.random.random() < 0.85:
            asked["q"] = [self.query(2)]
        if self.random.random() < 0.4:
            for name, values in self.random.sample(sorted(self.values().items()), self.random.randint(1, 2)):
                asked[name] = list(dict.fromkeys(self.random.choice(values) for _ in range(self.random.randint(1, 2))))
        if self.random.random() < 0.3:
            asked["workshops"] = ["1"]
        return asked

    def values(self) -> dict[str, list[str]]:
        return {
            "llm": ["zet", "zet-9", "lorp"],
            "tuning": ["tune-a", "tune-b"],
            "venue": ["kdx", "wxw", "recx"],
            "tag": ["red", "blue", "绿"],
            "year": ["2021", "2020-2022", "-2021", "2022-"],
            "has": ["code", "pdf", "zh", "note"],
            "status": ["preprint", "published"],
            "list": [each.slug for each in self.lists],
            "table": [self.table.slug],
            "category": ["cs.IR"],
            "author": ["Ann Graph"],
            "org": ["Org A"],
            "state": ["read", "toread"],
        }

    def query(self, depth: int) -> str:
        parts = [self.leaf(depth) for _ in range(self.random.choice([1, 1, 2, 2, 3]))]
        joint = self.random.choice([" ", " OR ", " OR ", " AND "])
        return joint.join(f"-{part}" if self.random.random() < 0.2 else part for part in parts)

    def leaf(self, depth: int) -> str:
        dice, choice = self.random.random(), self.random.choice
        field = choice(["", "", "", "", "", "", "title:", "author:", "abstract:", "note:", "标题："])
        if dice < 0.15 and depth:
            return f"({self.query(depth - 1)})"
        if dice < 0.3:
            doubled = self.random.choice(["new new", "the the", "neural neural", "graph graph", "的的的"])
            return f'{field}"{doubled if dice < 0.19 else self.piece()}"'
        if dice < 0.4:
            return f"{field}{choice(['gr', 'fin', '推', '推荐系', 'models', 'ne', 'gpt', '图神'])}*"
        if dice < 0.5:
            name, values = choice([pair for pair in self.values().items() if pair[0] != "author"])
            return (
                f'{name}:"{choice(values)}"' if name != "year" else f"year:{choice(['2021', '2020..2022', '..2021'])}"
            )
        if dice < 0.55:
            return choice(["added:7d", "added:30d", "added:2020..", f"added:{timezone.localdate().year}"])
        if dice < 0.58:
            return f"id:{self.paper().pk}"
        return f"{field}{choice(WORDS).split()[0].strip('(),')}"

    def piece(self) -> str:
        """Cut out of a text that is there."""
        each = self.paper()
        text = self.random.choice([each.title, each.abstract, each.title_zh, each.summary]) or "graph"
        start = self.random.randint(0, len(text) - 1)
        return text[start : start + self.random.randint(1, 18)].strip() or "graph"


def people() -> list[Any]:
    from django.contrib.auth.models import AnonymousUser

    made = [User.objects.get_or_create(username=name)[0] for name in ("owner-of-it", "teammate")]
    return [*made, AnonymousUser()]
