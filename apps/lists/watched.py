"""Which changes of this room's tables change what is found (see apps/search/triggers); reading states are one's own."""

from __future__ import annotations

from apps.search.watching import NAMES, Watched

TABLES = [Watched("lists.Entry", aside=("position", "announce_type", "version")), Watched("lists.ReadingList", NAMES)]
