"""Papers that nothing speaks of and nothing hangs on any more."""

from __future__ import annotations

from collections.abc import Iterable

from apps.papers.merges import relations
from apps.papers.models import Paper, Review, Source, Statement

AT_ONCE = 400


def delete_bare(paper_ids: Iterable[int]) -> set[int]:
    """Delete those of these papers without statements, notes, rows, entries, states or shares; which stayed?

    What only answers to the paper's being here (arXiv's word, a machine's, what says how a fetch stands) keeps none:
    models of that kind say so with `follows_its_paper`.
    """
    ids = sorted(set(paper_ids))
    kept: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        held: set[int] = set()
        for field in relations():
            if field.model is not Review and not getattr(field.model, "follows_its_paper", False):
                rows = field.model._base_manager.filter(**{f"{field.attname}__in": some})
                if field.model is Statement:
                    rows = rows.exclude(source__kind__in=Source.ANSWERING)
                held |= set(rows.values_list(field.attname, flat=True))
        Paper.objects.filter(pk__in=set(some) - held).delete()
        # What an import made and undo took back leaves no history: the log of the import itself stays.
        Paper.history.filter(id__in=set(some) - held).delete()
        kept |= held
    return kept
