"""Statements that are compiled once: building a peewee SELECT takes five times as long as running it."""
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import peewee
from peewee import SQL, fn

from models.database import BaseModel, database, is_sqlite

AnyModel = TypeVar("AnyModel", bound=BaseModel)


class _Parameter:
    def __init__(self, name: str) -> None:
        self.name = name


def parameter(name: str) -> peewee.Value:
    """Return a placeholder for a query: each run of the statement gives it a value, by this name."""
    return peewee.Value(_Parameter(name), converter=False, unpack=False)


def among(column: Any, name: str) -> Any:
    """Return the SQL of whether a column is one of the numbers of a parameter, to which `numbers` gives its value."""
    if is_sqlite():
        return column.in_(peewee.Select([fn.json_each(parameter(name))], [SQL("value")]))
    return column == fn.ANY(parameter(name))


def numbers(values: Iterable[int]) -> Any:
    """Return the value of a parameter that is a list of numbers."""
    return str(list(values)) if is_sqlite() else list(values)


class Statement:
    """A query with parameters, which `build` makes; compiled the first time that it runs on a kind of database."""

    def __init__(self, build: Callable[[], peewee.Query]) -> None:
        self.build = build
        self.compiled: dict[type, tuple[str, list[Any]]] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Run the statement with these values for its parameters; return its rows as the database gives them."""
        return database.execute_sql(*self._given(values)).fetchall()

    def first(self, model: type[AnyModel], **values: Any) -> AnyModel | None:
        """Run the statement, which selects all columns of this model; return its first row, or None."""
        rows = self.rows(**values)
        if not rows:
            return None
        found = model(__no_default__=True)
        # Peewee takes four times as long to read one row, for it finds out first which columns there are.
        found.__data__ = {field.name: None if value is None else field.python_value(value)
                          for field, value in zip(model._meta.sorted_fields, rows[0], strict=True)}
        found._dirty.clear()
        return found

    def _given(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        sql, parameters = self._compiled_for(database.obj)
        return sql, [values[one.name] if isinstance(one, _Parameter) else one for one in parameters]

    def _compiled_for(self, real: peewee.Database) -> tuple[str, list[Any]]:
        kind = type(real)
        if kind not in self.compiled:
            self.compiled[kind] = self.build().bind(real).sql()
        return self.compiled[kind]
