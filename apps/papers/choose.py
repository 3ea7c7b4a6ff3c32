"""Choose the values of papers anew after something was said about them, and write down where sources disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from apps.papers.chosen import IDS, Chosen, chosen
from apps.papers.disagreements import raise_reviews
from apps.papers.lexicon import Lexicon
from apps.papers.models import Authorship, Paper, PaperLink, PaperName, PaperTitle, Source, Statement
from apps.papers.proposals import close_needless
from apps.papers.word import Word
from apps.vocabulary.folding import fold as fold_name

AT_ONCE = 400  # papers per round: below every database's limit on parameters
Record = Callable[[str, str, int, dict[str, Any] | None], None]
_WRITTEN = (
    "title title_key title_start title_zh title_zh_key summary summary_zh abstract abstract_cut abstract_zh "
    "abstract_zh_cut published precision year arxiv_id arxiv_version doi openreview_id url pdf_url venue venue_raw status metadata key_technique "
    "reading_focus by_machine search_text"
).split()


def choose(paper_ids: Iterable[int], *, lexicon: Lexicon | None = None) -> None:
    """Set every chosen value of these papers from their statements; a constant number of queries per 400 papers."""
    for ids in _chunks(sorted(set(paper_ids))):
        lexicon = lexicon or Lexicon.load()  # for nothing, it would take as long as for twenty papers
        _choose_some(ids, lexicon)


@transaction.atomic
def _choose_some(ids: list[int], lexicon: Lexicon) -> None:
    papers = list(Paper.objects.filter(pk__in=ids).order_by("pk"))
    words = words_about(ids)
    decided = {paper.pk: chosen(words.get(paper.pk, [])) for paper in papers if paper.pk in words}
    papers = [paper for paper in papers if paper.pk in decided]
    lexicon.prepare(decided.values())
    taken = _ids_of_others(papers, decided)
    for paper in papers:
        set_values(paper, decided[paper.pk], lexicon, taken)
        _compare_venues(decided[paper.pk], lexicon)
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(arxiv_id=None, doi=None, openreview_id=None)
    # An upsert: bulk_update builds a CASE for each value of each paper and takes three times as long.
    Paper.objects.bulk_create(
        papers, update_conflicts=True, unique_fields=["pk"], update_fields=_WRITTEN, batch_size=AT_ONCE
    )
    _replace_children(papers, decided, lexicon)
    raise_reviews(papers, decided, taken)
    close_needless(papers, words, lexicon.resolver)


def words_about(ids: list[int]) -> dict[int, list[Word]]:
    """What was said about each of these papers."""
    found: dict[int, list[Word]] = {}
    statements = Statement.objects.filter(paper_id__in=ids).select_related("source").order_by("id")
    for statement in statements:
        found.setdefault(statement.paper_id, []).append(word_of(statement))
    return found


def word_of(statement: Statement) -> Word:
    source = statement.source
    return Word(
        field=statement.field,
        raw=statement.raw,
        rank=Source.RANK[Source.Kind(source.kind)],
        weight=statement.weight,
        cut=statement.cut,
        document=source.document,
        source=source.pk,
        line=statement.line,
        id=statement.pk,
    )


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


def _ids_of_others(papers: list[Paper], decided: dict[int, Chosen]) -> dict[tuple[str, str], int]:
    """(field, id) -> the paper that holds it already: an id belongs to one paper, the second one becomes a question."""
    own = [paper.pk for paper in papers]
    wanted = Q(pk__in=[])
    for name in IDS:
        wanted |= Q(**{f"{name}__in": [v for c in decided.values() if (v := c.values[name])]})
    others = Paper.objects.filter(wanted).exclude(pk__in=own).values_list("pk", *IDS)
    taken = {(name, value): row[0] for row in others for name, value in zip(IDS, row[1:], strict=True) if value}
    claims = [(p, (name, str(value))) for p in papers for name in IDS if (value := decided[p.pk].values[name])]
    # Among these papers it stays with the one that has it, else it goes to the oldest record.
    for paper, (name, value) in sorted(claims, key=lambda claim: getattr(claim[0], claim[1][0]) != claim[1][1]):
        taken.setdefault((name, value), paper.pk)
    return taken


def set_values(paper: Paper, said: Chosen, lexicon: Lexicon, taken: dict[tuple[str, str], int]) -> None:
    for name, value in said.values.items():
        free = name not in IDS or not value or taken[name, str(value)] == paper.pk
        setattr(paper, name, value if free else None)
    paper.by_machine = said.by_machine
    paper.venue, paper.venue_raw, year = lexicon.venue(said.venues)
    paper.year = paper.year or year
    paper.status = paper.status or _status(paper)
    if not paper.arxiv_id:
        paper.metadata = Paper.Metadata.NONE  # what has no arXiv id waits for people alone
    paper.derive(said.names)


def _compare_venues(said: Chosen, lexicon: Lexicon) -> None:
    """Venues can only be compared by what their words mean; a person's word settles it."""
    if not said.venue_is_settled and (different := lexicon.venues_that_differ(said.venues)):
        said.disagree["venue"] = different


