"""What the documents say, field by field, against what the library holds."""

from __future__ import annotations

from typing import Any

from apps.lists.models import Entry, ReadingList
from apps.notes.models import Note
from apps.papers.models import Classification, Paper, Review, Section
from apps.vocabulary.folding import fold
from apps.vocabulary.resolve import Resolver

_SECTIONS = {"no tuning": "no-tuning", "Supervised Fine-Tuning": "supervised-fine-tuning"}


def check_digest(expected: Any, number: str) -> None:
    papers = expected["seeds"][number]["papers"]
    for position, wanted in enumerate(papers):
        paper = Paper.objects.get(arxiv_id=wanted["arxiv_id"])
        entry = Entry.objects.get(paper=paper, list__kind="digest")
        assert _of_digest(paper, entry, wanted["abstract_en_tail"].strip()) == {
            "title": wanted["title"],
            "title_zh": wanted["title_zh"],
            "summary_zh": wanted["tldr_zh"],
            "version": int(wanted["version_stated"][1:]) if wanted["version_stated"] else None,
            "categories": [wanted["category_stated"]] if wanted["category_stated"] else [],
            "announce": wanted["announce_type"] or "",
            "abstract": (
                wanted["abstract_en_clean_chars"],
                wanted["abstract_en_tail"].strip(),
                wanted["abstract_en_cut"],
            ),
            "abstract_zh": (wanted["abstract_zh_chars"], wanted["abstract_zh_tail"], wanted["abstract_zh_cut"]),
            "published": ("-".join(("20" + wanted["arxiv_id"][:2], wanted["arxiv_id"][2:4])), "month"),
            "position": position,
        }


def _of_digest(paper: Paper, entry: Entry, tail: str) -> dict[str, Any]:
    return {
        "title": paper.title,
        "title_zh": paper.title_zh,
        "summary_zh": paper.summary_zh,
        "version": paper.arxiv_version,
        "categories": list(paper.categories.values_list("name", flat=True)),
        "announce": entry.announce_type,
        "abstract": (len(paper.abstract), paper.abstract[-len(tail) :], paper.abstract_cut),
        "abstract_zh": (len(paper.abstract_zh), paper.abstract_zh[-10:], paper.abstract_zh_cut),
        "published": (paper.published_text, paper.precision),
        "position": entry.position,
    }


def check_rows(expected: Any) -> None:
    wanted = expected["seeds"]["001"]["papers"]
    for title, slug in _SECTIONS.items():
        section = Section.objects.get(title=title)
        rows = [row for row in wanted if row["section"] == title]
        found = list(section.rows.select_related("paper__venue", "tuning").prefetch_related("row_llms__llm__parent"))
        assert [_row(row) for row in found] == [_wanted_row(row, slug) for row in rows]


def _row(row: Classification) -> dict[str, Any]:
    paper = row.paper
    return {
        "name": row.name,
        "title": paper.title,
        "arxiv_id": paper.arxiv_id,
        "venue": (str(paper.venue), row.venue_raw),
        "llms": [(fold(p.llm.model_name()), p.llm.size) for p in row.row_llms.all()],
        "families": [_family(p.llm) for p in row.row_llms.all()],
        "llm_raw": row.llm_raw,
        "tuning": row.tuning.slug if row.tuning else "",
        "code": [(link.url, link.label) for link in paper.links.all()],
    }


def _wanted_row(row: dict[str, Any], tuning: str) -> dict[str, Any]:
    return {
        "name": row["name"] or "",
        "title": row["title"],
        "arxiv_id": row["arxiv_id"],
        "venue": (row["venue"], row["venue_raw"]),
        "llms": [(fold(llm["name"]), llm.get("size", "")) for llm in row["llms"]],
        "families": [fold(llm["family"]) for llm in row["llms"]],
        "llm_raw": row["llm_raw"] or "",
        "tuning": tuning,
        "code": [(row["code_url"], row["code_label"])] if row["code_url"] else [],
    }


