"""Importing as the command line does it, and two looks at what came of it: everything, and everything by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model

from apps.exchange import services
from apps.exchange.models import ImportJob
from apps.papers.models import Paper

ROOMS = ("papers", "notes", "lists", "vocabulary")
# Ids and times that say nothing: rows that are made anew from statements get new ones.
_PASSING = {"changed", "at"}
_KEEP_IDS = {"paper", "source", "note", "readinglist", "categorytable", "section", "classification"}


def seed(seeds: Path, number: str) -> tuple[str, bytes]:
    path = next(seeds.glob(f"{number}_*.txt"))
    return path.name, path.read_bytes()


def take(*files: tuple[str, bytes | str], user: User | None = None) -> list[ImportJob]:
    """Preview only."""
    ready = [(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    return services.take_in(files=ready, user=user)


def bring(*files: tuple[str, bytes | str], user: User | None = None) -> list[ImportJob]:
    """Preview and apply, one file after the other."""
    jobs = []
    for file in files:
        job = take(file, user=user)[0]
        assert job.state == ImportJob.State.PREVIEW, job.problems
        services.apply_now(job=job)
        jobs.append(job)
    return jobs


def dump(*, ids: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that an import may write to; with `ids` down to the last number."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in ROOMS and not model._meta.model_name.startswith("historical"):  # type: ignore[union-attr]
            found[model._meta.label_lower] = _rows(model, ids)
    return found


def _rows(model: type[Model], ids: bool) -> list[tuple[Any, ...]]:
    fields = [f.attname for f in model._meta.concrete_fields if ids or f.name not in _PASSING]
    if not ids and model._meta.model_name not in _KEEP_IDS:
        fields.remove(model._meta.pk.attname)  # type: ignore[union-attr]
    rows = model._base_manager.values_list(*fields)
    return sorted((tuple(zip(fields, map(_plain, row), strict=True)) for row in rows), key=repr)


def _plain(value: Any) -> Any:
    return repr(value) if isinstance(value, (dict, list)) else value


def differences(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, Any]:
    """What is only in one of two dumps, for an assertion that says what is wrong."""
    found = {}
    for name in before.keys() | after.keys():
        old, new = before.get(name, []), after.get(name, [])
        gone, come = [r for r in old if r not in new], [r for r in new if r not in old]
        if gone or come or len(old) != len(new):
            found[name] = {"gone": gone[:3], "come": come[:3]}
    return found


def by_name(paper: Paper) -> str:
    return paper.arxiv_id or paper.title_key


def facts() -> dict[str, Any]:
    """The library without a single number of its own: two libraries that hold the same have equal facts."""
    return {
        "papers": sorted((_paper(paper) for paper in Paper.objects.all()), key=repr),
        "lists": sorted(_lists(), key=repr),
        "tables": sorted(_tables(), key=repr),
        "notes": sorted(_notes(), key=repr),
    }


def _paper(paper: Paper) -> dict[str, Any]:
    plain = ("uid", "id", "venue", "added", "changed", "search_text")
    values = {f.name: str(getattr(paper, f.name)) for f in paper._meta.concrete_fields if f.name not in plain}
    return values | {
        "venue": str(paper.venue),
        "names": _sorted(paper.names.values_list("name", flat=True)),
        "links": _sorted(paper.links.values_list("kind", "url", "label")),
        "organisations": _sorted(paper.organisations.values_list("name", flat=True)),
        "tags": _sorted(paper.tags.values_list("name", flat=True)),
        "categories": _sorted(paper.categories.values_list("name", flat=True)),
        "said": _sorted(paper.statements.values_list("source__document", "field", "raw", "cut", "weight", "line")),
        "reviews": _sorted(paper.reviews.values_list("kind", "reason", "field", "state")),
    }


def _lists() -> Iterable[Any]:
    for each in apps.get_model("lists.ReadingList").objects.all():
        entries = [
            (by_name(e.paper), e.name, e.remark, e.announce_type, e.version)
            for e in each.entries.select_related("paper")
        ]
        # The title of a digest tells it from others of its day, so it depends on which came first.
        title = "" if each.kind == "digest" else each.title
        yield each.kind, title, each.category, each.byline, each.description, entries


def _tables() -> Iterable[Any]:
    for section in apps.get_model("papers.Section").objects.select_related("table", "tuning"):
        rows = section.rows.select_related("paper", "tuning").prefetch_related("row_llms__llm")
        yield (
            section.table.title,
            section.title,
            section.path,
            str(section.tuning),
            [
                (by_name(r.paper), r.name, str(r.tuning), r.cells, [(str(p.llm), p.remark) for p in r.row_llms.all()])
                for r in rows
            ],
        )


def _notes() -> Iterable[Any]:
    for note in apps.get_model("notes.Note").objects.all():
        yield note.title, note.body, note.position, _sorted(by_name(paper) for paper in note.papers.all())


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=repr)
