"""A note's Markdown as it was written: a page of plain text, or a file named after the note."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Signs that some system does not allow in names, that end a line, or that turn the direction of writing.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|%\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
_LONGEST = 120  # bytes; with the ending any system takes it


def file_name(title: str, number: int) -> str:
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    name = name.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"{name or f'note-{number}'}.md"


def as_page(note: Any) -> HttpResponse:
    """Of a note, or of a version of one. The browser shows it as it is, whatever it looks like."""
    return HttpResponse(
        note.body, content_type="text/plain; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"}
    )


def as_file(note: Any, number: int) -> HttpResponse:
    disposition = content_disposition_header(True, file_name(note.title, number)) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(note.body, content_type="text/markdown; charset=utf-8", headers=headers)
