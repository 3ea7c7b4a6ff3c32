"""Why arXiv gave no answer: a closed set of reasons, each with a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop


class Kind(StrEnum):
    """What can be done about it."""

    BUSY = "busy"  # asked too much: wait long
    UNREACHABLE = "unreachable"  # nobody answered: try again
    BROKEN = "broken"  # something answered that is no answer: try again
    REFUSED = "refused"  # the question itself is wrong: asking again changes nothing


class Reason(StrEnum):
    TOO_MANY = "too-many"
    UNAVAILABLE = "unavailable"
    NOT_ACCEPTABLE = "not-acceptable"
    FORBIDDEN = "forbidden"
    TOO_SLOW = "too-slow"
    CUT_OFF = "cut-off"
    NO_HOST = "no-host"
    NO_TRUST = "no-trust"
    SERVER_ERROR = "server-error"
    ODD_STATUS = "odd-status"
    MOVED = "moved"
    TOO_LARGE = "too-large"
    HTML = "html"
    CUT_XML = "cut-xml"
    ENTITIES = "entities"
    OTHER_XML = "other-xml"
    ERROR_ENTRY = "error-entry"
    EMPTY = "empty"
    OTHER_PAPER = "other-paper"
    BAD_ENTRY = "bad-entry"
    LOST_PLACE = "lost-place"
    REFUSED = "refused"


# In English; shown through gettext. `Failure.said` is arXiv's own word, where it gave one.
SENTENCES = {
    Reason.TOO_MANY: gettext_noop("arXiv says that it is asked too often. We wait and try again."),
    Reason.UNAVAILABLE: gettext_noop("arXiv is not available at the moment. We wait and try again."),
    Reason.NOT_ACCEPTABLE: gettext_noop("arXiv does not want to answer at the moment. We wait and try again."),
    Reason.FORBIDDEN: gettext_noop(
        "arXiv does not answer this installation. Set PAPERNOTES_CONTACT, so that they know whom to write to."
    ),
    Reason.TOO_SLOW: gettext_noop("arXiv took too long to answer."),
    Reason.CUT_OFF: gettext_noop("The connection to arXiv broke off."),
    Reason.NO_HOST: gettext_noop("arXiv cannot be reached: no connection to it comes about."),
    Reason.NO_TRUST: gettext_noop("Who answers in arXiv's name has no certificate of arXiv's."),
    Reason.SERVER_ERROR: gettext_noop("arXiv reports an error of its own."),
    Reason.ODD_STATUS: gettext_noop("arXiv answered in a way that we do not know."),
    Reason.MOVED: gettext_noop("arXiv sends us to another address. Check ARXIV_API_URL and ARXIV_OAI_URL."),
    Reason.TOO_LARGE: gettext_noop("arXiv's answer is larger than any that we take."),
    Reason.HTML: gettext_noop("arXiv showed a web page instead of an answer."),
    Reason.CUT_XML: gettext_noop("arXiv's answer is damaged or incomplete."),
    Reason.ENTITIES: gettext_noop("The answer holds declarations that arXiv does not use; it was not read."),
    Reason.OTHER_XML: gettext_noop("The answer is something else than what was asked for."),
    Reason.ERROR_ENTRY: gettext_noop("arXiv answered with an error message."),
    Reason.EMPTY: gettext_noop("arXiv answered with nothing at all, which it does for papers it knows, too."),
    Reason.OTHER_PAPER: gettext_noop("arXiv answered with another paper than the one we asked for."),
    Reason.BAD_ENTRY: gettext_noop("arXiv's entry lacks its id, its title or its dates."),
    Reason.LOST_PLACE: gettext_noop("arXiv no longer knows how far we had come. We start again where we were sure."),
    Reason.REFUSED: gettext_noop("arXiv does not accept the question."),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """`retry_after` in seconds, where arXiv named a time; `blamed` the id that arXiv takes offence at."""

    kind: Kind
    reason: Reason
    said: str = ""
    retry_after: float | None = None
    status: int = 0
    blamed: str = ""

    @property
    def sentence(self) -> str:
        """In English, to be shown through gettext."""
        return SENTENCES[self.reason]


class NoAnswer(Exception):
    """Carries a Failure. (The exception itself is not frozen: Python writes its traceback into it.)"""

    kind: Kind

    def __init__(
        self, reason: Reason, said: str = "", *, retry_after: float | None = None, status: int = 0, blamed: str = ""
    ) -> None:
        self.failure = Failure(self.kind, reason, said[:500], retry_after, status, blamed)
        super().__init__(f"{reason}: {said[:200]}" if said else str(reason))


class Busy(NoAnswer):
    kind = Kind.BUSY


class Unreachable(NoAnswer):
    kind = Kind.UNREACHABLE


class Broken(NoAnswer):
    kind = Kind.BROKEN


class Refused(NoAnswer):
    kind = Kind.REFUSED
