"""A draft is discarded, or frozen and published; a published one closes files, and a revision follows it."""
import pytest

from models.ecalcura.calculations import publishing
from models.ecalcura.calculations.calculations import Calculation, Result
from models.ecalcura.communication import contacts
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import CLOSED, REOPENED, TrimesterFile
from models.errors import Refused
from models.mail.outbox import Mail
from tests.hall import mails
from tests.models.ecalcura.calculations.made import (
    a_half_financed,
    calculation,
    confirmed,
    exempt,
    published,
    recorded,
    replacement,
    replacing,
    submitted,
)
from tests.models.ecalcura.cast import calculator, facility, somebody

pytestmark = pytest.mark.usefixtures("register", "mailing")
PLACE = Place(2026, 1)


def code(call, *arguments, **values):
    with pytest.raises(Refused) as refused:
        call(*arguments, **values)
    return refused.value.code


def state():
    return TrimesterFile.get().state


def test_a_definitive_calculation_closes_the_trimester_when_it_is_published_and_mails_the_facility(home):
    privacy, financial = somebody(home, PRIVACY, "Lies Dok"), somebody(home, FINANCIAL, "Fien Boon")
    a_half_financed(home)
    ann = calculator()
    frozen = publishing.freeze(calculation(), ann)
    assert (frozen.state, state()) == ("frozen", "submitted")
    done = publishing.publish(frozen, ann)
    assert (done.state, done.publisher_id, state()) == ("published", ann.id, CLOSED)
    assert sorted(mail.recipient for mail in Mail.select()) == sorted([privacy.email, financial.email])
    assert {mail.subject for mail in Mail.select()} == {"Een berekening staat klaar in eCalcura"}
    assert recorded()[-2:] == [
        ("calculation-frozen", str(done.id), None), ("calculation-published", str(done.id), home.id)]


def test_the_contact_persons_are_mailed_where_there_are_some(home):
    somebody(home, PRIVACY, "Lies Dok")
    contacts.add(home, contacts.Details("contact@voorbeeld.be", "Nele Bos"))
    a_half_financed(home)
    published()
    assert [mail.recipient for mail in Mail.select()] == ["contact@voorbeeld.be"]


def test_the_mail_has_no_quantity_and_no_person(home):
    somebody(home, PRIVACY, "Lies Dok")
    a_half_financed(home)
    published()
    [(_, _, text)] = mails()
    assert "Woonzorgcentrum De Linde" in text
    assert "https://loket.voorbeeld.be/ecalcura/990001/calculations" in text
    assert not [word for word in ("Tweede", "Lies", "€", "euro", "uren") if word in text]


def test_an_advance_closes_nothing(home):
    a_half_financed(home)
    published("advance")
    assert state() == "submitted"


def test_a_second_click_changes_nothing(home):
    somebody(home, PRIVACY, "Lies Dok")
    a_half_financed(home)
    made = calculation()
    frozen = [publishing.freeze(made, None) for _ in range(2)][0]
    for _ in range(2):
        publishing.publish(frozen, None)
    assert Mail.select().count() == 1
    assert publishing.freeze(made, None).state == "published"


def test_a_draft_is_not_published_and_a_frozen_one_not_discarded(home):
    a_half_financed(home)
    made = calculation()
    assert code(publishing.publish, made, None) == EcalcuraCode.CALCULATION_STATE
    publishing.freeze(made, None)
    assert code(publishing.discard, made, None) == EcalcuraCode.CALCULATION_STATE


def test_a_frozen_calculation_that_is_outdated_is_discarded_once_and_another_is_made(home):
    a_half_financed(home)
    frozen = publishing.freeze(calculation(), None)
    reopening.reopen(home, PLACE, "Uren vergeten")
    a_half_financed(home)
    ann = calculator()
    for _ in range(2):
        publishing.discard(frozen, ann)
    gone = Calculation.one(frozen.id)
    assert (gone.stage, publishing.outdated(gone), Result.of(gone).count()) == ("discarded", [], 1)
    assert recorded()[-1] == ("calculation-discarded", str(frozen.id), None)
    assert [event for event, _, _ in recorded()].count("calculation-discarded") == 1
    for act in (publishing.freeze, publishing.publish):
        assert code(act, frozen, None) == EcalcuraCode.CALCULATION_STATE
    assert published().state == "published"


