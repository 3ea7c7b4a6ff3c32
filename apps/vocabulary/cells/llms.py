"""Reading base LLM cells: `GPT-3.5-turbo ,GPT-4,BAIZE`, `ChatGPT/4`, `BART-large and LLaMA-7B`, `175B InstructGPT`."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from apps.vocabulary.cells.pieces import says_nothing, split_keeping, without_markup
from apps.vocabulary.folding import fold

# A slash inside CLIP-B/32 or ViT-L/14 belongs to the name; so does the one of "N/A", which is taken out before.
_SEPARATOR = re.compile(
    r"\s*(?:[,，、;；&＆+＋|]|(?<![-\s][BLHSTGblhstg])/|(?<=[-\s][BLHSTGblhstg])/(?!\s*\d{1,2}\b)|和|与|及|\s+(?:and|or|vs\.?)\s+)\s*"
)
_NOT_STATED = re.compile(r"(?<!\w)N/A(?!\w)", re.IGNORECASE)
_NUMBER = r"(?<!\d)\d{1,5}(?:\.\d{1,3})?"  # longer ones are no size of anything
_NUMBER_SIZE = rf"{_NUMBER}(?:[x×]{_NUMBER})?\s?[BMT](?:-A{_NUMBER}B)?"
_WORD_SIZE = r"small|medium|base|large|xlarge|xxlarge|xl|xxl|huge"
_SIZE = re.compile(rf"(?:{_NUMBER_SIZE}|{_WORD_SIZE})\Z", re.IGNORECASE)
_LEADING_SIZE = re.compile(rf"({_NUMBER_SIZE})[\s\-_]{{1,3}}(?=\D)", re.IGNORECASE)
_INNER_SIZE = re.compile(rf"[\s\-_]{{1,3}}({_NUMBER_SIZE})(?=[\s\-_]|\Z)", re.IGNORECASE)
_LAST_WORD_SIZE = re.compile(rf"[\s\-_]{{1,3}}({_WORD_SIZE})\Z", re.IGNORECASE)
# What stands behind a name and is neither version nor size: the tuned edition, the casing, the dated snapshot.
_EDITION = re.compile(
    r"[\s\-_]{1,3}((?:chat|instruct|instruction|it)(?=[\s\-_]v\d|\Z)"
    r"|(?:hf|uncased|cased|preview|latest|\d{4}-\d{2}-\d{2}|20\d{6}|[01]\d{3}|\d{1,4}k)\Z)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\s\-_]{0,3}[(\[{（【]([^()\[\]{}（）【】]*)[)\]}）】]")
_AND_SO_ON = re.compile(r"(?:等(?:模型|等)?|[\s,]{0,3}\betc\.?|[\s,]{0,3}\bet al\.?)\s?\Z", re.IGNORECASE)
_BARE_VERSION = re.compile(r"v?\d+(?:\.\d+)*o?(?:[\s\-][a-z]+)*\Z", re.IGNORECASE)
_STEM = re.compile(r"(.*?[^\W\d_])[\s\-_]{0,3}v?\d+(?:\.\d+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LLMName:
    """One base LLM as a cell names it; `size` is canonical (7B, large, XL), `remark` holds editions and brackets."""

    raw: str
    name: str
    size: str = ""
    remark: str = ""


def split_llms(cell: str, known: Collection[str] = ()) -> list[LLMName]:
    """The base LLMs of a cell, in order; `known` are folding keys of names that are never taken apart."""
    text = _AND_SO_ON.sub("", _NOT_STATED.sub("", without_markup(cell)))
    names: list[LLMName] = []
    waiting: list[str] = []
    for piece in split_keeping(text, _SEPARATOR, known):
        if says_nothing(piece):
            continue
        if _SIZE.match(piece) and fold(piece) not in known:
            # "LLaMA-7B/13B" repeats the name, "7B/13B LLaMA" has it still to come.
            names.extend([_sized(names[-1], piece)] if names else [])
            waiting.extend([] if names else [piece])
            continue
        read = _read(_with_stem(piece, names), piece, known)
        names.extend(_sized(read[0], size) for size in waiting)
        names.extend(read)
        waiting = []
    return names


def canonical_size(text: str) -> str:
    """7b -> 7B, 1.3 b -> 1.3B, 8×7b -> 8x7B, Large -> large, xl -> XL."""
    size = re.sub(r"\s", "", text)
    if size[:1].isdigit():
        return size.upper().replace("X", "x").replace("×", "x")
    return size.upper() if size.lower() in ("xl", "xxl") else size.lower()


def _sized(name: LLMName, size: str) -> LLMName:
    return LLMName(raw=f"{name.name} {size}", name=name.name, size=canonical_size(size), remark=name.remark)


def _with_stem(piece: str, before: list[LLMName]) -> str:
    """`ChatGPT/4` means GPT-4, `GPT-3.5/4` and `LLaMA-2/3` likewise: a bare version takes the stem before it."""
    if not before or not _BARE_VERSION.match(piece):
        return piece
    name = before[-1].name
    if name.lower().endswith("gpt"):
        return f"GPT-{piece}"
    stem = _STEM.match(name)
    return f"{stem.group(1)}-{piece}" if stem else piece


def _read(text: str, raw: str, known: Collection[str]) -> list[LLMName]:
    """One piece: brackets hold sizes or a remark, the rest is a name with at most one size."""
    if fold(text) in known:
        return [LLMName(raw, text)]
    sizes: list[str] = []
    remarks: list[str] = []
    for content in _BRACKETS.findall(text):
        parts = [part for part in re.split(r"[,，、;/&\s]+|\band\b", content) if part]
        all_sizes = bool(parts) and all(_SIZE.match(part) for part in parts)
        (sizes if all_sizes else remarks).extend(parts if all_sizes else [content.strip()])
    name, size, editions = _name_and_size(_BRACKETS.sub(" ", text).strip(" -_:·"), known)
    if size:  # "Flan-T5-XL (3B)" says one size twice
        sizes, remarks = [size], [*sizes, *remarks]
    remark = " ".join(part for part in [*editions, *remarks] if part)
    return [LLMName(raw, name, canonical_size(one), remark) for one in sizes or [""]]


def _name_and_size(text: str, known: Collection[str]) -> tuple[str, str, list[str]]:
    name, size, editions = text, "", list[str]()
    while fold(name) not in known:
        shorter, found, edition = _one_step(name, has_size=bool(size))
        if shorter == name:
            break
        name, size = shorter, found or size
        editions[:0] = [edition] if edition else []
    return name, size, editions


def _one_step(name: str, *, has_size: bool) -> tuple[str, str, str]:
    """Take one size or one edition off a name: (shorter name, size, edition)."""
    if edition := _EDITION.search(name):
        return name[: edition.start()] + name[edition.end() :], "", edition.group(1)
    if has_size or name.lower().startswith("text-"):
        return name, "", ""
    if leading := _LEADING_SIZE.match(name):
        return name[leading.end() :], leading.group(1), ""
    if inner := _INNER_SIZE.search(name):
        return name[: inner.start()] + name[inner.end() :], inner.group(1), ""
    if word := _LAST_WORD_SIZE.search(name):
        return name[: word.start()], word.group(1), ""
    return name, "", ""
