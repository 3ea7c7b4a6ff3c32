"""Raw cells to canonical entries: loaded once, answers from memory, and never guesses."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models

from apps.vocabulary.cells import LLMName, read_venue, says_nothing, split_llms, split_organisations, split_tags
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS, Alias, Author, BaseLLM, LLMRole, Organisation, Tag, TuningType, Venue

Entry = TypeVar("Entry", bound=models.Model)
_AT_ONCE = 500  # keys per query: below every database's limit on parameters
# "1. No tuning", "2.1 LoRA", "（二）监督微调", "## IV. Prompting": what may stand before a section's title.
_NUMBERING = re.compile(
    r"\A[(（]?(?:\d{1,3}(?:\.\d{1,3})*(?:[.、)）:：]|\s)|(?:[一二三四五六七八九十]{1,3}|[IVX]{1,5}|[A-Za-z])[.、)）:：])\s*"
)
_HASHES = re.compile(r"\A#+\s*")
# "Proceedings of the 46th International ACM SIGIR Conference ..." is tried without what comes first.
_PROCEEDINGS = re.compile(
    r"\A(?:in:?\s+)?(?:proceedings of\s+)?(?:the\s+)?(?:\d{1,3}(?:st|nd|rd|th)\s+)?(?:annual\s+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Match(Generic[Entry]):
    """What a raw text means; without an entry it is unmapped and a person decides."""

    raw: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LLMMatch:
    """One base LLM of a cell. `needs_size`: the model is known, this size of it is not (services.ensure_sized)."""

    raw: str
    name: LLMName
    entry: BaseLLM | None
    needs_size: bool = False

    @property
    def unmapped(self) -> str:
        """The spelling to map, without its size; empty where the model is known."""
        return "" if self.entry else self.name.name


@dataclass(frozen=True, slots=True)
class VenueMatch:
    """The venue of a cell with the year and the remark that stood beside it."""

    raw: str
    entry: Venue | None
    name: str = ""
    year: int | None = None
    remark: str = ""

    @property
    def unmapped(self) -> str:
        """The spelling to map, without its year; empty where the venue is known or nothing is said."""
        return "" if self.entry else self.name


@dataclass(slots=True)
class _Index(Generic[Entry]):
    """One kind: entries by key, those that lead to two entries taken out."""

    by_key: dict[str, Entry]

    def get(self, text: str) -> Entry | None:
        return self.by_key.get(fold(text))


class Resolver:
    """Made by `Resolver.load()` with one query per kind and one for the spellings; authors are asked for by name."""

    def __init__(self, indexes: dict[str, _Index[Any]]) -> None:
        self._indexes = indexes
        llms = indexes["llm"].by_key
        self._sizes = {(llm.parent_id, llm.size): llm for llm in llms.values() if llm.size}
        self._models = {key for key, llm in llms.items() if not llm.size}

    @classmethod
    def load(cls) -> "Resolver":
        """Everything but the authors, who may be hundreds of thousands."""
        spellings: dict[str, dict[str, int]] = defaultdict(dict)
        columns = [f"{kind}_id" for kind in MODELS]
        for alias in Alias.objects.exclude(kind="author").order_by().only("kind", "key", *columns):
            spellings[alias.kind][alias.key] = alias.target_id or 0  # a constraint keeps it from being empty
        kinds = [kind for kind in MODELS if kind != "author"]
        return cls({kind: _index(MODELS[kind]._default_manager.order_by(), spellings[kind]) for kind in kinds})

    def spellings(self, kind: str) -> Mapping[str, Any]:
        """Every folded spelling that leads to one entry, for whoever looks for names within a text."""
        return self._indexes[kind].by_key

    def llms(self, cell: str) -> list[LLMMatch]:
        """The base LLMs of a cell in order, each model and size once."""
        found: dict[tuple[object, str], LLMMatch] = {}
        for name in split_llms(cell, known=self._models):
            match = self._llm(name)
            found.setdefault((match.entry or fold(name.name), name.size), match)
        return list(found.values())

    def _llm(self, name: LLMName) -> LLMMatch:
        index = self._indexes["llm"]
        if exact := index.get(name.raw):
            # The whole piece is a known spelling, say of "GPT-3.5-turbo" or of "LLaMA 7B".
            return LLMMatch(name.raw, name, exact)
        model = index.get(name.name)
        if model is None or not name.size or model.size:
            return LLMMatch(name.raw, name, model)
        sized = self._sizes.get((model.pk, name.size))
        return LLMMatch(name.raw, name, sized or model, needs_size=sized is None)

    def venue(self, cell: str) -> VenueMatch:
        """The venue of a cell: as it stands, else without year and remark."""
        index = self._indexes["venue"]
        read = read_venue(cell)
        if read is None:
            return VenueMatch(cell, None)
        entry = index.get(cell) or index.get(read.name) or index.get(_PROCEEDINGS.sub("", read.name, count=1))
        return VenueMatch(cell, entry, read.name, read.year, read.remark)

    def tuning(self, text: str) -> Match[TuningType]:
        """A tuning type from a cell or from a section's title, its numbering left aside."""
        title = _HASHES.sub("", text.strip())
        return self._match("tuning", text, title, _NUMBERING.sub("", title, count=1))

    def role(self, text: str) -> Match[LLMRole]:
        return self._match("role", text)

    def tags(self, cell: str) -> list[Match[Tag]]:
        return [self._match("tag", name) for name in split_tags(cell, self._indexes["tag"].by_key)]

    def organisations(self, cell: str) -> list[Match[Organisation]]:
        """Each organisation once: `Facebook(Meta)、Meta` is one."""
        names = split_organisations(cell, self._indexes["organisation"].by_key)
        found: dict[object, Match[Organisation]] = {}
        for name in names:
            match = self._match("organisation", name)
            found.setdefault(match.entry or fold(name), match)
        return list(found.values())

    def add(self, kind: str, entry: models.Model, *spellings: str) -> None:
        """Make a newly created entry (or a new spelling of one) known to this resolver, too."""
        keys = {fold(text) for text in (str(entry), *spellings)}
        self._indexes[kind].by_key |= dict.fromkeys(keys, entry)
        if isinstance(entry, BaseLLM) and entry.size:
            self._sizes[entry.parent_id, entry.size] = entry
        elif kind == "llm":
            self._models |= keys

    def forget(self, kind: str, entries: Iterable[models.Model]) -> None:
        """As if these entries were gone."""
        gone = {entry.pk for entry in entries}
        kept = {key: entry for key, entry in self._indexes[kind].by_key.items() if entry.pk not in gone}
        self._indexes[kind] = _Index(kept)
        if kind == "llm" and gone:
            self._sizes = {key: llm for key, llm in self._sizes.items() if llm.pk not in gone}
            self._models = {key for key, llm in kept.items() if not llm.size}

    def _match(self, kind: str, raw: str, *others: str) -> Match[Any]:
        index = self._indexes[kind]
        if says_nothing(raw):
            return Match(raw, None)
        return Match(raw, next((entry for text in (raw, *others) if (entry := index.get(text))), None))


