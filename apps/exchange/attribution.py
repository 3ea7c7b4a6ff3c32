"""Whose hand a version in a note's history shows when an import wrote it: nobody's, with the name of the file."""

from __future__ import annotations

from typing import Any

IMPORT, UNDO = "import", "undo"
_LONGEST = 100  # what the history's column holds


def reason(what: str, file_name: str) -> str:
    """Why there is this version: `import: post.md`."""
    return f"{what}: {file_name}"[:_LONGEST] if file_name else what


def sign(record: Any, words: str) -> None:
    """What is saved next leaves a version by nobody, whoever happens to be signed in, with these words."""
    record._history_user = None
    record._change_reason = words
