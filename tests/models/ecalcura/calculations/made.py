"""Submissions, parameters and calculations for tests, with invented people and values."""
import datetime

from models.audit import AuditEntry
from models.ecalcura.calculations import calculating, counted, formula, publishing
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.cast import calculator
from tests.models.ecalcura.submissions import snapshots
from tests.models.ecalcura.submissions.snapshots import content, contract, employee

WZC = ["woonzorgcentrum"]
FIRST = datetime.date(2026, 7, 1)


def choice(id_=11, step=45, kind="exemption", since="2020-01-01", until=None):
    """A choice in a snapshot."""
    return {"id": id_, "step": step, "kind": kind, "since": since, "until": until}


def replacement(id_=21, hours=100, replaced=1, since="2026-07-01", until=None):
    """A replacement in a snapshot: of an employee, or of the pool without one."""
    return {"id": id_, "hours": hours, "since": since, "until": until, "act_on": "2026-06-01", "replaced": replaced}


def replacing(id_=2, *replacements, **values):
    """An employee in a snapshot whose contract replaces others: a zorgkundige at half time."""
    return employee(id_, contracts=[contract(
        id_, "replacement", qualification="ZKD", replacements=list(replacements), **values)], birth="2000-01-01")


def exempt(id_=1, hours=3800, **values):
    """A nurse in a snapshot, born in 1957, who chose exemption for the first step."""
    return employee(id_, contracts=[contract(id_, hours=hours, **values)], choices=[choice(10 + id_)])


def submitted(made, *employees, number=1):
    """A submission of a trimester of 2026 with these employees, which is counted."""
    days_of = Trimester.get_or_make(2026, number)
    trimester = {"period": 2026, "number": number, "first": days_of.first.isoformat(),
                 "last": days_of.last.isoformat()}
    submission = snapshots.frozen(made, content(*employees, trimester=trimester), number=number)
    counted.count(submission)
    return submission


def a_half_financed(made, number=1):
    """A submission with two exempt hours a week, one of which is replaced."""
    return submitted(made, exempt(), replacing(2, replacement()), number=number)


def values(**changed):
    """A text for each value of the parameters: round ones, that are nobody's."""
    typed = {field.name: "1000" if field.parameter.by else "1" for field in formula.fields()}
    return typed | {"part_of_year": "0,25", "advance": "0,8"} | changed


def entered(by=None, since=FIRST, until=None, **changed):
    """A version of the parameters that a calculator entered."""
    return ParameterVersion.enter("Voorbeeldbesluit, artikel 1", since, until, values(**changed),
                                  by or calculator("eerste"))


def confirmed(**changed):
    """A version of the parameters that a second calculator confirmed."""
    number = ParameterVersion.select().count()
    return entered(calculator(f"invoer{number}"), **changed).confirm(calculator(f"bevestiging{number}"))


def calculation(kind="definitive", kinds=WZC, number=1, by=None, **values):
    """A draft of a calculation of a trimester of 2026."""
    return calculating.make(kind, Trimester.known(2026, number), kinds, by, **values)


def published(kind="definitive", **values):
    """A calculation that was published."""
    return publishing.publish(publishing.freeze(calculation(kind, **values), None), None)


def recorded():
    """(event, subject, tenant) of each entry in the audit."""
    return list(AuditEntry.select(AuditEntry.event, AuditEntry.subject, AuditEntry.tenant_id).order_by(
        AuditEntry.id).tuples())
