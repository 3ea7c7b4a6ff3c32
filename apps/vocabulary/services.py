"""What is written to the vocabulary: spellings that people map, sizes and names that an import brings."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.vocabulary.cells import canonical_size
from apps.vocabulary.folding import fold
from apps.vocabulary.models import MODELS, Alias, BaseLLM
from apps.vocabulary.names import NAME_LENGTH
from apps.vocabulary.slugs import free_slug, slug_of

_OPEN_KINDS = ("tag", "organisation", "author")  # an import may add these; the others go to "to map"
_AT_ONCE = 500


@transaction.atomic
def map_spelling(*, kind: str, raw: str, target: models.Model, user: AbstractBaseUser | None) -> Alias:
    """From now on this spelling means this entry; an earlier meaning of it is replaced."""
    if not isinstance(target, MODELS[kind]):
        raise TypeError(f"{target!r} is no {kind}")
    raw = " ".join(raw.split())
    if not fold(raw) or len(raw) > 300:
        raise ValidationError(_("A spelling needs at least one letter or digit, and at most 300 characters."))
    columns = {name: target if name == kind else None for name in MODELS}
    said = {"raw": raw, "said_by": user, "said_at": timezone.now()}
    return Alias.objects.update_or_create(kind=kind, key=fold(raw), defaults=columns | said)[0]


@transaction.atomic
def create_and_map(
    *, kind: str, raw: str, name: str, user: AbstractBaseUser | None, fields: Mapping[str, object] | None = None
) -> models.Model:
    """A new entry that this spelling means; the entry is returned. An unfit name is a ValidationError."""
    entry = MODELS[kind](name=" ".join(name.split()), **(fields or {}))
    entry.full_clean()
    entry.save()
    if fold(raw) != fold(name):
        map_spelling(kind=kind, raw=raw, target=entry, user=user)
    return entry


def unmap(*, kind: str, raw: str) -> bool:
    """This spelling means nothing any more; says whether it did."""
    return bool(Alias.objects.filter(kind=kind, key=fold(raw)).delete()[0])


@transaction.atomic
def ensure_sized(*, llm: BaseLLM, size: str) -> BaseLLM:
    """The entry for one size of a model, made where it is missing: LLaMA and 7b give "LLaMA 7B"."""
    size = canonical_size(size)
    if not size or llm.size:
        return llm
    name = f"{llm.name} {size}"
    existing = BaseLLM.objects.filter(parent=llm, size=size).first() or BaseLLM.objects.filter(key=fold(name)).first()
    return existing or BaseLLM.objects.create(name=name, parent=llm, size=size, developer=llm.developer)


@transaction.atomic
def create_missing(*, kind: str, names: Iterable[str]) -> dict[str, models.Model]:
    """The entry of each name, made where no entry has that name (look up spellings with the resolver first).

    Names that fold to nothing or are over long are left out of the answer.
    """
    if kind not in _OPEN_KINDS:
        raise ValueError(f"an import never adds a {kind}")
    model = MODELS[kind]
    keys = {name: fold(name) for name in names}
    fit = {
        name: key
        for name, key in keys.items()
        if key and len(name.strip()) <= NAME_LENGTH and len(key) <= 2 * NAME_LENGTH
    }
    found = _by_key(model, fit.values())
    missing = {key: " ".join(name.split()) for name, key in reversed(fit.items()) if key not in found}
    if missing:
        taken = _taken_slugs(model, missing.values())
        made = []
        for key, name in reversed(missing.items()):
            slug = free_slug(name, taken)
            taken.add(slug)
            made.append(model(name=name, key=key, slug=slug))
        model._default_manager.bulk_create(made, batch_size=_AT_ONCE)
        found |= {entry.key: entry for entry in made}  # type: ignore[attr-defined]
    return {name: found[key] for name, key in fit.items()}


def _by_key(model: type[models.Model], keys: Iterable[str]) -> dict[str, models.Model]:
    some, found = list(dict.fromkeys(keys)), dict[str, models.Model]()
    for start in range(0, len(some), _AT_ONCE):
        entries = model._default_manager.filter(key__in=some[start : start + _AT_ONCE])
        found |= {entry.key: entry for entry in entries}  # type: ignore[attr-defined]
    return found


def _taken_slugs(model: type[models.Model], names: Iterable[str]) -> set[str]:
    """The slugs among the wished ones that are taken, with every numbered sister of those."""
    wished, slugs = list({slug_of(name) for name in names}), model._default_manager.values_list("slug", flat=True)
    taken: set[str] = set()
    for start in range(0, len(wished), _AT_ONCE):
        taken |= set(slugs.filter(slug__in=wished[start : start + _AT_ONCE]))
    for slug in list(taken):
        taken |= set(slugs.filter(slug__startswith=f"{slug}-"))
    return taken
