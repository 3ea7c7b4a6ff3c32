"""Why a machine gave no Chinese text: a closed set of reasons, each with a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop


class Kind(StrEnum):
    """What can be done about it."""

    SETTINGS = "settings"  # nothing will work before an administrator does something
    LATER = "later"  # try the same again, later
    PAPER = "paper"  # nothing came of this paper; others may well work


class Reason(StrEnum):
    OFF = "off"
    WRONG_KEY = "wrong-key"
    NO_MODEL = "no-model"
    NO_MONEY = "no-money"
    MOVED = "moved"
    NO_TRUST = "no-trust"
    TOO_MANY = "too-many"
    UNAVAILABLE = "unavailable"
    TOO_SLOW = "too-slow"
    CUT_OFF = "cut-off"
    NO_HOST = "no-host"
    NOT_ACCEPTED = "not-accepted"
    TOO_LARGE = "too-large"
    OTHER_ANSWER = "other-answer"
    NO_JSON = "no-json"
    CUT = "cut"
    REFUSAL = "refusal"
    EMPTY = "empty"
    NOT_CHINESE = "not-chinese"
    TOO_LONG = "too-long"


# In English; shown through gettext.
SENTENCES = {
    Reason.OFF: gettext_noop("Chinese summaries are switched off. An administrator can set PAPERNOTES_SUMMARY_URL."),
    Reason.WRONG_KEY: gettext_noop("The service does not accept the key. Check PAPERNOTES_SUMMARY_KEY_FILE."),
    Reason.NO_MODEL: gettext_noop(
        "The service knows no such model or address. Check PAPERNOTES_SUMMARY_URL and PAPERNOTES_SUMMARY_MODEL."
    ),
    Reason.NO_MONEY: gettext_noop("The service wants to be paid before it goes on."),
    Reason.MOVED: gettext_noop("The service sends us to another address. Check PAPERNOTES_SUMMARY_URL."),
    Reason.NO_TRUST: gettext_noop("Who answers in the service's name has no certificate of it."),
    Reason.TOO_MANY: gettext_noop("The service says that it is asked too often. We wait and try again."),
    Reason.UNAVAILABLE: gettext_noop("The service is not available at the moment. We wait and try again."),
    Reason.TOO_SLOW: gettext_noop("The service took too long to answer. We wait and try again."),
    Reason.CUT_OFF: gettext_noop("The connection to the service broke off. We wait and try again."),
    Reason.NO_HOST: gettext_noop("The service cannot be reached. We wait and try again."),
    Reason.NOT_ACCEPTED: gettext_noop("The service does not accept the question."),
    Reason.TOO_LARGE: gettext_noop("The answer is larger than any that we take."),
    Reason.OTHER_ANSWER: gettext_noop("The answer is not that of a language model. Check PAPERNOTES_SUMMARY_URL."),
    Reason.NO_JSON: gettext_noop("The machine answered in another form than it was asked for."),
    Reason.CUT: gettext_noop("The machine's answer was cut off."),
    Reason.REFUSAL: gettext_noop("The machine refused to answer."),
    Reason.EMPTY: gettext_noop("The machine left out a text that it was asked for."),
    Reason.NOT_CHINESE: gettext_noop("The machine did not answer in Chinese."),
    Reason.TOO_LONG: gettext_noop("The machine's answer is longer than such a text can be."),
}
_SETTINGS = {Reason.OFF, Reason.WRONG_KEY, Reason.NO_MODEL, Reason.NO_MONEY, Reason.MOVED, Reason.NO_TRUST}
_LATER = {Reason.TOO_MANY, Reason.UNAVAILABLE, Reason.TOO_SLOW, Reason.CUT_OFF, Reason.NO_HOST}


@dataclass(frozen=True, slots=True)
class Failure:
    """`retry_after` in seconds, where the service named a time."""

    reason: Reason
    retry_after: float | None = None
    status: int = 0

    @property
    def kind(self) -> Kind:
        return Kind.SETTINGS if self.reason in _SETTINGS else Kind.LATER if self.reason in _LATER else Kind.PAPER

    @property
    def is_at_the_door(self) -> bool:
        """Nobody took the trouble to write anything."""
        return self.reason in _SETTINGS | {Reason.TOO_MANY, Reason.NO_HOST} or self.status == 503

    @property
    def sentence(self) -> str:
        """In English, to be shown through gettext."""
        return SENTENCES[self.reason]


class NoChinese(Exception):
    """Carries a Failure, and never a word of the service's: that might hold the key."""

    def __init__(self, reason: Reason, *, retry_after: float | None = None, status: int = 0) -> None:
        self.failure = Failure(reason, retry_after, status)
        super().__init__(str(reason))
