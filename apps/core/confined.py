"""Pure work on what strangers wrote, done in a child that may be killed: so much time, so much memory, no more."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class TooMuch(Exception):
    """The work took more time or memory than it may, or its child died."""


def call(function: str, *arguments: Any, seconds: float = 4.0) -> Any:
    """The answer of `function` ("package.module:name"), which takes and gives what JSON can say.

    Raises TooMuch when it did not answer within its limits.
    """
    module, name = function.split(":")
    return getattr(import_module(module), name)(*arguments)
