"""What every vocabulary entry does with its name: the label in the reader's language, its key and its slug."""

from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.vocabulary.folding import fold
from apps.vocabulary.slugs import free_slug, slug_of

NAME_LENGTH = 200  # characters; a key may be twice as long, since folding can lengthen (ß to ss)


class _Named(Protocol):
    name: str
    key: str
    slug: str


def in_readers_language(name: str, name_zh: str) -> str:
    """The Chinese name for a Chinese page where there is one, else the name."""
    return name_zh if name_zh and (get_language() or "").startswith("zh") else name


def fill_key_and_slug(entry: models.Model) -> None:
    """Called on every save: the key follows the name, the slug stays as it once was (it stands in addresses)."""
    named: _Named = entry  # type: ignore[assignment]
    named.key = fold(named.name)
    if not named.slug:
        others = type(entry)._default_manager.filter(slug__startswith=slug_of(named.name))
        named.slug = free_slug(named.name, set(others.values_list("slug", flat=True)))


def refuse_second_spelling(entry: models.Model) -> None:
    """The unique key as a sentence for people: `sigir` beside `SIGIR` is one venue, not two."""
    named: _Named = entry  # type: ignore[assignment]
    named.key = fold(named.name)
    if not named.key:
        raise ValidationError({"name": _("A name needs at least one letter or digit.")})
    twin = type(entry)._default_manager.filter(key=named.key).exclude(pk=entry.pk).first()
    if twin is not None:
        raise ValidationError({"name": _("“%(name)s” is already there.") % {"name": twin}})
