"""A client 'zonder naam': as an administrator sees it, and as its organisation sees it in 'Wat ziet de provincie?'."""
import datetime
import logging
import re

import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.without_names import listing
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import AnswerFilter, Filters, Listing
from models.audit import AuditEntry
from models.database import today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of

FORBIDDEN = ("sealed_name", "old_number", "old_number_rank", "old_number_key", "version", "changed_at", "form_key")
# The expressions that reduce a birth date to its year and a postcode to its place: the only ones to use their columns.
REDUCING = (
    r'SUBSTR\("t\d+"\."birth_date", (\?|%s), (\?|%s)\)',
    r'TO_CHAR\("t\d+"\."birth_date", (\?|%s)\)',
    r'CASE( WHEN \("t\d+"\."(home|work)_postcode" (=|BETWEEN) (\?|%s)( AND (\?|%s))?\) THEN (\?|%s))+'
    r' ELSE "t\d+"\."(home|work)_postcode" END',
    r'CASE( WHEN \("t\d+"\."value" (=|BETWEEN) (\?|%s)( AND (\?|%s))?\) THEN (\?|%s))+'
    r' ELSE ("t\d+"\."value"|SUBSTR\("t\d+"\."value", (\?|%s), (\?|%s)\)) END',
)


def details(client):
    """Return the details of a client as its organisation sees them in 'Wat ziet de provincie?'."""
    return ClientWithoutName.details(ClientWithoutName.of_organisation(client.organisation_id), client.number)


def answered(client, label):
    """Return the question with this label from the details of a client."""
    return next(question for _, questions in details(client).chapters
                for question in questions if question.label == label)


def past_answer(client, question, until, **answer):
    """Store a past answer, which held until this day."""
    PastAnswer.create(client_number=client.number, question=question, until=until, **answer)


def test_a_province_and_an_organisation_each_see_their_own_clients(cast):
    own, neighbour, foreign = (client_of(login) for login in (cast.ploeg, cast.outsider, cast.elsewhere))
    here, elsewhere = ClientWithoutName.of_province("oost-vlaanderen"), ClientWithoutName.of_province("limburg")
    assert {client.number for client in here} == {own.number, neighbour.number}
    assert [client.number for client in ClientWithoutName.of_organisation(cast.ploeg.organisation.id)] == [own.number]
    assert ClientWithoutName.details(elsewhere, own.number) is None
    assert ClientWithoutName.details(elsewhere, foreign.number).organisation == "De Winning"


def test_an_organisation_sees_exactly_the_details_that_its_province_sees(ploeg):
    client = client_of(ploeg, "Roos")
    period_of(client, ploeg)
    assert ClientWithoutName.details(ClientWithoutName.of_province("oost-vlaanderen"), client.number) == details(client)


def test_adding_or_changing_a_name_shows_nowhere(ploeg, clock):
    clock(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))
    without, named = client_of(ploeg), client_of(ploeg, "Roos")
    clock(datetime.datetime(2026, 4, 10, 12, tzinfo=datetime.UTC))
    named.change({}, "Roos Peeters", 1, by=ploeg.account)
    assert details(without)._replace(number=0) == details(named)._replace(number=0)
    rows = [row.client._replace(number=0) for row in Listing(Filters("oost-vlaanderen", {})).rows]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(("answer", "label"), [
    (datetime.date(1985, 12, 31), "1985"), (datetime.date(1986, 1, 1), "1986"), ("unknown", "Onbekend"), (None, None)])
def test_a_birth_date_is_reduced_to_its_year(ploeg, answer, label):
    assert answered(client_of(ploeg, birth_date=answer), "Geboortejaar").answer == label


@pytest.mark.parametrize(("answer", "label"), [
    ("9000", "Oost-Vlaanderen"), ("2070", "Oost-Vlaanderen"), ("4000", "Buiten Vlaanderen"), ("unknown", "Onbekend"),
    ("none", "Geen vaste woonplaats"), ("abroad", "Buiten België"), (None, None)])
def test_a_postcode_is_reduced_to_its_province(ploeg, answer, label):
    assert answered(client_of(ploeg, home_postcode=answer), "Provincie woonplaats").answer == label