def test_a_draft_is_discarded_once_and_then_never_frozen(home):
    a_half_financed(home)
    made = calculation()
    for _ in range(2):
        publishing.discard(made, None)
    assert not Calculation.select().exists()
    assert not Result.select().exists()
    assert [event for event, _, _ in recorded()].count("calculation-discarded") == 1
    assert code(publishing.freeze, made, None) == EcalcuraCode.CALCULATION_STATE


@pytest.mark.parametrize("again", [False, True])
def test_a_trimester_that_was_reopened_or_submitted_again_makes_a_calculation_outdated(home, again):
    a_half_financed(home)
    draft, frozen = calculation(), publishing.freeze(calculation(), None)
    reopening.reopen(home, PLACE, "Uren vergeten")
    if again:
        a_half_financed(home)
    assert publishing.outdated(draft) == ["990001"]
    assert code(publishing.freeze, draft, None) == EcalcuraCode.CALCULATION_OUTDATED
    assert code(publishing.publish, frozen, None) == EcalcuraCode.CALCULATION_OUTDATED


def test_a_calculation_that_was_made_before_another_was_published_is_outdated(home):
    """Else both would pay the whole amount."""
    a_half_financed(home)
    advances = [publishing.freeze(calculation("advance"), None) for _ in range(2)]
    definitive = calculation()
    publishing.publish(advances[0], None)
    assert code(publishing.publish, advances[1], None) == EcalcuraCode.CALCULATION_OUTDATED
    assert code(publishing.freeze, definitive, None) == EcalcuraCode.CALCULATION_OUTDATED
    assert publishing.outdated(Calculation.one(advances[0].id)) == []


def test_of_two_definitive_calculations_of_a_facility_one_is_published(home):
    a_half_financed(home)
    first, second = (publishing.freeze(calculation(), None) for _ in range(2))
    publishing.publish(first, None)
    assert code(publishing.publish, second, None) == EcalcuraCode.CALCULATION_OUTDATED
    assert code(calculation) == EcalcuraCode.CALCULATION_EMPTY


def test_a_closed_trimester_is_reopened_for_a_revision_alone(home):
    a_half_financed(home)
    published()
    assert code(reopening.reopen, home, PLACE, "Uren vergeten") == EcalcuraCode.TRIMESTER_FINAL
    assert reopening.reopen(home, PLACE, "Uren vergeten", for_revision=True).state == REOPENED


def test_a_revision_is_of_those_who_submitted_again_and_is_compared_with_the_former_result(home):
    other = facility("990002")
    a_half_financed(home)
    a_half_financed(other)
    confirmed()
    first = published()
    assert code(calculation, "revision") == EcalcuraCode.CALCULATION_EMPTY
    reopening.reopen(home, PLACE, "Uren vergeten", for_revision=True)
    submitted(home, exempt(), replacing(2, replacement(hours=150)))
    revision = published("revision")
    [result] = Result.of(revision)
    assert (result.facility.hco, result.former_id, result.financed) == ("990001", first.id, "3/2")
    assert result.payable == result.amount - 658 == 329
    assert TrimesterFile.select().where(TrimesterFile.state == CLOSED).count() == 2
    assert Submission.get_by_id(result.submission_id).number == 2


def test_other_parameters_are_a_reason_for_a_revision_without_a_reopening(home):
    a_half_financed(home)
    published()
    confirmed()
    result = Result.one(published("revision"), home)
    assert (result.amount, result.payable) == (658, 658)
    confirmed(index="2")
    assert Result.one(published("revision"), home).payable == 658


def test_a_facility_sees_published_results_the_newest_first(home):
    a_half_financed(home)
    calculation()
    advance = published("advance")
    definitive = published()
    assert [result.calculation_id for result in Result.published_of(home)] == [definitive.id, advance.id]
