"""arXiv's query API over the `arxiv` package: one request a call, answers matched by id, nothing mistaken for an answer.

Whoever calls waits for a turn first (one request in three seconds over all processes) and decides when to try again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import arxiv

from apps.harvest.arxiv import atom
from apps.harvest.arxiv.asking import Asked, asked_for
from apps.harvest.arxiv.failures import Broken, Failure, Reason
from apps.harvest.arxiv.records import Answer, Page, Record
from apps.harvest.arxiv.transport import Answered, OneRequest, SecondRequest, Ways, session

MOST = 100  # ids a request; arXiv silently leaves out what is more
_SIGNS = r"[^\w.+-]+"


def fetch(ids: Sequence[str], ways: Ways, heard: Callable[[], None] = lambda: None) -> Answer:
    """What arXiv knows of up to MOST ids in any spelling; `id` and `idv2` are two requests (see asking.batches).
    `heard` is called when something came back, before anybody reads it.

    Raises NoAnswer. Nothing at all is one of its reasons: arXiv now and then answers so for papers that it knows, and
    only OAI-PMH says for certain that there is no such paper (oai.record)."""
    asked, invalid = asked_for(ids)
    if len(asked) > MOST:
        raise ValueError(f"{len(asked)} ids; {MOST} a request")
    if not asked:
        return Answer(invalid=invalid)
    # No limit of the library's own: it would count an entry that came twice, and drop another for it.
    search = arxiv.Search(id_list=[each.key for each in asked], max_results=None)
    seen, records = _ask(search, 0, len(asked), ways, heard)
    return _matched(asked, invalid, seen, records)


def search(
    query: str,
    ways: Ways,
    *,
    start: int = 0,
    most: int = MOST,
    since: datetime | None = None,
    newest_first: bool = True,
) -> Page:
    """One page of what a query finds, by the day of submission. Raises NoAnswer."""
    if since is not None:
        query = f"({query}) AND submittedDate:[{since:%Y%m%d%H%M} TO 299912312359]"
    order = arxiv.SortOrder.Descending if newest_first else arxiv.SortOrder.Ascending
    wanted = arxiv.Search(query, max_results=None, sort_by=arxiv.SortCriterion.SubmittedDate, sort_order=order)
    seen, records = _ask(wanted, start, most, ways)
    problems = len(seen.damaged) + seen.nameless
    if not records and (problems or seen.total > start):
        raise Broken(Reason.BAD_ENTRY if problems else Reason.EMPTY)
    return Page(_once(records), seen.total, start, problems)


def _ask(
    wanted: arxiv.Search, start: int, size: int, ways: Ways, heard: Callable[[], None] = lambda: None
) -> tuple[atom.Sound, list[Record]]:
    """One page, and the library is kept from asking for the next by itself."""
    checked: list[atom.Sound] = []

    def read(answered: Answered) -> bytes:
        heard()
        checked.append(atom.sound(answered.body, answered.headers.get("Content-Type", "")))
        return checked[-1].content

    client = arxiv.Client(page_size=size, delay_seconds=0, num_retries=0)
    client.query_url_format = ways.address + "?{}"
    with session(OneRequest(ways, read)) as client._session:
        records = [atom.record(result) for result in _one_page(client, wanted, start)]
    return checked[0], records


def _one_page(client: arxiv.Client, wanted: arxiv.Search, start: int) -> Iterator[arxiv.Result]:
    try:
        yield from client.results(wanted, offset=start)
    except SecondRequest:
        return


def _once(records: Sequence[Record]) -> tuple[Record, ...]:
    return tuple({record.id: record for record in records}.values())


def _matched(asked: Sequence[Asked], invalid: tuple[str, ...], seen: atom.Sound, records: Sequence[Record]) -> Answer:
    found: dict[str, Record] = {}
    for each in asked:
        fitting = [record for record in records if each.fits(record.id, record.version)]
        if fitting:
            found[each.key] = max(fitting, key=lambda record: record.version)
    absent = [each for each in asked if each.key not in found]
    strays = [record for record in records if not any(each.fits(record.id, record.version) for each in asked)]
    unclear = {each.key: why for each in absent if (why := _why_unclear(each, seen, strays))}
    if not found:
        _refuse_nothing(list(unclear.values()))
    missing = tuple(each.key for each in absent if each.key not in unclear)
    return Answer(found, missing, unclear, invalid)


def _why_unclear(each: Asked, seen: atom.Sound, strays: Sequence[Record]) -> Failure | None:
    """Absent is missing only from an answer in which everything else is in order."""
    if seen.nameless or any(each.fits(identity.arxiv_id, identity.arxiv_version) for identity in seen.damaged):
        return atom.failure(Reason.BAD_ENTRY)
    if strays:
        return atom.failure(Reason.OTHER_PAPER, strays[0].name)
    return None


def _refuse_nothing(unclear: Sequence[Failure]) -> None:
    if unclear:
        raise Broken(unclear[0].reason, unclear[0].said)
    raise Broken(Reason.EMPTY)


def quoted(words: str) -> str:
    """A phrase as the query language takes it: what means something in it is left out."""
    return f'"{" ".join(re.sub(_SIGNS, " ", words).split())}"'
