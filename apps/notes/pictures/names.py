"""What pictures are called: by their files, in Markdown, and in addresses of ours."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.notes.models import Image

_OURS = re.compile(r"/pictures/([0-9a-f]{64})\.(png|jpg|webp|gif)\Z")
_ELSEWHERE = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_MARKS = re.compile(r"[][<>\\`*!|${}\"]+")
_LONGEST_ADDRESS = 4_000


@dataclass(frozen=True, slots=True)
class Name:
    """What stands in the address of a picture of ours."""

    sha256: str
    kind: str


def ours(address: str) -> Name | None:
    """Of an address on this site, whole or without its host."""
    found = _OURS.match(address.removeprefix(settings.PAPERNOTES_URL))
    return Name(found[1], found[2]) if found else None


def is_elsewhere(address: str) -> bool:
    """Whether a picture there could be fetched."""
    return bool(_ELSEWHERE.match(address)) and len(address) <= _LONGEST_ADDRESS


def address_of(image: Image, token: str = "") -> str:
    """On the site; behind a share link the address that opens with its token."""
    if token:
        return reverse("share_picture", args=[token, image.sha256, image.kind])
    return reverse("picture", args=[image.sha256, image.kind])


def harmless(name: str, longest: int) -> str:
    """One line of plain characters: a file may be called anything."""
    name = re.split(r"[/\\]", name.encode("utf-8", "replace").decode())[-1]
    kept = (" " if unicodedata.category(each)[0] in "CZ" else each for each in name)
    return " ".join("".join(kept).split())[:longest].strip()


def markdown(image: Image, file_name: str) -> str:
    """What a note says to show it; the words for those who do not see it come from the name of the file."""
    words = _MARKS.sub(" ", harmless(file_name, 200))
    words = " ".join(re.sub(r"\.\w{1,5}$", "", words).split())[:80].strip()
    return f"![{words or _('picture')}]({address_of(image)})"
