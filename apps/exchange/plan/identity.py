"""Which paper is meant: mentions of one document are told apart, and found among the papers we have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from apps.exchange.plan.known import Known, lookup
from apps.exchange.plan.model import CONFLICT, Proposal, Spoken, Target
from apps.papers.identifiers import clean_url
from apps.papers.titles import title_key
from apps.vocabulary.folding import fold

STRONG = ("arxiv_id", "doi", "openreview_id")


class Identifying:
    """Fills in `Spoken.target`; `targets` and `proposals` are the outcome."""

    def __init__(self, spoken: list[Spoken]) -> None:
        self.spoken = spoken
        self.known: Known = lookup(spoken)
        self.targets: list[Target] = []
        self.proposals: list[Proposal] = []
        self._by_id: dict[tuple[str, str], Target] = {}
        self._by_title: dict[str, list[Target]] = defaultdict(list)
        self._by_paper: dict[int, Target] = {}
        self._by_contest: dict[tuple[str, str], Target] = {}

    def run(self) -> None:
        contested = self._contested()
        # Who states an id comes first, so that titles find their paper wherever they stand in the document.
        plain = [s for s in self.spoken if id(s) not in contested]
        for spoken in sorted(plain, key=lambda s: not any(getattr(s.mention, name) for name in STRONG)):
            self._identify(spoken)
        for spoken in self.spoken:
            if id(spoken) in contested:
                self._identify_contested(spoken)
        self._propose()

    def _contested(self) -> set[int]:
        """Headings whose title stands under several names in this document, but for the name that it belongs to."""
        groups: dict[str, list[Spoken]] = defaultdict(list)
        for spoken in self.spoken:
            if spoken.kind == "note" and spoken.mention.name and (key := title_key(spoken.mention.title)):
                groups[key].append(spoken)
        found: set[int] = set()
        for key, group in groups.items():
            if len({fold(s.mention.name) for s in group}) > 1:
                owner = fold(self._owner(key, group).mention.name)
                found |= {id(s) for s in group if fold(s.mention.name) != owner}
        return found

    def _owner(self, key: str, group: list[Spoken]) -> Spoken:
        """The one whose name the paper of that title goes by already; else the first."""
        names = {fold(s.mention.name) for s in self.spoken if s.kind != "note" and title_key(s.mention.title) == key}
        for paper_id in self.known.by_title.get(key, ()):
            names |= self.known.names_of.get(paper_id, set())
        return next((s for s in group if fold(s.mention.name) in names), group[0])

    def _identify(self, spoken: Spoken) -> None:
        ids = {name: value for name in STRONG if (value := getattr(spoken.mention, name))}
        key = title_key(spoken.mention.title)
        if not ids and not key and (address := clean_url(spoken.mention.url)):
            ids = {"url": address}  # nothing else tells it apart
        target = self._in_document(ids, key) or self._in_library(spoken, ids, key) or self._new(spoken)
        spoken.target = target
        target.arxiv_id = target.arxiv_id or ids.get("arxiv_id", "")
        for item in ids.items():
            self._by_id.setdefault(item, target)
        if key and target not in self._by_title[key]:
            self._by_title[key].append(target)

    def _in_document(self, ids: dict[str, str], key: str) -> Target | None:
        for item in ids.items():
            if item in self._by_id:
                return self._by_id[item]
        fitting = [t for t in self._by_title.get(key, ()) if _compatible(ids.get("arxiv_id", ""), t.arxiv_id)]
        return fitting[0] if key and len(fitting) == 1 else None

    def _in_library(self, spoken: Spoken, ids: dict[str, str], key: str) -> Target | None:
        found = {name: pk for name, value in ids.items() if (pk := self.known.by_id.get((name, value)))}
        if found:
            if len(set(found.values())) > 1:
                spoken.state, spoken.conflict = CONFLICT, "ids"
                first, *others = dict.fromkeys(found.values())
                target = self._existing(first, next(iter(found)))
                self.proposals += [Proposal(target, "id-conflict", other_id=pk) for pk in others]
                return target
            return self._existing(next(iter(found.values())), next(iter(found)))
        titled = self.known.by_title.get(key, []) if key else []
        fitting = [pk for pk in titled if _compatible(ids.get("arxiv_id", ""), self.known.arxiv_of.get(pk, ""))]
        if len(fitting) == 1:
            return self._existing(fitting[0], "title")
        if titled:
            target = self._new(spoken)
            self.proposals += [Proposal(target, "same-title", other_id=pk) for pk in titled]
            return target
        return None

    def _identify_contested(self, spoken: Spoken) -> None:
        """The name decides: an earlier decision on this name and title, else a paper of its own until a person confirms."""
        contest = (fold(spoken.mention.name), title_key(spoken.mention.title))
        if contest in self._by_contest:
            spoken.target = self._by_contest[contest]
            return
        decided = self.known.contests.get(contest)
        spoken.target = self._existing(decided, "name") if decided else self._new(spoken)
        spoken.target.contested = True
        self._by_contest[contest] = spoken.target
        if decided is None:
            spoken.target.title = spoken.mention.name

    def _propose(self) -> None:
        """Names of contested headings against the names that other papers go by, in both directions."""
        named: dict[str, list[Target]] = defaultdict(list)
        for spoken in self.spoken:
            if spoken.mention.name and spoken.target and not spoken.target.contested:
                named[fold(spoken.mention.name)].append(spoken.target)
        for contest, target in self._by_contest.items():
            if target.paper_id is None or target.paper_id in self.known.unsettled:
                self._propose_for(target, contest[0], named.get(contest[0], []))
        for name, targets in named.items():
            for pk in self.known.unsettled_by_name.get(name, ()):
                if pk not in {t.paper_id for t in self._by_contest.values()}:
                    for target in _once(targets):
                        self._proposal(target, "contested-title", other_id=pk)
        for target in self.targets:
            if target.paper_id is None and not target.contested and not target.arxiv_id:
                for pk in self.known.near_to(target.title):
                    self._proposal(target, "near-title", other_id=pk)
                for other in self._behind_colon(target):
                    self._proposal(target, "near-title", other=other)

    def _behind_colon(self, target: Target) -> list[Target]:
        """Papers of this document whose title is what stands behind the colon of this one: `Name: Title`."""
        _, colon, rest = target.title.partition(":")
        found = self._by_title.get(title_key(rest), []) if colon else []
        return [other for other in _once(found) if other is not target]

    def _propose_for(self, target: Target, name: str, named: list[Target]) -> None:
        for other in _once(named):
            if other.paper_id is None:
                self._proposal(target, "contested-title", other=other)
            else:
                self._proposal(target, "contested-title", other_id=other.paper_id)
        for pk in self.known.by_name.get(name, ()):
            if pk not in self.known.unsettled:
                self._proposal(target, "contested-title", other_id=pk)

    def _proposal(
        self, target: Target, reason: str, *, other_id: int | None = None, other: Target | None = None
    ) -> None:
        if other_id is not None and other_id == target.paper_id:
            return
        same = [p for p in self.proposals if p.target is target and (p.other_id, p.other) == (other_id, other)]
        if not same:
            self.proposals.append(Proposal(target, reason, other_id=other_id, other=other))

    def _existing(self, paper_id: int, via: str) -> Target:
        if paper_id not in self._by_paper:
            arxiv_id = self.known.arxiv_of.get(paper_id, "")
            target = Target(len(self.targets), paper_id, via, self.known.titles.get(paper_id, ""), arxiv_id)
            self._by_paper[paper_id] = target
            self.targets.append(target)
        return self._by_paper[paper_id]

    def _new(self, spoken: Spoken) -> Target:
        mention = spoken.mention
        target = Target(len(self.targets), title=mention.title or mention.name, arxiv_id=mention.arxiv_id)
        self.targets.append(target)
        return target


def _compatible(one: str, other: str) -> bool:
    return not one or not other or one == other


def _once(targets: Iterable[Target]) -> list[Target]:
    return list({target.number: target for target in targets}.values())
