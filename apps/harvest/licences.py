"""Licences as arXiv names them, by their address, in the words that people know them by. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(?P<terms>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)(?:/.*)?",
    re.IGNORECASE,
)
_KNOWN: dict[str, str | StrPromise] = {
    "arxiv.org/licenses/nonexclusive-distrib/1.0": _("arXiv may distribute it; all other rights stay with the authors"),
    "arxiv.org/licenses/assumed-1991-2003": _("arXiv may distribute it, as was assumed of papers from 1991 to 2003"),
    "creativecommons.org/publicdomain/zero/1.0": "CC0 1.0",
    "creativecommons.org/licenses/publicdomain": _("public domain"),
}


@dataclass(frozen=True, slots=True)
class Licence:
    """`address` is "" where none was given that a page may lead to."""

    words: str | StrPromise
    address: str


def licence_of(said: str) -> Licence | None:
    """None for nothing said. What is not known is shown as it stands."""
    text = " ".join(said.split())
    if not text:
        return None
    address = text if re.fullmatch(r"https?://[^\s<>\"']+", text, re.IGNORECASE) else ""
    if found := _CREATIVE_COMMONS.fullmatch(text):
        return Licence(f"CC {found['terms'].upper()} {found['version']}", address)
    key = re.sub(r"^https?://(?:www\.)?", "", text, flags=re.IGNORECASE).rstrip("/").lower()
    return Licence(_KNOWN.get(key, text), address)
