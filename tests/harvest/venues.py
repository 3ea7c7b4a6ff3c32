"""The first vocabulary's venues without a database, for tests of what words say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.harvest.venues_said import Known
from apps.vocabulary import data
from apps.vocabulary.folding import fold


@dataclass(frozen=True)
class Venue:
    name: str
    kind: str
    full_name: str = ""


@cache
def known() -> Known:
    text = (Path(data.__path__[0]) / "venues.toml").read_text(encoding="utf-8")
    found = {}
    for row in tomllib.loads(text)["venue"]:
        entry = Venue(row["name"], row["kind"], row.get("full_name", ""))
        for spelling in (entry.name, row.get("name_zh", ""), *row.get("aliases", [])):
            found[fold(spelling)] = entry
    return Known(found)
