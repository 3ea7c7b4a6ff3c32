"""A query asked of the index: which papers answer, and where its words stand in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from apps.search import han, spaces, tokens
from apps.search.index import ranking
from apps.search.index.document import needed
from apps.search.index.ranking import Hits
from apps.search.index.view import View
from apps.search.language.tree import And, Node, Not, Or, Phrase, Prefix, Text, Word, wanted
from apps.search.words import fold

MOST_WORDS_OF_A_PREFIX = 3_000
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_FIELDS = {"title": (spaces.TITLE,), "author": (spaces.AUTHORS,), "abstract": (spaces.ABSTRACT,)}


@dataclass
class Search:
    """One query of one person. `others` answers what is no word (values, identifiers, dates), `wider` has other spellings
    of what a text means."""

    view: View
    user_id: int | None
    others: Callable[[Node], BitMap]
    wider: Mapping[str, Iterable[str]] = field(default_factory=dict)
    hits: dict[Text, Hits] = field(default_factory=dict)
    # Beginnings of so many words that they are looked for as whole words only.
    too_wide: set[Prefix] = field(default_factory=set)

    def find(self, node: Node, among: BitMap) -> BitMap:
        """Of these papers the ones that answer."""
        if isinstance(node, And):
            for item in sorted(node.items, key=_cost):
                if not among:
                    break
                among = self.find(item, among)
            return among
        if isinstance(node, Or):
            return BitMap.union(BitMap(), *(self.find(item, among) for item in node.items))
        if isinstance(node, Not):
            return among - self.find(node.item, among)
        if isinstance(node, Word | Phrase | Prefix):
            hits = self._hits(node, among)
            # The same word at two places of a query is looked for among other papers at each.
            self.hits[node] = ranking.merged([self.hits[node], hits]) if node in self.hits else hits
            return hits.all() & among
        return self.others(node) & among

    def ranked(self, node: Node, found: BitMap) -> list[BitMap]:
        """What `find` found in classes, the most relevant first."""
        words = [self.hits[leaf] for leaf in dict.fromkeys(wanted(node)) if leaf in self.hits]
        return ranking.classes(found, words, len(self.view.columns.all))

    def _hits(self, leaf: Text, among: BitMap) -> Hits:
        if isinstance(leaf, Prefix):
            return self._beginning(leaf, among)
        texts = dict.fromkeys((leaf.text, *self.wider.get(leaf.text, ())))
        found = [self._text(text, self._spaces(leaf), among) for text in texts]
        return found[0] if len(found) == 1 else ranking.merged(found)

    def _spaces(self, leaf: Text) -> tuple[str, ...]:
        if leaf.field == "note":
            return spaces.of_notes(self.user_id)
        return _FIELDS.get(leaf.field) or spaces.readable_by(self.user_id)

    def _text(self, text: str, where: tuple[str, ...], among: BitMap) -> Hits:
        read = tokens.read(text)
        parts = read.stream.split()
        if len(parts) == 1:
            return self._word(parts[0], where)
        words = needed(read.stream)
        if not words:
            return Hits({}, 0)
        together = {space: self._with_all(space, words) for space in where}
        having = min(len(self._of_papers(word)) for word in words)
        if words != ["".join(parts)]:  # a pair of Han characters is a word of its own
            candidates = BitMap.union(*together.values()) & among
            found = self.view.with_piece(read.stream, candidates) if candidates else {}
            together = {space: found[space] for space in where if space in found}
        if joined := tokens.joined(text):
            for space in where:
                together[space] = together.get(space, BitMap()) | self.view.get(space, joined)
        return Hits(together, having)

    def _word(self, word: str, where: tuple[str, ...]) -> Hits:
        return Hits({space: self.view.get(space, word) for space in where}, len(self._of_papers(word)))

    def _of_papers(self, word: str) -> BitMap:
        """How common a word is: what notes hold does not count, an order must not tell of what somebody else wrote."""
        return BitMap.union(*(self.view.get(space, word) for space in spaces.OF_PAPERS))

    def _with_all(self, space: str, words: list[str]) -> BitMap:
        found = self.view.get(space, words[0])
        for word in words[1:]:
            if not found:
                break
            found = found & self.view.get(space, word)
        return found

    def _beginning(self, leaf: Prefix, among: BitMap) -> Hits:
        start, where = beginning(leaf.text), self._spaces(leaf)
        found: dict[str, BitMap] = {}
        for space in where:
            words = self.view.words(space, start, MOST_WORDS_OF_A_PREFIX + 1)
            if len(words) > MOST_WORDS_OF_A_PREFIX:
                self.too_wide.add(leaf)
                found = {}
                break
            found[space] = BitMap.union(BitMap(), *(self.view.get(space, word) for word in words))
        told = [found[space] for space in spaces.OF_PAPERS if space in found]
        # As it stands, too: words are kept by their stem (models*), and several Han characters as pairs (推荐系统*).
        whole = self._text(leaf.text, where, among)
        return ranking.merged([Hits(found, len(BitMap.union(BitMap(), *told))), whole])


def beginning(text: str) -> str:
    """Folded like a text, but not stemmed: it is no whole word."""
    apart = _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text)))
    return han.simplified(unicodedata.normalize("NFC", apart))


def _cost(node: Node) -> int:
    """Values and single words first: what is left then is less to read for phrases, and for what must not be there."""
    if isinstance(node, Word):
        return 0 if len(tokens.parts(node.text)) == 1 else 2
    if isinstance(node, Phrase):
        return 2
    return 3 if isinstance(node, Not | And | Or | Prefix) else 1
