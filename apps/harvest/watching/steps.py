"""What a watch asks arXiv, one request at a time: each step knows what to ask and what becomes of the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_noop

from apps.harvest.arxiv import addresses, gateway, oai
from apps.harvest.arxiv.failures import Failure, Kind, Reason
from apps.harvest.arxiv.records import Answer, Record
from apps.harvest.arxiv.transport import Ways
from apps.harvest.models import ArxivRecord
from apps.harvest.records import take_in
from apps.harvest.watching import ours
from apps.harvest.watching.progress import Progress
from apps.harvest.watching.remembered import completed, take_away

MOST_RESTARTS = 3
Heard = Callable[[], None]
# What may be the fault of the one paper that was asked for, while arXiv itself is well.
_OWN = {Reason.EMPTY, Reason.BAD_ENTRY, Reason.OTHER_PAPER, Reason.ERROR_ENTRY, Reason.TOO_LARGE, Reason.ENTITIES}


@dataclass
class Step(ABC):
    progress: Progress
    message: ClassVar[str]

    @property
    def ways(self) -> Ways:
        return addresses.oai()

    @abstractmethod
    def ask(self, heard: Heard) -> Any:
        """One request; `heard` is called when something came back. Raises NoAnswer."""

    @abstractmethod
    def take(self, answer: Any) -> None:
        """Inside a transaction."""

    @abstractmethod
    def pass_over(self, failure: Failure) -> bool:
        """Whether the watch goes on without what was asked for."""

    def crashed(self, times: int) -> None:
        """So many workers died over the answer; it may be the fault of one paper."""
        if times > 1:
            self.pass_over(Failure(Kind.BROKEN, Reason.BAD_ENTRY))

    def is_hopeless(self, failure: Failure) -> bool:
        return failure.kind is Kind.REFUSED or (failure.reason in _OWN and self.progress.tries > 1)


@dataclass
class Batch(Step):
    """Papers by their ids."""

    papers: dict[str, int]
    message = gettext_noop("Asking arXiv for the papers we have")

    @property
    def ways(self) -> Ways:
        return addresses.api()

    def ask(self, heard: Heard) -> Answer:
        return gateway.fetch(list(self.papers), self.ways, heard)

    def take(self, answer: Answer) -> None:
        take_in({self.papers[key]: said for key, said in answer.found.items()}, origin=ArxivRecord.Origin.ATOM)
        absent = [self.papers[key] for key in answer.missing]
        gone = ours.still_gone(absent)
        self.progress.missing += [pk for pk in absent if pk not in gone]
        self._pass([self.papers[key] for key in (*answer.unclear, *answer.invalid)])
        self._count(len(answer.found) + len(gone))
        self.progress.company = min(2 * self.progress.company, gateway.MOST)

    def pass_over(self, failure: Failure) -> bool:
        """Of several one is the reason: they are asked for in smaller company."""
        if failure.blamed in self.papers:
            self._pass([self.papers[failure.blamed]])
        elif len(self.papers) > 1:
            self.progress.company = 10 if len(self.papers) > 10 else 1
        elif failure.reason is Reason.EMPTY:
            self.progress.missing += self.papers.values()
        else:
            self._pass(list(self.papers.values()))
        return True

    def crashed(self, times: int) -> None:
        self.progress.company = 1
        super().crashed(times)

    def is_hopeless(self, failure: Failure) -> bool:
        alone = len(self.papers) == 1 and failure.reason is Reason.EMPTY
        return alone or super().is_hopeless(failure)

    def _pass(self, papers: list[int]) -> None:
        self.progress.passed += papers
        self.progress.failed += len(papers)
        self._count(len(papers))

    def _count(self, papers: int) -> None:
        self.progress.asked += papers
        self.progress.done += papers


@dataclass
class One(Step):
    """A paper of its own, over OAI-PMH."""

    kept: ArxivRecord

    def ask(self, heard: Heard) -> Record | None:
        said = oai.record(self.kept.arxiv_id, self.ways)
        heard()
        return said

    def pass_over(self, failure: Failure) -> bool:
        self.progress.failed += 1
        self._over()
        return True

    @abstractmethod
    def _over(self) -> None:
        """It is asked for no more in this watch."""


class Missing(One):
    """The query API says nothing of it: is it gone, for certain?"""

    message = gettext_noop("Asking arXiv whether papers were taken away")

    def take(self, answer: Record | None) -> None:
        if answer is None:
            take_away([self.kept])
        elif said := completed(self.kept, answer):
            take_in({self.kept.paper_id: said}, origin=ArxivRecord.Origin.OAI)
        self._over()

    def _over(self) -> None:
        self.progress.missing.remove(self.kept.paper_id)
        self.progress.passed.append(self.kept.paper_id)
        self.progress.asked += 1
        self.progress.done += 1


class History(One):
    """Its versions, licence and affiliations, which the query API does not tell."""

    message = gettext_noop("Completing histories of versions and licences")

    def take(self, answer: Record | None) -> None:
        """OAI-PMH may know nothing of it yet, or know less than we do: another time."""
        if answer is not None and (said := completed(self.kept, answer)):
            take_in({self.kept.paper_id: said}, origin=ArxivRecord.Origin.OAI)
        self._over()

    def _over(self) -> None:
        (self.progress.histories or []).remove(self.kept.paper_id)
        self.progress.last_history = self.kept.pk
        self.progress.done += 1


@dataclass
class Changes(Step):
    """All that changed at arXiv since a day, of which ours is a little."""

    message = gettext_noop("Reading what changed at arXiv")

    def ask(self, heard: Heard) -> oai.Batch:
        said = oai.changes(self.ways, since=self.progress.first_day, token=self.progress.token)
        heard()
        return said

    def take(self, answer: oai.Batch) -> None:
        papers = ours.by_id([each.id for each in answer.changed])
        changed = {papers[each.id]: each.record for each in answer.changed if each.id in papers and each.record}
        take_in(changed, origin=ArxivRecord.Origin.OAI)
        deleted = [papers[each.id] for each in answer.changed if each.id in papers and each.deleted]
        take_away(ours.records(deleted))
        self.progress.unread += answer.problems
        self.progress.token = answer.token
        self.progress.done += 1
        if answer.token:
            self.progress.total += 1
        else:
            self._end()

    def _end(self) -> None:
        """Of all others nothing is new, unless it was in what could not be read."""
        if not self.progress.unread:
            ours.nothing_new(self.progress.horizon, self.progress.start)
        self.progress.read = True

    def pass_over(self, failure: Failure) -> bool:
        self.progress.restarts += 1
        self.progress.token = ""
        return self.progress.restarts <= MOST_RESTARTS

    def is_hopeless(self, failure: Failure) -> bool:
        """A lost place is only lost; a question that is refused stays so."""
        return failure.reason is Reason.LOST_PLACE
