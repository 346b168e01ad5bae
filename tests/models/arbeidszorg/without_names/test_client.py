"""What is seen of a client without its name: by an administrator, and by the organisation that looks as one."""
import datetime
import logging
import re

import pytest

from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.without_names import listing
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import AnswerFilter, Filters, Listing
from models.audit import AuditEntry, Event
from models.database import today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of

FORBIDDEN = ("sealed_name", "old_number", "old_number_rank", "old_number_key", "version", "changed_at", "form_key")
# The database makes a year of a date and a place of a postcode: nowhere else do their columns stand.
REDUCING = (
    r'SUBSTR\("t\d+"\."birth_date", (\?|%s), (\?|%s)\)',
    r'TO_CHAR\("t\d+"\."birth_date", (\?|%s)\)',
    r'CASE( WHEN \("t\d+"\."(home|work)_postcode" (=|BETWEEN) (\?|%s)( AND (\?|%s))?\) THEN (\?|%s))+'
    r' ELSE "t\d+"\."(home|work)_postcode" END',
    r'CASE( WHEN \("t\d+"\."value" (=|BETWEEN) (\?|%s)( AND (\?|%s))?\) THEN (\?|%s))+'
    r' ELSE ("t\d+"\."value"|SUBSTR\("t\d+"\."value", (\?|%s), (\?|%s)\)) END',
)


def shown(client):
    return ClientWithoutName.details(ClientWithoutName.of_organisation(client.organisation_id), client.number)


def fact(client, label):
    return next(fact for _, facts in shown(client).chapters for fact in facts if fact.label == label)


def past(client, question, until, **held):
    PastAnswer.create(client_number=client.number, question=question, until=until, **held)


def test_each_scope_holds_its_own_clients_and_no_others(cast):
    own, neighbour, foreign = (client_of(login) for login in (cast.ploeg, cast.outsider, cast.elsewhere))
    here, elsewhere = ClientWithoutName.of_province("oost-vlaanderen"), ClientWithoutName.of_province("limburg")
    assert {client.number for client in here} == {own.number, neighbour.number}
    assert [client.number for client in ClientWithoutName.of_organisation(cast.ploeg.organisation.id)] == [own.number]
    assert ClientWithoutName.details(elsewhere, own.number) is None
    assert ClientWithoutName.details(elsewhere, foreign.number).organisation == "De Winning"


def test_both_scopes_show_the_same(ploeg):
    client = client_of(ploeg, "Roos")
    period_of(client, ploeg)
    assert ClientWithoutName.details(ClientWithoutName.of_province("oost-vlaanderen"), client.number) == shown(client)


def test_it_is_the_same_whether_a_name_was_given_or_changed_or_not(ploeg, clock):
    clock(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))
    without, named = client_of(ploeg), client_of(ploeg, "Roos")
    clock(datetime.datetime(2026, 4, 10, 12, tzinfo=datetime.UTC))
    named.change({}, "Roos Peeters", 1, by=ploeg.account)
    one, other = shown(without), shown(named)
    assert one._replace(number=0) == other._replace(number=0)
    rows = [row.client._replace(number=0) for row in Listing(Filters("oost-vlaanderen", {})).rows]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(("answer", "seen"), [
    (datetime.date(1985, 12, 31), "1985"), (datetime.date(1986, 1, 1), "1986"), ("unknown", "Onbekend"), (None, None)])
def test_of_a_birth_date_only_the_year_is_seen(ploeg, answer, seen):
    assert fact(client_of(ploeg, birth_date=answer), "Geboortejaar").answer == seen


@pytest.mark.parametrize(("answer", "seen"), [
    ("9000", "Oost-Vlaanderen"), ("2070", "Oost-Vlaanderen"), ("4000", "Buiten Vlaanderen"), ("unknown", "Onbekend"),
    ("none", "Geen vaste woonplaats"), ("abroad", "Buiten België"), (None, None)])
def test_of_a_postcode_only_the_province_is_seen(ploeg, answer, seen):
    assert fact(client_of(ploeg, home_postcode=answer), "Provincie woonplaats").answer == seen


