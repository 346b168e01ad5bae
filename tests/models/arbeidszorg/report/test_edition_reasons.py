"""The reasons why today's register gives other counts than an edition: entries, changes and deletions since."""
import datetime

import pytest

from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.edition_reasons import Reasons
from models.arbeidszorg.report.editions import Edition
from models.database import now, today
from models.organisations import PROVINCES, Organisation
from tests.factories import client_of, deleted, period_of

LAST = today().year - 1
OWN, FLANDERS = "oost-vlaanderen", "vlaanderen"


def day(month, day_=1, year=LAST):
    return datetime.date(year, month, day_)


@pytest.fixture
def then(cast):
    """A client of last year of each of the three organisations."""
    clients = {}
    for login in (cast.ploeg, cast.outsider, cast.elsewhere):
        clients[login.organisation.name] = client_of(login, income=None)
        period_of(clients[login.organisation.name], login, day(3))
    return clients


@pytest.fixture
def publish(then, cast, clock):
    """Publishes an edition, after which time goes on."""
    def publish(scope=OWN):
        edition = Edition.publish(LAST, scope, "", cast.administrator, today())
        clock(now() + datetime.timedelta(hours=1))
        return edition

    return publish


def found(edition, own=OWN):
    """The reasons that there are: {reason: {province: count, '1-4' where that is hidden}}."""
    counts = Reasons(edition, own).counts
    told = {reason: {place: "1-4" if cell.hidden else cell.count for place, cell in cells.items() if cell.count != 0}
            for reason, cells in counts.items()}
    return {reason: cells for reason, cells in told.items() if cells}


def test_without_changes_there_are_no_reasons(publish):
    edition = publish(FLANDERS)
    assert found(edition) == {}
    assert Reasons(edition, OWN).deletions == []


def test_a_client_who_was_registered_later_counts_if_guided_in_that_year(publish, ploeg):
    edition = publish()
    period_of(client_of(ploeg), ploeg, day(5), day(6))
    period_of(client_of(ploeg), ploeg, day(1, year=LAST + 1))
    period_of(client_of(ploeg), ploeg, day(5, year=LAST - 1), day(12, 31, LAST - 1))
    client_of(ploeg)
    assert found(edition) == {"late-clients": {OWN: 1}}


@pytest.mark.parametrize(("start", "end"), [((1, 1, LAST - 2), (1, 1, LAST)), ((12, 31, LAST), None)])
def test_a_period_of_one_day_in_the_year_counts(publish, ploeg, start, end):
    edition = publish()
    period_of(client_of(ploeg), ploeg, datetime.date(start[2], *start[:2]), end and datetime.date(end[2], *end[:2]))
    assert found(edition) == {"late-clients": {OWN: 1}}


def test_a_client_with_several_periods_counts_once(publish, ploeg, then):
    edition = publish()
    client = client_of(ploeg)
    period_of(client, ploeg, day(1), day(1, 9))
    period_of(client, ploeg, day(2), day(2, 9))
    period_of(then["De Ploeg"], ploeg, day(1), day(1, 9))
    period_of(then["De Ploeg"], ploeg, day(2), day(2, 9))
    assert found(edition) == {"late-clients": {OWN: 1}, "late-periods": {OWN: 1}}


def change_period(client, login, **changes):
    period = Period.get(Period.client == client)
    values = {"hours": period.hours, "start": period.start_date, "end": period.end_date,
              "reason": period.closing_reason, "outlook": period.outlook, "hours_mistake": True} | changes
    period.change(**values, version=period.version, by=login.account)


CLOSED = {"reason": "health", "outlook": "same"}


def test_a_changed_period_counts_unless_it_was_closed_after_the_year(publish, cast, then):
    edition = publish()
    change_period(then["De Ploeg"], cast.ploeg, end=today(), **CLOSED)
    assert found(edition) == {}
    change_period(then["De Ploeg"], cast.ploeg, hours=20)
    change_period(then["Het Atelier"], cast.outsider, end=day(9), **CLOSED)
    assert found(edition) == {"changed-periods": {OWN: 2}}


def test_hours_that_changed_after_the_year_are_not_a_reason_and_others_are(publish, cast, then):
    edition = publish()
    later = {"hours_mistake": False, "hours_since": day(1, year=LAST + 1)}
    change_period(then["De Ploeg"], cast.ploeg, hours=20, **later)
    change_period(then["Het Atelier"], cast.outsider, hours=20, **later, end=today(), **CLOSED)
    assert found(edition) == {}
    change_period(then["De Ploeg"], cast.ploeg, hours=8, hours_mistake=False, hours_since=day(6))
    assert found(edition) == {"changed-periods": {OWN: 1}}


def test_a_later_period_that_continues_one_of_the_year_is_a_reason(publish, ploeg):
    early, late, other = client_of(ploeg), client_of(ploeg), client_of(ploeg)
    period_of(early, ploeg, day(1), day(5))
    period_of(late, ploeg, day(2), day(12, 31))
    period_of(other, ploeg, day(2), day(12, 30))
    edition = publish()
    period_of(late, ploeg, day(1, year=LAST + 1))
    period_of(early, ploeg, day(1, year=LAST - 1), day(12, 31, LAST - 1))
    period_of(other, ploeg, day(1, year=LAST + 1))
    assert found(edition) == {"late-periods": {OWN: 2}}


def test_a_period_changed_before_the_edition_is_not_a_reason(publish, cast, then, clock):
    clock(now() + datetime.timedelta(hours=1))
    change_period(then["De Ploeg"], cast.ploeg, hours=20)
    edition = publish()
    assert found(edition) == {}