def _family(llm: Any) -> str:
    """The entry whose editions these are, as the documents' own readers grouped them: GPT-3.5-turbo is GPT-3.5."""
    name = llm.model_name()
    if fold(name) == fold("GPT-3.5-turbo"):
        assert str(llm.parent if not llm.size else llm.parent.parent) == "GPT-3.5"
        return fold("GPT-3.5")
    return fold(name)


def check_notes(expected: Any, *, merged: bool = False) -> None:
    """Eleven notes in their order, each on the right paper: those under T5's title on a paper of their own name."""
    wanted = expected["seeds"]["001"]["notes"]
    notes = list(Note.objects.order_by("position"))
    assert [note.title for note in notes] == [note["heading_raw"].strip("《》") for note in wanted]
    for note, said in zip(notes, wanted, strict=True):
        paper = note.papers.get()
        if not said["heading_title_is_wrong"]:
            assert fold(paper.title) == fold(said["title_in_heading"]), said["alias"]
        elif merged:
            assert paper.title == said["true_title"]
            assert paper.arxiv_id == said["true_arxiv_id_external"]
        else:
            assert (paper.title, paper.arxiv_id) == (said["alias"], None)
        assert note.body.count("![") == said["images"]
        for link in said["reference_links"]:
            assert link in note.body


def check_classics(expected: Any) -> None:
    wanted = expected["seeds"]["004"]["papers"]
    entries = ReadingList.objects.get(kind="field-list").entries.select_related("paper")
    resolver = Resolver.load()
    assert [_classic(entry) for entry in entries] == [_wanted_classic(paper, resolver) for paper in wanted]
    one_name = {name for paper in wanted for name in paper["orgs"] if "Meta" in name}
    assert len(one_name) == 2
    assert len({str(match.entry) for name in one_name for match in resolver.organisations(name)}) == 1


def _classic(entry: Entry) -> dict[str, Any]:
    paper = entry.paper
    figures = [link.url for link in paper.links.all() if link.kind == "figure"]
    return {
        "name": fold(entry.name),
        "title": paper.title,
        "arxiv_id": paper.arxiv_id,
        "published": (paper.published_text, paper.precision),
        "organisations": sorted(o.name for o in paper.organisations.all()),
        "summary_zh": paper.summary_zh,
        "reading_focus": paper.reading_focus,
        "key_technique": paper.key_technique,
        "abstract_zh": paper.abstract_zh.count("\n\n") + 1,
        "figure": figures,
    }


def _wanted_classic(paper: dict[str, Any], resolver: Resolver) -> dict[str, Any]:
    return {
        "name": fold(paper["alias"]),
        "title": paper["title"],
        "arxiv_id": paper["arxiv_id"],
        "published": (paper["date"], paper["date_precision"]),
        "organisations": sorted({str(match.entry) for name in paper["orgs"] for match in resolver.organisations(name)}),
        "summary_zh": paper["tldr_zh"],
        "reading_focus": paper["reading_focus"] or "",
        "key_technique": paper["core_technique"] or "",
        "abstract_zh": paper["abstract_zh_paragraphs"],
        "figure": [paper["image_original"]],
    }


def check_wrong_facts(expected: Any) -> None:
    """Five dates that contradict their id's month, one code link of another paper, one title on two more headings."""
    wrong = {p["arxiv_id"] for p in expected["seeds"]["004"]["papers"] if any("date" in w for w in p["warnings"])}
    assert len(wrong) == 5
    doubts = Review.objects.filter(kind="doubt", state="open")
    assert set(doubts.filter(reason="date-month").values_list("paper__arxiv_id", flat=True)) == wrong
    assert list(doubts.filter(reason="code-other-paper").values_list("paper__names__name", flat=True)) == ["TALLRec"]
    assert set(doubts.filter(reason="contested-title").values_list("paper__title", flat=True)) == {
        "InstructGPT",
        "FLAN",
    }
    merges = Review.objects.filter(kind="merge", state="open")
    assert sorted(fold(str(p)) for r in merges for p in (r.paper, r.other) if p and not p.arxiv_id) == [
        "flan",
        "instructgpt",
    ]
    assert doubts.count() == 8
