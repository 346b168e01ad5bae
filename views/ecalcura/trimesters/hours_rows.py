"""The rows of the grid of prestaties as the page shows them: each value in its words, and the state of each row."""
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from models.ecalcura.contracts import lists
from models.ecalcura.errors import CODES, EcalcuraCode
from models.ecalcura.performances import changed
from models.ecalcura.performances.hours import written
from models.ecalcura.performances.needed import REPLACEMENT
from models.errors import Refused, Stale
from views.ecalcura.trimesters import hours_form
from views.ecalcura.words import family_first
from views.shell import filters
from views.shell.messages import message

DONE, TODO, WRONG = "done", "todo", "wrong"
SAVED, FILL_IN = "opgeslagen", "vul in"
CHANGED = "door een collega gewijzigd"
# The codes of checks that are no refusal of a model.
MISSING, STALE = "V21", "V32"
MOST_NAMES = 2


class Cell(NamedTuple):
    """A cell to type in: the code of its kind, the name of its field, its text, and whether it is wrong."""

    kind: str
    name: str
    text: str
    is_wrong: bool


class Shown(NamedTuple):
    """A row of the grid. `look`, `words` and `code` are its state; `kept` has the hours that a colleague saved."""

    id: int
    name: str
    number: str
    role: str
    about: str
    hours: str
    full_time: str
    cells: list
    was: str
    look: str
    words: str
    code: str
    kept: str
    is_saved: bool


def shown(row, trimester, outcome=None):
    """A row of the grid, as it was typed, with the reason, if `outcome` has it among its refused rows."""
    typed, why = outcome.refused.get(row.contract_id, (None, None)) if outcome else (None, None)
    look, words, code = _refusal(row, why) if why else _state(row)
    stored = row.stored.hours
    texts = typed.texts_over(row.stored) if typed else {
        kind: written(stored.get(kind)) for kind in lists.performance_kinds()}
    wrong = _wrong(typed, why, texts) if why else ()
    contract, need = row.contract_id, row.need
    return Shown(
        id=contract, name=family_first(row.person), number=row.number, role=_role(row), about=_about(row),
        hours=_rounded(need.mean(trimester.days)), full_time=_rounded(need.full_time_part(trimester.days) * 100),
        cells=[Cell(kind, hours_form.field(contract, kind), text, kind in wrong) for kind, text in texts.items()],
        was=hours_form.was(row.stored), look=look, words=words, code=code,
        kept=_kept(row) if isinstance(why, Stale) else "", is_saved=why is None)


def sums(rows, trimester):
    """The sums below the grid: hours a week, FTE, and kind → the stored hours."""
    whole, part = Fraction(), Fraction()
    for row in rows:
        whole += row.need.mean(trimester.days)
        part += row.need.full_time_part(trimester.days)
    return _rounded(whole), _rounded(part * 100), {
        kind: _rounded(sum(row.stored.hours.get(kind, 0) for row in rows)) for kind in lists.performance_kinds()}


def stored_sums(facility, trimester):
    """Kind → all stored hours of a facility in a trimester."""
    found = changed.sums(facility, trimester)
    return {kind: _rounded(found.get(kind, 0)) for kind in lists.performance_kinds()}


def _rounded(hundredths):
    return filters.exact(Decimal(round(hundredths)).scaleb(-2))


def _role(row):
    return "vervanger" if row.need.contract.role == REPLACEMENT else "premie" if row.need.step else "geen premie"


def _about(row):
    known = lists.qualifications().get(row.need.contract.qualification)
    label = known.label if known else row.need.contract.qualification
    if row.need.contract.role != REPLACEMENT:
        return f"{label} · stap {row.need.step}" if row.need.step else label
    names = [family_first(person) for person in row.replaces]
    if len(names) > MOST_NAMES:
        names = [*names[:MOST_NAMES], f"nog {len(names) - MOST_NAMES}"]
    return f"{label} · voor {' en '.join(names)}" if names else f"{label} · pool"


def _state(row):
    if not row.need.is_needed:
        return WRONG, *_of(Refused(EcalcuraCode.PERFORMANCE_NOT_NEEDED), row)
    if row.is_missing:
        return TODO, FILL_IN, MISSING
    return (TODO, *_of(Refused(EcalcuraCode.PERFORMANCE_HOURS), row)) if row.is_above else (DONE, SAVED, "")


def _refusal(row, why):
    if isinstance(why, Stale):
        return WRONG, CHANGED, STALE
    words, code = _of(why, row)
    return WRONG, f"fout: {words}", code


def _of(why, row):
    """The words and the V code of a refusal of a row."""
    return message(why, maximum=written(row.need.most)), CODES.get(why.code, "")


def _wrong(typed, why, texts):
    """The kinds of the cells that are wrong: those that cannot be read, else each one with hours."""
    return typed.unreadable if typed.unreadable else () if isinstance(why, Stale) else [
        kind for kind, text in texts.items() if text]


def _kept(row):
    return " · ".join(written(row.stored.hours.get(kind)) or "leeg" for kind in lists.performance_kinds())
