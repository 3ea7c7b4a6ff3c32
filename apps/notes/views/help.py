"""What a note can hold: every sign with its source and what becomes of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import readable
from apps.accounts.eyes import Eyes
from apps.notes import help, toolbar


@readable
@require_safe
def note_help(request: HttpRequest) -> HttpResponse:
    tools = [tool for group in toolbar.GROUPS for tool in group if tool.keys]
    pairs = [*((tool.keys, tool.label) for tool in tools), *toolbar.OTHER_KEYS]
    keys = [(keys.replace("Mod", "Ctrl"), label) for keys, label in pairs]
    shown = help.shown(help.sections(), Eyes(request.user))
    return render(request, "notes/note_help.html", {"sections": shown, "keys": keys})
