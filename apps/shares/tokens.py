"""The secret in a share link's address: made at random, kept only as a digest, and hidden in the log."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets

_IN_ADDRESS = re.compile(r"(/s/)[^/\s?#\"']+")


def new_token() -> str:
    """192 random bits that may stand in an address."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is stored and looked up: whoever times the look-up learns about a digest, never about the token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def masked(text: str) -> str:
    """The text with the token of every share address in it taken out."""
    return _IN_ADDRESS.sub(r"\1…", text)


class MaskTokens(logging.Filter):
    """Put on a handler: no line that it writes holds the token of a share link."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/s/" in text:
            record.msg, record.args = masked(text), ()
        return True
