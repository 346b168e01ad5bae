"""Two people, or two browsers, at the same moment."""
import pytest

from models.audit import AuditEntry
from models.database import database
from models.ecalcura.calculations import counted, publishing
from models.ecalcura.calculations.calculations import PUBLISHED, Calculation
from models.ecalcura.calculations.counted import CountedSubmission
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.trimesters.files import CLOSED, TrimesterFile
from models.errors import Refused
from tests.hall import in_threads
from tests.models.ecalcura.calculations.made import FIRST, a_half_financed, calculation, entered, exempt, values
from tests.models.ecalcura.cast import calculator
from tests.models.ecalcura.submissions.snapshots import content, frozen

pytestmark = pytest.mark.usefixtures("register", "mailing")


def recorded(event):
    """How often an event was recorded."""
    return AuditEntry.select().where(AuditEntry.event == event).count()


def test_of_two_who_confirm_at_once_one_is_the_confirmer():
    version, people = entered(calculator("ann")), [calculator("bob"), calculator("carl")]
    database.close()
    found = in_threads([lambda one=one: version.confirm(one).confirmer_id for one in people])
    assert set(found) == {ParameterVersion.get().confirmer_id}
    assert recorded("parameters-confirmed") == 1


def test_parameters_that_are_confirmed_and_withdrawn_at_once_are_one_of_both():
    ann, bob = calculator("ann"), calculator("bob")
    version = entered(ann)
    database.close()
    found = in_threads([lambda: version.confirm(bob).state, lambda: version.withdraw(ann).state])
    assert [isinstance(one, Refused) for one in found].count(True) == 1
    assert ParameterVersion.get().state in found


def test_two_definitive_calculations_that_are_published_at_once_close_a_trimester_once(home):
    a_half_financed(home)
    both = [publishing.freeze(calculation(), None) for _ in range(2)]
    database.close()
    in_threads([lambda one=one: publishing.publish(one, None) for one in both])
    assert Calculation.select().where(Calculation.state == PUBLISHED).count() == 1
    assert TrimesterFile.get().state == CLOSED
    assert recorded("calculation-published") == 1


def test_a_draft_that_is_frozen_and_discarded_at_once_is_one_of_both(home):
    a_half_financed(home)
    draft = calculation()
    database.close()
    in_threads([lambda: publishing.freeze(draft, None), lambda: publishing.discard(draft, None)])
    assert Calculation.select().count() == recorded("calculation-frozen") == 1 - recorded("calculation-discarded")


def test_a_form_that_is_sent_twice_at_once_makes_one_calculation(home):
    a_half_financed(home)
    ann = calculator("ann")
    database.close()
    in_threads([lambda: calculation(by=ann, form_key="a") for _ in range(3)])
    assert Calculation.select().count() == recorded("calculation-made") == 1


def test_parameters_that_are_sent_twice_at_once_are_entered_once():
    ann = calculator("ann")
    database.close()
    in_threads([lambda: ParameterVersion.enter("Besluit", FIRST, None, values(), ann, "a") for _ in range(3)])
    assert ParameterVersion.select().count() == recorded("parameters-entered") == 1


def test_a_submission_is_counted_once_by_several_processes(home):
    submission = frozen(home, content(exempt()))
    database.close()
    assert sorted(in_threads([lambda: counted.count(submission)] * 3)) == [False, False, True]
    assert CountedSubmission.select().count() == 1
