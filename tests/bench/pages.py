"""What a page costs, from 10,000 papers up: the table of N papers, beside the floors of the same run, against the goals.

N=10000 by default. BASE=DIR keeps the base there, and takes one that is there already; DATABASE=postgres measures on a
private PostgreSQL, whose CPU time counts like SQLite's, which is within the web server. Figures are no test: up to
10,000 papers a goal that is missed is said and no more. A page that fails, or is not there, always counts.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.bench import processes, questions
from tests.bench.base import Base, base
from tests.bench.questions import Kind
from tests.bench.served import Site, served

SMOKE = 10_000  # papers: so many are measured without limits
IMPORT = 0.5  # CPU seconds for 1,000 papers
MEMORY = (150, 150, 250, 450)  # megabytes, by questions.SIZES
_BESIDE = 1.2  # times what the English word costs
_ROUNDS = 4
_LONGEST = 3.0  # seconds for one kind in one round


@dataclass
class Taken:
    """What the requests of one kind took."""

    requests: int = 0
    web: float = 0.0  # CPU milliseconds
    database: float = 0.0
    walls: list[float] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)
    failed: int = 0

    @property
    def cpu(self) -> float:
        return (self.web + self.database) / max(1, self.requests)

    def quantile(self, percent: int) -> float:
        return statistics.quantiles(self.walls, n=100)[percent - 1] if len(self.walls) > 1 else max(self.walls)


@dataclass(frozen=True)
class Line:
    """A line of the table. `is_met` is about what the run fails of."""

    cells: tuple[str, ...]
    is_met: bool = True

    def __str__(self) -> str:
        first, *others = self.cells
        return (
            f"| {first:36} | "
            + " | ".join(f"{cell:>{max(6, len(HEAD[k]))}}" for k, cell in enumerate(others, 1))
            + " |"
        )


HEAD = ("work", "hits", "CPU ms", "of it database", "visitor", "p50 ms", "p95 ms", "constants", "50 rows", "goal", "")


def rows(*, count: int | None = None, requests: int = 200) -> Iterator[Line]:
    count = count or int(os.environ.get("N", "10000"))
    postgres = {"": False, "sqlite": False, "postgres": True}[os.environ.get("DATABASE", "")]
    with base(count, os.environ.get("BASE", ""), postgres=postgres) as made, served(made) as site:
        found = list(questions.kinds(site, made.papers))
        member = measure(site, [kind for kind in found if kind.paths], requests)
        visitor = measure(
            site, [kind for kind in found if kind.paths and not kind.once], requests // 2, signed_in=False
        )
        yield Line((f"{made.papers:,} papers, {'PostgreSQL' if postgres else 'SQLite'}", *HEAD[1:]))
        yield Line(("-" * 36, *("-" * max(6, len(name)) for name in HEAD[1:])))
        yield from _works(found, member, visitor, made.papers)
        yield from _others(site, made)


def measure(site: Site, kinds: list[Kind], requests: int, *, signed_in: bool = True) -> dict[str, Taken]:
    """By turns, so that whatever else the machine does meets all of them."""
    taken = {kind.name: Taken() for kind in kinds}
    for kind in kinds:
        if not kind.once:
            _warm(site, kind.paths * 4, min(requests, 100), signed_in)
    for number in range(_ROUNDS):
        for kind in kinds:
            share = kind.paths[:requests][number::_ROUNDS] if kind.once else kind.paths
            _ask(site, share, taken[kind.name], len(share) if kind.once else requests // _ROUNDS, signed_in)
    return taken


def _warm(site: Site, paths: list[str], requests: int, signed_in: bool) -> None:
    """Every address, until each worker has most likely seen it, or there was no more time."""
    until = time.monotonic() + 2 * _LONGEST
    for path in paths[:requests]:
        site.get(path, signed_in=signed_in)
        if time.monotonic() > until:
            break


def _ask(site: Site, paths: list[str], taken: Taken, requests: int, signed_in: bool) -> None:
    until, before = time.monotonic() + _LONGEST, site.cpu
    for number in range(requests):
        answer = site.get(paths[number % len(paths)], signed_in=signed_in)
        taken.requests += 1
        taken.walls.append(answer.milliseconds)
        taken.failed += answer.status != 200
        if answer.hits is not None:
            taken.hits.append(answer.hits)
        if time.monotonic() > until:
            break
    web, database = (1000 * (after - earlier) for after, earlier in zip(site.cpu, before, strict=True))
    taken.web, taken.database = taken.web + web, taken.database + database


def _works(kinds: list[Kind], member: dict[str, Taken], visitor: dict[str, Taken], papers: int) -> Iterator[Line]:
    constant, _sql, rows = (member[kind.name] for kind in kinds[:3])
    for kind in kinds:
        taken = member.get(kind.name)
        if taken is None or (kind.may_lack and (taken.failed or (taken.hits and max(taken.hits) <= 1))):
            yield Line((f"{kind.name}: not there", *("" for _name in HEAD[1:])), kind.may_lack)
            continue
        goal = kind.goal(papers)
        if kind.name == questions.CHINESE:
            goal = _BESIDE * member[questions.ENGLISH].cpu
        missed = goal is not None and (taken.cpu > goal or bool(taken.failed))
        seen = visitor.get(kind.name)
        cells = (
            kind.name,
            f"{statistics.mean(taken.hits):,.0f}" if taken.hits else "",
            f"{taken.cpu:.2f}",
            f"{taken.database / taken.requests:.2f}",
            f"{seen.cpu:.2f}" if seen else "",
            f"{taken.quantile(50):.1f}",
            f"{taken.quantile(95):.1f}",
            f"{taken.cpu / constant.cpu:.1f}",
            f"{taken.cpu / rows.cpu:.2f}",
            "" if goal is None else f"{goal:.3g}",
            _mark(goal, missed, taken),
        )
        yield Line(cells, not taken.failed and (not missed or papers <= SMOKE))


def _mark(goal: float | None, missed: bool, taken: Taken) -> str:
    if taken.failed:
        return f"{taken.failed} of {taken.requests} failed"
    return "" if goal is None else "MISSED" if missed else "met"


def _others(site: Site, made: Base) -> Iterator[Line]:
    """Memory, the import, and room on the disk."""
    k = next((k for k, size in enumerate(questions.SIZES) if made.papers <= size), len(MEMORY) - 1)
    yield _figure("MB of 2 web workers together", processes.memory(site.workers), MEMORY[k], made.papers)
    yield _figure("MB of all processes of the web server", processes.memory(processes.tree(site.server)), None, 0)
    if made.imported:
        thousands = made.papers / 1000
        yield _figure("import: CPU s for 1,000 papers", made.imported.cpu / thousands, IMPORT, made.papers)
        yield _figure("import: of it a worker, afterwards", made.imported.indexing / thousands, None, 0)
        yield _figure("import: of it database", made.imported.database / thousands, None, 0)
        yield _figure("import: MB at most", made.imported.peak, None, 0)
    yield _figure("MB on the disk for 1,000 papers", 1000 * made.megabytes / made.papers, None, 0)


def _figure(name: str, measured: float, goal: float | None, papers: int) -> Line:
    missed = goal is not None and measured > goal
    mark = "" if goal is None else "MISSED" if missed else "met"
    cells = (name, "", f"{measured:.2f}", *("" for _name in HEAD[3:-2]), f"{goal or '':.3g}" if goal else "", mark)
    return Line(cells, not missed or papers <= SMOKE)
