"""Trees in a file, level by level: parents before what stands below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from apps.exchange.formats import problems
from apps.exchange.formats.records import Problem
from apps.exchange.library.drafts import Draft


def levels(drafts: list[Draft], tell: Callable[[Problem], None]) -> Iterator[list[Draft]]:
    """The drafts whose parents are known by then. A circle is told and cut: its entries stand without a parent."""
    own = {draft.values["slug"] for draft in drafts}
    done: set[object] = set()
    while drafts:
        ready = [d for d in drafts if (parent := _parent(d)) is None or parent in done or parent not in own]
        if not ready:
            for draft in drafts:
                tell(problems.problem(draft.line, problems.RECORD_CYCLE, type=draft.label, value=draft.values["slug"]))
                del draft.refs["parent"]
                draft.values.pop("size", None)  # a size needs a model above it
            continue
        done |= {draft.values["slug"] for draft in ready}
        taken = set(map(id, ready))
        drafts = [draft for draft in drafts if id(draft) not in taken]
        yield ready


def _parent(draft: Draft) -> object:
    reference = draft.refs.get("parent")
    return reference[1] if reference else None
