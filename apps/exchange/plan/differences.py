"""What a document says that is news: against its own earlier editions, and against the values chosen so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from apps.exchange.plan.model import CHANGED, NEW, SAME, Change, Plan, Said, Target
from apps.papers.choose import words_about
from apps.papers.chosen import Chosen, chosen
from apps.papers.lexicon import Lexicon
from apps.papers.models import Source
from apps.papers.word import Word

AT_ONCE = 400
_LATEST = 2**62  # a statement that is not written yet is newer than all that are


def source_kind(format_name: str) -> Source.Kind:
    return Source.Kind.DIGEST if format_name == "digest" else Source.Kind.LIST


def compare(plan: Plan, lexicon: Lexicon) -> None:
    """Fill in what each target writes and changes."""
    known = [target for target in plan.targets if target.paper_id is not None]
    for start in range(0, len(known), AT_ONCE):
        some = known[start : start + AT_ONCE]
        words = words_about([target.paper_id for target in some if target.paper_id is not None])
        for target in some:
            _compare(plan, target, words.get(target.paper_id or 0, []), lexicon)
    for target in plan.targets:
        if target.paper_id is None:
            target.writes = set(target.says)
            target.state = NEW
            target.changes = list(_changes({}, shown(chosen(_future(plan, target)), lexicon)))


def _compare(plan: Plan, target: Target, words: list[Word], lexicon: Lexicon) -> None:
    earlier: dict[str, set[tuple[str, bool]]] = defaultdict(set)
    for word in words:
        if word.document == plan.key:
            earlier[word.field].add((word.raw, word.cut))
    target.writes = {f for f, says in target.says.items() if {(s.raw, s.cut) for s in says} - earlier[f]}
    after = chosen([*words, *_future(plan, target)])
    values = shown(after, lexicon)
    target.changes = list(_changes(shown(chosen(words), lexicon), values)) + list(_outranked(target, after, values))
    target.state = CHANGED if any(not change.kept for change in target.changes) else SAME


def _future(plan: Plan, target: Target) -> Iterator[Word]:
    rank = Source.RANK[source_kind(plan.document.format)]
    for field in target.writes:
        for said in target.says[field]:
            yield Word(field, said.raw, rank, said.weight, said.cut, plan.key, _LATEST, said.line, _LATEST)


def _changes(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for name, text in after.items():
        if text != (old := before.get(name, "")):
            yield Change(name, old, text)


def _outranked(target: Target, after: Chosen, values: dict[str, str]) -> Iterator[Change]:
    """What the document says and a stronger word contradicts: noted, but not shown as the paper's own."""
    for name in sorted(target.writes & values.keys()):
        best: Said = target.says[name][0]
        if name in {"title", "published", "arxiv_id", "doi", "openreview_id"} and name in after.disagree:
            yield Change(name, values[name], best.raw, kept=True)


def shown(said: Chosen, lexicon: Lexicon) -> dict[str, str]:
    """Chosen values as the preview prints them, lists joined."""
    if not said.values:
        return {}
    values = {"title": ""} | {name: "" if value is None else str(value) for name, value in said.values.items()}
    if values.get("published"):
        values["published"] = values["published"][: {"year": 4, "month": 7}.get(values["precision"], 10)]
    for hidden in ("precision", "abstract_cut", "abstract_zh_cut", "pdf_url", "status"):
        values.pop(hidden, None)
    venue, raw, _year = lexicon.venue(said.venues)
    values |= {
        "names": "、".join(said.names),
        "links": "\n".join(f"{kind}: {url}" for kind, url, _ in said.links),
        "venue": str(venue or raw),
        "organisations": said.organisations,
        "authors": said.authors,
        "tags": "、".join(said.tags),
        "categories": " ".join(dict.fromkeys(" ".join(said.categories).split())),
    }
    return values
