"""Which paper an address or a piece of text names: arXiv id, DOI, OpenReview id. The only place that knows these patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Identity:
    """What an address says about its paper; empty where it says nothing."""

    arxiv_id: str = ""
    arxiv_version: int | None = None
    doi: str = ""
    openreview_id: str = ""

    def __bool__(self) -> bool:
        return bool(self.arxiv_id or self.doi or self.openreview_id)


_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
# Four digits after the dot until 1412, five since 1501: `2305.0044` is nobody's id.
_ID = (
    r"(?:(?P<new>(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5})"
    rf"|(?P<archive>{_ARCHIVES})(?:\.[a-z]{{2}})?/(?P<old>(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{{3}}))"
    r"(?:v(?P<version>[1-9][0-9]{0,2}))?(?![0-9])"
)
_BARE = re.compile(rf"{_ID}(?:\.pdf)?$", re.IGNORECASE)
_IN_PATH = re.compile(rf"/(?:[a-z-]{{2,12}}/)?(?:arxiv:)?{_ID}(?:\.pdf|\.ps|\.gz)?/?$", re.IGNORECASE)
_PREFIXED = re.compile(rf"arxiv(?:\s{{0,3}}[:：]\s{{0,3}}|\s{{1,3}}){_ID}", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"^10\.48550/arxiv\.{_ID}", re.IGNORECASE)
_DOI = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}/[!#$%&'()+,\-./0-9:;=?@A-Z_a-z~]{1,300}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}\[\]，。；、（）【】《》]{1,4000}", re.IGNORECASE)
_NO_SCHEME = re.compile(
    r"(?<![\w./@=-])(?:[a-z0-9-]{1,20}\.){0,2}(?:arxiv|ar5iv|alphaxiv|openreview|doi)\.(?:org|net)/[^\s<>\"'|\[\]，。；、（）]{1,500}",
    re.IGNORECASE,
)
_OPENREVIEW_ID = re.compile(r"^[A-Za-z0-9_-]{6,40}$")
_VIEWS = re.compile(
    r"(?:\.pdf|\.html?|/(?:full|abstract|epdf|pdf|meta|html|fulltext|references|summary))$", re.IGNORECASE
)
_TRAILING = ".,;:!?'\"&"
_PASSING = re.compile(
    r"^(?:utm_.*|casa_token|md5|pid|fbclid|gclid|spm|mc_[ce]id|x-amz-.*|signature|expires|key-pair-id|awsaccesskeyid|"
    r"access_token|token|sharing_token|download_token|_hs(?:enc|mi)|via%3dihub)$",
    re.IGNORECASE,
)


LONGEST_URL = 1000  # characters and bytes: what is longer fits neither a column nor an index
_LONGEST_DOI = 200


def find(url_or_text: str) -> Identity:
    """The first identity that an address, or the addresses and prefixes within a text, hold."""
    text = url_or_text.strip()
    if re.match(r"https?://\S+$", text, re.IGNORECASE):
        return _of_address(text)
    for found in _ADDRESS.finditer(text):
        if identity := _of_address(found[0]):
            return identity
    for found in _NO_SCHEME.finditer(text):
        if identity := _of_address("https://" + found[0]):
            return identity
    if prefixed := _PREFIXED.search(text):
        return _arxiv(prefixed)
    return _of_doi(text)


def parse_arxiv(text: str) -> Identity | None:
    """What a person types for an arXiv paper: a bare id, `arXiv:` and an id, or an address; None for anything else."""
    text = text.strip().strip("<>()[].,;").strip()
    if bare := _BARE.match(text):
        return _arxiv(bare)
    if (prefixed := _PREFIXED.match(text)) and prefixed.end() == len(text):
        return _arxiv(prefixed)
    if len(text.split()) != 1:
        return None
    identity = find(text)
    return identity if identity.arxiv_id else None


def arxiv_month(arxiv_id: str) -> tuple[int, int] | None:
    """Year and month in which the id was given out; None for what is no id."""
    found = _BARE.match(arxiv_id.strip())
    if found is None:
        return None
    digits = found["new"] or found["old"]
    year = int(digits[:2])
    return (1900 + year if found["old"] and year > 90 else 2000 + year), int(digits[2:4])


def arxiv_url(arxiv_id: str, version: int | None = None) -> str:
    """The address of the abstract page."""
    return f"https://arxiv.org/abs/{arxiv_id}{f'v{version}' if version else ''}"


def clean_url(url: str) -> str:
    """The address without what only served one visit; "" for what is no http address."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"[\s<>\"\\]", host):
        return ""
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port else host
    query = parts.query
    if any(_PASSING.match(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        query = urlencode([(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if not _PASSING.match(n)])
    address = urlunsplit((parts.scheme.lower(), netloc, parts.path, query, parts.fragment))
    address = re.sub(r"[\s<>\"]", lambda c: f"%{ord(c[0]):02X}" if ord(c[0]) < 128 else "", address)
    return "" if is_too_long(address) else address


def is_too_long(address: str) -> bool:
    return len(address.encode("utf-8", "replace")) > LONGEST_URL


def is_arxiv_host(host: str) -> bool:
    host = host.lower().rstrip(".")
    return (
        host in ("arxiv.org", "ar5iv.org", "www.ar5iv.org", "alphaxiv.org", "www.alphaxiv.org")
        or host.endswith(".arxiv.org")
        or (host.startswith("ar5iv.") and host.count(".") == 1)
    )


def _of_address(url: str) -> Identity:
    try:
        parts = urlsplit(url.rstrip(_TRAILING))
        host = (parts.hostname or "").lower()
    except ValueError:
        return Identity()
    path = unquote(parts.path).rstrip(").,;")
    if is_arxiv_host(host):
        found = _IN_PATH.match(path)
        return _arxiv(found) if found else Identity()
    if host in ("openreview.net", "www.openreview.net", "api.openreview.net"):
        return Identity(openreview_id=_openreview(parts.path, parts.query))
    return _of_doi(unquote(parts.path))


def _openreview(path: str, query: str) -> str:
    if not re.match(r"/(?:forum|pdf|attachment|references/pdf|revisions)/?$", path):
        return ""
    for value in parse_qs(query).get("id", []):
        if _OPENREVIEW_ID.match(value):
            return value
    return ""


def _of_doi(text: str) -> Identity:
    found = _DOI.search(text)
    if found is None:
        return Identity()
    doi = found[0].split("?")[0].split("#")[0]
    while doi and (doi[-1] in _TRAILING or (doi[-1] == ")" and doi.count(")") > doi.count("("))):
        doi = doi[:-1]
    if arxiv := _ARXIV_DOI.match(doi):
        return _arxiv(arxiv)
    doi = _VIEWS.sub("", doi).rstrip("/")
    return Identity(doi=doi.lower()) if "/" in doi and len(doi) <= _LONGEST_DOI else Identity()


def _arxiv(found: re.Match[str]) -> Identity:
    # The class of `math.CA/0611800` is not part of the id: arXiv itself answers with math/0611800.
    arxiv_id = found["new"] or f"{found['archive'].lower()}/{found['old']}"
    return Identity(arxiv_id=arxiv_id, arxiv_version=int(found["version"]) if found["version"] else None)
