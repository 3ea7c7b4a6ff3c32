"""Tells from the words of a comment or an abstract whether a paper was withdrawn. Pure."""

from __future__ import annotations

import re

_WHAT = (
    r"(?:(?:this|the|our|my|present|current)\s+)*"
    r"(?:(?:arxiv|entire|whole|original)\s+)?"
    r"(?:paper|article|submission|manuscript|preprint|pre-print|e-print|eprint|work|version|note|letter|draft|"
    r"thesis|report|document|contribution)s?"
)
_IS = r"(?:has|have|had|is|was|were|are)\s+(?:now\s+|already\s+)?(?:been\s+|being\s+)?(?:temporarily\s+|formally\s+|voluntarily\s+)?"
_THEN = r"(?=\s*(?:$|[.,;:!()\-–—]|(?:by|due|because|since|for|as|owing|at|on|after|pending|from|until)\b))"
# "removed" alone is said of figures, typos and errors; of a paper only by whom it was removed.
_STARTS = (
    rf"{_WHAT}(?:\s+\S+){{0,4}}?\s+{_IS}(?:withdrawn|retracted)\b{_THEN}",
    rf"{_WHAT}\s+(?:withdrawn|retracted)\b{_THEN}",
    rf"{_WHAT}\s+{_IS}removed\s+(?:by|from\s+arxiv|due|because)\b",
    rf"(?:temporarily\s+)?(?:withdrawn|retracted)\b{_THEN}",
    r"(?:we|i|the\s+authors?|the\s+first\s+author|arxiv\s+admin(?:istrators?)?)\s+(?:\S+\s+){0,4}?"
    rf"(?:withdraw|withdrew|retract|retracted|withdrawn)\s+{_WHAT}",
    rf"withdrawal\s+(?:of\s+{_WHAT}|by\s+the\s+authors?)",
    r"(?:arxiv\s+admin\s+note:\s*)(?:this\s+)?(?:\S+\s+){0,4}?(?:withdrawn|removed|retracted)\b",
)
_START = re.compile(rf"[\[(*\s]*(?:{'|'.join(_STARTS)})", re.IGNORECASE)
_SENTENCES = re.compile(r"(?:(?<=[\w)][\w)][.;!?])|(?<=\n))\s+")
# Said of another paper, or of what once was.
_NOT = re.compile(
    r"(?:replac|supersed|previous|earlier|old(?:er)?\s+version|un-?withdrawn|no\s+longer|not\s+(?:been\s+)?(?:withdrawn|"
    r"retracted)|version\s+\d+|\bv\d+\b\s+(?:was|is|has))",
    re.IGNORECASE,
)


def why_withdrawn(comment: str, abstract: str) -> str:
    """The words that say so; "" for a paper that stands. An abstract says it with its first sentence or not at all."""
    for sentence in _SENTENCES.split(comment.strip()):
        if _says_so(sentence):
            return " ".join(comment.split())[:500]
    first = _SENTENCES.split(abstract.strip())[0]
    return " ".join(first.split())[:500] if _says_so(first) and len(first) < 400 else ""


def _says_so(sentence: str) -> bool:
    return bool(_START.match(sentence)) and not _NOT.search(sentence)
