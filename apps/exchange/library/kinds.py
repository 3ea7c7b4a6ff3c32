"""What the library's file holds: one kind of line for each model, in the order in which they can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from apps.harvest.models import Acceptance, ArxivQuery, ArxivRecord, Finding, News
from apps.lists.models import Entry, ReadingList, ReadingState, SavedSearch
from apps.notes.models import Image, Mirror, Note, NoteLink, NotePicture, NoteTemplate, Upload
from apps.papers.models import (
    Authorship,
    CategoryTable,
    Classification,
    Merge,
    Paper,
    PaperLink,
    PaperName,
    PaperTitle,
    Review,
    RowLLM,
    Section,
    Source,
    Statement,
)
from apps.papers.titles import title_key
from apps.vocabulary.folding import fold
from apps.vocabulary.models import (
    Alias,
    ArxivCategory,
    Author,
    BaseLLM,
    LLMRole,
    Organisation,
    Tag,
    TuningType,
    Venue,
)

User = get_user_model()
Derive = Callable[[Any, "Mapping[str, list[Any]]"], None]

# What stands in a line for a record of another model. Sections and queries have no name of their own: their id serves.
KEYS: dict[type[models.Model], str] = {
    Venue: "slug",
    BaseLLM: "slug",
    TuningType: "slug",
    LLMRole: "slug",
    Tag: "slug",
    Organisation: "slug",
    Author: "slug",
    ArxivCategory: "name",
    Source: "uid",
    Paper: "uid",
    CategoryTable: "slug",
    Section: "id",
    ReadingList: "slug",
    Image: "sha256",
    Mirror: "key",
    ArxivQuery: "id",
    User: "username",
}


@dataclass(frozen=True)
class Unique:
    """Columns that no two records share, `only` among these; without `blanks` a blank equals nothing."""

    columns: tuple[str, ...]
    only: Mapping[str, str] = field(default_factory=dict)
    blanks: bool = True

    def of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The values that tell a record from others; None where this rule does not speak of it."""
        if any(values.get(name) != value for name, value in self.only.items()):
            return None
        found = tuple(values.get(name) for name in self.columns)
        return None if None in found or (not self.blanks and "" in found) else found


class _Described:
    """What is the same for a line and for a part within one."""

    model: type[models.Model]
    derived: frozenset[str]

    @cached_property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """The columns that are written: all but the id and what follows from others."""
        return tuple(f for f in self.model._meta.concrete_fields if not f.primary_key and f.name not in self.derived)


@dataclass(frozen=True, eq=False)
class Part(_Described):
    """Records that belong to one line, written within it. `whole`: never mixed with those that are there already.

    Only ids to which a merge may refer are kept: choosing anew makes new names, links and authorships any day.
    """

    name: str
    model: type[models.Model]
    owner: str
    unique: tuple[str, ...]
    derived: frozenset[str]
    derive: Derive | None = None
    whole: bool = False
    keeps_id: bool = False
    follows: bool = False  # from the text of its owner: one that is here already has its own


@dataclass(frozen=True, eq=False)
class Kind(_Described):
    name: str
    model: type[models.Model]
    uniques: tuple[Unique, ...]
    derived: frozenset[str] = frozenset()
    derive: Derive | None = None
    many: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    order: tuple[str, ...] = ("pk",)
    keeps_id: bool = True
    is_tree: bool = False
    is_vocabulary: bool = False
    beside: tuple[str, ...] = ()  # what a line holds that no column does

    @cached_property
    def key(self) -> str | None:
        return KEYS.get(self.model)


def _fold_name(entry: Any, parts: Mapping[str, list[Any]]) -> None:
    entry.key = fold(entry.name)


def _vocabulary(name: str, model: type[models.Model], *more: Unique, tree: bool = False) -> Kind:
    uniques = (Unique(("slug",)), Unique(("key",)), *more)
    return Kind(
        name, model, uniques, frozenset({"key"}), _fold_name,
        order=("slug",), keeps_id=False, is_tree=tree, is_vocabulary=True,
    )  # fmt: skip


def _category(entry: Any, parts: Mapping[str, list[Any]]) -> None:
    entry.slug = entry.name


def _spelling(alias: Any, parts: Mapping[str, list[Any]]) -> None:
    alias.key = fold(alias.raw)


def _short_name(name: Any, parts: Mapping[str, list[Any]]) -> None:
    name.key = fold(name.name)[:200]


def _other_title(title: Any, parts: Mapping[str, list[Any]]) -> None:
    title.key = title_key(title.title)[:500]


