"""Reading venue cells: `SIGIR'23`, `KDD2024`, `Findings of ACL 2023`, `Gen-IR@SIGIR`, `arXiv preprint arXiv:2305.06474`."""

import re
from dataclasses import dataclass

from apps.vocabulary.cells.pieces import says_nothing, without_markup

# Medals, fires and stars beside a name.
_SYMBOLS = re.compile(r"[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]|:[a-z][a-z0-9_+]{1,30}:")
_YEAR = r"(?:19[6-9]\d|20[0-4]\d)"
_ARXIV = re.compile(r"\s*(?:arxiv\s*:\s*\S+|abs/\S+|\[[a-z\-]+\.[A-Z]{2}\])", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_PART_OF_NAME = re.compile(r"findings|workshop|companion|demo|industry|研讨会", re.IGNORECASE)
_DISTINCTION = re.compile(
    r"[\s,:\-]{1,3}((?:oral|spotlight|poster|short|full|long|best|outstanding|honou?rable|accepted|to appear|under review|submitted)"
    r"(?:[\s\-](?:paper|papers|track|award|presentation|mention|short|full))*)\s*\Z",
    re.IGNORECASE,
)
_FOUR = re.compile(rf"(?<!\d)({_YEAR})(?:[-/.年]\s?(?:0?[1-9]|1[0-2])月?)?(?!\d)年?")
_TWO = re.compile(r"\s*['’‘`´]\s?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class VenueName:
    """A venue as a cell names it, the year and the remark (oral, short paper) taken off."""

    raw: str
    name: str
    year: int | None = None
    remark: str = ""


def read_venue(cell: str) -> VenueName | None:
    """The venue of a cell, or nothing where the cell says nothing."""
    text = _SYMBOLS.sub("", without_markup(cell)).strip(" ,;")
    if says_nothing(text):
        return None
    name, remarks = _without_brackets(_ARXIV.sub("", text) or "arXiv")
    name, year = _without_year(name)
    if year is None:
        remarks, year = _year_of_remarks(remarks)
    if distinction := _DISTINCTION.search(name):
        name, remarks = name[: distinction.start()], [distinction.group(1), *remarks]
    name = re.sub(r"\s+", " ", name).strip(" ,;:-'’@/|")
    if not name or says_nothing(name):
        return None
    return VenueName(cell.strip(), name, year, ", ".join(remarks))


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """`ACL (Findings)` is a venue of its own, `ICLR (oral)` is ICLR."""
    remarks: list[str] = []

    def sort_out(match: re.Match[str]) -> str:
        if _PART_OF_NAME.search(match.group(1)):
            return f" {match.group(1)} "
        remarks.append(match.group(1).strip())
        return " "

    return _BRACKETS.sub(sort_out, text).strip(), [remark for remark in remarks if remark]


def _without_year(text: str) -> tuple[str, int | None]:
    if four := _FOUR.search(text):
        return text[: four.start()] + " " + text[four.end() :], int(four.group(1))
    if two := _TWO.search(text):
        number = int(two.group(1))
        return text[: two.start()] + " " + text[two.end() :], number + (1900 if number > 60 else 2000)
    return text, None


def _year_of_remarks(remarks: list[str]) -> tuple[list[str], int | None]:
    for remark in remarks:
        rest, year = _without_year(remark)
        if year is not None:
            others = [other for other in remarks if other is not remark]
            return others + ([rest.strip(" ,;")] if rest.strip(" ,;") else []), year
    return remarks, None
