"""Readable slugs for addresses: dots between letters and digits stay (gpt-3.5, cs.IR), Han characters stay."""

import re
import unicodedata
from collections.abc import Container

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

SLUG_LENGTH = 120
_LONGEST = 100  # leaves room for a number behind it
validate_slug = RegexValidator(
    r"^\w+(?:[.\-]+\w+)*\Z",
    _("Letters, digits, hyphens and dots only, beginning and ending with a letter or digit."),
)


def slug_of(text: str) -> str:
    """The slug of a name, never empty."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = unicodedata.normalize("NFC", plain).lower().replace("&", " and ").replace("+", " plus ")
    hyphened = re.sub(r"[^\w.]+|_+", "-", words)
    dotted = re.sub(r"(?<!\w)\.+|\.+(?!\w)", "-", hyphened)
    slug = re.sub(r"-+", "-", dotted).strip("-.")
    return slug[:_LONGEST].strip("-.") or "unnamed"


def free_slug(text: str, taken: Container[str]) -> str:
    """The slug of a name, with -2, -3 ... behind it where others have it already."""
    slug, number = slug_of(text), 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
