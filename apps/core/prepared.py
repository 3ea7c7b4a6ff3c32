"""Questions to the database that hot pages ask: their SQL is made once, for making it costs more than the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Given = int | str | list[int] | list[str]
_LARGEST = 2**63 - 1
_MARK = 4_600_000_000_000_000_000  # no id of ours; stands in the SQL for what is given


class Prepared(Generic[Row]):
    """Asked like a function: `links_of = Prepared(lambda paper: PaperLink.objects.filter(paper=paper))`, `links_of(7)`.

    `ask` is called once, with something that stands for each value. So it may not look at its values (an id that may be
    None takes two questions), and what else it reads (the clock, a person, a setting) stays what it was then. A list
    goes through `among` or `among_texts`; nothing is prefetched. A number that no
    column holds finds nothing.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self._ask = ask
        self._made: dict[str, _Statement] = {}

    def __call__(self, *given: Given) -> list[Row]:
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in given):
            return []
        made = self._made.get(connection.vendor)
        if made is None:
            made = self._made[connection.vendor] = _statement(self._ask, given)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, made.bound(given))
            rows = cursor.fetchall()
        return list(made.results(rows))

    def one(self, *given: Given) -> Row | None:
        return next(iter(self(*given)), None)


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    params: tuple[Any, ...]
    places: dict[int, int]  # of a parameter: which value is given there
    compiler: SQLCompiler
    of_models: bool
    converters: list[tuple[int, tuple[list[Callable[..., Any]], Any]]]

    def bound(self, given: tuple[Given, ...]) -> list[Any]:
        params = list(self.params)
        for place, number in self.places.items():
            value = given[number]
            params[place] = json.dumps(value) if isinstance(value, list) else value
        return params

    def results(self, rows: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
        if self.converters:
            rows = [self._converted(row) for row in rows]
        return _instances(self.compiler, rows) if self.of_models else rows

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self.converters:
            for converter in converters:
                values[place] = converter(values[place], expression, connection)
        return tuple(values)


def _statement(ask: Callable[..., QuerySet[Any, Any]], given: tuple[Given, ...]) -> _Statement:
    marks = [_mark(value, number) for number, value in enumerate(given)]
    asked = ask(*marks)
    compiler = asked.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    found = [json.dumps(mark) if isinstance(mark, list) else mark for mark in marks]
    places = {place: found.index(param) for place, param in enumerate(params) if param in found}
    if set(places.values()) != set(range(len(given))):
        raise ValueError("something that is given does not stand in the SQL")
    columns = [column for column, _sql, _alias in compiler.select]
    converters = list(compiler.get_converters(columns).items())
    return _Statement(
        sql, tuple(params), places, compiler, issubclass(asked._iterable_class, ModelIterable), converters
    )


def _mark(value: Given, number: int) -> Given:
    if isinstance(value, list):
        return [_MARK + number]
    return _MARK + number if isinstance(value, int) else str(_MARK + number)


def _instances(compiler: SQLCompiler, rows: Iterable[tuple[Any, ...]]) -> Iterator[Model]:
    """As a queryset makes them."""
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[first:last]]
    related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
    for row in rows:
        instance: Model = info["model"].from_db(connection.alias, names, row[first:last])
        for populator in related:
            populator.populate(row, instance)
        for name, place in compiler.annotation_col_map.items():
            setattr(instance, name, row[place])
        yield instance
