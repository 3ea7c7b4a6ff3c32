"""TeX becomes MathML: tags, attributes and classes of a closed list, no style, no id, nothing to follow or to run.

What it makes is put into the page behind the sanitiser, so nothing leaves here that was not looked at.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape, unescape

from math_core import LatexError, LatexToMathML

MOST = 5_000  # characters of one formula
MOST_LEVELS = 100  # of its parts within each other
TOO_LONG = "This formula is too long to be set"
TOO_MANY = "This text has more formulas than can be set"
UNREADABLE = "This formula could not be read"

_TAGS = frozenset(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt msub msubsup"
    " msup mtable mtd mtext mtr mstyle merror munder munderover none".split()
)
_LENGTH = r"-?\d{0,2}(?:\.\d{1,9})?(?:em)?"
_ATTRIBUTES = {
    "accent": "true|false", "accentunder": "true|false", "stretchy": "true|false", "movablelimits": "true|false",
    "displaystyle": "true|false", "fence": "true|false", "separator": "true|false", "symmetric": "true|false",
    "largeop": "true|false", "display": "block", "mathvariant": "normal", "form": "prefix|infix|postfix",
    "scriptlevel": r"\+?\d", "linethickness": _LENGTH, "lspace": _LENGTH, "rspace": _LENGTH, "maxsize": _LENGTH,
    "minsize": _LENGTH, "height": _LENGTH, "width": _LENGTH, "depth": _LENGTH, "voffset": _LENGTH,
    "notation": "box|actuarial|updiagonalstrike|downdiagonalstrike|horizontalstrike|[a-z ]{1,60}",
    "class": "menclose-[a-z]{1,30}",
}  # fmt: skip
# What styles say, in classes: the policy of our pages forbids style attributes.
_STYLES = {
    "text-align: left": "math-left", "text-align: right": "math-right", "text-align: center": "math-center",
    "padding-left: 0": "math-no-left", "padding-right: 0": "math-no-right", "padding-left:1em": "math-gap",
    "border-top": "math-line-top", "border-bottom": "math-line-bottom", "border-left": "math-line-left",
    "border-right": "math-line-right", "width: 100%": "math-wide", "width: 50%": "math-half",
    "margin-left:-0": "math-closer",
}  # fmt: skip
_HUES = ("red", "yellow", "green", "blue", "purple")
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z-]+=\"[^\"<>]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"<>]*)\"")
_UNSEEN = re.compile("[\u2061-\u2064\ufe00-\ufe0f]")
_COLOUR = re.compile(r"color:\s*#([0-9A-Fa-f]{6})")
_COMMAND = re.compile(r'"(\\+[A-Za-z]+\*?|[a-z*]+)"')
_ENVIRONMENTS = re.compile(r"(\\(?:begin|end)\{)(?:split|alignedat|eqnarray\*?)(\})")
_MACROS = {
    "argmin": r"\operatorname*{arg\,min}", "argmax": r"\operatorname*{arg\,max}", "mbox": r"\text{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
}  # fmt: skip


class Unreadable(Exception):
    """Why a formula stands as its TeX: one of our words, and the command that is not known."""

    def __init__(self, words: str, command: str = "") -> None:
        super().__init__(words)
        self.words, self.command = words, command


@lru_cache(maxsize=2_048)
def mathml(tex: str, display: bool) -> str:
    """Raises Unreadable."""
    if len(tex) > MOST:
        raise Unreadable(TOO_LONG)
    try:
        made = _converter().convert_with_local_state(_ENVIRONMENTS.sub(r"\1aligned\2", tex), displaystyle=display)
    except LatexError as error:
        command = _COMMAND.search(str(error))
        raise Unreadable(UNREADABLE, command[1].replace("\\\\", "\\") if command else "") from None
    return _checked(made)


def spoken(tex: str) -> str:
    """A formula in excerpts and quotations: its letters and signs."""
    try:
        return _UNSEEN.sub("", unescape(re.sub(r"<[^>]*>", "", mathml(tex, False))))
    except Unreadable:
        return tex


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False, macros=_MACROS, max_expansions=100, annotation=False)


def _checked(made: str) -> str:
    """The same with what we know in it; text between the tags is escaped anew."""
    parts, place, level = [], 0, 0
    for tag in _TAG.finditer(made):
        parts += [escape(unescape(made[place : tag.start()]), quote=False), _tag(tag)]
        place = tag.end()
        level += -1 if tag[1] else 0 if tag[4] else 1
        if level > MOST_LEVELS:
            raise Unreadable(TOO_LONG)
    return "".join(parts) + escape(unescape(made[place:]), quote=False)


def _tag(tag: re.Match[str]) -> str:
    name = "mrow" if tag[2] == "a" else tag[2]  # a reference to another formula: its words
    if name not in _TAGS:
        raise Unreadable(UNREADABLE)
    if tag[1]:
        return f"</{name}>"
    kept, classes = [], []
    for key, value in _ATTRIBUTE.findall(tag[3]):
        if key == "style":
            classes += _classes(value)
        elif key == "class" and re.fullmatch(_ATTRIBUTES["class"], value):
            classes.append(value)
        elif key in _ATTRIBUTES and re.fullmatch(_ATTRIBUTES[key], value):
            kept.append(f' {key}="{value}"')
    if classes:
        kept.append(f' class="{" ".join(classes)}"')
    return f"<{name}{''.join(kept)}{tag[4]}>" if not tag[4] else f"<{name}{''.join(kept)}></{name}>"


def _classes(style: str) -> list[str]:
    found = [
        name for start, name in _STYLES.items() if any(part.strip().startswith(start) for part in style.split(";"))
    ]
    colour = _COLOUR.match(style)
    return [*found, f"math-{_hue(colour[1])}"] if colour else found


def _hue(colour: str) -> str:
    """The nearest of a few colours that can be read on light and on dark pages."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    high, low = max(red, green, blue), min(red, green, blue)
    if high - low < 40:
        return "grey"
    if high == red:
        turn = (green - blue) / (high - low) % 6
    else:
        turn = 2 + (blue - red) / (high - low) if high == green else 4 + (red - green) / (high - low)
    return _HUES[0 if turn < 0.4 or turn > 5.5 else 1 if turn < 1.3 else 2 if turn < 3 else 3 if turn < 4.4 else 4]