def authors_by_name(names: Iterable[str]) -> dict[str, Author]:
    """The known authors among these names, two queries for each five hundred of them."""
    by_key = {fold(name): name for name in names}
    keys, found = [key for key in by_key if key], dict[str, Author]()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found |= {author.key: author for author in Author.objects.filter(key__in=some)}
        aliases = Alias.objects.filter(kind="author", key__in=some).select_related("author")
        found |= {alias.key: alias.author for alias in aliases if alias.author}
    return {name: found[key] for name in names if (key := fold(name)) in found}


def _index(entries: Iterable[Entry], spellings: dict[str, int]) -> _Index[Entry]:
    """A person's or a shipped spelling beats a name, a name beats a Chinese name, that beats a slug."""
    entries = list(entries)
    by_id = {entry.pk: entry for entry in entries}
    by_key: dict[str, Entry] = {}
    for field in ("slug", "name_zh", "name"):
        by_key |= _unambiguous(entries, field)
    by_key |= {key: by_id[target] for key, target in spellings.items() if target in by_id}
    return _Index(by_key)


def _unambiguous(entries: list[Entry], field: str) -> dict[str, Entry]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if key := fold(getattr(entry, field, "")):
            found[key].append(entry)
    return {key: several[0] for key, several in found.items() if len(several) == 1}
