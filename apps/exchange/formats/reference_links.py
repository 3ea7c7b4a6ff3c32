"""Reference-style links (`[Title][1]` with `[1]: address` elsewhere) written out, so that a line speaks for itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)([^\[\]]{1,200})\]:[ \t]{0,10}(?:<([^<>\s]{1,4000})>|([^\s<>]{1,4000}))(?:[ \t]{1,10}[\"'(].{0,500}[\"')])?[ \t]{0,10}$"
)
_LABEL = r"(?:[^\[\]\\`]|\\.|\[[^\[\]]{0,1000}\](?:\([^()\s]{0,4000}\))?){1,2000}?"
_USED = re.compile(rf"(?<!\\)\[({_LABEL})\](?:\[([^\[\]^]{{0,200}})\])?(?![\[(:])")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def definitions(lines: Sequence[str], mask: Sequence[bool]) -> dict[str, tuple[str, int]]:
    """Address and line index of each definition outside of code; the first of a name counts."""
    found: dict[str, tuple[str, int]] = {}
    for i, line in enumerate(lines):
        if not mask[i] and line.lstrip()[:1] == "[" and (stated := _DEFINITION.match(line)):
            found.setdefault(_key(stated[1]), (stated[2] or stated[3], i))
    return found


def written_out(
    lines: Sequence[str], mask: Sequence[bool], known: Mapping[str, tuple[str, int]] | None = None
) -> list[str]:
    """The lines with every reference-style link as a link with its address. The number of lines stays."""
    known = definitions(lines, mask) if known is None else known
    if not known:
        return list(lines)
    return [
        line if masked or "[" not in line or _DEFINITION.match(line) else _line(line, known)
        for line, masked in zip(lines, mask, strict=True)
    ]


def _line(line: str, known: Mapping[str, tuple[str, int]]) -> str:
    """Twice, for a picture by reference may stand within a link by reference."""
    for _ in range(2):
        code = [(m.start(), m.end()) for m in _CODE.finditer(line)] if "`" in line else []
        line = _USED.sub(partial(_link, known=known, code=code), line)
    return line


def _link(used: re.Match[str], known: Mapping[str, tuple[str, int]], code: Sequence[tuple[int, int]]) -> str:
    if any(start <= used.start() < end for start, end in code):
        return used[0]
    stated = known.get(_key(used[2] or used[1]))
    if stated is None:
        return used[0]
    url = f"<{stated[0]}>" if "(" in stated[0] or ")" in stated[0] else stated[0]
    return f"[{used[1]}]({url})"


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
