"""Accounts in the admin: what goes with one is counted and not named, for what a person wrote may be private."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        _shown, counts, needed, protected = super().get_deleted_objects(objs, request)
        kept = [_("What this person has written. Take the tick from “active” instead: the account is closed then.")]
        return [f"{name}: {count}" for name, count in counts.items()], counts, needed, kept if protected else []
