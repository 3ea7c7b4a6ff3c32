"""What goes back over the wire: status, headers, body, and how it is sent."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field, replace
from enum import Enum
from xml.sax.saxutils import escape, quoteattr


class Sending(Enum):
    WHOLE = "whole"
    DRIP = "drip"  # a byte, and no more until the stand-in is told to go on
    SILENT = "silent"  # not even a status line until then
    SHORT = "short"  # less than the length it announced
    CUT_CHUNK = "cut chunk"
    RESET = "reset"
    CLOSED = "closed"  # before a single byte


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sending: Sending = Sending.WHOLE

    def also(self, **headers: str) -> Reply:
        return replace(self, headers=self.headers | {name.replace("_", "-"): said for name, said in headers.items()})

    def zipped(self) -> Reply:
        return replace(self, body=gzip.compress(self.body)).also(Content_Encoding="gzip")


def xml(text: str, status: int = 200, kind: str = "application/atom+xml; charset=utf-8") -> Reply:
    return Reply(text.encode("utf-8"), status, {"Content-Type": kind})


def html(text: str, status: int = 200) -> Reply:
    page = f"<!DOCTYPE html>\n<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>"
    return Reply(page.encode(), status, {"Content-Type": "text/html; charset=utf-8"})


def element(name: str, text: str | None, **attributes: str) -> str:
    """Nothing at all for no text; `a_b` stands for the attribute `a:b`."""
    if text is None:
        return ""
    said = "".join(f" {key.replace('_', ':')}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{said}>{escape(text)}</{name}>" if text or not said else f"<{name}{said}/>"
