"""The sentence of every problem, in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.exchange.formats import problems
from apps.exchange.formats.records import Problem

MESSAGES: Final[dict[str, str | Promise]] = {
    problems.EMPTY: _("The file is empty."),
    problems.TOO_LARGE: _("The file is too large: %(size)s bytes, at most %(limit)s are read."),
    problems.ARCHIVE: _("This is an archive or an Office document, not text. Unpack it or save it as text first."),
    problems.BINARY: _("This is a %(kind)s file, not text."),
    problems.UNDECODABLE: _("The text could not be decoded. Save the file as UTF-8 and try again."),
    problems.UNRECOGNISED: _(
        "No known format was recognised: neither a digest, a post, a list of papers nor a table of papers."
    ),
    problems.CRASHED: _(
        "papernotes made a mistake while it read this file. Nothing was written. Please tell whoever looks after this site; the log says more."
    ),
    problems.LIBRARY_NOT_YOURS: _(
        "This is a whole library with notes in other people's names. Ask an administrator to import it."
    ),
    problems.GBK: _("The file is in GBK, not UTF-8. It was read as GBK."),
    problems.BYTES_REPLACED: _("%(count)s characters could not be decoded and were replaced."),
    problems.SURROGATES: _(
        "Some characters were stored in halves; %(count)s of them had no other half and were replaced."
    ),
    problems.CONTROL: _("%(count)s control characters were removed from this line."),
    problems.LONG_LINE: _("A line of %(length)s characters was left out; at most %(limit)s are read."),
    problems.FRONT_MATTER: _("The front matter is not valid %(kind)s. Its plain lines were read as far as possible."),
    problems.REF_TWICE: _("Reference %(ref)s stands here twice. The first one was read."),
    problems.REF_UNTITLED: _("Reference %(ref)s has neither a title nor an identifier."),
    problems.REF_DISAGREES: _(
        "Reference %(ref)s: table and details give a different %(field)s: “%(table)s” and “%(details)s”. The details were used."
    ),
    problems.REF_WITHOUT_DETAILS: _("Reference %(ref)s has a row in the table but no details."),
    problems.REF_WITHOUT_ROW: _("Reference %(ref)s has details but no row in the table."),
    problems.TRANSLATION_FAILED: _(
        "Reference %(ref)s: in the place of %(field)s stands no translation. It was left out."
    ),
    problems.ROW_TWICE: _("This row stands in its section already: “%(text)s”. The first one was read."),
    problems.LINK_LONG: _("A link of %(length)s characters was dropped; at most %(limit)s are kept."),
    problems.TOO_MANY_COLUMNS: _("A table of %(count)s columns was left out; at most %(limit)s are read."),
    problems.EXTRA_CELLS: _("This row has %(count)s cells, the table has %(expected)s columns. The rest was not read."),
    problems.ROW_UNTITLED: _("This row names no paper: “%(text)s”."),
    problems.TABLE_LEFT_OUT: _("This table has arXiv links but no column of titles (%(headers)s). It was left out."),
    problems.LINK_DROPPED: _("A %(scheme)s link was dropped; only web addresses are kept."),
    problems.FIELD_TWICE: _("%(item)s: “%(label)s” stands here twice. The first one was read."),
    problems.FIELD_GLUED: _("%(item)s: “%(label)s” stood in the line of another field and was parted from it."),
    problems.ITEM_UNTITLED: _("%(item)s: neither a title nor an identifier was found."),
    problems.IDENTITIES: _("%(item)s: two identifiers disagree, %(first)s and %(second)s. The first one was used."),
    problems.LIBRARY_HEADER: _("The first line of a library is missing; the others were read."),
    problems.LIBRARY_VERSION: _("This library is of version %(version)s; only version %(known)s can be read here."),
    problems.RECORD_JSON: _("This line is no JSON object."),
    problems.RECORD_TYPE: _("There is no type of line called “%(type)s”."),
    problems.RECORD_FIELD_MISSING: _("%(type)s: “%(field)s” is missing."),
    problems.RECORD_FIELD_UNKNOWN: _("%(type)s: “%(field)s” is not known and was left out."),
    problems.RECORD_VALUE: _("%(type)s: “%(value)s” cannot be the value of “%(field)s”."),
    problems.RECORD_REFERENCE: _("%(type)s: “%(field)s” names “%(value)s”, which is not there."),
    problems.RECORD_TWICE: _("%(type)s: an earlier line says the same. The first one was read."),
    problems.RECORD_PICTURE: _(
        "%(type)s: the bytes of %(sha256)s are not the picture that the line speaks of; it was left out."
    ),
    problems.RECORD_REFUSED: _("The database did not take what this line says. It was left out; the log says more."),
    problems.LINE_ENCODING: _("This line is not in UTF-8. It was left out."),
    problems.CUT_FILE: _("The file ends in the middle, or is damaged here. What stands before it was read."),
    problems.XML_CUT: _("The XML is damaged or incomplete here. What stands before it was read."),
    problems.XML_DECLARES: _("The file holds declarations that arXiv does not use; it was not read further."),
    problems.ARXIV_DELETED: _("arXiv has taken %(id)s away. Nothing was changed here."),
    problems.READ_ELSEWHERE: _("Another process is reading this file."),
    problems.NOT_OF_ARXIV: _(
        "Only files of arXiv's metadata can be narrowed by category and date. This one was not read."
    ),
    problems.MORE_PROBLEMS: _("More problems than these: %(count)s."),
    problems.RECORD_CYCLE: _("%(type)s: “%(value)s” stands below itself; it was read without a parent."),
}


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(problem: Problem) -> str:
    """What went wrong, in words; the code itself where nobody wrote a sentence for it."""
    message = MESSAGES.get(problem.code)
    return str(message) % _Values(problem.values) if message else problem.code


def sentences(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems as an import keeps them, each with its line and its sentence."""
    found = [Problem(p["line"], p["code"], p["values"]) for p in stored]
    return [{"line": p.line, "message": sentence(p)} for p in found]
