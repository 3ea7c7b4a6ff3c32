"""The vocabulary as choosing needs it: resolves raw words, and makes the open kinds (people, tags, categories) as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from apps.papers.chosen import Chosen
from apps.vocabulary.cells import split_authors
from apps.vocabulary.models import ArxivCategory, Author, BaseLLM, Venue
from apps.vocabulary.resolve import LLMMatch, Match, Resolver, authors_by_name
from apps.vocabulary.services import create_missing, ensure_sized

Created = Callable[[str, int], None]


class Lexicon:
    """`created` is told (model label, id) of every entry that had to be made."""

    def __init__(self, resolver: Resolver, created: Created | None = None) -> None:
        self.resolver = resolver
        self._created = created or (lambda label, pk: None)
        self._authors: dict[str, Author] = {}
        self._sized: set[int] = set()
        self._categories = {category.name: category.pk for category in ArxivCategory.objects.all()}

    @classmethod
    def load(cls, created: Created | None = None) -> Lexicon:
        return cls(Resolver.load(), created)

    def prepare(self, decided: Iterable[Chosen]) -> None:
        """Look up, and make where missing, all authors, organisations and tags at once."""
        decided = list(decided)
        names = {name for said in decided for name in split_authors(said.authors)} - self._authors.keys()
        self._authors |= authors_by_name(names)
        self._authors |= self._make_all("author", names - self._authors.keys())
        cells = {said.organisations for said in decided if said.organisations}
        self._make_all(
            "organisation", {m.raw for cell in cells for m in self.resolver.organisations(cell) if not m.entry}
        )
        cells = {cell for said in decided for cell in said.tags}
        self._make_all("tag", {m.raw for cell in cells for m in self.resolver.tags(cell) if not m.entry})

    def venue(self, raws: list[str]) -> tuple[Venue | None, str, int | None]:
        """The venue of the best word, but a preprint server or publisher only where nobody names a real venue."""
        matches = []
        for raw in raws:
            if not raw:
                break
            matches.append(self.resolver.venue(raw))
        real = [m for m in matches if m.entry and m.entry.kind not in {"preprint", "publisher"}]
        best = (real or [m for m in matches if m.entry] or matches)[:1]
        return (best[0].entry, best[0].raw[:300], best[0].year) if best else (None, "", None)

    def venues_that_differ(self, raws: list[str]) -> list[str]:
        """Where two real venues are named, the words that name them; a preprint server or publisher contradicts none."""
        found: dict[int, str] = {}
        for raw in raws:
            entry = self.resolver.venue(raw).entry if raw else None
            if entry and entry.kind not in {"preprint", "publisher"}:
                found.setdefault(entry.pk, raw)
        return list(found.values()) if len(found) > 1 else []

    def organisations(self, cell: str) -> list[int]:
        return _ids(self.resolver.organisations(cell))

    def tags(self, cells: list[str]) -> list[int]:
        return _ids(match for cell in cells for match in self.resolver.tags(cell))

    def categories(self, cells: list[str]) -> list[int]:
        found = []
        for name in dict.fromkeys(word for cell in cells for word in cell.replace(",", " ").split()):
            if len(name) > 40:  # no category has so long a name
                continue
            if name not in self._categories:
                category = ArxivCategory.objects.create(name=name)
                self._categories[name] = category.pk
                self._created("vocabulary.arxivcategory", category.pk)
            found.append(self._categories[name])
        return found

    def authors(self, cell: str) -> list[int]:
        known = (self._authors.get(name) for name in split_authors(cell))
        return list(dict.fromkeys(author.pk for author in known if author))

    def llms(self, cell: str) -> list[LLMMatch]:
        return self.resolver.llms(cell)

    def sized(self, match: LLMMatch) -> BaseLLM | None:
        """The entry of a match; a size that was not there yet is made below its model."""
        if match.entry is None or not match.needs_size:
            return match.entry
        made = ensure_sized(llm=match.entry, size=match.name.size)
        if made.pk not in self._sized:
            self._sized.add(made.pk)
            self.resolver.add("llm", made)
            self._created("vocabulary.basellm", made.pk)
        return made

    def _make_all(self, kind: str, names: set[str]) -> dict[str, Any]:
        """Entries of an open kind for names that nobody knows yet; names that make no entry are left out."""
        made = create_missing(kind=kind, names=sorted(names)) if names else {}
        for name, entry in made.items():
            if kind != "author":
                self.resolver.add(kind, entry, name)
            self._created(entry._meta.label_lower, entry.pk)
        return made


def _ids(matches: Iterable[Match[Any]]) -> list[int]:
    return list(dict.fromkeys(match.entry.pk for match in matches if match.entry))
