"""Through whose eyes a page is made: who reads, and whether through a share link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Eyes:
    """`token` is that of the share link whose page is made, "" for pages of the site.

    Behind a share link nobody has an account, and no address of the site leads anywhere.
    """

    user: User | AnonymousUser
    token: str = ""

    @classmethod
    def of_stranger(cls, token: str) -> Eyes:
        return cls(AnonymousUser(), token)

    @property
    def on_site(self) -> bool:
        return not self.token
