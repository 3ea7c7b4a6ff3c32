"""Which papers share most with one paper: few bitmaps are walked, the others only weigh what was found in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from pyroaring import BitMap

from apps.papers.similar.features import PLACE, Feature, features_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from apps.search.index.view import View

MOST = 200
WALKED = 15_000  # ids of papers, the rarest features first
WEIGHED = 1_000  # papers of these, the best first
LEAST = 0.08  # of what a paper with all the same features would have


@dataclass(frozen=True, slots=True)
class Like:
    """A similar paper with what it shares, the rarest first."""

    paper: int
    shared: tuple[Feature, ...]


def similar_to(view: View, paper: int, user: User | AnonymousUser, *, most: int = MOST) -> list[Like]:
    """The most similar first, the newest among equals."""
    features = features_of(view, paper, user)
    least = sum(each.weight for each in features) * LEAST
    found = _best(view, _scores(features, paper, least), least)
    return [Like(pk, tuple(each for each in features if pk in each.papers)) for pk in found[:most]]


def _scores(features: Sequence[Feature], paper: int, least: float) -> dict[int, int]:
    """Of those that can have the least score."""
    scores: dict[int, int] = {}
    left, others = WALKED, []
    for each in features:
        # That two papers came in the same year at the same place makes nobody think of the other.
        if each.kind == PLACE or len(each.papers) > left:
            others.append(each)
            continue
        left -= len(each.papers)
        _add(scores, each.papers, each.weight)
    scores.pop(paper, None)
    least -= sum(each.weight for each in others)
    scores = {pk: score for pk, score in scores.items() if score >= least}
    if len(scores) > WEIGHED:
        scores = dict(nlargest(WEIGHED, scores.items(), key=lambda item: (item[1], item[0])))
    candidates = BitMap(scores)
    for each in others:
        _add(scores, each.papers & candidates, each.weight)
    return scores


def _add(scores: dict[int, int], papers: Iterable[int], weight: int) -> None:
    for pk in papers:
        scores[pk] = scores.get(pk, 0) + weight


def _best(view: View, scores: dict[int, int], least: float) -> list[int]:
    found = [pk for pk, score in scores.items() if score >= least and pk in view.columns.all]
    newest = _newest(view, found)
    return sorted(found, key=lambda pk: (-scores[pk], -newest.get(pk, 0), -pk))


def _newest(view: View, ids: list[int]) -> dict[int, int]:
    asked = "SELECT id, newest FROM paper WHERE id IN (SELECT value FROM json_each(?))"
    found: dict[int, int] = dict(view.store.base.execute(asked, [json.dumps(ids)]))
    for pk in ids:
        if pk in view.fresh.documents:
            found[pk] = view.fresh.documents[pk].newest
    return found
