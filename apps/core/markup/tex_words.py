"""What LaTeX commands say outside of formulas, as far as abstracts use them."""

from __future__ import annotations

import re
import unicodedata

# \textbf{…}: the tag around its words; "" where they stand as they are.
AROUND = {
    "textbf": "strong", "mathbf": "strong", "emph": "em", "textit": "em", "textsl": "em", "mathit": "em",
    "texttt": "code", "mathtt": "code", "textsuperscript": "sup", "textsubscript": "", "textsc": "", "textrm": "",
    "textsf": "", "textnormal": "", "textmd": "", "textup": "", "text": "", "mathrm": "", "mathsf": "", "mathcal": "",
    "mbox": "", "hbox": "", "underline": "", "uline": "", "uppercase": "", "ensuremath": "",
}  # fmt: skip
# {\bf …}: the same up to the end of the group.
FROM_HERE = {
    "bf": "strong", "bfseries": "strong", "it": "em", "itshape": "em", "em": "em", "sl": "em", "tt": "code",
    "ttfamily": "code", "sc": "", "scshape": "", "rm": "", "sf": "", "small": "", "large": "", "Large": "",
    "normalsize": "", "footnotesize": "",
}  # fmt: skip
LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "ss": "ß", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
SIGNS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "S": "§",
    "P": "¶", "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "euro": "€", "texteuro": "€", "textdegree": "°", "degree": "°", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textunderscore": "_", "textdollar": "$", "textpercent": "%", "textbar": "|",
    "textless": "<", "textgreater": ">", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textmu": "µ", "textrightarrow": "→",
    "dag": "†", "ddag": "‡", "quad": " ", "qquad": " ", "thinspace": " ", "enspace": " ", "space": " ", "slash": "/",
    "par": "\n", "newline": "\n", "linebreak": "\n", "item": "\n• ", "lbrace": "{", "rbrace": "}", "eg": "e.g.", "ie": "i.e.",
    "noindent": "", "xspace": "", "protect": "", "relax": "", "centering": "", "smallskip": "", "medskip": "",
    "bigskip": "", "maketitle": "", "left": "", "right": "", "displaystyle": "", "nolinebreak": "", "sloppy": "",
}  # fmt: skip
SYMBOLS = {
    "%": "%", "&": "&", "_": "_", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", ",": "\u2009", ";": " ",
    ":": " ", "!": "", "/": "", "-": "", "\\": "\n", "@": "", "'": "'", '"': '"', "`": "`", "^": "^", "~": "~",
    "*": "*", "<": "<", ">": ">", "|": "|", ".": ".", "=": "=", "?": "?", "[": "[", "]": "]", "(": "(", ")": ")", "+": "+",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ITS_LETTER = re.compile(r"[A-Za-z]")


def accented(accent: str, letter: str) -> str:
    r"""One letter with its accent (`\'` and `e`, `{e}` or `{\i}`); "" where there is no such letter."""
    found = _ITS_LETTER.search(letter)
    if found is None:
        return ""
    made = unicodedata.normalize("NFC", found[0] + _ACCENTS[accent])
    return made if len(made) == 1 else ""
