"""`manage.py make_admin NAME`: an account that may do everything."""

from __future__ import annotations

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Makes NAME an administrator; a new account gets a random password, which is printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--new-password", action="store_true", help="for an account that exists already, too")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, name: str, new_password: bool, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        result: dict[str, Any] = {"name": name, "created": user is None, "password": None}
        user = user or _new_user(name)
        if result["created"] or new_password:
            result["password"] = secrets.token_urlsafe(12)
            user.set_password(result["password"])
        user.is_staff = user.is_superuser = user.is_active = True
        user.save()
        self.stdout.write(json.dumps(result) if options["json"] else _in_words(result))


def _new_user(name: str) -> User:
    user = User(username=name)
    try:
        User._meta.get_field("username").clean(name, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return user


def _in_words(result: dict[str, Any]) -> str:
    said = _("%(name)s is a new administrator") if result["created"] else _("%(name)s is now an administrator")
    password = _("; the password is %(password)s") if result["password"] else ""
    return (said + password) % result
