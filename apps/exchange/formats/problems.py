"""Every code a problem can have, with the values its sentence speaks of. The sentences stand in `exchange.messages`.

Values are strings; `line` is not among them, for a problem carries its own.
"""

from __future__ import annotations

from typing import Final

from apps.exchange.formats.records import Problem

# The file as a whole: no text, no known format, or a mistake of ours.
EMPTY: Final = "file-empty"
TOO_LARGE: Final = "file-too-large"  # size, limit (bytes)
ARCHIVE: Final = "file-archive"
BINARY: Final = "file-binary"  # kind
UNDECODABLE: Final = "file-undecodable"
UNRECOGNISED: Final = "file-unrecognised"
LIBRARY_NOT_YOURS: Final = "library-not-yours"
CRASHED: Final = "file-crashed"
# The file was read, not all of it.
GBK: Final = "encoding-gbk"
BYTES_REPLACED: Final = "bytes-replaced"  # count
SURROGATES: Final = "surrogates-replaced"  # count
CONTROL: Final = "control-removed"  # count
LONG_LINE: Final = "line-too-long"  # length, limit (characters)
# Front matter of a post.
FRONT_MATTER: Final = "front-matter-invalid"  # kind (YAML, TOML)
# Digests.
REF_TWICE: Final = "ref-twice"  # ref
REF_UNTITLED: Final = "ref-untitled"  # ref
REF_DISAGREES: Final = "ref-disagrees"  # ref, field, table, details
REF_WITHOUT_DETAILS: Final = "ref-without-details"  # ref
TRANSLATION_FAILED: Final = "translation-failed"  # ref, field
REF_WITHOUT_ROW: Final = "ref-without-row"  # ref
# Tables and lists of papers.
ROW_TWICE: Final = "row-twice"  # text
LINK_LONG: Final = "link-too-long"  # length, limit
TOO_MANY_COLUMNS: Final = "table-too-wide"  # count, limit
EXTRA_CELLS: Final = "row-extra-cells"  # count, expected
ROW_UNTITLED: Final = "row-untitled"  # text
TABLE_LEFT_OUT: Final = "table-left-out"  # headers
LINK_DROPPED: Final = "link-dropped"  # scheme
# Lists of papers with labelled fields.
FIELD_TWICE: Final = "field-twice"  # label, item
FIELD_GLUED: Final = "field-glued"  # label, item
ITEM_UNTITLED: Final = "item-untitled"  # item
IDENTITIES: Final = "identities-disagree"  # item, first, second
# Lines of a library (JSON), and what they say of each other.
LIBRARY_HEADER: Final = "library-header-missing"
LIBRARY_VERSION: Final = "library-version"  # version, known
RECORD_JSON: Final = "record-not-json"
RECORD_TYPE: Final = "record-type-unknown"  # type
RECORD_FIELD_MISSING: Final = "record-field-missing"  # type, field
RECORD_FIELD_UNKNOWN: Final = "record-field-unknown"  # type, field
RECORD_VALUE: Final = "record-value-wrong"  # type, field, value
RECORD_REFERENCE: Final = "record-reference-unknown"  # type, field, value
RECORD_TWICE: Final = "record-twice"  # type
RECORD_PICTURE: Final = "record-picture-wrong"  # type, sha256
RECORD_CYCLE: Final = "record-cycle"  # type, value
RECORD_REFUSED: Final = "record-refused"
# Files of arXiv's, and those that are read in pieces.
LINE_ENCODING: Final = "line-encoding"
CUT_FILE: Final = "file-cut"
XML_CUT: Final = "xml-cut"
XML_DECLARES: Final = "xml-declares"
ARXIV_DELETED: Final = "arxiv-deleted"  # id
READ_ELSEWHERE: Final = "file-read-elsewhere"
NOT_OF_ARXIV: Final = "file-not-of-arxiv"
MORE_PROBLEMS: Final = "more-problems"  # count

CODES: Final = tuple(sorted(v for k, v in list(globals().items()) if k.isupper() and isinstance(v, str)))


def problem(line: int, code: str, **values: object) -> Problem:
    """A problem with its values shortened: they are shown in one line."""
    return Problem(line, code, {name: _short(str(value)) for name, value in values.items()})


def _short(value: str) -> str:
    # JSON can spell half a letter, which no page and no database can hold.
    value = " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
    return value if len(value) <= 120 else value[:119] + "…"
