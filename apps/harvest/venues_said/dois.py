"""What a DOI tells: some name the venue and the year, others only that a publisher gave it out."""

from __future__ import annotations

import re
from collections.abc import Callable

from apps.harvest.venues_said.known import Known, is_place
from apps.harvest.venues_said.said import VenueSaid

_PARTS = {"main", "long", "short"}
# Publishers of conferences and journals; registries of preprints, data and slides are none.
_PUBLISHERS = re.compile(
    r"10\.(?:1145|1109|18653|1609|24963|1162|1613|1002|1080|1038|1371|3390|3389|1093|1017|1126|1073|14778|1137|1111|3233|"
    r"52202|1561|1287|1177|1142|1007|1016|5555)/\S+"
)
_JOURNALS = {
    "s10994": "Machine Learning",
    "s10618": "Data Mining and Knowledge Discovery",
    "s10115": "Knowledge and Information Systems",
    "s11280": "World Wide Web Journal",
    "s10791": "Information Retrieval Journal",
    "s10489": "Applied Intelligence",
    "s00778": "The VLDB Journal",
    "s11263": "IJCV",
    "s10844": "Journal of Intelligent Information Systems",
    "j.ipm": "Information Processing & Management",
    "j.ins": "Information Sciences",
    "j.inffus": "Information Fusion",
    "j.knosys": "Knowledge-Based Systems",
    "j.eswa": "Expert Systems with Applications",
    "j.neucom": "Neurocomputing",
    "j.neunet": "Neural Networks",
    "j.patcog": "Pattern Recognition",
    "j.asoc": "Applied Soft Computing",
    "j.elerap": "Electronic Commerce Research and Applications",
    "tacl_a": "TACL",
    "coli_a": "Computational Linguistics",
}
_AAAI = {"aaai": ("AAAI", 1986), "icwsm": ("ICWSM", 2006)}  # the year is that of volume 0
_ACL_LETTERS = {"P": "ACL", "D": "EMNLP", "N": "NAACL", "E": "EACL", "K": "CoNLL", "C": "COLING", "Q": "TACL"}


def by_doi(doi: str, known: Known) -> VenueSaid | None:
    doi = doi.strip().casefold().removeprefix("https://doi.org/").removeprefix("doi:").strip()
    if not _PUBLISHERS.fullmatch(doi):
        return None
    for pattern, read in _READERS:
        if match := pattern.match(doi):
            said = read(match)
            entry = known.named(said.name) if said else None
            if said and entry and is_place(entry):
                return VenueSaid(entry.name, said.year)
    return VenueSaid("")


def _anthology(match: re.Match[str]) -> VenueSaid | None:
    """`2023.acl-long.1`, `2023.findings-emnlp.7`; demonstrations and the like are no part of the conference itself."""
    year, name, part = int(match[1]), match[2], match[3]
    if name == "findings":
        return VenueSaid(f"Findings of {part}", year)
    if part in _PARTS or part.isdigit():
        return VenueSaid(name, year)
    return VenueSaid(f"{name} {part}", year) if part in {"industry", "srw"} else None


def _old_anthology(match: re.Match[str]) -> VenueSaid | None:
    letter, year, volume = match[1].upper(), 2000 + int(match[2]), match[3]
    main = volume == "1" or (volume == "2" and letter in "PNE" and year < 2019)
    return VenueSaid(_ACL_LETTERS[letter], year) if main and year < 2050 else None


def _aaai(match: re.Match[str]) -> VenueSaid:
    name, first = _AAAI[match[1]]
    return VenueSaid(name, first + int(match[2]))


def _ieee(match: re.Match[str]) -> VenueSaid:
    """`icde60146.2024` is a conference and its year; of a journal the number tells only when the paper was taken."""
    return VenueSaid(match[1], int(match[3]) if match[2] else None)


def _ieee_in_full(match: re.Match[str]) -> VenueSaid:
    return VenueSaid(f"IEEE {match[1]}", int(match[3]) if match[2] else None)


_IEEE = re.compile(r"10\.1109/([a-z]+(?:-[a-z]+)?)(\d*)\.(\d{4})\.")
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], VenueSaid | None]], ...] = (
    (re.compile(r"10\.18653/v1/(\d{4})\.([a-z]+\d?)-([a-z]+|\d+)\."), _anthology),
    (re.compile(r"10\.18653/v1/([pdnekcq])(\d\d)-(\d)\d{3}"), _old_anthology),
    (re.compile(r"10\.1609/(aaai|icwsm)\.v(\d{1,2})i"), _aaai),
    (re.compile(r"10\.24963/(ijcai)\.(\d{4})/"), lambda match: VenueSaid(match[1], int(match[2]))),
    (_IEEE, _ieee),
    (_IEEE, _ieee_in_full),
    (re.compile(r"10\.1(?:007|016|162)/(s\d{5}|j\.[a-z]+|[a-z]+_a)[-._]"), lambda match: _journal(match[1])),
)


def _journal(code: str) -> VenueSaid:
    return VenueSaid(_JOURNALS.get(code, ""))
