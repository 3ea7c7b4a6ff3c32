"""A free slug for what an import makes."""

from __future__ import annotations

from typing import Any

from apps.vocabulary.slugs import free_slug as first_free
from apps.vocabulary.slugs import slug_of


def free_slug(model: Any, text: str) -> str:
    taken = set(model._default_manager.filter(slug__startswith=slug_of(text)).values_list("slug", flat=True))
    return first_free(text, taken)
