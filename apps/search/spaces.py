"""The kinds of text in which a word may stand, from the weightiest to the lightest."""

from __future__ import annotations

TITLE, AUTHORS, SUMMARY, ABSTRACT = "t", "u", "s", "a"
NOTES = "n"  # that everyone may read who may read the papers
PRIVATE_NOTES = "p"  # followed by the number of the one person who may

OF_PAPERS = (TITLE, AUTHORS, SUMMARY, ABSTRACT)


def of_notes(user_id: int | None) -> tuple[str, ...]:
    """The kinds of notes that this person may read; None is a visitor."""
    return (NOTES, f"{PRIVATE_NOTES}{user_id}") if user_id else (NOTES,)


def readable_by(user_id: int | None) -> tuple[str, ...]:
    return (*OF_PAPERS, *of_notes(user_id))