def test_an_earlier_answer_is_shown_with_its_last_day(ploeg):
    client = client_of(ploeg, income="pension", birth_date=datetime.date(1985, 7, 14), work_postcode="3500")
    past_answer(client, "income", days(-10), option="living-wage")
    past_answer(client, "birth_date", days(-20), value="1958-07-14")
    past_answer(client, "birth_date", days(-30), value="unknown")
    past_answer(client, "work_postcode", days(-5), value="2000")
    assert answered(client, "Welk hoofdinkomen geniet de arbeidszorgmedewerker?").earlier == [(days(-10), "Leefloon")]
    assert answered(client, "Geboortejaar").earlier == [(days(-20), "1958"), (days(-30), "Onbekend")]
    assert answered(client, "Provincie tewerkstelling").earlier == [(days(-5), "Antwerpen")]


def test_a_change_that_leaves_the_reduced_answer_equal_is_not_shown(ploeg):
    client = client_of(ploeg, home_postcode="9100")
    past_answer(client, "home_postcode", days(-10), value="9000")
    past_answer(client, "birth_date", days(-10), value="1985-01-01")
    past_answer(client, "home_postcode", days(-20), value="8000")
    past_answer(client, "home_postcode", days(-30), value="8500")
    past_answer(client, "home_postcode", days(-40), value="9050")
    assert answered(client, "Geboortejaar").earlier == []
    assert answered(client, "Provincie woonplaats").earlier == [
        (days(-20), "West-Vlaanderen"), (days(-40), "Oost-Vlaanderen")]


def test_the_day_of_registration_is_the_day_in_flanders(ploeg, clock):
    clock(datetime.datetime(2026, 3, 10, 23, 30, tzinfo=datetime.UTC))
    assert details(client_of(ploeg)).registered_on == datetime.date(2026, 3, 11)


def test_a_view_is_logged_with_the_organisation_of_the_client(cast):
    client = client_of(cast.ploeg)
    assert ClientWithoutName.view(client.number, cast.administrator) == details(client)
    assert ClientWithoutName.view(client.number, cast.other_administrator) is None
    entry, = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_VIEWED)
    assert (entry.actor, entry.tenant_id, entry.province, entry.subject) == (
        "arbeidszorg:administrator", cast.ploeg.organisation.id, "oost-vlaanderen", str(client.number))


@pytest.fixture
def statements(caplog):
    """Return a function that returns every statement that was run, from peewee's log."""
    caplog.set_level(logging.DEBUG, logger="peewee")
    return lambda: [record.msg[0] for record in caplog.records if record.name == "peewee"]


def test_no_statement_for_administrators_selects_a_name_or_an_unreduced_answer(cast, statements, caplog):
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
    selects = [sql for sql in statements() if sql.startswith("SELECT")]
    assert len(selects) > 100
    for sql in selects:
        # The audit reads the grants of the administrator, and the row of the client's organisation.
        if re.search('FROM "(organisation|account_grant)"', sql) and "client" not in sql:
            continue
        rest = sql
        for pattern in REDUCING:
            rest = re.sub(pattern, "", rest)
        columns = set(re.findall(r'"t\d+"\."(\w+)"', rest))
        assert not columns & {*FORBIDDEN, "birth_date", "home_postcode", "work_postcode", "value"}, sql
        assert "*" not in rest.replace("COUNT(*)", ""), sql


def every_filter():
    """Yield the values of each filter of the list, one filter at a time."""
    yield from ({"q": "1"}, {"status": "active"}, {"status": "inactive"}, {"incomplete": "1"}, {"born_from": "1980"},
                {"born_to": "1990"})
    for answer_filter in AnswerFilter.all():
        yield from ({answer_filter.code: value} for value, _ in answer_filter.options)


def test_every_statement_is_captured(cast, statements):
    """Show that the test above would fail on a statement that selects a name."""
    Client.one(cast.ploeg.organisation, 1)
    assert any("sealed_name" in sql for sql in statements())


def test_a_client_is_active_on_the_last_day_of_its_period(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, days(-10), days(0))
    assert details(client).active
    assert next(iter(ClientWithoutName.of_province("oost-vlaanderen"))).is_active(today())
