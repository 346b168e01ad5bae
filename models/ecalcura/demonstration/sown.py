"""One of every check that a row can have, sown among the staff of one facility of the demonstration."""
from collections.abc import Iterator, Sequence

from models.ecalcura.contracts.days import ENTITLED, EXEMPTION, Chosen
from models.ecalcura.demonstration import seed
from models.ecalcura.demonstration.drawing import Drawing
from models.ecalcura.demonstration.plans import Plan
from models.ecalcura.demonstration.seed import Sample
from models.ecalcura.people.employees import NOT_FOUND, SILENT

# Valid, and in no register: born on 5 May 1971, with a sequence that is not given out.
UNKNOWN = "71050500018"
NURSE = "VPK"


def sow(drawing: Drawing, people: Sequence[Sample], exempt: Plan) -> Iterator[Plan]:
    """Yield the employees with a check; `people` are five samples, the first three of them too young for a step.

    All begin with the second trimester, so that the first one can be submitted. `exempt` is an employee with exempt
    hours: one of them replaces too many.
    """
    yield from _with_special_answer(drawing)
    young, second, third, old, older = people
    start = drawing.period.second.first
    yield Plan(young.number, young.born, ENTITLED, young.qualification, start)  # V05
    yield Plan(old.number, old.born, ENTITLED, old.qualification, start)  # V14
    equated = Plan(older.number, older.born, ENTITLED, "GEL", start)  # V16
    equated.choices = _exempt(equated, drawing)
    yield equated
    without_act = drawing.replacement(second, None, 400)  # V19
    without_act.replaces, without_act.start, without_act.act_on = equated, start, None
    without_act.replaced_hours = without_act.hours = 100
    yield without_act
    too_many = drawing.replacement(third, exempt, 800)  # V20
    yield too_many


def elsewhere(drawing: Drawing, one: Plan) -> Plan:
    """Return the contract of an employee in another facility, from the second trimester on (V31)."""
    plan = Plan(one.number, one.born, ENTITLED, one.qualification, drawing.period.second.first, hours=1900)
    plan.choices, plan.declared = _exempt(plan, drawing), one.declared
    return plan


def _with_special_answer(drawing: Drawing) -> Iterator[Plan]:
    """Yield those about whom a register says something special: V02, V03, V04, V06, V11, V12."""
    period = drawing.period
    special = seed.special()
    for case in ("register silent", "eCad silent", "no full birth date", "died", "visum expired", "another visum",
                 "no visum", "had a bisnummer"):
        person = seed.person(special[case])
        plan = Plan(special[case], person.born, ENTITLED, NURSE, period.second.first)
        if person.deceased_on and period.first.first <= person.deceased_on <= period.first.last:
            plan.start = period.first.first
        if seed.is_silent(plan.number):
            plan.state = SILENT
        if case == "had a bisnummer":
            plan.past_number = special["bisnummer that was replaced"]
        plan.choices = _exempt(plan, drawing)
        yield plan
    yield Plan(UNKNOWN, None, ENTITLED, "MAS", period.second.first, state=NOT_FOUND)


def _exempt(plan: Plan, drawing: Drawing) -> list[Chosen]:
    """Return the choice of the exemption for each step that is reached."""
    return [Chosen(max(plan.start, begin), None, age, EXEMPTION) for age, begin in plan.starts.items()
            if begin <= drawing.period.second.last]
