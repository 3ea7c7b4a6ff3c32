"""The object `papernotes` of a line of arXiv's snapshot: what the team says of the paper besides arXiv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from apps.exchange.formats import problems
from apps.exchange.formats.arxiv_texts import clean, clean_line
from apps.exchange.formats.records import Problem
from apps.papers.identifiers import clean_url

KEY: Final = "papernotes"
NOTE_BYTES: Final = 1024 * 1024  # as many as a note may have
# How long each may be: what the columns hold, and what no sane file says.
_TEXTS: Final[Mapping[str, int]] = {
    "venue": 300,
    "tuning_type": 300,
    "title_zh": 2_000,
    "abstract_zh": 50_000,
    "summary_zh": 5_000,
}
_LISTS: Final[Mapping[str, int]] = {"base_llms": 500, "tags": 10_000}
_LONGEST_OF_A_LIST = 200
_KEEPS_ITS_LINES = ("abstract_zh",)
KEYS: Final = ("year", *_TEXTS, *_LISTS, "has_code", "note")


@dataclass(frozen=True, slots=True)
class Ours:
    """Empty where nothing is said. `code` is an address."""

    year: int | None = None
    venue: str = ""
    base_llms: tuple[str, ...] = ()
    tuning_type: str = ""
    tags: tuple[str, ...] = ()
    title_zh: str = ""
    abstract_zh: str = ""
    summary_zh: str = ""
    code: str = ""
    note: str = ""

    @property
    def is_row(self) -> bool:
        """Whether there is something for a table."""
        return bool(self.base_llms or self.tuning_type)


def ours_of(said: object, line: int, found: list[Problem]) -> Ours | None:
    """What is of a wrong type or unknown is left out and noted; None where nothing is left."""
    if said is None:
        return None
    if not isinstance(said, dict):
        found.append(_wrong(line, KEY, said))
        return None
    values: dict[str, Any] = {}
    for name, value in said.items():
        if value is None:
            continue
        if name not in _READERS:
            found.append(problems.problem(line, problems.RECORD_FIELD_UNKNOWN, type=KEY, field=name))
            continue
        read = _READERS[name](name, value, line, found)
        if read is None:
            found.append(_wrong(line, name, value))
        elif read:
            values["code" if name == "has_code" else name] = read
    return Ours(**values) if values else None


def _wrong(line: int, name: str, value: object) -> Problem:
    shown = value if isinstance(value, str) else repr(value)[:200]
    return problems.problem(line, problems.RECORD_VALUE, type=KEY, field=name, value=shown[:200])


def _year(name: str, value: object, line: int, found: list[Problem]) -> int | None:
    return value if type(value) is int and 1000 <= value <= 9999 else None


def _text(name: str, value: object, line: int, found: list[Problem]) -> str | None:
    if not isinstance(value, str) or len(value) > _TEXTS[name]:
        return None
    return clean(value, line, found).strip() if name in _KEEPS_ITS_LINES else clean_line(value, line, found)


def _list(name: str, value: object, line: int, found: list[Problem]) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts: dict[str, None] = {}
    for each in value:
        if not isinstance(each, str) or len(each) > _LONGEST_OF_A_LIST:
            return None
        texts[clean_line(each, line, found)] = None
    texts.pop("", None)
    return tuple(texts) if len("".join(texts)) + 2 * len(texts) <= _LISTS[name] else None


def _code(name: str, value: object, line: int, found: list[Problem]) -> str | None:
    return clean_url(clean(value, line, found)) or None if isinstance(value, str) and value.strip() else None


def _note(name: str, value: object, line: int, found: list[Problem]) -> str | None:
    if not isinstance(value, str):
        return None
    text = clean(value, line, found).replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return text if len(text.encode()) <= NOTE_BYTES else None


_READERS: Final[Mapping[str, Any]] = {
    "year": _year,
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_LISTS, _list),
    "has_code": _code,
    "note": _note,
}
