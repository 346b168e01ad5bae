"""Making a calculation of all facilities that submitted a trimester: from counted submissions, in one transaction."""
import hashlib
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import peewee

from models.audit import Actor, record
from models.database import database, is_sqlite, transaction
from models.ecalcura.calculations import formula
from models.ecalcura.calculations.calculations import Calculation, Result, final_ids, formers
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.formula import DEFINITIVE, REVISION, Prices
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.calculations.quantities import FORMULA_VERSION
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds as facility_kinds
from models.ecalcura.submissions.snapshot import Content, canonical_bytes
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile
from models.errors import Refused

OnProgress = Callable[[float], object]
Row = tuple[Any, ...]


# As many results as a calculation has: building each row with peewee took a third of the time.
INSERT = """
    INSERT INTO calculation_result (
      calculation_id, facility_id, formula_version, submission_id, former_id, exempt, replaced, financed, surplus,
      premium, amount, sha256, content)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


class Candidate(NamedTuple):
    """A facility, and its submission that would be in a calculation: id, number and hash of the snapshot."""

    facility_id: int
    hco: str
    agreement: str | None
    submission_id: int
    number: int
    sha256: str


class Candidates(NamedTuple):
    """Those in a calculation, and those left out until the other facility of their agreement submits too.

    `lacking`: the number of an agreement → the HCO number of that other facility.
    """

    ready: list[Candidate]
    waiting: list[Candidate]
    lacking: dict[str, str]


def states_for(kind: str) -> tuple[str, ...]:
    """Return the states of a trimester file that a calculation of this kind takes."""
    return (SUBMITTED, CLOSED) if kind == REVISION else (SUBMITTED,)


def submitted_trimesters() -> list[Trimester]:
    """Return the trimesters that a facility has submitted, the newest first."""
    files = TrimesterFile.select(TrimesterFile.trimester).where(TrimesterFile.state.in_((SUBMITTED, CLOSED)))
    return list(Trimester.select().where(Trimester.id.in_(files)).order_by(Trimester.first.desc()))


def candidates(kind: str, trimester: Trimester, kinds: Collection[str]) -> Candidates:
    """Return the facilities of these kinds that a calculation would be of, by HCO number.

    A revision is of those with a definitive calculation, the others of those without. The facilities of a rehab
    agreement are calculated together.
    """
    rows: Any = (TrimesterFile.select(Facility.id, Facility.hco, Facility.agreement, Submission.id, Submission.number,
                                      Submission.sha256)
                 .join(Facility, on=Facility.id == TrimesterFile.facility_id)
                 .switch(TrimesterFile).join(Submission)
                 .where(TrimesterFile.trimester == trimester.id, TrimesterFile.state.in_(states_for(kind)),
                        Facility.kind.in_(list(kinds)), Facility.under == "")
                 .order_by(Facility.hco, Submission.number).tuples())
    final = final_ids(trimester)
    # The last version of each stays.
    found = {row[0]: Candidate(*row) for row in rows if (row[0] in final) == (kind == REVISION)}
    waits_for = Facility.id.in_(list(final)) if kind == REVISION else Facility.id.not_in(list(final))
    lacking = _agreements_lacking(found, trimester, waits_for)
    return Candidates([one for one in found.values() if one.agreement not in lacking],
                      [one for one in found.values() if one.agreement in lacking], lacking)


def _agreements_lacking(facility_ids: Collection[int], trimester: Trimester, waits_for: Any) -> dict[str, str]:
    """Return agreement → HCO number of a facility that is not among these, and that a calculation waits for.

    It does not wait for one that had merged before the trimester, or that was recognised on no day of it.
    """
    others = Facility.select(Facility.agreement, Facility.hco).where(
        Facility.agreement.is_null(False), Facility.id.not_in(list(facility_ids)), waits_for,
        Facility.merged_on.is_null() | (Facility.merged_on > trimester.first),
        Facility.since.is_null() | (Facility.since <= trimester.last),
        Facility.until.is_null() | (Facility.until >= trimester.first))
    return dict(others.tuples())


class Waiting(NamedTuple):
    """A facility that submitted a trimester, and the other one of its agreement, which it waits for (HCO numbers)."""

    trimester: Trimester
    agreement: str
    hco: str
    lacking: str


def waiting() -> list[Waiting]:
    """Return the facilities that no calculation can be of until the other one of their agreement submits too."""
    of_agreements = [kind.code for kind in facility_kinds().values() if kind.agreements]
    return [Waiting(trimester, one.agreement, one.hco, found.lacking[one.agreement])
            for trimester in submitted_trimesters() for kind in (DEFINITIVE, REVISION)
            for found in [candidates(kind, trimester, of_agreements)] for one in found.waiting if one.agreement]


def make(kind: str, trimester: Trimester, kinds: Collection[str], by: Actor | None, form_key: str | None = None,
         on_progress: OnProgress = lambda part: None) -> Calculation:
    """Make a draft of a calculation and record it; `on_progress` gets the part that is done.

    A form that is sent again returns the calculation that it made. A revision is of the facilities for which something
    differs from the former result. Raises `Refused` if there is nobody to calculate, while submissions are still being
    counted, and if the parameters lack a value.
    """
    try:
        with transaction():
            made = _sent_before(by, form_key) or _make(kind, trimester, kinds, by, form_key, on_progress)
    except peewee.IntegrityError:
        # On PostgreSQL the same form, sent twice at once, makes its calculation while this one waits.
        sent = _sent_before(by, form_key)
        if sent is None:
            raise
        return sent
    on_progress(1)
    return made


def _make(kind: str, trimester: Trimester, kinds: Collection[str], by: Actor | None, form_key: str | None,
          on_progress: OnProgress) -> Calculation:
    found = candidates(kind, trimester, kinds).ready
    version = ParameterVersion.of(trimester)
    settings = {"kinds": sorted(kinds), "rounding": formula.rounding()}
    calculation = Calculation.create(
        kind=kind, trimester=trimester, formula_version=FORMULA_VERSION, parameter_version=version,
        settings=canonical_bytes(settings).decode(), account_id=by and by.id, form_key=form_key)
    results = list(_results(calculation, found, version, on_progress))
    if not results:
        raise Refused(EcalcuraCode.CALCULATION_EMPTY)
    database.cursor().executemany(INSERT if is_sqlite() else INSERT.replace("?", "%s"), results)
    calculation.sha256 = _hash(_content(calculation, settings, version, found, results))
    calculation.save()
    record(EcalcuraEvent.CALCULATION_MADE, by=by, subject=calculation.id, kind=kind, number=len(results))
    return calculation


def _sent_before(by: Actor | None, form_key: str | None) -> Calculation | None:
    if by is None or form_key is None:
        return None
    return Calculation.newest().where(Calculation.account_id == by.id, Calculation.form_key == form_key).first()


def _results(calculation: Calculation, found: Collection[Candidate], version: ParameterVersion | None,
             on_progress: OnProgress) -> Iterator[Row]:
    counted = CountedSubmission.sums_of(calculation.trimester)
    if lacking := [one for one in found if one.submission_id not in counted]:
        raise Refused(EcalcuraCode.CALCULATION_UNCOUNTED, number=len(lacking))
    if version and {field.name for field in formula.fields()} - version.values.keys():
        raise Refused(EcalcuraCode.PARAMETERS_OLD)
    prices = version and Prices(calculation.kind, version.values)
    former = formers(calculation.trimester)
    for place, one in enumerate(found):
        on_progress(place / len(found))
        content = _result(one, *counted[one.submission_id], prices, former.get(one.facility_id))
        if calculation.kind != REVISION or _differs(content, former[one.facility_id].parts):
            yield _row(calculation, one, content, former.get(one.facility_id))


def _differs(content: Content, former: Content) -> bool:
    return any(content[part] != former[part] for part in ("quantities", "lines"))


def _result(one: Candidate, sha256: str, sums: Content, prices: Prices | None, former: Result | None) -> Content:
    return {
        "hco": one.hco, "agreement": one.agreement, "quantities": sha256, "sums": sums,
        "submission": {"number": one.number, "sha256": one.sha256},
        "lines": None if prices is None else formula.amounts(sums, prices, formula.rounding()),
        "former": former and former.sha256,
    }


def _row(calculation: Calculation, one: Candidate, content: Content, former: Result | None) -> Row:
    """Return the values of INSERT."""
    canonical = canonical_bytes(content)
    totals, lines = content["sums"]["totals"], content["lines"]
    return (calculation.id, one.facility_id, FORMULA_VERSION, one.submission_id, former and former.calculation_id,
            *(totals[name] for name in ("exempt", "replaced", "financed", "surplus", "premium")),
            None if lines is None else sum(line["cents"] for line in lines),
            hashlib.sha256(canonical).hexdigest(), canonical.decode())


def _content(calculation: Calculation, settings: Content, version: ParameterVersion | None,
             found: Collection[Candidate], results: Collection[Row]) -> Content:
    """Return all that a calculation follows from, for its hash: neither a moment nor an account."""
    hco = {one.facility_id: one.hco for one in found}
    return {
        "kind": calculation.kind, "formula": FORMULA_VERSION, "settings": settings,
        "trimester": {"period": calculation.trimester.period, "number": calculation.trimester.number},
        "parameters": version and {"reference": version.reference, "sha256": version.sha256},
        "results": [[hco[row[1]], row[-2]] for row in results],
    }


def _hash(content: Content) -> str:
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
