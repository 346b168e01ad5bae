"""Trimesters, reopenings and calculations compared with a plain model, through random sequences of actions.

LOKET_MACHINE_RUNS sets the number of runs, each of 50 steps: 200 runs make the 10,000 steps of a full check.
"""
import datetime
import itertools
import os
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from models.ecalcura.calculations import calculating, counted, publishing
from models.ecalcura.calculations.calculations import KINDS, Calculation, Result
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.facilities.facilities import RehabAgreement
from models.ecalcura.performances.performances import save_row
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import submitting
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import TrimesterFile
from models.errors import Refused
from tests.models.ecalcura.calculations.made import entered
from tests.models.ecalcura.calculations.plain_calculations import Plain, cents, payable
from tests.models.ecalcura.cast import calculator, contract, employee, exempt, facility, opened, somebody

RUNS, STEPS = int(os.environ.get("LOKET_MACHINE_RUNS", "3")), 50
HOURS = (50, 100, 150, 300)
_runs = itertools.count()


def code(action, *arguments, **values):
    """The code with which an action is refused, or None."""
    try:
        action(*arguments, **values)
    except Refused as refused:
        return str(refused.code)
    return None


class Calculations(RuleBasedStateMachine):
    """Three facilities and one trimester, which is another one in each run."""

    @initialize()
    def start(self):
        lists.store()
        run = next(_runs)
        self.place = Place(2021 + run // 4, run % 4 + 1)
        self.plain = Plain([100] * 3)
        RehabAgreement.create(number=f"R-{run}")
        kinds = ("woonzorgcentrum", "revalidatie", "revalidatie")
        agreements = ({}, *({"agreement": f"R-{run}", "agreement_place": place} for place in (1, 2)))
        self.facilities = [facility(f"{run}{place}", kind, f"Voorziening {run}{place}", **agreement)
                           for place, (kind, agreement) in enumerate(zip(kinds, agreements, strict=True))]
        self.privacy = [somebody(one, PRIVACY, f"Privacy{one.hco} Dok") for one in self.facilities]
        self.ann, self.bob = calculator(f"ann{run}"), calculator(f"bob{run}")
        self.trimester = opened(*self.place)
        self.replacements = [self._staff(one) for one in self.facilities]
        self.made = []

    def _staff(self, home):
        """A nurse with two exempt hours, replaced by a colleague: nothing is left to check."""
        first = self.trimester.first
        nurse = employee(home, born=datetime.date(first.year - 47, 1, 15))
        contract(nurse, first, self.trimester.last)
        exempt(nurse, since=first)
        helper = contract(employee(home), first, self.trimester.last, hours=1900, role="replacement",
                          qualification="MAS")
        Contract.update(qualification_state="in_order").where(Contract.facility_id == home.id).execute()
        made = Replacement.add(helper, nurse.id, 100, first, self.trimester.last, act_on=first)
        save_row(home, self.trimester, helper.id, {"worked": 2600}, 0)
        return made.id

    @rule(place=st.integers(0, 2), hours=st.sampled_from(HOURS))
    def change_hours(self, place, hours):
        row = Replacement.get_by_id(self.replacements[place])
        refused = code(row.change, row.replaced_id, hours, row.since, row.until, row.act_on, row.version)
        assert refused == self.plain.change(place, hours)

    @rule(place=st.integers(0, 2), counting=st.booleans())
    def submit(self, place, counting):
        submitting.submit(self.facilities[place], self.trimester, self.privacy[place], True)
        self.plain.submit(place)
        if counting:
            counted.count_missing(most=100)

    @rule(place=st.integers(0, 2), for_revision=st.booleans())
    def reopen(self, place, for_revision):
        refused = code(reopening.reopen, self.facilities[place], self.place, "Uren vergeten",
                       for_revision=for_revision)
        assert refused == self.plain.reopen(place, for_revision)

    @rule(wage=st.sampled_from([1000, 52345]))
    def confirm_parameters(self, wage):
        entered(self.ann, self.trimester.first, self.trimester.last, **{"wage_cost MAS": str(wage)}).confirm(self.bob)
        self.plain.wage = wage

    @rule(kind=st.sampled_from(KINDS), asked=st.sampled_from([(0,), (1, 2), (0, 1, 2)]))
    def make(self, kind, asked):
        kinds = sorted({self.facilities[place].kind for place in asked})
        refused = code(calculating.make, kind, self.trimester, kinds, self.ann)
        if refused == "calculation_uncounted":
            assert counted.count_missing(most=100)
            refused = code(calculating.make, kind, self.trimester, kinds, self.ann)
        assert refused == self.plain.make(kind, asked)
        if refused is None:
            self.made.append(Calculation.newest().first())

    @rule(chosen=st.integers(0, 5), what=st.sampled_from(["discard", "freeze", "publish", "freeze", "publish"]))
    def decide(self, chosen, what):
        if self.made:
            # One of the newest: the older ones are outdated.
            place = max(0, len(self.made) - 1 - chosen)
            refused = code(getattr(publishing, what), self.made[place], self.ann)
            assert refused == getattr(self.plain, what)(self.plain.calculations[place])

    @rule(kind=st.sampled_from(KINDS), asked=st.sampled_from([(0,), (1, 2), (0, 1, 2)]))
    def calculate_to_the_end(self, kind, asked):
        for place in asked:
            self.submit(place, counting=True)
        self.make(kind, asked)
        self.decide(0, "freeze")
        self.decide(0, "publish")

    @rule(place=st.integers(0, 2), hours=st.sampled_from(HOURS))
    def submit_other_hours(self, place, hours):
        self.reopen(place, for_revision=True)
        self.change_hours(place, hours)
        self.submit(place, counting=True)

    @invariant()
    def files_have_the_same_states_and_versions(self):
        for home, plain in zip(self.facilities, self.plain.files, strict=True):
            file = TrimesterFile.at(home, self.trimester)
            assert {"empty": "none", "entry": "none"}.get(file.state, file.state) == plain.state
            last = Submission.last_of(file) if file.id else None
            assert (last.number if last else 0) == len(plain.sent)

    @invariant()
    def calculations_have_the_same_results(self):
        for made, plain in zip(self.made, self.plain.calculations, strict=True):
            row = Calculation.one(made.id)
            assert (row.state if row else "gone") == plain.state
            found = {result.facility_id: (result.financed, result.amount, result.payable)
                     for result in (Result.of(row) if row else ())}
            assert found == ({} if row is None else {
                self.facilities[place].id: (str(Fraction(min(hours, 200), 100)), cents(plain, place),
                                            payable(plain, place))
                for place, (_, hours, _) in plain.results.items()})


@pytest.mark.usefixtures("register", "mailing")
def test_trimesters_and_calculations_behave_as_plain_ones():
    run_state_machine_as_test(Calculations, settings=settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck)))
