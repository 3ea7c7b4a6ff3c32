"""Bytes of an uploaded file as text: decoded once, here, with every repair reported."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass

from apps.exchange.formats import arxiv_atom, arxiv_jsonl, jsonl, problems
from apps.exchange.formats.problems import problem
from apps.exchange.formats.records import Problem

LIMIT = 20 * 1024 * 1024
LONGEST_LINE = 100_000
_MAX_NOTED = 20
_LONG_LINES = (jsonl, arxiv_jsonl, arxiv_atom)
_BINARY = (
    (b"PK\x03\x04", problems.ARCHIVE), (b"PK\x05\x06", problems.ARCHIVE), (b"\x1f\x8b", problems.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", problems.ARCHIVE), (b"Rar!\x1a", problems.ARCHIVE), (b"BZh", problems.ARCHIVE),
    (b"\xfd7zXZ\x00", problems.ARCHIVE), (b"(\xb5/\xfd", problems.ARCHIVE),
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"),
    (b"\xd0\xcf\x11\xe0", "Office"), (b"SQLite format 3\x00", "SQLite"), (b"\x7fELF", "ELF"), (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"), (b"{\\rtf", "RTF"), (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"wOFF", "font"), (b"wOF2", "font"),
)  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# Marks that turn the direction of text hide what a title really says; colours of a terminal come as a sequence.
_CONTROL = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_USUAL = re.compile(r"[\t\n\r -~\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
_HAN = r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]"
_HAN_RUN = re.compile(rf"{_HAN}{{2,}}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, what had to be repaired, and the one reason why there is none."""

    text: str
    problems: tuple[Problem, ...] = ()
    refused: Problem | None = None


def sha256(data: bytes) -> str:
    """The fingerprint by which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes, limit: int = LIMIT) -> Reading:
    """The text with line ends as `\\n`; refused when it is empty, too large, or no text."""
    if len(data) > limit:
        return _refused(problems.TOO_LARGE, size=len(data), limit=limit)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return _refused(problems.EMPTY)
    if (refused := _binary(data)) is not None:
        return refused
    text, noted = _decode(data)
    if text is None:
        return _refused(problems.UNDECODABLE)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, cleaned = _cleaned(text)
    if text.strip("\ufffd \t\n") == "":
        return _refused(problems.EMPTY)
    return Reading(text, (*noted, *cleaned))


def _refused(code: str, **values: object) -> Reading:
    return Reading("", refused=problem(0, code, **values))


def _binary(data: bytes) -> Reading | None:
    """Known kinds of files that are no text, by their first bytes."""
    for start, kind in _BINARY:
        if data.startswith(start) and not (
            len(start) < 4 and data[:200].isascii() and data[:200].decode("ascii").isprintable()
        ):
            return _refused(kind) if kind == problems.ARCHIVE else _refused(problems.BINARY, kind=kind)
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return _refused(problems.BINARY, kind=data[8:12].decode().strip())
    if data[4:8] == b"ftyp":
        return _refused(problems.BINARY, kind="MP4")
    return None


def _decode(data: bytes) -> tuple[str | None, list[Problem]]:
    """The text by its mark, as UTF-8, UTF-16 or GBK, in the order in which mistakes are least likely."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data)
    if "\x00" in text:
        # Text with a few stray zeros stays what it is: Latin UTF-16 has one in every second byte.
        wide = _wide(data) if text.count("\x00") * 5 > len(text) else None
        if wide is not None:
            return wide, []
        if _noise(text):
            return None, []
    return text, []


def _marked(data: bytes, encoding: str) -> tuple[str | None, list[Problem]]:
    if encoding == "utf-8":
        text, noted = _decode(data.removeprefix(codecs.BOM_UTF8))
        return text, noted
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    if bad * 20 > len(text):
        return None, []
    return text, [_replaced(text, problems.BYTES_REPLACED)] if bad else []


def _other(data: bytes) -> tuple[str | None, list[Problem]]:
    """Bytes that are not quite UTF-8, or something else."""
    if b"\x00" in data[:100_000] and (wide := _wide(data)) is not None:
        return wide, []
    if (joined := _surrogates(data)) is not None:
        return joined
    replaced = data.decode("utf-8", "replace")
    bad, good = replaced.count("\ufffd"), sum(1 for c in replaced if c > "\x7f" and c != "\ufffd")
    if good >= 10 * bad and not _noise(replaced):
        return replaced, [_replaced(replaced, problems.BYTES_REPLACED)]
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return _cut_gbk(data)
    return (text, [problem(1, problems.GBK)]) if _is_chinese(text) else (None, [])


def _cut_gbk(data: bytes) -> tuple[str | None, list[Problem]]:
    """GBK whose last letter was cut in half."""
    for end in (1, 2, 3):
        try:
            text = data[:-end].decode("gb18030")
        except UnicodeDecodeError:
            continue
        return (text, [problem(1, problems.GBK)]) if _is_chinese(text) else (None, [])
    return None, []


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: as such it must read as usual letters throughout."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data[: len(data) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:20_000]
        if sample and len(_USUAL.findall(sample)) >= 0.95 * len(sample):
            return text
    return None


def _surrogates(data: bytes) -> tuple[str, list[Problem]] | None:
    """UTF-8 with halves of letters (CESU-8): pairs are joined, lone ones replaced."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined, [_replaced(joined, problems.SURROGATES)] if "\ufffd" in joined else [
        problem(1, problems.SURROGATES, count=0)
    ]


def _replaced(text: str, code: str) -> Problem:
    at = text.index("\ufffd")
    return problem(text.count("\n", 0, at) + 1, code, count=text.count("\ufffd"))


def _noise(text: str) -> bool:
    """Whether there is more in it than text ever has of what text has not."""
    sample = text[:100_000]
    return len(_CONTROL.findall(sample)) > max(8, len(sample) // 20)


def _is_chinese(text: str) -> bool:
    """Whether the letters beyond ASCII are mostly Han that stands together, as in Chinese and not in a lucky mistake."""
    sample = text[:200_000]
    beyond = sum(1 for c in sample if c > "\x7f")
    together = sum(len(run) for run in _HAN_RUN.findall(sample))
    return beyond > 0 and together >= 0.6 * beyond


def _cleaned(text: str) -> tuple[str, list[Problem]]:
    """Without control characters and endless lines; what was removed is named by its line."""
    noted: list[Problem] = []
    # Such lines hold whole notes or answers; their own readers refuse what is wrong with one.
    longest = len(text) if any(form.looks_like(text) for form in _LONG_LINES) else LONGEST_LINE
    if not _CONTROL.search(text) and len(text) <= longest:
        return text, noted
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if len(line) > longest:
            noted.append(problem(i + 1, problems.LONG_LINE, length=len(line), limit=longest))
            lines[i] = ""
        elif _CONTROL.search(line):
            lines[i], count = _CONTROL.subn("", line)
            noted.append(problem(i + 1, problems.CONTROL, count=count))
    return "\n".join(lines), noted[:_MAX_NOTED] if len(noted) > 5 * _MAX_NOTED else noted
