"""Inline Markdown as words and links: what a cell, a heading or a line says when read, in linear time."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_SPECIAL = re.compile(r"[\[!<`\\]|https?://", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\|*_\[\]#`<>()!~\-.+\"])")
# Marks that were written as text stand aside while emphasis is taken off.
_ASIDE = str.maketrans("*_~", "\ufdd0\ufdd1\ufdd2")
_BACK = str.maketrans("\ufdd0\ufdd1\ufdd2", "*_~")
_AUTOLINK = re.compile(r"<((?:https?://|javascript:|data:|ftp://|mailto:)[^<>\s]{1,4000})>", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\[\]\"'`|，。；、！？（）【】《》“”]{1,4000}", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,200}?href\s{0,3}=\s{0,3}(?:\"([^\"<>]{0,4000})\"|'([^'<>]{0,4000})'|([^\s<>\"']{1,4000}))[^<>]{0,200}>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<img\s[^<>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(src|alt)\s{0,3}=\s{0,3}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,4000}))", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|code|del|details|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|q|s|samp|small|"
    r"span|strong|sub|summary|sup|tbody|td|th|thead|tr|table|tt|u|ul|var|wbr)(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE,
)
_TICKS = re.compile(r"`+")
_BREAK = re.compile(r"<br\s{0,3}/?>|</(?:p|div|li|tr)>", re.IGNORECASE)
_DESTINATION = re.compile(
    r"\s{0,10}(?:<([^<>]{0,4000})>|(\S{0,4000}))(?:\s{1,10}[\"'(].{0,500}[\"')])?\s{0,10}$", re.DOTALL
)
_PROXIED = ("imageUrl", "imageurl", "url", "src", "u", "target")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as read: its words (of an image in it the alternative text), its address, the address of an image in it."""

    text: str
    url: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Inline:
    """The words without marks, and the links and images among them, in order."""

    text: str
    links: tuple[Anchor, ...]
    pictures: tuple[Picture, ...]


class _Reader:
    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.out: list[str] = []
        self.links: list[Anchor] = []
        self.pictures: list[Picture] = []

    def read(self, text: str) -> None:
        closing = pairs(text, "[", "]")
        round_closing = pairs(text, "(", ")")
        at = 0
        while found := _SPECIAL.search(text, at):
            start = found.start()
            self.out.append(_words(text[at:start]))
            at = self._special(text, start, closing, round_closing)
        self.out.append(_words(text[at:]))

    def _special(self, text: str, at: int, closing: dict[int, int], round_closing: dict[int, int]) -> int:
        """Read what begins at `at`; answers where to go on."""
        first = text[at]
        if first == "\\":
            escaped = _ESCAPED.match(text, at)
            self.out.append(escaped[1].translate(_ASIDE) if escaped else "\\")
            return at + (2 if escaped else 1)
        if first == "`":
            return self._code(text, at)
        if first == "<":
            return self._html(text, at)
        if first == "!" or first == "[":
            opening = at + 1 if first == "!" and text.startswith("[", at + 1) else at
            link = destination(text, opening, closing, round_closing) if text[opening] == "[" else None
            if link:
                self._link(text[opening + 1 : closing[opening]], link[0], is_image=opening != at)
                return link[1]
            self.out.append(first)
            return at + 1
        bare = _BARE.match(text, at)
        if bare is None:
            self.out.append(text[at])
            return at + 1
        url = _trimmed(bare[0])
        self.links.append(Anchor(url, url))
        self.out.append(url)
        return at + len(url)

    def _code(self, text: str, at: int) -> int:
        run = len(_TICKS.match(text, at)[0])  # type: ignore[index]
        end = text.find("`" * run, at + run, at + 4000)
        if end < 0:
            self.out.append("`" * run)
            return at + run
        self.out.append(text[at + run : end].strip().translate(_ASIDE))
        return end + run

    def _html(self, text: str, at: int) -> int:
        if auto := _AUTOLINK.match(text, at):
            self.links.append(Anchor(auto[1], auto[1]))
            self.out.append(auto[1])
            return auto.end()
        if opened := _ANCHOR.match(text, at):
            end = text.find("</a>", opened.end(), opened.end() + 4000)
            end = text.find("</A>", opened.end(), opened.end() + 4000) if end < 0 else end
            if end >= 0:
                self._link(
                    text[opened.end() : end], html.unescape(opened[1] or opened[2] or opened[3] or ""), is_image=False
                )
                return end + 4
        if picture := _PICTURE.match(text, at):
            values = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(picture[0])}
            self.pictures.append(Picture(html.unescape(values.get("src", "")), html.unescape(values.get("alt", ""))))
            return picture.end()
        if tag := _TAG.match(text, at):
            self.out.append(" " if _BREAK.match(tag[0]) else "")
            return tag.end()
        self.out.append("<")
        return at + 1

    def _link(self, label: str, url: str, *, is_image: bool) -> None:
        inner = read(label, self.depth + 1)
        if is_image:
            self.pictures.append(Picture(url, inner.text))
            return
        image = inner.pictures[0] if inner.pictures else Picture("", "")
        self.links.append(Anchor(inner.text or image.alt, url, image.url))
        self.pictures.extend(inner.pictures)
        self.out.append(inner.text)