def _status(paper: Paper) -> str:
    """Where nobody states it, the venue tells."""
    kind = paper.venue.kind if paper.venue else ""
    if kind in {"conference", "journal", "workshop"}:
        return Paper.Status.PUBLISHED
    return (
        Paper.Status.PREPRINT
        if (paper.arxiv_id and not paper.venue_raw) or kind == "preprint"
        else Paper.Status.UNKNOWN
    )


def _replace_children(papers: list[Paper], decided: dict[int, Chosen], lexicon: Lexicon) -> None:
    """Names, links and the many-to-many relations, written only where they differ."""
    ids = [paper.pk for paper in papers]
    names = [
        PaperName(paper_id=pk, name=name[:200], key=key, position=position)
        for pk, said in decided.items()
        for position, (key, name) in enumerate(_by_key(said.names).items())
        if key
    ]
    links = [
        PaperLink(paper_id=pk, kind=kind, url=url[:1000], label=label[:100], position=position)
        for pk, said in decided.items()
        for position, (kind, url, label) in enumerate(said.links)
        if kind in PaperLink.Kind.values
    ]
    titles = [
        PaperTitle(paper_id=pk, title=title, key=key)
        for pk, said in decided.items()
        for key, title in said.other_titles.items()
    ]
    _sync(PaperTitle, ids, titles, lambda n: (n.paper_id, n.title, n.key))
    _sync(PaperName, ids, names, lambda n: (n.paper_id, n.name, n.position))
    _sync(PaperLink, ids, links, lambda n: (n.paper_id, n.kind, n.url, n.label, n.position))
    _sync_relations(papers, decided, lexicon)


def _by_key(names: list[str]) -> dict[str, str]:
    """The first spelling of each name, in order; keys as long as the column."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold_name(name)[:200], name)
    return found


def _sync_relations(papers: list[Paper], decided: dict[int, Chosen], lexicon: Lexicon) -> None:
    ids = [paper.pk for paper in papers]
    organisations, tags, categories, authors = [], [], [], []
    for pk, said in decided.items():
        organisations += [
            Paper.organisations.through(paper_id=pk, organisation_id=o)
            for o in lexicon.organisations(said.organisations)
        ]
        tags += [Paper.tags.through(paper_id=pk, tag_id=t) for t in lexicon.tags(said.tags)]
        categories += [
            Paper.categories.through(paper_id=pk, arxivcategory_id=c) for c in lexicon.categories(said.categories)
        ]
        authors += [
            Authorship(paper_id=pk, author_id=a, position=n) for n, a in enumerate(lexicon.authors(said.authors), 1)
        ]
    _sync(Paper.organisations.through, ids, organisations, lambda n: (n.paper_id, n.organisation_id))
    _sync(Paper.tags.through, ids, tags, lambda n: (n.paper_id, n.tag_id))
    _sync(Paper.categories.through, ids, categories, lambda n: (n.paper_id, n.arxivcategory_id))
    _sync(Authorship, ids, authors, lambda n: (n.paper_id, n.author_id, n.position))


def _sync(model: Any, paper_ids: list[int], wanted: list[Any], key: Callable[[Any], object]) -> None:
    """Delete what is not wanted, add what is missing; rows that stay keep their ids."""
    missing = {key(row): row for row in wanted}
    stale = []
    for row in model._default_manager.filter(paper_id__in=paper_ids).order_by("pk"):
        if missing.pop(key(row), None) is None:
            stale.append(row.pk)
    for some in _chunks(stale):
        model._default_manager.filter(pk__in=some).delete()
    model._default_manager.bulk_create(missing.values(), batch_size=AT_ONCE)
