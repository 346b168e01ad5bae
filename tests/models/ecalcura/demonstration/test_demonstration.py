"""The demonstration: fictional facilities, staff and logins, in an empty database only."""
import base64
import datetime
from collections import Counter
from pathlib import Path

import pytest

from models.accounts.accounts import Account
from models.accounts.second_factor import Candidate, SecondFactor
from models.accounts.sessions import Session
from models.database import now, today
from models.ecalcura.accounts import numbers
from models.ecalcura.accounts.bank_accounts import BankAccount, in_use
from models.ecalcura.calculations.calculations import Calculation, Result
from models.ecalcura.checks import checks
from models.ecalcura.communication import documents, reminding, threads
from models.ecalcura.contracts import contracts, terms
from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.deliveries import residents
from models.ecalcura.deliveries.billed_days import BilledYear
from models.ecalcura.deliveries.certificates import Certificate, file_of, with_file
from models.ecalcura.deliveries.physicians import CraContract
from models.ecalcura.demonstration import demonstration, seed
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.oversight.elsewhere import above_full_time
from models.ecalcura.people.employees import Employee, open_people
from models.ecalcura.progress import comparing, sums
from models.ecalcura.trimesters import track
from models.ecalcura.trimesters.calendar import Trimester, place_of
from tests.models.ecalcura.cast import facility
from tests.tables import contents

pytestmark = pytest.mark.usefixtures("register", "mailing")
MANUAL = Path(__file__).parents[4] / "docs" / "operator.md"
# Every check of a row that is saved; the numbers' own (V01a) is silent in the demonstration.
SOWN = {"V02", "V03", "V04", "V05", "V06", "V11", "V12", "V14", "V16", "V19", "V20", "V21", "V23",
        "V29", "V30"}


def trimester(number):
    return Trimester.get_or_make(place_of(today()).period, number)


def test_every_kind_and_every_role_is_shown():
    logins = demonstration.fill()
    assert Counter(one.kind for one in Facility.select()) == {
        "woonzorgcentrum": 8, "kortverblijf": 2, "dagverzorging": 5, "ibw": 4, "pvt": 3, "revalidatie": 4}
    assert [description.partition(": ")[2] for description, *_ in logins] == [
        "Beheer privacygevoelige gegevens, Beheer financiële gegevens", "Beheer privacygevoelige gegevens",
        "Beheer privacygevoelige gegevens", "Beheer financiële gegevens", "Beheer financiële gegevens",
        "Toegangsbeheerder", "nog geen rol", "Dossierbeheerder", "Rekenaar", "Rekenaar"]
    before = contents()
    again = demonstration.fill()
    # A second start gives other codes; all else stays as it is.
    assert [login[:3] for login in again] == [login[:3] for login in logins]
    assert {name for name in contents() if contents()[name] != before[name]} == {"recovery_code"}


def test_three_facilities_have_no_contact_person():
    demonstration.fill()
    found = reminding.overview()
    assert [one.facility.hco for one in found.lacking] == ["990016", "990021", "990005"]
    assert len(found.others) == found.total - 3


def test_a_newcomer_signs_in_without_a_phone():
    for _, email, password, *codes in demonstration.fill():
        account = Account.sign_in(email, password)
        assert account.limits.second_factor
        for code in codes:
            waiting = Session.find_waiting(Session.start(account, awaits_factor=True))
            assert Session.find(SecondFactor.sign_in(waiting, code)).account_id == account.id


def test_an_app_with_the_key_of_the_manual_shows_right_codes(clock):
    demonstration.fill()
    key = base64.b32encode(demonstration.SECRET).decode()
    assert key in MANUAL.read_text(encoding="utf-8")
    clock(now() + datetime.timedelta(minutes=1))
    account = Account.by_email("ibw@voorbeeld.be")
    with SecondFactor.shown(account, Candidate.of(account, base64.b32decode(key)).code):
        pass


def test_a_year_of_staff_is_shown():
    demonstration.fill()
    people = [person for one in Facility.select() for _, person in open_people(one, list(Employee.of(one)))]
    assert (len({person.number for person in people}), len(people)) == (600, 601)
    born = [person.birth for person in people if person.birth]
    assert (min(born).year, max(born).year) == (1958, 2003)
    older = [day for day in born if day <= datetime.date(today().year - 45, today().month, 1)]
    assert 0.37 < len(older) / len(people) < 0.43
    states = Counter((stage.place.number, stage.state) for one in Facility.select().where(Facility.under == "")
                     for stages in track.stages(one).values() for stage in stages)
    # One that is merged, and one that still has to begin.
    assert states[1, "submitted"] == 21
    assert states[1, "reopened"] == 1
    assert states[2, "entry"] == states[3, "entry"] == 22
    assert not states[4, "entry"]


