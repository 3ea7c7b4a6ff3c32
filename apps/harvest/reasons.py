"""Why a fetch came to nothing, as a sentence: arXiv's reasons, and our own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.harvest.arxiv.failures import SENTENCES, Reason

CRASHED, CANCELLED, NO_VERSION, NOT_FOUND = "crashed", "cancelled", "no-version", "not-found"
WORDS = "words"
OWN = {
    CRASHED: gettext_noop(
        "Whenever this paper was asked for, the work broke off. It was put aside, so that others go on."
    ),
    CANCELLED: gettext_noop("Somebody cancelled the fetch."),
    NO_VERSION: gettext_noop("arXiv knows the paper, but not in that version."),
    NOT_FOUND: gettext_noop("arXiv knows no such paper. Check the id."),
    WORDS: gettext_noop("Its words cannot be read. Edit the query: the form says what is wrong."),
}


def in_english(code: str) -> str:
    """The sentence of a reason, to be stored and shown through gettext; "" for none."""
    if code in OWN:
        return OWN[code]
    return SENTENCES[Reason(code)] if code in set(Reason) else ""


def sentence(code: str) -> str:
    """In the reader's language."""
    english = in_english(code)
    return _(english) if english else ""
