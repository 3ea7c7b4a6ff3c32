"""The query language of arXiv's API, as far as anybody here uses it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.standin.library import Paper

Test = Callable[[Paper], bool]
_TOKEN = re.compile(r'\s*(\(|\)|\bANDNOT\b|\bAND\b|\bOR\b|(?:[a-zA-Z_]+:)?(?:"[^"]*"|\[[^\]]*\]|[^\s()"]+))')


class BadQuery(Exception):
    """It cannot be read."""


def parsed(text: str) -> Test:
    tokens = _TOKEN.findall(text)
    test, rest = _either(tokens)
    if rest:
        raise BadQuery(text)
    return test


def _either(tokens: list[str]) -> tuple[Test, list[str]]:
    test, rest = _both(tokens)
    while rest and rest[0] == "OR":
        other, rest = _both(rest[1:])
        test = _joined(test, other, any)
    return test, rest


def _both(tokens: list[str]) -> tuple[Test, list[str]]:
    test, rest = _one(tokens)
    while rest and rest[0] not in {"OR", ")"}:
        negated = rest[0] == "ANDNOT"
        other, rest = _one(rest[1:] if rest[0] in {"AND", "ANDNOT"} else rest)
        test = _joined(test, _not(other) if negated else other, all)
    return test, rest


def _one(tokens: list[str]) -> tuple[Test, list[str]]:
    if not tokens or tokens[0] in {")", "AND", "OR", "ANDNOT"}:
        raise BadQuery(" ".join(tokens))
    if tokens[0] == "(":
        test, rest = _either(tokens[1:])
        if not rest or rest[0] != ")":
            raise BadQuery("no closing parenthesis")
        return test, rest[1:]
    return _term(tokens[0]), tokens[1:]


def _term(token: str) -> Test:
    name, _, value = token.partition(":") if re.match(r"[a-zA-Z_]+:", token) else ("all", "", token)
    if name in {"submittedDate", "lastUpdatedDate"}:
        return _between(name, value)
    if name == "cat":
        pattern = re.compile(re.escape(value.strip('"')).replace(r"\*", ".*") + "$", re.IGNORECASE)
        return lambda paper: any(pattern.match(category) for category in paper.categories)
    words = re.findall(r"\w+", value.strip('"').replace("_", " ").lower())
    if re.fullmatch(r"\w+\*", value):
        return lambda paper: f" {words[0]}" in " " + " ".join(re.findall(r"\w+", _words(paper, name).lower()))
    return lambda paper: _holds(_words(paper, name), words, phrase=value.startswith('"'))


def _between(name: str, value: str) -> Test:
    found = re.fullmatch(r"\[(\d{8,14})\s*(?:TO|\+TO\+)\s*(\d{8,14})\]", value)
    if not found:
        raise BadQuery(value)
    first, last = found[1].ljust(14, "0"), found[2].ljust(14, "9")
    position = 0 if name == "submittedDate" else -1
    return lambda paper: first <= f"{paper.versions[position].submitted:%Y%m%d%H%M%S}" <= last


def _words(paper: Paper, name: str) -> str:
    people = " ".join(person for person, _ in paper.authors)
    fields = {"ti": paper.title, "abs": paper.abstract, "au": people, "co": paper.comment, "jr": paper.journal_ref}
    if name == "all":
        return " ".join([*fields.values(), *paper.categories])
    if name not in fields:
        raise BadQuery(name)
    return fields[name]


def _holds(text: str, words: list[str], *, phrase: bool) -> bool:
    found = re.findall(r"\w+", text.lower())
    if phrase:
        return f" {' '.join(words)} " in f" {' '.join(found)} "
    return set(words) <= set(found)


def _joined(one: Test, other: Test, how: Callable[..., bool]) -> Test:
    return lambda paper: how((one(paper), other(paper)))


def _not(test: Test) -> Test:
    return lambda paper: not test(paper)
