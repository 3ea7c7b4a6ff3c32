"""The authors of many papers at once: looked up, and made where nobody has their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from apps.exchange.snapshot import bulk
from apps.papers.querysets import among_texts
from apps.vocabulary.cells import says_nothing, split_authors
from apps.vocabulary.folding import fold
from apps.vocabulary.models import Alias, Author
from apps.vocabulary.names import NAME_LENGTH
from apps.vocabulary.slugs import slug_of

# A cell in which every `; ` parts two names, and there is nothing else to be told.
_SIMPLE = re.compile(r"[\w .'’\-]+(?:; [\w .'’\-]+)+")
_PERHAPS_MORE = re.compile(r"\s(?:and)\s|\bet\.?\s*al|\bothers\b|__|等", re.IGNORECASE)


def names_of(cell: str) -> dict[str, str]:
    """Names by key, as `split_authors` has them, in a fraction of its time for what is written as arXiv's word is."""
    if not _SIMPLE.fullmatch(cell) or _PERHAPS_MORE.search(cell):
        return {_key(name): name for name in split_authors(cell)}
    names: dict[str, str] = {}
    for piece in cell.split("; "):
        name = " ".join(piece.split())
        if (key := _key(name)) and not _is_nobody(name):
            names.setdefault(key, name)
    return names


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=20_000)
def _is_nobody(name: str) -> bool:
    return says_nothing(name)


def authors_of(cells: Sequence[str]) -> list[list[int]]:
    """The authors of each cell in order, each once."""
    names = [names_of(cell) for cell in cells]
    shown: dict[str, str] = {}
    for some in names:
        for key, name in some.items():
            shown.setdefault(key, name)
    known = _known(shown)
    known |= _made({key: name for key, name in shown.items() if key not in known and _is_fit(name, key)})
    return [list(dict.fromkeys(known[key] for key in some if key in known)) for some in names]


def _is_fit(name: str, key: str) -> bool:
    return bool(key) and len(name) <= NAME_LENGTH and len(key) <= 2 * NAME_LENGTH


def _known(keys: Iterable[str]) -> dict[str, int]:
    """By name, but a spelling that somebody mapped counts more."""
    wanted = list(keys)
    found = dict(Author.objects.filter(among_texts("key", wanted)).order_by().values_list("key", "pk"))
    spellings = Alias.objects.filter(kind="author", author__isnull=False).order_by()
    if spellings.exists():
        found |= dict(spellings.filter(among_texts("key", wanted)).values_list("key", "author_id"))
    return found


def _made(names: Mapping[str, str]) -> dict[str, int]:
    if not names:
        return {}
    slugs = free_slugs(list(names.values()))
    ids = bulk.numbers(Author, len(names))
    made = dict(zip(names, ids, strict=True))
    rows = [
        (pk, " ".join(name.split()), key, slug) for (key, name), slug, pk in zip(names.items(), slugs, ids, strict=True)
    ]
    bulk.insert(Author, ("id", "name", "key", "slug"), rows)
    return made


def free_slugs(names: Sequence[str]) -> list[str]:
    """As `free_slug` for each of them in turn, by one question for all that want their first choice, one for all that
    want their second, and so on."""
    found: dict[int, str] = {}
    used: set[str] = set()
    waiting = {place: slug_of(name) for place, name in enumerate(names)}
    number = 1
    while waiting:
        wishes = {place: slug if number == 1 else f"{slug}-{number}" for place, slug in waiting.items()}
        used |= set(Author.objects.filter(among_texts("slug", set(wishes.values()))).values_list("slug", flat=True))
        for place, wish in wishes.items():
            if wish not in used:
                used.add(wish)
                found[place] = wish
                del waiting[place]
        number += 1
    return [found[place] for place in range(len(names))]
