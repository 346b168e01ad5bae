"""A period that starts on the day after another one ended is its continuation: worked out, stored nowhere."""
import datetime
from decimal import Decimal

import peewee
import pytest

from models.arbeidszorg.register import continuation, questionnaire
from models.arbeidszorg.register.continuation import CONTINUATION, closing_labels, with_continuation
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import database
from models.errors import Refused
from tests.factories import client_of, days, period_of

Day = datetime.date


@pytest.fixture
def client(ploeg):
    return client_of(ploeg)


def shown(client):
    """The reason and the outlook of each period as they are shown, the newest first."""
    return [closing_labels(one.is_continued, one.closing_reason, one.outlook) for one in with_continuation(client)]


def first_days(client):
    own = Period.alias()
    rows = own.select(own.start_date, continuation.first_day(own)).where(own.client == client)
    return {str(start): str(first) for start, first in rows.tuples()}


def test_a_continued_period_shows_voortzetting_and_no_outlook(client, ploeg):
    first = period_of(client, ploeg, Day(2024, 1, 1), Day(2024, 12, 31), reason="move", outlook="lower")
    assert shown(client) == [("Verhuis", "Lagere trede")]
    second = period_of(client, ploeg, Day(2025, 1, 1))
    assert shown(client) == [(None, None), (CONTINUATION, None)]
    second.change(second.hours, Day(2025, 1, 2), None, None, None, second.version)
    assert shown(client)[1] == ("Verhuis", "Lagere trede")
    assert Period.get_by_id(first.id).version == first.version


def test_a_chain_begins_with_the_first_period_that_continues_no_other(client, ploeg):
    for start, end in ((Day(2020, 1, 1), Day(2020, 2, 28)), (Day(2020, 3, 1), Day(2020, 3, 31)),
                       (Day(2020, 4, 1), Day(2020, 4, 1)), (Day(2020, 4, 2), None)):
        period_of(client, ploeg, start, end)
    period_of(client_of(ploeg), ploeg, Day(2020, 1, 1), Day(2020, 2, 29))
    assert first_days(client) == {"2020-01-01": "2020-01-01", "2020-03-01": "2020-03-01", "2020-04-01": "2020-03-01",
                                  "2020-04-02": "2020-03-01"}


def test_a_period_after_a_move_to_another_organisation_continues_nothing(client, ploeg, cast):
    period_of(client, ploeg, Day(2024, 1, 1), Day(2024, 12, 31))
    period_of(client, ploeg, Day(2025, 1, 1))
    moved = peewee.Table("past_organisation", ("client_number", "organisation_id", "until")).bind(database)
    moved.insert(client_number=client.number, organisation_id=cast.outsider.organisation.id,
                 until=Day(2024, 12, 31)).execute()
    assert shown(client)[1] != (CONTINUATION, None)
    assert first_days(client)["2025-01-01"] == "2025-01-01"


def test_a_period_that_is_continued_needs_no_reason_and_keeps_the_one_that_was_typed(client, ploeg):
    period_of(client, ploeg, Day(2025, 1, 1))
    added = Period.add(client, Decimal(6), Day(2024, 1, 1), Day(2024, 12, 31))
    assert (added.closing_reason, added.outlook) == ("unknown", "unknown")
    typed = period_of(client, ploeg, Day(2023, 1, 1), Day(2023, 12, 31), reason="move", outlook="lower")
    typed = typed.change(typed.hours, Day(2023, 2, 1), Day(2023, 12, 31), None, None, typed.version)
    assert (typed.closing_reason, typed.outlook) == ("move", "lower")
    with pytest.raises(Refused, match="closing"):
        typed.change(typed.hours, Day(2023, 2, 1), Day(2023, 12, 30), None, None, typed.version)


def test_a_new_period_ends_the_running_one_in_the_same_step(client, ploeg):
    running = period_of(client, ploeg, days(-100))
    Period.add(client, Decimal(3), days(-10), by=ploeg.account, continues=True, form_key="een")
    Period.add(client, Decimal(3), days(-10), by=ploeg.account, continues=True, form_key="een")
    ended = Period.get_by_id(running.id)
    assert (ended.end_date, ended.closing_reason, ended.outlook) == (days(-11), "unknown", "unknown")
    assert shown(client) == [(None, None), (CONTINUATION, None)]
    entries = AuditEntry.select().order_by(AuditEntry.id.desc()).limit(3)
    assert [entry.event for entry in entries] == ["period-added", "period-closed", "period-added"]


def test_nothing_is_ended_when_the_new_period_is_refused(client, ploeg):
    running = period_of(client, ploeg, days(-100))
    with pytest.raises(Refused, match="overlap"):
        Period.add(client, Decimal(3), days(-100), continues=True)
    with pytest.raises(Refused, match="end_before_start"):
        Period.add(client, Decimal(3), days(-10), days(-20), "other", "same", continues=True)
    assert Period.get_by_id(running.id).end_date is None


def test_voortzetting_is_no_option_and_onbekend_is_one_of_both_questions(tmp_path):
    text = questionnaire.DEFAULT_FILE.read_text("utf-8")
    assert CONTINUATION not in {option.label for question in questionnaire.load().questions
                                for option in question.options}
    without = tmp_path / "without.toml"
    head, closing = text.split('code = "closing_reason"')
    for wrong in (closing.replace('"unknown"', '"not-known"', 1), closing.replace('"Verhuis"', f'"{CONTINUATION}"', 1)):
        assert wrong != closing
        without.write_text(head + 'code = "closing_reason"' + wrong, "utf-8")
        with pytest.raises(questionnaire.QuestionnaireError, match="which Loket sets itself"):
            questionnaire.load(without)
