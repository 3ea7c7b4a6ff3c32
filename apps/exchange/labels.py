"""What formats, states, fields and kinds of records are called on the pages of imports."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.papers.sayings import LABELS as PAPER_FIELDS

Label = str | Promise

FORMATS: Final[dict[str, Label]] = {
    "auto": _("Recognise it"),
    "digest": _("Daily digest"),
    "post": _("Post with notes and tables"),
    "post-text": _("Text of a post, flattened"),
    "field-list": _("List of papers with labelled fields"),
    "table": _("Table or list of papers"),
    "jsonl": _("Library of papernotes"),
    "arxiv-jsonl": _("arXiv's metadata, a paper a line (JSON)"),
    "arxiv-atom": _("Answer of arXiv (Atom or OAI-PMH)"),
}
RECORD_KINDS: Final[dict[str, Label]] = {"entry": _("entry"), "row": _("row"), "note": _("note")}
RECORD_STATES: Final[dict[str, Label]] = {
    "new": _("new"),
    "changed": _("changed"),
    "same": _("same"),
    "conflict": _("conflict"),
    "review": _("for review"),
    "trash": _("in the trash"),
}
STATE_KINDS: Final[dict[str, str]] = {"new": "good", "changed": "name", "conflict": "bad", "review": "warn"}
VIA: Final[dict[str, Label]] = {
    "arxiv_id": _("by its arXiv id"),
    "doi": _("by its DOI"),
    "openreview_id": _("by its OpenReview id"),
    "title": _("by its title"),
    "name": _("by its name, as decided before"),
}
PROPOSALS: Final[dict[str, Label]] = {
    "contested-title": _("The document gives one title to several papers; the name is that of another paper."),
    "near-title": _("The titles are nearly the same."),
    "same-title": _("The titles are the same, but the ids differ."),
    "id-conflict": _("The document gives ids of both."),
}
UNMAPPED: Final[dict[str, Label]] = {
    "venue": _("Venue"),
    "llm": _("Base LLM"),
    "tuning": _("Tuning type"),
}
JOB_STATES: Final[dict[str, str]] = {"applied": "good", "failed": "bad", "preview": "name", "queued": "warn"}
_FIELDS: Final[dict[str, Label]] = {
    "names": _("Short names"),
    "llm_raw": _("Base LLMs as written"),
    "tuning_raw": _("Tuning type as written"),
    "venue_raw": _("Venue as written"),
    "note": _("Remark"),
    "cells": _("Cells of the row"),
    "body": _("Text of the note"),
    "contested_title": _("Contested title"),
    "categories": _("arXiv categories"),
}


def field_label(name: str) -> Label:
    """A field of a paper, a row or a library's record; its own name where nobody named it."""
    return _FIELDS.get(name) or PAPER_FIELDS.get(name) or name