def read(text: str, depth: int = 0) -> Inline:
    """Words, links and images of one line. Images leave no words behind, links their label."""
    if depth > 3:
        return Inline(_words(text), (), ())
    reader = _Reader(depth)
    reader.read(text)
    return Inline(" ".join(_unmarked("".join(reader.out)).split()), tuple(reader.links), tuple(reader.pictures))


def plain(text: str) -> str:
    """Only the words."""
    return read(text).text


def pairs(text: str, left: str, right: str) -> dict[int, int]:
    """Where each bracket is closed; escaped ones are no brackets."""
    stack: list[int] = []
    closed: dict[int, int] = {}
    for found in re.finditer(rf"\\.|[{re.escape(left + right)}]", text, re.DOTALL):
        if found[0] == left:
            stack.append(found.start())
        elif found[0] == right and stack:
            closed[stack.pop()] = found.start()
    return closed


def destination(
    text: str, opening: int, closing: dict[int, int], round_closing: dict[int, int]
) -> tuple[str, int] | None:
    """Address of the link whose label opens here, and where the link ends; None where there is no link."""
    end = closing.get(opening)
    if end is None or not text.startswith("(", end + 1):
        return None
    close = round_closing.get(end + 1)
    if close is None or close - end > 4100:
        close = text.find(")", end + 1, end + 4100)
    found = _DESTINATION.match(text[end + 2 : close]) if close > 0 else None
    if found is None:
        return None
    return _ESCAPED.sub(r"\1", found[1] if found[1] is not None else found[2] or "").strip(), close + 1


def unproxied(url: str) -> str:
    """The address of an image behind a proxy that carries it in its query, else the address itself."""
    try:
        values = parse_qs(urlsplit(url).query)
    except ValueError:
        return url
    for name in _PROXIED:
        for value in values.get(name, []):
            if value.startswith(("http://", "https://")):
                return value
    return url


def escaped(text: str) -> str:
    """Text that reads back as itself in a cell or a label."""
    text = re.sub(r"&(?=#?\w{1,40};)", "&amp;", text)
    text = re.sub(r"\\(?=[\\|*_\[\]#`<>()!~\-.+\"])", r"\\\\", text)
    return re.sub(r"([`*_\[\]|~]|<(?=[a-zA-Z/]))", r"\\\1", text)


def _words(text: str) -> str:
    return html.unescape(text) if "&" in text else text


def _trimmed(url: str) -> str:
    url = url.rstrip(".,;:!?*_")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?*_")
    return url.rstrip("]")


def _unmarked(text: str) -> str:
    """Without the marks of emphasis: `**` and `~~` always, single ones only around words."""
    text = text.replace("**", "").replace("~~", "")
    if "*" in text:
        text = re.sub(r"(?<![\w*\\])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])", r"\1", text)
    if "_" in text:
        text = re.sub(r"(?<![\w\\])(_{1,2})(?=[^\s_])([^_\n]{1,500})(?<=\S)\1(?!\w)", r"\2", text)
    return text.translate(_BACK)