def _paper(paper: Any, parts: Mapping[str, list[Any]]) -> None:
    paper.derive([name.name for name in parts.get("names", [])])


def _note(note: Any, parts: Mapping[str, list[Any]]) -> None:
    note.derive()


_PAPER_PARTS = (
    Part("names", PaperName, "paper", ("key",), frozenset({"paper", "key"}), _short_name),
    Part("other_titles", PaperTitle, "paper", ("key",), frozenset({"paper", "key"}), _other_title),
    Part("links", PaperLink, "paper", ("kind", "url"), frozenset({"paper"})),
    Part("authors", Authorship, "paper", ("author_id",), frozenset({"paper"}), whole=True),
)
_ROW_PARTS = (Part("llms", RowLLM, "row", ("llm_id",), frozenset({"row"}), whole=True),)
# What a rendering would find again, but for a paper that is called something else by now.
_NOTE_PARTS = (
    Part("papers", Note.papers.through, "note", ("paper_id",), frozenset({"note"}), keeps_id=True),
    Part("links", NoteLink, "note", ("position",), frozenset({"note", "key"}), follows=True),
    Part("pictures", NotePicture, "note", ("image_id", "mirror_id"), frozenset({"note"}), follows=True),
)

KINDS: tuple[Kind, ...] = (
    _vocabulary("venue", Venue, tree=True),
    _vocabulary("llm", BaseLLM, Unique(("parent_id", "size"), blanks=False), tree=True),
    _vocabulary("tuning", TuningType, tree=True),
    _vocabulary("role", LLMRole),
    _vocabulary("tag", Tag),
    _vocabulary("organisation", Organisation),
    _vocabulary("author", Author, Unique(("orcid",), blanks=False)),
    Kind(
        "category", ArxivCategory, (Unique(("name",)),), frozenset({"slug"}), _category,
        order=("name",), keeps_id=False, is_vocabulary=True,
    ),
    Kind(
        "alias", Alias, (Unique(("kind", "key")),), frozenset({"key"}), _spelling,
        order=("kind", "key"), keeps_id=False, is_vocabulary=True,
    ),
    Kind(
        "template", NoteTemplate, (Unique(("name", "name_zh")),),
        order=("name", "name_zh"), keeps_id=False, is_vocabulary=True,
    ),
    Kind("source", Source, (Unique(("uid",)), Unique(("user_id",), {"kind": Source.Kind.PERSON}))),
    Kind(
        "paper", Paper,
        (
            Unique(("uid",)),
            Unique(("arxiv_id",), blanks=False),
            Unique(("doi",), blanks=False),
            Unique(("openreview_id",), blanks=False),
        ),
        frozenset({"title_key", "title_start", "title_zh_key", "search_text"}), _paper,
        many=("organisations", "tags", "categories"), parts=_PAPER_PARTS,
    ),
    Kind("statement", Statement, (Unique(("source_id", "paper_id", "field", "line")),)),
    Kind("record", ArxivRecord, (Unique(("paper_id",)), Unique(("arxiv_id",)))),
    Kind("news", News, (Unique(("paper_id", "kind", "key")),)),
    Kind("query", ArxivQuery, (Unique(("category", "name", "words")),)),
    Kind("finding", Finding, (Unique(("category", "day", "arxiv_id")),)),
    Kind("acceptance", Acceptance, (Unique(("kind",)),), order=("kind",), keeps_id=False),
    Kind("table", CategoryTable, (Unique(("slug",)),)),
    Kind("section", Section, ()),
    Kind("row", Classification, (Unique(("section_id", "paper_id", "name")),), many=("roles",), parts=_ROW_PARTS),
    Kind("list", ReadingList, (Unique(("slug",)),)),
    Kind("entry", Entry, (Unique(("list_id", "paper_id")),)),
    Kind("image", Image, (Unique(("sha256",)),), order=("sha256",), keeps_id=False, beside=("bytes",)),
    Kind("mirror", Mirror, (Unique(("key",)),), order=("key",), keeps_id=False),
    Kind("note", Note, (Unique(("uid",)),), frozenset({"search_text"}), _note, parts=_NOTE_PARTS),
    Kind("upload", Upload, (Unique(("image_id", "user_id")),), order=("image__sha256", "user__username"), keeps_id=False),
    Kind("state", ReadingState, (Unique(("user_id", "paper_id")),)),
    Kind("search", SavedSearch, (Unique(("uid",)),)),
    Kind("review", Review, (Unique(("key",)),)),
    Kind("merge", Merge, (Unique(("lost_id",)),)),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
BY_MODEL = {kind.model: kind for kind in KINDS}