def change_answer(client, login, mistakes=(), **answers):
    client = type(client).get_by_id(client.number)
    client.change(answers, None, client.version, mistakes, by=login.account)


def test_a_completed_or_corrected_answer_counts(publish, cast, then):
    edition = publish()
    change_answer(then["De Ploeg"], cast.ploeg, income="pension")
    change_answer(then["Het Atelier"], cast.outsider, ["gender"], gender="male")
    assert found(edition) == {"changed-answers": {OWN: 2}}


def test_an_answer_changed_after_the_year_is_not_a_reason(publish, cast, then):
    edition = publish()
    change_answer(then["De Ploeg"], cast.ploeg, education="higher")
    assert found(edition) == {}
    change_answer(then["De Ploeg"], cast.ploeg, education="primary", gender="male", income="pension")
    assert found(edition) == {"changed-answers": {OWN: 1}}


def test_a_changed_name_is_never_a_reason(publish, cast, then):
    edition = publish()
    client = type(then["De Ploeg"]).get_by_id(then["De Ploeg"].number)
    client.change({}, "Roos Peeters", client.version, by=cast.ploeg.account)
    assert found(edition) == {}


def test_a_deletion_is_listed_with_its_number_organisation_years_and_reason(publish, cast, then):
    bare = client_of(cast.ploeg)
    later = client_of(cast.ploeg)
    period_of(later, cast.ploeg, day(1, year=LAST + 1))
    ended = client_of(cast.ploeg)
    period_of(ended, cast.ploeg, day(1, year=LAST - 1), day(12, 31, LAST - 1))
    edition = publish()
    registered_after = client_of(cast.ploeg)
    period_of(registered_after, cast.ploeg, day(3))
    for client in (bare, later, ended, registered_after):
        deleted(client, cast.administrator)
    deleted(then["De Ploeg"], cast.administrator, "not-guided")
    assert found(edition) == {"deleted": {OWN: 1}}
    [deletion] = Reasons(edition, OWN).deletions
    assert (deletion.client_number, deletion.organisation.name, deletion.reason) == (
        then["De Ploeg"].number, "De Ploeg", "not-guided")
    assert (deletion.first_year, deletion.last_year) == (LAST, None)


def test_a_client_restored_since_counts_if_deleted_before(publish, cast, then, clock):
    deletion = deleted(then["De Ploeg"], cast.administrator)
    clock(now() + datetime.timedelta(hours=1))
    edition = publish()
    deletion.restore(cast.administrator)
    later = deleted(then["Het Atelier"], cast.administrator)
    assert found(edition) == {"restored": {OWN: 1}, "deleted": {OWN: 1}}
    Deletion.get_by_id(later.id).restore(cast.administrator)
    assert found(edition) == {"restored": {OWN: 1}}
    assert Reasons(edition, OWN).deletions == []


def test_an_organisation_moved_to_another_sector_is_a_reason(publish, cast):
    edition = publish()
    for values in ({"sector": "welfare"}, {"address": "Dorp 1"}):
        organisation = Organisation.get_by_id(cast.ploeg.organisation.id)
        organisation.change({"name": organisation.name} | values, organisation.version, cast.administrator)
    other = cast.outsider.organisation
    other.change({"name": other.name, "address": "Dorp 1"}, other.version, cast.administrator)
    assert found(edition) == {"sectors": {OWN: 1}}


def test_counts_of_1_to_4_in_another_province_are_hidden(publish, cast):
    edition = publish(FLANDERS)
    for login, clients in ((cast.ploeg, 3), (cast.elsewhere, 4)):
        for _ in range(clients):
            period_of(client_of(login), login, day(5))
    assert set(Reasons(edition, OWN).counts["late-clients"]) == set(PROVINCES)
    assert found(edition) == {"late-clients": {OWN: 3, "limburg": "1-4"}}
    assert found(edition, "limburg") == {"late-clients": {OWN: "1-4", "limburg": 4}}
    period_of(client_of(cast.elsewhere), cast.elsewhere, day(5))
    assert found(edition) == {"late-clients": {OWN: 3, "limburg": 5}}


def test_every_count_of_another_province_is_hidden_but_that_of_organisations(publish, cast, then):
    restored = deleted(client_with_period(cast.elsewhere), cast.other_administrator)
    again = client_with_period(cast.elsewhere)
    edition = publish(FLANDERS)
    restored.restore()
    client = then["De Winning"]
    client_with_period(cast.elsewhere)
    period_of(client, cast.elsewhere, day(1), day(1, 9))
    change_period(again, cast.elsewhere, hours=20)
    change_answer(client, cast.elsewhere, ["gender"], gender="male")
    deleted(again, cast.other_administrator)
    organisation = Organisation.get_by_id(cast.elsewhere.organisation.id)
    organisation.change({"name": "De Winning", "sector": "welfare"}, organisation.version)
    hidden = {"late-clients", "late-periods", "changed-answers", "deleted", "restored"}
    assert found(edition) == {reason: {"limburg": "1-4"} for reason in hidden} | {"sectors": {"limburg": 1}}
    assert found(edition, "limburg") == {reason: {"limburg": 1} for reason in hidden | {"sectors"}}
    assert Reasons(edition, OWN).deletions == []


def client_with_period(login):
    client = client_of(login)
    period_of(client, login, day(3))
    return client


def test_reasons_of_a_provincial_edition_count_that_province_only(publish, cast):
    edition = publish()
    client_with_period(cast.elsewhere)
    assert list(Reasons(edition, OWN).counts["late-clients"]) == [OWN]
    assert found(edition) == {}
