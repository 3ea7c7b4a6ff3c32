"""Why something was not fetched; each says whether another time may be better."""

from __future__ import annotations

from django.utils.translation import gettext_noop


class NotFetched(Exception):
    """`reason` is for people, in English; shown through gettext."""

    reason = gettext_noop("It could not be fetched.")
    passing = False


class BadAddress(NotFetched):
    reason = gettext_noop("This is no address that can be fetched.")


class NotPublic(NotFetched):
    reason = gettext_noop("The address leads into a private network.")


class TooManyRedirects(NotFetched):
    reason = gettext_noop("The address leads on and on to others.")


class TooLarge(NotFetched):
    reason = gettext_noop("What is there is too large.")


class WrongType(NotFetched):
    reason = gettext_noop("What is there is something else.")


class Unreachable(NotFetched):
    reason = gettext_noop("The host cannot be reached.")
    passing = True


class TooSlow(NotFetched):
    reason = gettext_noop("The host took too long to answer.")
    passing = True


class Answered(NotFetched):
    """With anything but what was asked for."""

    reason = gettext_noop("The host answered that it is not there.")
    passing = True

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
