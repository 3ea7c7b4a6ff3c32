"""Front matter of a post: YAML between `---`, TOML between `+++` or a JSON object, read without running or expanding anything."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import yaml

from apps.exchange.formats import problems
from apps.exchange.formats.records import Problem

_LIMIT = 64_000
_LINES = 400
_DEPTH = 8
_BRACKETS = 500
_KEY = re.compile(r"[A-Za-z_][\w-]{0,40}\s?[:=](?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    values: Mapping[str, object]
    lines: int  # how many lines of the file it takes
    problem: Problem | None = None


class _Loader(yaml.SafeLoader):
    """Safe YAML without aliases, which can blow a small file up."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read(lines: list[str]) -> FrontMatter:
    """The front matter at the top of these lines; no values and no lines where there is none."""
    mark = lines[0].rstrip() if lines else ""
    if mark.startswith("{"):
        return _json(lines)
    if mark not in ("---", "+++"):
        return FrontMatter({}, 0)
    closing = ("---", "...") if mark == "---" else ("+++",)
    end = next((i for i in range(1, min(len(lines), _LINES)) if lines[i].rstrip() in closing), 0)
    block = "\n".join(lines[1:end])
    kind = "YAML" if mark == "---" else "TOML"
    if not end or len(block) > _LIMIT or block.count("[") + block.count("{") > _BRACKETS:
        # A lone `---` is only a rule; with a key under it somebody forgot to close it.
        keys = next((i for i in range(1, len(lines)) if not _KEY.match(lines[i])), len(lines))
        if keys == 1:
            return FrontMatter({}, 0)
        return FrontMatter(_plainly(lines[1:keys]), keys, problems.problem(1, problems.FRONT_MATTER, kind=kind))
    try:
        loaded = yaml.load(block, Loader=_Loader) if kind == "YAML" else tomllib.loads(block)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError, OverflowError, TypeError, KeyError):
        return FrontMatter(_plainly(lines[1:end]), end + 1, problems.problem(1, problems.FRONT_MATTER, kind=kind))
    if loaded is None:
        return FrontMatter({}, end + 1)
    if not isinstance(loaded, dict):
        return FrontMatter({}, end + 1, problems.problem(1, problems.FRONT_MATTER, kind=kind))
    return FrontMatter({str(key): _plain(value) for key, value in loaded.items()}, end + 1)


def _json(lines: list[str]) -> FrontMatter:
    """A JSON object at the very top, alone on its lines, with text after it."""
    block = "\n".join(lines[:_LINES])[:_LIMIT]
    if block.count("[") + block.count("{") > _BRACKETS:
        return FrontMatter({}, 0)
    try:
        loaded, end = json.JSONDecoder().raw_decode(block)
    except (ValueError, RecursionError):
        return FrontMatter({}, 0)
    used = block[:end].count("\n") + 1
    if not isinstance(loaded, dict) or block[end:].split("\n", 1)[0].strip() or not any("".join(lines[used:]).split()):
        return FrontMatter({}, 0)
    return FrontMatter({str(key): _plain(value) for key, value in loaded.items()}, used)


def write(values: Mapping[str, object]) -> str:
    """YAML front matter that `read` gives back."""
    if not values:
        return ""
    dumped = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{dumped}---\n"


def text(values: Mapping[str, object], *names: str) -> str:
    """The first of these keys that holds text."""
    for name in names:
        value = values.get(name)
        if isinstance(value, list):
            value = ", ".join(str(v) for v in value if isinstance(v, str | int | float))
        if isinstance(value, dict):
            value = value.get("name", "")
        if value not in (None, "", True, False):
            return str(value).strip()
    return ""


def words(values: Mapping[str, object], *names: str) -> tuple[str, ...]:
    """The values of these keys as separate words."""
    found: list[str] = []
    for name in names:
        value = values.get(name)
        parts = re.split(r"[,，、]", value) if isinstance(value, str) else value if isinstance(value, list) else []
        found += [str(p).strip() for p in parts if isinstance(p, str | int | float) and str(p).strip()]
    return tuple(dict.fromkeys(found))


def _plain(value: object, depth: int = 0) -> object:
    """Only text, numbers, lists and mappings: dates become ISO text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(k): _plain(v, depth + 1) for k, v in value.items()} if depth < _DEPTH else ""
    if isinstance(value, list | tuple | set):
        return [_plain(v, depth + 1) for v in value] if depth < _DEPTH else ""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _plainly(lines: list[str]) -> dict[str, object]:
    """`key: value` lines of broken front matter, as text: a title with a colon in it is still the title."""
    found: dict[str, object] = {}
    for line in lines:
        pair = re.match(r"([A-Za-z_][\w-]{0,40})\s?[:=]\s?(.{1,2000})$", line)
        if (
            pair
            and pair[2].strip()
            and pair[1] not in found
            and not pair[2].strip().startswith(("[", "{", "&", "*", "!"))
        ):
            found[pair[1]] = pair[2].strip().strip("\"'")
    return found