def test_an_earlier_answer_is_seen_with_its_last_day(ploeg):
    client = client_of(ploeg, income="pension", birth_date=datetime.date(1985, 7, 14), work_postcode="3500")
    past(client, "income", days(-10), option="living-wage")
    past(client, "birth_date", days(-20), value="1958-07-14")
    past(client, "birth_date", days(-30), value="unknown")
    past(client, "work_postcode", days(-5), value="2000")
    assert fact(client, "Welk hoofdinkomen geniet de arbeidszorgmedewerker?").earlier == [(days(-10), "Leefloon")]
    assert fact(client, "Geboortejaar").earlier == [(days(-20), "1958"), (days(-30), "Onbekend")]
    assert fact(client, "Provincie tewerkstelling").earlier == [(days(-5), "Antwerpen")]


def test_a_change_that_reads_the_same_without_name_is_no_change(ploeg):
    client = client_of(ploeg, home_postcode="9100")
    past(client, "home_postcode", days(-10), value="9000")
    past(client, "birth_date", days(-10), value="1985-01-01")
    past(client, "home_postcode", days(-20), value="8000")
    past(client, "home_postcode", days(-30), value="8500")
    past(client, "home_postcode", days(-40), value="9050")
    assert fact(client, "Geboortejaar").earlier == []
    assert fact(client, "Provincie woonplaats").earlier == [
        (days(-20), "West-Vlaanderen"), (days(-40), "Oost-Vlaanderen")]


def test_the_day_of_registering_is_that_of_flanders(ploeg, clock):
    clock(datetime.datetime(2026, 3, 10, 23, 30, tzinfo=datetime.UTC))
    assert shown(client_of(ploeg)).registered_on == datetime.date(2026, 3, 11)


def test_looking_is_written_down_with_whose_client_it_is(cast):
    client = client_of(cast.ploeg)
    assert ClientWithoutName.view(client.number, cast.administrator) == shown(client)
    assert ClientWithoutName.view(client.number, cast.other_administrator) is None
    entry, = AuditEntry.select().where(AuditEntry.event == Event.CLIENT_VIEWED)
    assert (entry.actor, entry.organisation_id, entry.province, entry.client_number) == (
        "administrator", cast.ploeg.organisation.id, "oost-vlaanderen", client.number)


@pytest.fixture
def told(caplog):
    """Every statement that is run: peewee tells them."""
    caplog.set_level(logging.DEBUG, logger="peewee")
    return lambda: [record.msg[0] for record in caplog.records if record.name == "peewee"]


def test_no_statement_for_administrators_asks_for_what_they_may_not_see(cast, told, caplog):
    client = client_of(cast.ploeg, "Roos")
    period_of(client, cast.ploeg)
    client.change({"home_postcode": "3500"}, None, 1, by=cast.ploeg.account)
    caplog.clear()
    ClientWithoutName.view(client.number, cast.administrator)
    for sort in listing.SORTS:
        Listing(Filters("oost-vlaanderen", {}), sort)
    for values in every_filter():
        Listing(Filters("oost-vlaanderen", values))
    export = ExportWithoutNames(Filters("oost-vlaanderen", {}), "csv", cast.administrator)
    list(export.csv())
    list(export.xlsx())
    Organisation.choices("oost-vlaanderen")
    selects = [sql for sql in told() if sql.startswith("SELECT")]
    assert len(selects) > 100
    for sql in selects:
        # Whom it is about, for the audit: an organisation's own row.
        if 'FROM "organisation"' in sql and "client" not in sql:
            continue
        bare = sql
        for pattern in REDUCING:
            bare = re.sub(pattern, "", bare)
        columns = set(re.findall(r'"t\d+"\."(\w+)"', bare))
        assert not columns & {*FORBIDDEN, "birth_date", "home_postcode", "work_postcode", "value"}, sql
        assert "*" not in bare.replace("COUNT(*)", ""), sql


def every_filter():
    """What the list can be narrowed to, one thing at a time."""
    yield from ({"q": "1"}, {"status": "active"}, {"status": "inactive"}, {"incomplete": "1"}, {"born_from": "1980"},
                {"born_to": "1990"})
    for choice in AnswerFilter.all():
        yield from ({choice.code: value} for value, _ in choice.options)


def test_what_was_asked_of_the_database_is_what_is_looked_at(cast, told):
    """The test above sees statements at all, and would see a name."""
    Client.one(cast.ploeg.organisation, 1)
    assert any("sealed_name" in sql for sql in told())


def test_today_is_todays(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, days(-10), days(0))
    assert shown(client).active
    assert next(iter(ClientWithoutName.of_province("oost-vlaanderen"))).is_active(today())
