"""Where LaTeX begins and ends in a text that is none: commands, braces, formulas, money, quotation marks, addresses."""

from __future__ import annotations

import re

MOST_FORMULA = 1_000  # characters
_ADDRESS = r"[^\s<>\"`{}|\\^\u2018-\u201d\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]"
TOKEN = re.compile(
    rf"""
      \\(?P<accent>['"`^~=.])(?P<letter>\{{\s?(?:\\?[ij]|[A-Za-z])\s?\}}|\s?(?:\\[ij](?![A-Za-z])|[A-Za-z]))
    | \\(?P<below>[cvuHkrdb])(?P<its>\{{[A-Za-z]\}}|\s[A-Za-z](?![A-Za-z]))
    | \\url\s?\{{(?P<url>[^{{}}\s]{{1,2000}})\}}
    | \\href\s?\{{(?P<href>[^{{}}\s]{{1,2000}})\}}\s?(?=\{{)
    | \\(?:[a-zA-Z]{{0,4}}cite[a-z]{{0,10}}|[a-zA-Z]{{0,4}}ref)\*?(?:\[[^\[\]{{}}]{{0,100}}\]){{0,2}}\s?\{{(?P<keys>[^{{}}]{{1,300}})\}}
    | \\(?P<unseen>(?:label|vspace|hspace|textcolor|color|begin|end)\*?\s?\{{[^{{}}]{{0,60}}\}})
    | \\verb(?P<bar>[|+!])(?P<verb>[^\n|+!]{{1,200}})(?P=bar)
    | \\(?P<bracket>[\(\[])(?P<bracketed>(?:[^\\$]|\\[^()\[\]]){{1,400}})\\[\)\]]
    | \\(?P<command>[A-Za-z]{{1,40}})(?P<gap>\s?)
    | \\(?P<symbol>[\s\S])
    | (?P<dollar>\$\$?)
    | (?P<brace>[{{}}])
    | (?P<link>(?i:https?)://{_ADDRESS}{{1,2000}})
    | \b(?P<arxiv>(?i:arxiv)(?::\s?|\s))(?P<id>[0-9]{{4}}\.[0-9]{{4,5}}(?:v[0-9]{{1,2}})?|[a-z-]{{2,10}}(?:\.[A-Z]{{2}})?/[0-9]{{7}})(?![0-9])
    | \b(?P<doi>(?i:doi):\s?)(?P<name>10\.[0-9]{{4,9}}/{_ADDRESS}{{1,200}})
    | (?<=[A-Za-z.,)\]}}$])(?P<tie>~)(?=[\w\\$(])
    | (?:(?<=[^\s-])(?P<dash>---?)(?![-\s])|(?<=\s)(?P<apart>---?)(?=\s))
    | (?P<quote>``|''|(?<![\w`])`(?=[^`'\n]{{1,200}}'))
    """,
    re.VERBOSE,
)
INLINE = re.compile(rf"\$((?:[^$\\]|\\[\s\S]){{1,{MOST_FORMULA}}})\$")
DOUBLE = re.compile(rf"\$\$((?:[^$\\]|\\[\s\S]){{1,{MOST_FORMULA}}})\$\$")
_TEX = re.compile(r"[\\^_={}<>]")
_AMOUNT = re.compile(r"[0-9][0-9.,]*\s?(?:[^\x00-\x7f]|[A-Za-z]*[ ,.;)]+\s*[A-Za-z]{2})")
CONTRACTION = re.compile(r"\\'(?:t|s|re|m|ll|ve|d)(?![A-Za-z])")
_BRACES = re.compile(r"\\[\s\S]|[{}]")
_CUT_COMMAND = re.compile(r"(?:\\[A-Za-z]*|[\^_{&\s])+\Z")
_OPENS = {")": "(", "]": "["}


def is_formula(found: re.Match[str]) -> bool:
    """Money is no formula; what TeX alone would write is one, also beside digits and blanks."""
    tex = found[1]
    if not tex.strip() or "\n\n" in tex or _AMOUNT.match(tex):
        return False
    if _TEX.search(tex):
        return True
    text, start, end = found.string, found.start(), found.end()
    alone = not text[end : end + 1].isdigit() and not text[max(0, start - 1) : start].isalnum()
    return alone and len(tex) <= 60 and tex == tex.strip()


def whole_of(text: str, place: int) -> str | None:
    """What is whole of a formula that the end of the text cut in two; None where it is none but an amount, say."""
    tail, before = text[place:], text[max(0, place - 2) : place - 1]
    if len(tail) > MOST_FORMULA or _AMOUNT.match(tail) or before.isalnum():
        return None
    if not _TEX.search(tail) and (len(tail) > 10 or not tail[:1].isalpha()) and tail:
        return None
    whole = _CUT_COMMAND.sub("", tail)
    return whole + "}" * (whole.count("{") - whole.count("}"))


def matching(text: str) -> set[int]:
    """Where braces stand that are closed."""
    opened: list[int] = []
    closed: set[int] = set()
    for brace in _BRACES.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            closed.add(opened.pop())
    return closed


def without_punctuation(address: str) -> str:
    """An address that stands in a sentence."""
    while address[-1] in ".,:;!?'*_~" or _is_unopened(address):
        address = address[:-1]
    return address


def _is_unopened(address: str) -> bool:
    last = address[-1]
    return last in _OPENS and address.count(last) > address.count(_OPENS[last])
