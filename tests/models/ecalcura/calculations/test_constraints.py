"""The database keeps calculations and quantities, whoever goes round the application."""
import peewee
import pytest

from models.accounts.accounts import Account
from models.accounts.identities import Identity
from models.database import database, now, transaction
from models.ecalcura.calculations import publishing
from models.ecalcura.calculations.calculations import Calculation
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.trimesters.calendar import Trimester
from tests.models.ecalcura.calculations.made import a_half_financed, calculation, confirmed, entered, published
from tests.models.ecalcura.cast import calculator, facility

pytestmark = pytest.mark.usefixtures("register")
COLUMNS = ("calculation_id, facility_id, formula_version, submission_id, former_id, exempt, replaced, financed, "
           "surplus, premium, amount, sha256, content")


def refused(statement, match):
    with pytest.raises(peewee.DatabaseError, match=match), transaction():
        database.execute_sql(statement)


def copied(**changed):
    """Insert a copy of the result, with other values in these columns."""
    columns = [str(changed.get(name, name)) for name in COLUMNS.split(", ")]
    return f"INSERT INTO calculation_result ({COLUMNS}) SELECT {', '.join(columns)} FROM calculation_result"


@pytest.mark.parametrize("statement", [
    "UPDATE counted_submission SET content = '{}'",
    "UPDATE counted_submission SET sums = '{}'",
    "DELETE FROM counted_submission",
])
def test_the_quantities_of_a_submission_never_change(home, statement):
    a_half_financed(home)
    refused(statement, "counted_submission_is_kept")


@pytest.mark.parametrize(("statement", "match"), [
    ("UPDATE calculation SET kind = 'advance'", "calculation_is_kept"),
    ("UPDATE calculation SET settings = '{}'", "calculation_is_kept"),
    ("UPDATE calculation SET sha256 = NULL", "calculation_is_kept"),
    ("UPDATE calculation SET state = 'draft', frozen_at = NULL", "calculation_is_kept"),
    ("DELETE FROM calculation", "calculation_is_kept"),
    ("DELETE FROM calculation_result", "calculation_result_is_kept"),
    ("UPDATE calculation_result SET amount = 1", "calculation_result_is_kept"),
])
def test_a_frozen_calculation_never_changes(home, statement, match):
    a_half_financed(home)
    publishing.freeze(calculation(), None)
    refused(statement, match)


def test_a_published_calculation_stays_published(home):
    a_half_financed(home)
    published()
    refused("UPDATE calculation SET state = 'frozen', published_at = NULL", "calculation_state")


def test_only_a_frozen_calculation_is_discarded_and_then_it_stays_as_it_is(home):
    discard = "UPDATE calculation SET discarded_at = made_at"
    a_half_financed(home)
    made = calculation()
    refused(discard, "calculation_discarded")
    publishing.freeze(made, None)
    database.execute_sql(discard)
    for statement in ("UPDATE calculation SET discarded_at = NULL",
                      "UPDATE calculation SET state = 'published', published_at = made_at"):
        refused(statement, "calculation_is_discarded")
    refused("DELETE FROM calculation", "calculation_is_kept")


def test_two_accounts_of_one_person_do_not_confirm_each_other_s_parameters(home):
    author, other = calculator("eerste"), calculator("tweede")
    version = entered(author)
    confirm = f"UPDATE parameter_version SET confirmer_id = {other.id}, confirmed_at = entered_at"
    Account.update(email=author.email, local=False, password_hash=None).where(Account.id == other.id).execute()
    refused(confirm, "parameter_version_of_one_person")
    # A service signs both in: two people who share a mailbox.
    Identity.add(author, "https://aanbieder.voorbeeld.be", "1")
    refused(confirm, "parameter_version_of_one_person")
    Identity.add(other, "https://aanbieder.voorbeeld.be", "2")
    database.execute_sql(confirm)
    assert ParameterVersion.one(version.id).state == "confirmed"


def test_a_draft_is_not_published_at_once_and_begins_without_results(home):
    a_half_financed(home)
    calculation()
    refused("UPDATE calculation SET state = 'published', published_at = made_at, frozen_at = made_at",
            "calculation_state")
    with pytest.raises(peewee.DatabaseError, match="calculation_draft"), transaction():
        Calculation.create(kind="advance", trimester=Trimester.get(), formula_version=1, settings="{}",
                           state="frozen", sha256="0" * 64, frozen_at=now())


def test_a_whole_calculation_gets_no_more_results(home):
    a_half_financed(home)
    calculation()
    refused(copied(facility_id=facility("990002").id), "calculation_result_is_kept")


def test_a_result_is_of_a_submission_of_that_facility_and_trimester(home):
    a_half_financed(home)
    a_half_financed(home, number=2)
    calculation()
    other = facility("990002")
    draft = Calculation.create(kind="advance", trimester=Trimester.known(2026, 1), formula_version=1, settings="{}")
    refused(copied(calculation_id=draft.id, facility_id=other.id), "calculation_result_submission")
    later = Calculation.create(kind="advance", trimester=Trimester.known(2026, 2), formula_version=1, settings="{}")
    refused(copied(calculation_id=later.id), "calculation_result_submission")


def test_without_parameters_there_is_no_amount_in_the_database_either(home):
    a_half_financed(home)
    calculation()
    draft = Calculation.create(kind="advance", trimester=Trimester.known(2026, 1), formula_version=1, settings="{}")
    refused(copied(calculation_id=draft.id, amount=100), "calculation_result_amount")
    priced = Calculation.create(kind="advance", trimester=Trimester.known(2026, 1), formula_version=1, settings="{}",
                                parameter_version=confirmed())
    refused(copied(calculation_id=priced.id), "calculation_result_amount")


def test_parameters_that_nobody_confirmed_are_in_no_calculation(home):
    a_half_financed(home)
    with pytest.raises(peewee.DatabaseError, match="calculation_parameters"), transaction():
        Calculation.create(kind="advance", trimester=Trimester.get(), formula_version=1, settings="{}",
                           parameter_version=entered())


def test_a_facility_has_one_definitive_calculation_of_a_trimester(home):
    a_half_financed(home)
    first, second = (publishing.freeze(calculation(), None) for _ in range(2))
    publishing.publish(first, None)
    refused(f"UPDATE calculation SET state = 'published', published_at = made_at WHERE id = {second.id}",
            "calculation_twice")
