"""The four roles as groups, and what each may do in the admin and on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

READER, WRITER, EDITOR, ADMINISTRATOR = "reader", "writer", "editor", "administrator"

_WRITER = {
    "notes.note": "avcd",
    "lists.readinglist": "avcd",
    "lists.entry": "avcd",
    "lists.savedsearch": "av",  # to add is to share with the team; everybody saves for themselves and changes their own
    "shares.sharelink": "avcd",
}
_EDITOR_APPS = ("papers", "vocabulary", "exchange", "notes", "lists", "shares", "harvest")
_VERBS = {"a": "add", "v": "view", "c": "change", "d": "delete"}
# Apps whose models an administrator's group covers (superusers need no group).
_ADMINISTRATOR_APPS = (*_EDITOR_APPS, "auth", "core", "axes")


def codenames(grants: dict[str, str]) -> set[tuple[str, str]]:
    """{"notes.note": "av"} -> {("notes", "add_note"), ("notes", "view_note")}."""
    return {
        (label.split(".")[0], f"{_VERBS[letter]}_{label.split('.')[1]}")
        for label, letters in grants.items()
        for letter in letters
    }


def grant(apps: Any) -> None:
    """Make the groups and give them what they may do; run again, it adds what is new and takes nothing away."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    everything = list(permission.objects.select_related("content_type"))
    writer = codenames(_WRITER) | {("papers", "view_paper"), ("vocabulary", "view_tag")}
    wanted: dict[str, Callable[[Any], bool]] = {
        READER: lambda p: p.codename.startswith("view_") and p.content_type.app_label in ("papers", "vocabulary"),
        WRITER: lambda p: (p.content_type.app_label, p.codename) in writer,
        EDITOR: lambda p: p.content_type.app_label in _EDITOR_APPS,
        ADMINISTRATOR: lambda p: p.content_type.app_label in _ADMINISTRATOR_APPS,
    }
    for name, holds in wanted.items():
        group.objects.get_or_create(name=name)[0].permissions.add(*[p for p in everything if holds(p)])


def is_administrator(user: User | AnonymousUser) -> bool:
    return user.is_active and (user.is_superuser or user.groups.filter(name=ADMINISTRATOR).exists())
