"""The one way to other hosts: whatever an address of strangers leads to is fetched through here, or not at all."""

from apps.core.fetching.gateway import Fetched, Looked, fetch, look
from apps.core.fetching.reasons import (
    Answered,
    BadAddress,
    NotFetched,
    NotPublic,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongType,
)

__all__ = [
    "Answered",
    "BadAddress",
    "Fetched",
    "Looked",
    "NotFetched",
    "NotPublic",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "Unreachable",
    "WrongType",
    "fetch",
    "look",
]
