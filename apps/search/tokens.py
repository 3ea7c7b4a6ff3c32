"""How a text becomes what is searched for: a stream of parts in their order, and the set of its terms."""

from __future__ import annotations

import re
import unicodedata
from operator import add
from threading import Lock
from typing import NamedTuple

from Stemmer import Stemmer

from apps.search import han
from apps.search.words import fold

BREAK = "|"
JOINERS = "_'\u2018\u2019\u02bc\u2010\u2011\u2012\u2013\u2212-"  # apostrophes and hyphens: one word in several parts
_LINKS = "/+\u2044"  # between two letters or digits: no break either, but two words
_LETTER = rf"[^\W_\u02bc{han.SIGNS}]"  # or a digit, of any writing but Han
_OTHER = rf"[^\w{han.SIGNS}]"
_CHUNKS = re.compile(
    rf"{_LETTER}+(?:(?:[{JOINERS}]+|[.{_LINKS}]){_LETTER}+)*"
    rf"|[{han.SIGNS}]+(?:[{JOINERS}]+[{han.SIGNS}]+)*"
    rf"|[^\w{han.SIGNS}{JOINERS}]{_OTHER}*(?:[_\u02bc]+{_OTHER}*)*"
)
_IS_HAN = re.compile(f"[{han.SIGNS}]")
_HAN_RUNS = re.compile(f"(?:[{han.SIGNS}] ){{2,}}")  # of a stream
_LINK = re.compile(f"[{_LINKS}]")
_RUN = re.compile(r"[^\W_\u02bc](?:[^\W_\u02bc]|(?<=\d)\.(?=\d))*")  # a number keeps its dot
CUT = re.compile(r"(?<=[^\W\d_]{3})(?=\d)|(?<=\d)(?=[^\W\d_]{3})")
_MARKS = re.compile("[\u0300-\u036f]+")
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_OWN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})
_ASIDE = "\0"  # before a joined form: it is a term, and not in the stream
_JOINED = re.compile(f"{_ASIDE}([^ ]+)")


class Read(NamedTuple):
    """A text as the index keeps it. The stream has a blank at both ends: a part is found as ` part `."""

    stream: str
    terms: set[str]


def read(text: str) -> Read:
    """Both at once: most of the work is the same."""
    pieces = _pieces(text)
    order = _JOINED.sub("", pieces)
    found = set(order.split())
    found.discard(BREAK)
    found.update(_JOINED.findall(pieces))
    for run in () if order.isascii() else _HAN_RUNS.findall(order):
        signs = run[::2]
        found.update(map(add, signs, signs[1:]))
    return Read(order, found)


def stream(text: str) -> str:
    """` large languag model | 推 荐 `: the parts, and a break where punctuation stands that no phrase may cross."""
    return _JOINED.sub("", _pieces(text))


def terms(text: str) -> set[str]:
    """Every part, the joined form of every compound (`gpt4` beside gpt and 4), neighbouring Han characters by two."""
    return read(text).terms


def parts(text: str) -> list[str]:
    """The stream as a list, with its breaks."""
    return stream(text).split()


def joined(word: str) -> str:
    """The joined form of a word that is one compound and nothing else (`fine-tuning`: finetun), or an empty text."""
    chunks = [chunk for chunk in _CHUNKS.findall(_MARKS.sub("", fold(word))) if _piece(chunk) != BREAK]
    if len(chunks) != 1 or _IS_HAN.match(chunks[0]):
        return ""
    compounds = _compounds(chunks[0])
    return _stemmed("".join(compounds[0])) if len(compounds) == 1 and len(compounds[0]) > 1 else ""


def _pieces(text: str) -> str:
    """The stream, with joined forms put aside in it."""
    words = (text.lower() if text.isascii() else fold(text)).split()
    pieces = f" {' '.join(map(_MEMORY.__getitem__, words))} "
    for doubled, single in (("  ", " "), ("| |", "|")):
        while doubled in pieces:
            pieces = pieces.replace(doubled, single)
    return pieces.removeprefix(" |").removesuffix("| ")


class _Memory(dict[str, str]):
    """Pieces of words that were worked out before: a million papers have many words, and few that come often."""

    SIZE = 1 << 16
    LONG = 40  # a longer one hardly comes again

    def __missing__(self, word: str) -> str:
        bare = word.rstrip(".,:;)")
        if bare.isascii() and bare.isalpha():  # nearly all
            piece = _stemmed(bare) if bare == word else f"{_stemmed(bare)} {BREAK}"
        else:
            piece = " ".join(map(_piece, _CHUNKS.findall(_MARKS.sub("", word))))
        if len(word) < self.LONG:
            if len(self) >= self.SIZE:
                self.clear()
            self[word] = piece
        return piece


_MEMORY = _Memory()


def _piece(chunk: str) -> str:
    if _IS_HAN.match(chunk):
        # \u02bc is an apostrophe that counts as a letter.
        plain = chunk.isalpha() and "\u02bc" not in chunk
        return " ".join(han.simplified(chunk if plain else "".join(_IS_HAN.findall(chunk))))
    return " ".join(map(_with_joined, _compounds(chunk))) or BREAK


def _with_joined(compound: list[str]) -> str:
    form = f"{_ASIDE}{_stemmed(''.join(compound))}" if len(compound) > 1 else ""
    return " ".join(map(_stemmed, compound)) + form


def _compounds(chunk: str) -> list[list[str]]:
    """Its words, each as its parts: `gpt-3.5/bert4rec` is gpt and 3.5, and bert and 4 and rec."""
    words = ([part for run in _RUN.findall(word) for part in CUT.split(run)] for word in _LINK.split(_plain(chunk)))
    return [*filter(None, words)]


def _plain(chunk: str) -> str:
    """Latin letters without their accents; others (й, が) keep what is a part of them."""
    if chunk.isascii():
        return chunk
    apart = unicodedata.normalize("NFD", chunk).translate(_OWN_LETTERS)
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def _stemmed(part: str) -> str:
    """English words by their stem; numbers, names like `t5` and other languages as they are."""
    if not (part.isascii() and part.isalpha()):
        return part
    with _ONE_AT_A_TIME:  # a stemmer is made for one thread
        stem: str = _STEMMER.stemWord(part)
    return stem


_STEMMER = Stemmer("english", 0)
_ONE_AT_A_TIME = Lock()
