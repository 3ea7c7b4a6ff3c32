"""Tags that a person gives a paper beside those it has, and takes back with the decision they came with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from apps.papers.choose import choose
from apps.papers.models import Paper, Source, Statement
from apps.papers.say import person_source, say
from apps.vocabulary.folding import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST, LONGEST = 20, 100
_BETWEEN = re.compile(r"[,，;；、\n]+")
Said = dict[str, Any]


def parse(text: str) -> list[str]:
    """As a person types them, parted by commas of any kind."""
    names = (" ".join(name.split())[:LONGEST] for name in _BETWEEN.split(text))
    return list({fold(name): name for name in names if fold(name)}.values())[:MOST]


def add(*, paper: Paper, user: User, tags: Iterable[str]) -> Said | None:
    """Say that the paper has these tags, too; what is needed to take that back, or None where there is nothing to say."""
    present = {tag.key: tag.name for tag in paper.tags.all()}
    new = {fold(name): name for name in tags if fold(name) not in present}
    if not new:
        return None
    source = person_source(user)
    before = Statement.objects.filter(source=source, paper=paper, field="tags").values_list("raw", flat=True).first()
    # The closing mark says that semicolons part them, even a single one.
    raw = "".join(f"{name}; " for name in (present | new).values()).strip()
    say(paper=paper, user=user, values={"tags": raw})
    return {"source": str(source.uid), "raw": raw, "before": before}


def take_back(*, paper: Paper, said: Said | None) -> None:
    """Unless the same person has said something else since."""
    source = Source.objects.filter(uid=said["source"]).select_related("user").first() if said else None
    if not said or source is None or source.user is None:
        return
    mine = Statement.objects.filter(source=source, paper=paper, field="tags", raw=said["raw"])
    if not mine.exists():
        return
    if said["before"] is not None:
        say(paper=paper, user=source.user, values={"tags": str(said["before"])})
    else:
        mine.delete()
        choose([paper.pk])