@pytest.mark.parametrize("day", ["2026-11-29", "2027-07-01", "2028-02-29"])
def test_on_any_day_one_of_every_check_is_shown_and_all_else_obeys_the_rules(clock, day):
    clock(datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    demonstration.fill()
    linde, kompas = Facility.by_hco("990001"), Facility.by_hco("990016")
    found = {check.code for check in checks.of_facility(linde, trimester(2))}
    assert found - {"V01a"} == SOWN
    assert "V26" in {check.code for check in checks.of_facility(kompas, trimester(2))}
    for employee in Employee.of(linde):
        kept = [(one, terms.by_contract([one.id])[one.id]) for one in Contract.of(employee)]
        for contract, later in kept:
            contracts._check(linde, employee, contract, later)
        for choice in Choice.of(employee):
            choice._check(employee)
        for replacement in Replacement.of(employee):
            replacement._check(linde, kept[0][0])


def test_one_bank_account_is_in_use_and_two_are_unconfirmed():
    demonstration.fill()
    linde, kompas = Facility.by_hco("990001"), Facility.by_hco("990016")
    assert list(in_use([linde.id, kompas.id], today())) == [linde.id]
    waiting = list(BankAccount.waiting(linde)) + list(BankAccount.waiting(kompas))
    assert [account.asked_at is not None for account in waiting] == [False, True]
    assert numbers.warnings(waiting[0].opened()[0]) == ["bank"]


def test_each_delivery_is_shown_and_one_year_is_left_to_finish():
    demonstration.fill()
    linde, kompas, brug = (Facility.by_hco(hco) for hco in ("990001", "990016", "990017"))
    year = today().year - 1
    assert [len(BilledYear.at(one, year).days()) for one in (kompas, brug)] == [1, 2]
    assert [len(BilledYear.at(one, year).versions()) for one in (kompas, brug)] == [0, 1]
    assert residents.counts_of(linde, trimester(1))["total", "places"] == linde.places
    found = list(Certificate.of(linde))
    assert len(found) == len(with_file(linde)) == 2
    assert file_of(linde, found[0].id).content.startswith(b"%PDF")
    assert [bool(one.physician.name) for one in CraContract.of(linde)] == [True, True]


def test_a_calculation_is_published_with_a_question_for_each_side_to_read():
    demonstration.fill()
    made = Calculation.get()
    assert (made.kind, made.state, Result.select().count()) == ("advance", "published", 21)
    assert [(facility.hco, thread.state) for thread, facility in threads.listing().rows] == [
        ("990002", "new"), ("990001", "answered")]
    assert threads.to_read(Facility.by_hco("990001"))


def test_documents_are_shown_to_everybody_to_every_facility_and_to_one_kind():
    demonstration.fill()
    counts = [documents.for_everybody().count(), documents.for_facility(Facility.by_hco("990001")).count(),
              documents.for_facility(Facility.by_hco("990016")).count()]
    assert counts == [1, 3, 4]


def test_the_desk_sees_somebody_who_works_elsewhere_and_facilities_that_changed_much():
    demonstration.fill()
    [found] = above_full_time(trimester(2))
    assert [one.hco for _, one in found.people] == ["990001", "990003"]
    while sums.refresh():
        pass
    compared = {one.facility.hco: one for one in comparing.compare(trimester(2).place)}
    assert {hco for hco, one in compared.items() if one.is_much} == {"990001", "990012"}
    more, fewer = compared["990001"], compared["990012"]
    assert max(more.exempt.part, more.hours.part) > 0 > max(fewer.exempt.part, fewer.hours.part)


def test_numbers_are_left_to_enter():
    demonstration.fill()
    for practice in seed.practice(today()):
        assert not any(Employee.by_number(one, practice.number) for one in Facility.select())
        assert seed.person(practice.number).name


def test_a_database_in_use_gets_no_demonstration():
    facility()
    assert demonstration.fill() == []
    assert Facility.select().count() == 1


def test_a_database_with_a_login_of_somebody_else_gets_no_demonstration(cast):
    cast.ploeg.account.save_values(email="ploeg@deploeg.be")
    assert demonstration.fill() == []
    assert Facility.select().count() == 0
