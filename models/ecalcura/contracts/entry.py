"""The first page of an employee in one go: look-up, contract, choices and replacement, all of it or nothing."""
import datetime
from collections.abc import Mapping
from typing import NamedTuple

from models.audit import Actor
from models.ecalcura.contracts import lists, rules, visa
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import UNCHECKED, Contract, Values
from models.ecalcura.contracts.days import ENTITLED, REPLACEMENT
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.contracts.saving import changing, sent_before
from models.ecalcura.contracts.steps import step_starts
from models.ecalcura.contracts.visa import Found
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Asked, Employee, ask
from models.ecalcura.people.lookups import CONTRACT
from models.errors import Refused


class NewContract(NamedTuple):
    """A contract as somebody enters it, with its choices or the employee whom it replaces.

    `number` is '' for an employee who is known. `choices`: step → premium or exemption. `replaces` is None for the pool
    of the facility, `replaced_hours` None for all hours of the contract.
    """

    number: str
    start: datetime.date
    until: datetime.date | None
    role: str
    qualification: str
    statute: str
    hours: int
    full_time: int
    choices: Mapping[int, str] = {}
    replaces: int | None = None
    replaced_hours: int | None = None
    act_on: datetime.date | None = None
    acquired_step: int | None = None

    @property
    def values(self) -> Values:
        """The values of the contract itself."""
        return Values(self.role, self.qualification, self.statute, self.start, self.until, self.hours, self.full_time,
                      self.acquired_step)


# Step → choice, or 'replaced' → (id of the replaced employee or None, hours, day of the act).
Parts = dict[int | str, str | tuple[int | None, int, datetime.date | None]]


class Entered(NamedTuple):
    """An employee and contract that were entered. `asked` is the look-up, None for an employee who was known."""

    employee: Employee
    contract: Contract
    asked: Asked | None


def enter(facility: Facility, new: NewContract, by: Actor | None = None, form_key: str | None = None,
          employee: Employee | None = None, purpose: str = CONTRACT) -> Entered:
    """Enter a new employee with a contract, or a further contract of `employee`; a form sent twice is entered once.

    It asks the registers first, so never call it in a transaction. Raises `Refused` for a broken rule; then nothing is
    saved, except that somebody was looked up.
    """
    if sent := _sent(facility, new, form_key):
        return sent
    _check(new)
    try:
        asked = None if employee else ask(facility, new.number, by, purpose)
    except Refused as refused:
        # The same form may have been sent twice at once.
        if refused.code == EcalcuraCode.ALREADY_EMPLOYEE and (sent := _sent(facility, new, form_key)):
            return sent
        raise
    found = _visa(new, asked, employee)
    touched = [new.replaces]
    with changing(facility.id, touched) as held:
        if sent := _sent(facility, new, form_key):
            return sent
        owner = Employee.add(held, asked, by, form_key) if asked else Employee.get_by_id(employee and employee.id)
        touched.append(owner.id)
        return Entered(owner, save(held, owner, new, found, by, form_key), asked)


def _sent(facility: Facility, new: NewContract, form_key: str | None) -> Entered | None:
    sent = sent_before(Contract, facility.id, form_key, new.values._asdict())
    if sent is None:
        return None
    owner = Employee.get_by_id(sent.employee_id)
    # Somebody who goes back in the browser, and types the next number, sends the same key with the same contract.
    other = new.number and Employee.by_number(facility, numbers.clean(new.number)) != owner
    if other or form_key and _parts(new) != _saved_parts(facility, form_key):
        raise Refused(EcalcuraCode.ROW_SAVED, row=sent)
    return Entered(owner, sent, None)


def _parts(new: NewContract) -> Parts:
    """The choices, or the replacement, of a contract that is sent."""
    if new.role == ENTITLED:
        return {int(step): kind for step, kind in new.choices.items()}
    return {"replaced": (new.replaces, new.replaced_hours or new.hours, new.act_on)}


def _saved_parts(facility: Facility, form_key: str) -> Parts:
    """The choices, or the replacement, that a form made when it was sent before."""
    keys = {_choice_key(form_key, step): step for step in lists.steps()}
    found: Parts = {keys[row.form_key]: row.kind for row in Choice.select().where(
        Choice.facility_id == facility.id, Choice.form_key.in_(list(keys)))}
    row = Replacement.get_or_none(Replacement.facility_id == facility.id, Replacement.form_key == form_key)
    return found if row is None else {"replaced": (row.replaced_id, row.hours, row.act_on)}


def _choice_key(form_key: str, step: int) -> str:
    return f"{form_key}-{step}"


def _check(new: NewContract) -> None:
    """Refuse a contract that is wrong by itself before a register is asked about its person."""
    rules.check_codes(new.role, new.qualification, new.statute, new.acquired_step, new.start)
    rules.check_days(new.start, new.until, None)
    rules.check_hours(new.hours, new.full_time, new.start)
    if new.choices and new.role == REPLACEMENT:
        raise Refused(EcalcuraCode.REPLACEMENT_CHOICE)


def _visa(new: NewContract, asked: Asked | None, employee: Employee | None) -> Found:
    """Ask eCad, unless the other register was silent just now: each waits for seconds."""
    person = asked.person if asked else employee.person if employee else None
    if person is None or not person.number or (asked and not asked.answered):
        return Found(UNCHECKED)
    return visa.ask(person.number, new.qualification, new.start, new.until)


def save_checked(facility: Facility, employee: Employee, new: NewContract, found: Found, by: Actor | None) -> Contract:
    """Do as `save`, after refusing a contract that is wrong by itself."""
    _check(new)
    return save(facility, employee, new, found, by)


def save(facility: Facility, employee: Employee, new: NewContract, found: Found, by: Actor | None,
         form_key: str | None = None) -> Contract:
    """Save a contract with its choices or its replacement, within `changing`."""
    contract = Contract.insert_into(facility, employee, new.values, by, form_key, **visa.columns(found))
    if new.role == ENTITLED:
        starts = step_starts(employee.person.born)
        for step, kind in sorted(new.choices.items()):
            since = max(new.start, starts.get(step, new.start))
            Choice.insert_into(facility, employee, step, kind, since, new.until, by,
                               form_key and _choice_key(form_key, step))
    else:
        Replacement.insert_into(facility, contract, by, replaced_id=new.replaces, since=new.start, until=new.until,
                                hours=new.replaced_hours or new.hours, act_on=new.act_on, form_key=form_key)
    return contract
