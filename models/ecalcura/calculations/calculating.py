"""Making a calculation of all facilities that submitted a trimester: from counted submissions, in one transaction."""
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from models.audit import Actor, record
from models.database import transaction
from models.ecalcura.calculations import formula
from models.ecalcura.calculations.calculations import Calculation, Result, formers
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.formula import DEFINITIVE, REVISION
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.calculations.quantities import FORMULA_VERSION
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.submissions.snapshot import Content, canonical_bytes
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import CLOSED, SUBMITTED, TrimesterFile
from models.errors import Refused

FINAL = (DEFINITIVE, REVISION)
# Rows that one statement inserts.
BATCH = 50
OnProgress = Callable[[float], object]


class Candidate(NamedTuple):
    """A facility whose submission would be in a calculation."""

    facility: Facility
    submission: Submission


class Candidates(NamedTuple):
    """Those in a calculation, and the facilities left out until the other one of their agreement submits too."""

    ready: list[Candidate]
    waiting: list[Facility]


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
    files = {file.facility_id: file.id for file in TrimesterFile.select().where(
        TrimesterFile.trimester == trimester.id, TrimesterFile.state.in_(states_for(kind)))}
    final = formers(trimester, FINAL).keys()
    ids = [facility_id for facility_id in files if (facility_id in final) == (kind == REVISION)]
    facilities = list(Facility.select().where(
        Facility.id.in_(ids), Facility.kind.in_(list(kinds)), Facility.under == "").order_by(Facility.hco))
    last = {one.file_id: one for one in _without_snapshot().where(
        Submission.file.in_([files[facility.id] for facility in facilities])).order_by(Submission.number)}
    lacking = _agreements_lacking({facility.id for facility in facilities}, trimester)
    return Candidates(
        [Candidate(one, last[files[one.id]]) for one in facilities if one.agreement not in lacking],
        [one for one in facilities if one.agreement in lacking])


def _without_snapshot() -> Any:
    return Submission.select(Submission.id, Submission.file, Submission.facility_id, Submission.number,
                             Submission.sha256)


def _agreements_lacking(facility_ids: Collection[int], trimester: Trimester) -> set[str]:
    """Return the agreements with a facility that is not among these, and had not merged before the trimester."""
    others = Facility.select(Facility.agreement).where(
        Facility.agreement.is_null(False), Facility.id.not_in(list(facility_ids)),
        Facility.merged_on.is_null() | (Facility.merged_on > trimester.first))
    return {agreement for agreement, in others.tuples()}


def make(kind: str, trimester: Trimester, kinds: Collection[str], by: Actor | None, form_key: str | None = None,
         on_progress: OnProgress = lambda part: None) -> Calculation:
    """Make a draft of a calculation and record it; `on_progress` gets the part that is done.

    A form that is sent again returns the calculation that it made. A revision is of the facilities for which something
    differs from the former result. Raises `Refused` if there is nobody to calculate, while submissions are still being
    counted, and if the parameters lack a value.
    """
    with transaction():
        sent = _sent_before(by, form_key)
        if sent:
            return sent
        found = candidates(kind, trimester, kinds).ready
        version = ParameterVersion.of(trimester)
        settings = {"kinds": sorted(kinds), "rounding": formula.rounding()}
        calculation = Calculation.create(
            kind=kind, trimester=trimester, formula_version=FORMULA_VERSION, parameter_version=version,
            settings=canonical_bytes(settings).decode(), account_id=by and by.id, form_key=form_key)
        results = list(_results(calculation, found, version, on_progress))
        if not results:
            raise Refused(EcalcuraCode.CALCULATION_EMPTY)
        for first in range(0, len(results), BATCH):
            Result.insert_many(results[first:first + BATCH]).execute()
        calculation.sha256 = _hash(_content(calculation, settings, version, found, results))
        calculation.save()
        record(EcalcuraEvent.CALCULATION_MADE, by=by, subject=calculation.id, kind=kind, number=len(results))
    on_progress(1)
    return calculation


def _sent_before(by: Actor | None, form_key: str | None) -> Calculation | None:
    if by is None or form_key is None:
        return None
    return Calculation.newest().where(Calculation.account_id == by.id, Calculation.form_key == form_key).first()


def _results(calculation: Calculation, found: Collection[Candidate], version: ParameterVersion | None,
             on_progress: OnProgress) -> Iterator[dict[str, Any]]:
    counted = CountedSubmission.sums_of([one.submission.id for one in found])
    if lacking := len(found) - len(counted):
        raise Refused(EcalcuraCode.CALCULATION_UNCOUNTED, number=lacking)
    values = version and version.values
    if values is not None and {field.name for field in formula.fields()} - values.keys():
        raise Refused(EcalcuraCode.PARAMETERS_OLD)
    former = formers(calculation.trimester)
    for place, one in enumerate(found):
        on_progress(place / len(found))
        content, row = _result(calculation, one, *counted[one.submission.id], values, former.get(one.facility.id))
        if calculation.kind != REVISION or _differs(content, former[one.facility.id].parts):
            yield row


def _differs(content: Content, former: Content) -> bool:
    return any(content[part] != former[part] for part in ("quantities", "lines"))


def _result(calculation: Calculation, one: Candidate, sha256: str, sums: Content, values: Mapping[str, str] | None,
            former: Result | None) -> tuple[Content, dict[str, Any]]:
    """Return the content of a facility's result, and its row."""
    lines = None if values is None else formula.amounts(calculation.kind, sums, values, formula.rounding())
    content = {
        "hco": one.facility.hco, "agreement": one.facility.agreement, "quantities": sha256, "sums": sums,
        "submission": {"number": one.submission.number, "sha256": one.submission.sha256},
        "lines": lines, "former": former and former.sha256,
    }
    canonical = canonical_bytes(content)
    totals = sums["totals"]
    return content, {
        "calculation": calculation.id, "facility": one.facility.id, "formula_version": FORMULA_VERSION,
        "submission": one.submission.id, "former_id": former and former.calculation_id,
        **{name: totals[name] for name in ("exempt", "replaced", "financed", "surplus", "premium")},
        "amount": None if lines is None else sum(line["cents"] for line in lines),
        "sha256": hashlib.sha256(canonical).hexdigest(), "content": canonical.decode()}


def _content(calculation: Calculation, settings: Content, version: ParameterVersion | None,
             found: Collection[Candidate], results: Collection[dict[str, Any]]) -> Content:
    """Return all that a calculation follows from, for its hash: neither a moment nor an account."""
    hco = {one.facility.id: one.facility.hco for one in found}
    return {
        "kind": calculation.kind, "formula": FORMULA_VERSION, "settings": settings,
        "trimester": {"period": calculation.trimester.period, "number": calculation.trimester.number},
        "parameters": version and {"reference": version.reference, "sha256": version.sha256},
        "results": [[hco[row["facility"]], row["sha256"]] for row in results],
    }


def _hash(content: Content) -> str:
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
