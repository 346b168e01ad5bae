"""The demonstration: fictional facilities and logins, in an empty database only."""
from collections import Counter

import pytest

from models.accounts.accounts import Account
from models.ecalcura.demonstration import demonstration
from models.ecalcura.facilities.facilities import Facility
from tests.models.ecalcura.cast import facility
from tests.tables import contents

pytestmark = pytest.mark.usefixtures("register", "mailing")


def test_every_kind_and_every_role_is_shown():
    logins = demonstration.fill()
    assert Counter(one.kind for one in Facility.select()) == {
        "woonzorgcentrum": 8, "kortverblijf": 2, "dagverzorging": 5, "ibw": 4, "pvt": 3, "revalidatie": 4}
    assert [description.partition(": ")[2] for description, *_ in logins] == [
        "Toegangsbeheerder", "Beheer privacygevoelige gegevens", "Beheer financiële gegevens", "nog geen rol",
        "Beheer privacygevoelige gegevens, Beheer financiële gegevens"]
    for _, email, password in logins:
        assert Account.sign_in(email, password).limits.second_factor
    before = contents()
    assert demonstration.fill() == logins
    assert contents() == before


def test_a_database_in_use_gets_no_demonstration():
    facility()
    assert demonstration.fill() == []
    assert Facility.select().count() == 1


def test_a_database_with_a_login_of_somebody_else_gets_no_demonstration(cast):
    cast.ploeg.account.save_values(email="ploeg@deploeg.be")
    assert demonstration.fill() == []
    assert Facility.select().count() == 0
