"""Bulleted papers of awesome lists: `- **Name**: [Title](url). Authors. *Venue 2023*. [[code](url)]`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apps.exchange.formats import citations, inline, links, paper_rows
from apps.exchange.formats.inline import Anchor, Inline
from apps.exchange.formats.records import Mention, Problem
from apps.papers.dates import parse_date
from apps.papers.identifiers import find
from apps.papers.titles import clean_title

_BULLET = re.compile(r"(\s{0,12})(?:[-*+]|[0-9]{1,4}[.)])[ \t]{1,8}(?:\[[ xX]\][ \t])?(.*)$")
_EMPTY = re.compile(r"[\[(（【]\s{0,3}(?:[,;|/·]\s{0,3}){0,5}[\])）】]")
_YEAR = r"(?:(?:19|20)[0-9]{2}|['’][0-9]{2})"
_VENUE = rf"(?:arXiv|[A-Z][\w&@\-]{{1,25}}(?:[ -][A-Z(][\w&@()\-]{{1,20}}){{0,4}})[ ,]{{0,2}}{_YEAR}(?:,? (?:Oral|Spotlight|Findings|Workshop|Demo))?"
# Without its year an acronym may as well be the name of a method; these are not.
_ACRONYM = (
    "arXiv|bioRxiv|ACL|EMNLP|NAACL|EACL|AACL|COLING|TACL|CoNLL|LREC|ICLR|ICML|NeurIPS|NIPS|COLM|AISTATS|UAI|AAAI|IJCAI|ECAI|KDD|SIGKDD|WWW|TheWebConf|"
    "SIGIR|CIKM|WSDM|RecSys|ECIR|ICTIR|CHIIR|UMAP|ICDE|ICDM|SDM|VLDB|SIGMOD|DASFAA|PAKDD|PKDD|TOIS|TORS|TKDE|TKDD|TIST|TNNLS|TPAMI|TMLR|JMLR|"
    "CVPR|ICCV|ECCV|WACV|BMVC|CHI|CSCW|UIST|IUI|INTERSPEECH|ICASSP|ICRA|IROS|CoRL|RSS|USENIX|NDSS|ICSE|FSE|ASE|ISSTA"
)
_IS_VENUE = re.compile(rf"{_VENUE}$|(?i:{_ACRONYM})(?:[@ -][A-Z]\w{{1,12}})?$")
_IN_WORDS = re.compile(rf"(?:^|[\s,.(\[（])({_VENUE})(?=$|[\s,.;)\]）])")
_LEAD = re.compile(
    r"\s{0,3}[\[(（【]\s{0,3}[*_`]{0,3}([^\[\]()（）*_`【】]{2,40}?)[*_`]{0,3}\s{0,3}[\])）】](?!\()[\s:：,-]{0,4}"
)
_BREAK = re.compile(r"[.\s]{0,5}<br\s{0,3}/?>\s{0,5}(?:<br\s{0,3}/?>\s{0,5}){0,3}", re.IGNORECASE)
_PIECE = re.compile(r"\s{0,3}[*_`]{0,3}([^\[\]()|*_`]{2,40}?)[*_`]{0,3}\s{0,3}[|｜]\s{1,3}(?=\S)")
_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]{2,400})(?:\*\*|__)")
_ITALIC = re.compile(r"(?<![*\w])[*_]([^*_\n]{2,400})[*_](?![*\w])")
_QUOTED = re.compile(r"[\"“]([^\"”]{8,400})[\"”]")
_NAMED = re.compile(r"([A-Z0-9][^\s:：]{0,40}?)\s?[:：]\s{0,3}(?=\S)")
_AROUND = " []()（）【】:：-–—|*._\"“”'"


@dataclass(frozen=True, slots=True)
class Bullet:
    line: int
    text: str


def bullets(lines: Sequence[str], mask: Sequence[bool], start: int, end: int) -> list[Bullet]:
    """The items of all lists within these lines, with the indented lines that go on."""
    found: list[Bullet] = []
    open_item = False
    for i in range(start, end):
        line = lines[i]
        if mask[i] or not line.strip():
            open_item = open_item and not mask[i] and not line.strip()
        elif item := _BULLET.match(line):
            found.append(Bullet(i + 1, item[2]))
            open_item = True
        elif open_item and line[:2].strip() == "" and lines[i - 1].strip() and len(found[-1].text) < 8000:
            found[-1] = Bullet(found[-1].line, f"{found[-1].text} {line.strip()}")
        else:
            open_item = False
    return found


def read(bullet: Bullet) -> tuple[Mention | None, list[Problem]]:
    """The paper of an item; None where the item links to no paper."""
    said: dict[str, str] = {}
    text = _led(_BREAK.sub(". ", bullet.text), said)
    cell = inline.read(text)
    safe = [anchor for anchor in cell.links if links.is_safe(anchor.url)]
    main = _main(safe)
    if main is None:
        return None, []
    noted = paper_rows.dropped(bullet.line, [cell])
    name, title, rest = _linked(text, cell, main) if _is_title(main) else _worded(text, cell)
    if cited := citations.read(_unlinked(cell)):
        name, title, rest = "", cited.title, ""
        said |= {"authors": cited.authors, "year": cited.year}
    identity = paper_rows.joined(find(main.url), paper_rows.of_links(safe)) or find(bullet.text)
    if not title and not identity:
        return None, noted
    _follow(rest, said)
    others = [a for a in safe if a.url != main.url]
    mention = Mention(
        line=bullet.line,
        title=title,
        name=name,
        url=main.url,
        arxiv_id=identity.arxiv_id,
        arxiv_version=identity.arxiv_version,
        doi=identity.doi,
        openreview_id=identity.openreview_id,
        said=said,
        links=tuple(
            dict.fromkeys(paper_rows.as_link(k, a) for a in others if (k := paper_rows.link_kind(a, "")) != "paper")
        ),
    )
    return mention, noted


def write(mention: Mention) -> str:
    """The item that `read` gives back, as far as an item can say it."""
    lead = "".join(f"[{inline.escaped(mention.said[k])}] " for k in ("published", "venue") if k in mention.said)
    name = f"**{inline.escaped(mention.name)}**: " if mention.name else ""
    words = [f"{lead}{name}[{inline.escaped(mention.title)}]({mention.url})."]
    if authors := mention.said.get("authors"):
        words.append(f"*{inline.escaped(authors)}*.")
    words += [f"[{inline.escaped(link.label or link.kind)}]({link.url})" for link in mention.links]
    return "- " + " ".join(words)


def _led(text: str, said: dict[str, str]) -> str:
    """What follows the tags in brackets at the start: a date, a venue."""
    for _ in range(2):
        lead = _LEAD.match(text) or _PIECE.match(text)
        words = lead[1].strip(" .,") if lead else ""
        if lead is None or not (parse_date(words) or _IS_VENUE.match(words)):
            break
        said.setdefault("published" if parse_date(words) else "venue", words)
        text = text[lead.end() :]
    return text


def _main(safe: Sequence[Anchor]) -> Anchor | None:
    for accepts in (find, links.is_paper):
        if named := next((a for a in safe if accepts(a.url)), None):
            return named
    return next((a for a in safe if links.kind_of(a.text, a.url, "other") in ("paper", "pdf")), None)


def _is_title(anchor: Anchor) -> bool:
    return not links.is_generic(anchor.text) and len(anchor.text) > 3 and not anchor.image


def _linked(text: str, cell: Inline, main: Anchor) -> tuple[str, str, str]:
    """Short name, title and what follows, where the title is the link."""
    before = cell.text.partition(main.text)[0]
    name = before.strip(_AROUND)
    start = text.find("](" + main.url)
    rest = text[start + len(main.url) + 3 :] if start >= 0 else ""
    if _IS_VENUE.match(name):
        name, rest = "", f"{name}. {rest}"
    return (name if len(name) <= 60 and len(name.split()) <= 6 else ""), clean_title(main.text), rest


def _worded(text: str, cell: Inline) -> tuple[str, str, str]:
    """Short name, title and what follows, where the links only say "paper": a bold or quoted title, else a sentence."""
    name = ""
    bold = _BOLD.search(text)
    words = inline.plain(bold[1]) if bold else ""
    if bold and (len(words.split()) > 2 or words[:1] in '"“' or re.search(r"\w: \w", words)):
        before = _unlinked(inline.read(text[: bold.start()])).strip(_AROUND)
        return (before if len(before.split()) < 4 else ""), clean_title(words), text[bold.end() :]
    if bold and not inline.plain(text[: bold.start()]).strip(" -"):
        name, text = words.strip(_AROUND), text[bold.end() :].lstrip(" :：.,-–—|")
        cell = inline.read(text)
    plain = _unlinked(cell)
    if quoted := _QUOTED.search(plain):
        before = plain[: quoted.start()].strip(_AROUND + ",")
        return name or (before if len(before.split()) < 4 else ""), clean_title(quoted[1]), plain[quoted.end() :]
    parts = re.split(r"(?<=[\w?!)）])[.。]\s{1,3}(?=[A-Z\u4e00-\u9fff])|\s[|｜]\s", plain, maxsplit=1)
    rest = parts[1] if len(parts) > 1 else ""
    tail = re.search(rf"[,.]\s{{1,3}}({_VENUE})\W{{0,3}}$", parts[0])
    if tail:
        parts[0], rest = parts[0][: tail.start()], f"{tail[1]} {rest}"
    named = _NAMED.match(parts[0])
    if not name and named:
        name = named[1].strip("*_ ")
    return name, clean_title(parts[0]), rest


def _unlinked(cell: Inline) -> str:
    """The words without labels that only say that there is a link."""
    text = cell.text
    for anchor in cell.links:
        if anchor.text and (links.is_generic(anchor.text) or links.kind_of(anchor.text, "", "other") != "other"):
            text = text.replace(anchor.text, "", 1)
    for _ in range(2):
        text = _EMPTY.sub("", text)
    return " ".join(text.split()).rstrip(" |-–/,;")


def _follow(rest: str, said: dict[str, str]) -> None:
    """Venue and authors in what follows the title: in italics, in brackets, or as a sentence of their own."""
    for italic in _ITALIC.finditer(rest):
        words = inline.plain(italic[1]).strip(" .,")
        if _IS_VENUE.match(words):
            said.setdefault("venue", words)
        elif "," in words or " and " in words or "et al" in words:
            said.setdefault("authors", words)
        else:
            continue
        rest = rest.replace(italic[0], " . ", 1)
    plain = _unlinked(inline.read(rest)).lstrip(" .,:：)]")
    if found := _IN_WORDS.search(plain):
        said.setdefault("venue", found[1].strip(" .,"))
        head = plain[: found.start(1)].strip(" ,.([（")
        if re.search(r", | and |et al|、", head) and "." not in head:
            said.setdefault("authors", head)
    authors = re.match(r"([^.。\[\]|*()]{3,400}?)\s?(?:[.。]|,? (?=\())", plain)
    if authors and re.search(r", | and |et al|、", authors[1]) and not _IN_WORDS.search(authors[1]):
        said.setdefault("authors", authors[1].strip(" .,"))
