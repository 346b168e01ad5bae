"""The differences between two versions of a submission, from their snapshots: rows that came, went or changed."""
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from models.ecalcura.submissions import tables
from models.ecalcura.submissions.snapshot import Content

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# The fields of a row that are compared, by the part to which it belongs; `performances` are compared by kind.
FIELDS = {
    "employee": ("number", "family", "first", "birth", "deceased_on", "reference_date"),
    "contract": ("role", "qualification_label", "statute_label", "start", "until", "hours", "full_time",
                 "acquired_step", "qualification_state"),
    "terms": ("hours", "full_time"),
    "choice": ("kind", "since", "until"),
    "replacement": ("replaced", "hours", "since", "until", "act_on"),
    "irregular_work": ("first", "last"),
    "performance": ("hours",),
    "residents": ("amount",),
}
# The field that tells most of a row that came or went.
MAIN = {"contract": "hours", "terms": "hours", "choice": "kind", "replacement": "hours", "performance": "hours",
        "residents": "amount"}
Key = tuple[Any, ...]


class Change(NamedTuple):
    """A difference: of which employee, in which part (a key of FIELDS), and the field with both values.

    Of a row that came or went it is the field of MAIN, and one of the values is None.

    `row` tells rows of one part apart: a qualification and a first day, a step, a kind of prestaties.
    """

    employee: str
    part: str
    kind: str
    row: tuple[Any, ...]
    field: str = ""
    before: Any = None
    after: Any = None


class _Row(NamedTuple):
    employee: str
    part: str
    label: tuple[Any, ...]
    values: Mapping[str, Any]


def between(old: Content, new: Content) -> list[Change]:
    """Return the differences from the old snapshot to the new one, by employee; those of the desk's data first."""
    before, after = dict(_rows(old)), dict(_rows(new))
    found = [*_of_facility(old, new)]
    for key in sorted(before.keys() | after.keys(), key=_order(before | after)):
        found += _changes(before.get(key), after.get(key))
    return found


def _order(rows: Mapping[Key, _Row]) -> Any:
    return lambda key: (rows[key].employee.casefold(), key[1], list(FIELDS).index(rows[key].part), str(key))


def _of_facility(old: Content, new: Content) -> Iterator[Change]:
    for field in sorted(old["facility"].keys() | new["facility"].keys()):
        values = old["facility"].get(field), new["facility"].get(field)
        if values[0] != values[1]:
            yield Change("", "facility", CHANGED, (), field, *values)
    if old["nothing_to_enter"] != new["nothing_to_enter"]:
        yield Change("", "facility", CHANGED, (), "nothing_to_enter", old["nothing_to_enter"], new["nothing_to_enter"])


def _changes(before: _Row | None, after: _Row | None) -> Iterator[Change]:
    row = after or before
    if row is None:
        return
    if before is None or after is None:
        field = MAIN.get(row.part, "")
        value = row.values.get(field)
        yield Change(row.employee, row.part, ADDED if after else REMOVED, row.label, field,
                     value if before else None, value if after else None)
        return
    for field in FIELDS[row.part]:
        values = before.values.get(field), after.values.get(field)
        if values[0] != values[1]:
            yield Change(row.employee, row.part, CHANGED, row.label, field, *values)


def _rows(content: Content) -> Iterator[tuple[Key, _Row]]:
    """Yield each row with its key: rows with equal keys in two snapshots are the same one."""
    for key, label, measure, amount in tables.resident_counts(content):
        yield ("residents", 0, key, measure), _Row("", "residents", (label, measure), {"amount": amount})
    named = {employee["id"]: tables.name(employee) for employee in content["employees"]}
    for employee in content["employees"]:
        name, own = tables.name(employee), employee["id"]
        yield ("employee", own), _Row(name, "employee", (), employee)
        for choice in employee["choices"]:
            yield ("choice", own, choice["id"]), _Row(name, "choice", (choice["step"],), choice)
        for work in employee["irregular_work"]:
            yield ("irregular_work", own, work["step"]), _Row(name, "irregular_work", (work["step"],), work)
        for contract in employee["contracts"]:
            yield from _of_contract(name, own, contract, named)


def _of_contract(name: str, own: int, contract: Content, named: Mapping[int, str]) -> Iterator[tuple[Key, _Row]]:
    label, key = (contract["qualification_label"], contract["start"]), contract["id"]
    yield ("contract", own, key), _Row(name, "contract", label, contract)
    for terms in contract["terms"]:
        yield ("terms", own, key, terms["since"]), _Row(name, "terms", (*label, terms["since"]), terms)
    for one in contract["replacements"]:
        replaced = tables.POOL if one["replaced"] is None else named.get(one["replaced"], "–")
        yield ("replacement", own, key, one["id"]), _Row(
            name, "replacement", (*label, replaced), {**one, "replaced": replaced})
    for kind, hours in contract["performances"].items():
        yield ("performance", own, key, kind), _Row(name, "performance", (*label, kind), {"hours": hours})
