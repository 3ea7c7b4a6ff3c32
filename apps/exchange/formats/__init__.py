"""The formats of files that papers come in. A module here with a NAME is one; it is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast

from apps.exchange.formats.records import Document


class Format(Protocol):
    """What a module of this folder offers to be a format. `looks_like` says from 0 to 1 how sure it is."""

    NAME: str

    def looks_like(self, text: str) -> float: ...

    def parse(self, text: str) -> Document: ...

    def render(self, document: Document) -> str: ...


def _find() -> Mapping[str, Format]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return MappingProxyType({m.NAME: cast(Format, m) for m in modules if hasattr(m, "NAME")})


FORMATS: Mapping[str, Format] = _find()


def get(name: str) -> Format:
    """The format of this name; KeyError for any other word."""
    return FORMATS[name]


def detect(text: str) -> str | None:
    """The name of the format that is surest of the text; None where none knows it."""
    sure = {name: float(form.looks_like(text)) for name, form in FORMATS.items()}
    best = max(sure, key=lambda name: sure[name], default=None)
    return best if best is not None and sure[best] > 0 else None
