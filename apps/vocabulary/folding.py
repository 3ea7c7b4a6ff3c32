"""The folding key: two spellings with one key are one name, and no version or size is ever folded away."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0f"))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'})
# Hyphens and dashes of every kind; NFKC leaves most of them as they are.
_SEPARATORS = r"[\s\-_.\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]+"
_PLAIN_SEPARATORS = {k: None for k in range(128) if re.fullmatch(_SEPARATORS, chr(k))}
_BETWEEN_DIGITS = re.compile(rf"[0-9]{_SEPARATORS}[0-9]")
_SEPARATOR_RUN = re.compile(_SEPARATORS)


def fold(text: str) -> str:
    """NFKC, case-folded, without spaces, hyphens, underscores and dots.

    Between two digits a separator says something (OPT-1.3B is not OPT-13B, Gemma-2 7B is not
    Gemma 27B), so there a dot stays and any other run becomes one hyphen.
    """
    if text.isascii() and not _BETWEEN_DIGITS.search(text):  # as most names are
        return text.lower().translate(_PLAIN_SEPARATORS)
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_QUOTES)
    text = unicodedata.normalize("NFKC", text.casefold()).strip()
    return _SEPARATOR_RUN.sub(_keep_between_digits, text)


def _keep_between_digits(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    if start == 0 or end == len(text) or not (text[start - 1].isdigit() and text[end].isdigit()):
        return ""
    return "." if match.group() == "." else "-"
