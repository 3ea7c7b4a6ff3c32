"""What rendering makes of a text: HTML that is safe, the places in it that are filled for each reader, its outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

# Raised whenever the same text would come out differently: what was stored by another version is made anew.
VERSION = 4

# Characters of the private use area that no text of a person keeps (the engine takes them out of what comes in).
# A slot stands in the HTML as OPEN number CLOSE; one that encloses words as OPEN number "o" CLOSE … OPEN number "c" CLOSE.
OPEN, CLOSE, PREFIX = "\ue000", "\ue001", "\ue002"
# A formula stands as FORMULA number CLOSE until the sanitiser has seen the rest.
FORMULA = "\ue003"
# Half of a surrogate pair is no text either.
_NO_TEXT = re.compile("[\x00\ud800-\udfff\ue000-\ue00f]")
_FORMULA = re.compile(f"{FORMULA}([0-9]+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that is filled when the text is shown, because what stands there depends on the reader and the day.

    kind and values: `link` (href, title, and words where they are not the href; encloses them), `picture` (src, alt,
    title, linked: "1" within a link), `paper` (ref, label: what stands in [[ref|label]]),
    `embed` (name, arguments: what stands in {{name: arguments}}), `word` (word: an English source string of ours).
    `sentence`: the plain words around a link or a paper.
    """

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1 as in the Markdown; `id` lacks the number that tells two texts on a page apart."""

    level: int
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """`refused` says why the text stands as it was typed: long, deep, large, slow; "" where it was rendered."""

    html: str
    slots: tuple[Slot, ...] = ()
    outline: tuple[Heading, ...] = ()
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, made: dict[str, Any]) -> Rendered:
        slots = tuple(Slot(**slot) for slot in made["slots"])
        return cls(made["html"], slots, tuple(Heading(**each) for each in made["outline"]), made["refused"])


def without_marks(text: str) -> str:
    """A person's text, whatever was in it: the marks are ours alone."""
    return _NO_TEXT.sub("\ufffd", text)


def with_formulas(html: str, formulas: Sequence[str]) -> str:
    return _FORMULA.sub(lambda mark: formulas[int(mark[1])], html)
