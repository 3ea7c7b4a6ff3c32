"""The words of a search in the rows of a page: marked where they show, else the sentence in which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from apps.core.prepared import Prepared
from apps.papers.models import Paper
from apps.papers.querysets import among
from apps.papers.rows import Row
from apps.search.excerpts import Piece, excerpt, marked, standing
from apps.search.language.tree import Prefix, Text, wanted
from apps.search.matching import Sought, sought

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.papers.filters import PaperFilter

MOST_WORDS = 12
_TEXTS = Prepared(
    lambda ids: Paper.objects.filter(among("pk", ids)).order_by().values_list(
        *("pk", "abstract", "abstract_zh", "summary", "summary_zh", "key_technique", "reading_focus")
    )
)  # fmt: skip
_SHOWN, _IN_PAPERS, _IN_NOTES = {"", "title", "author"}, {"", "abstract"}, {"", "note"}


class Said(NamedTuple):
    """A text that another room has about a paper, and where all of it can be read."""

    paper: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a row shows of the words; `address` where the sentence is not the paper's own."""

    title: list[Piece]
    title_zh: list[Piece]
    summary: list[Piece]
    sentence: list[Piece]
    address: str = ""


class _Word(NamedTuple):
    field: str
    sought: Sought


def with_matches(rows: list[Row], papers: PaperFilter) -> list[Row]:
    """The same rows; in a constant number of queries, and none where no words were asked for."""
    if papers.problems or not rows or not papers.words:
        return rows
    words = [_Word(leaf.field, _sought(leaf, papers)) for leaf in [*dict.fromkeys(wanted(papers.tree))][:MOST_WORDS]]
    missing = {row.id: left for row in rows if (left := _not_shown(row, words))}
    sentences = _sentences(missing, [row for row in rows if row.id in missing], papers.user) if missing else {}
    return [replace(row, match=match) if (match := _match(row, words, sentences)) else row for row in rows]


def _sought(leaf: Text, papers: PaperFilter) -> Sought:
    return sought((leaf.text, *papers.spellings.get(leaf.text, ())), beginning=isinstance(leaf, Prefix))


def _of(words: Iterable[_Word], fields: set[str]) -> list[Sought]:
    return [word.sought for word in words if word.field in fields]


def _not_shown(row: Row, words: list[_Word]) -> list[_Word]:
    """The words that a reader of the row would look for."""
    texts = "\n".join((row.title, row.title_zh, row.summary, row.authors, *row.names))
    there = standing(texts, [word.sought for word in words])
    return [word for word, stands in zip(words, there, strict=True) if not (stands and word.field in _SHOWN)]


def _match(row: Row, words: list[_Word], sentences: dict[int, tuple[list[Piece], str]]) -> Match | None:
    own, titles = _of(words, {""}), _of(words, {"", "title"})
    sentence, address = sentences.get(row.id, ([], ""))
    match = Match(marked(row.title, titles), marked(row.title_zh, titles), marked(row.summary, own), sentence, address)
    return match if match.title or match.title_zh or match.summary or sentence else None


def _sentences(
    missing: dict[int, list[_Word]], rows: list[Row], user: User | AnonymousUser
) -> dict[int, tuple[list[Piece], str]]:
    """From the paper's own texts; from others what these leave open."""
    found: dict[int, tuple[list[Piece], str]] = {}
    open_still = dict(missing)
    for pk, abstract, abstract_zh, *texts in _TEXTS([*missing]):
        words = _of(missing[pk], _IN_PAPERS)
        if (get_language() or "").startswith("zh"):
            abstract, abstract_zh = abstract_zh, abstract
        pieces = _first([abstract, abstract_zh, *texts], words)
        if pieces:
            found[pk] = pieces, ""
            del open_still[pk]
    noted = [row.id for row in rows if row.has_note and row.id in open_still and _of(open_still[row.id], _IN_NOTES)]
    for paper, text, address in _said_about(noted, user):
        if paper not in found and (pieces := excerpt(text, _of(open_still[paper], _IN_NOTES))):
            found[paper] = pieces, address
    return found


def _first(texts: Iterable[str], words: Sequence[Sought]) -> list[Piece]:
    return next((pieces for text in texts if text and words and (pieces := excerpt(text, words))), [])


def _said_about(ids: list[int], user: User | AnonymousUser) -> Iterable[Said]:
    for path in settings.SEARCH_SAYINGS if ids else ():
        source: Callable[[list[int], User | AnonymousUser], Iterable[Said]] = import_string(path)
        yield from source(ids, user)
