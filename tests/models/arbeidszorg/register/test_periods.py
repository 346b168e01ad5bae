"""Guidance periods: the rules that they keep to, closing and reopening them, and simultaneous changes."""
import datetime
from decimal import Decimal

import pytest

from models.arbeidszorg.register import periods
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period, period_to_show
from models.audit import AuditEntry
from models.errors import Refused, Stale
from tests.factories import client_of, period_of
from tests.hall import in_threads

HOURS = Decimal("12.5")


def day(month, number=1, year=2024):
    return datetime.date(year, month, number)


@pytest.fixture
def client(ploeg):
    return client_of(ploeg)


def add(client, start, end=None, hours=HOURS, form_key=None, by=None):
    closing = ("other", "same") if end else (None, None)
    return Period.add(client, hours, start, end, *closing, form_key, by)


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as caught:
        act(*arguments, **named)
    return caught.value


def events(client):
    entries = AuditEntry.select().where(AuditEntry.subject == str(client.number)).order_by(AuditEntry.id)
    return [(entry.event, entry.details) for entry in entries][1:]


def test_hours_are_stored_exactly(client):
    for number, hours in enumerate(("12.5", "15.2", "15.25", "60", "0.01"), 1):
        add(client, day(number), day(number, 20), Decimal(hours))
    assert [str(period.hours) for period in Period.of(client)] == ["0.01", "60", "15.25", "15.2", "12.5"]


@pytest.mark.parametrize("hours", ["0", "-4", "60.01", "12.555"])
def test_hours_outside_their_range_are_refused(client, hours):
    assert refusal(add, client, day(1), hours=Decimal(hours)).code == "hours"


@pytest.mark.parametrize("start", [datetime.date(1899, 12, 31), datetime.date(3000, 1, 1)])
def test_dates_before_1900_or_after_2999_are_refused(ploeg, start):
    client = client_of(ploeg, birth_date=None)
    error = refusal(add, client, start)
    assert (error.code, error.context["field"]) == ("day_range", "start_date")
    assert refusal(add, client, day(1), datetime.date(3000, 1, 1)).context["field"] == "end_date"


@pytest.mark.parametrize(("closing", "missing"), [
    ((day(6), "other", None), ["outlook"]), ((day(6), None, None), ["closing_reason", "outlook"]),
    ((None, "other", "same"), ["end_date"]), ((None, "", "same"), ["end_date", "closing_reason"])])
def test_end_reason_and_outlook_go_together(client, closing, missing):
    error = refusal(Period.add, client, HOURS, day(1), *closing)
    assert (error.code, error.context["missing"]) == ("closing", missing)


def test_a_reason_or_outlook_outside_its_list_is_refused(client):
    for reason, outlook, code in (("zin", "same", "closing_reason"), ("other", "beter", "outlook")):
        error = refusal(Period.add, client, HOURS, day(1), day(6), reason, outlook)
        assert (error.code, error.context["question"]) == ("option", code)


def test_a_period_cannot_end_before_it_starts(client):
    assert refusal(add, client, day(6, 2), day(6, 1)).code == "end_before_start"
    assert add(client, day(6, 2), day(6, 2)).end_date == day(6, 2)


def test_a_period_cannot_start_before_the_birth_of_the_client(ploeg):
    client = client_of(ploeg, birth_date=day(6, 2))
    error = refusal(add, client, day(6, 1))
    assert (error.code, error.context["birth_date"]) == ("before_birth", day(6, 2))
    period = add(client, day(6, 2))
    assert refusal(period.change, HOURS, day(6, 1), None, None, None, 1).code == "before_birth"


@pytest.mark.parametrize(("start", "end", "overlaps"), [
    (day(2), day(3, 31), False), (day(2), day(4, 1), True), (day(5), day(5, 2), True), (day(6, 30), day(8), True),
    (day(7, 1), day(8), False), (day(7, 1), None, False), (day(1), None, True), (day(4), day(6, 30), True)])
def test_periods_of_one_client_never_overlap(client, ploeg, start, end, overlaps):
    existing = add(client, day(4), day(6, 30))
    add(client_of(ploeg), day(1))
    if overlaps:
        error = refusal(add, client, start, end)
        assert (error.code, error.context["period"]) == ("overlap", existing)
    else:
        period = add(client, start, end)
        assert Period.of(client).count() == 2
        error = refusal(period.change, HOURS, day(6, 30), None, None, None, 1)
        assert (error.code, error.context["period"]) == ("overlap", existing)


def test_at_most_one_period_has_no_end_date(client):
    running = add(client, day(4))
    for start in (day(3), day(4), day(5)):
        assert refusal(add, client, start).context["period"] == running


def test_adding_closing_changing_and_reopening_are_each_logged(client, ploeg):
    period = add(client, day(4), by=ploeg.account)
    period = period.change(HOURS, day(4), day(6), "move", "higher", 1, ploeg.account)
    assert (period.end_date, period.closing_reason, period.outlook, period.version) == (day(6), "move", "higher", 2)
    assert Client.get().active_until == day(6)
    period = period.change(Decimal(20), day(4), day(6), "move", "higher", 2, ploeg.account, hours_mistake=True)
    period = period.change(Decimal(20), day(4), None, "move", "higher", 3, ploeg.account)
    assert (period.end_date, period.closing_reason, period.outlook) == (None, None, None)
    number = period.id
    assert events(client) == [
        ("period-added", {"period": number}),
        ("period-closed", {"period": number, "fields": ["closing_reason", "end_date", "outlook"]}),
        ("period-changed", {"period": number, "fields": ["hours"]}),
        ("period-reopened", {"period": number, "fields": ["closing_reason", "end_date", "outlook"]})]
    assert period.change(Decimal(20), day(4), None, None, None, 4).version == 4
    assert len(events(client)) == 4


def test_reopening_is_refused_when_a_later_period_would_overlap(client):
    first, second = add(client, day(4), day(6)), add(client, day(7))
    error = refusal(first.change, HOURS, day(4), None, "other", "same", 1)
    assert (error.code, error.context["period"]) == ("overlap", second)


def test_a_reason_without_an_end_date_is_refused(client):
    assert refusal(add(client, day(4)).change, HOURS, day(4), None, "other", "same", 1).code == "closing"


def test_the_second_of_two_colleagues_gets_the_first_ones_version(client):
    form = add(client, day(4))
    form.change(Decimal(8), day(4), None, None, None, 1, hours_mistake=True)
    with pytest.raises(Stale) as caught:
        form.change(Decimal(9), day(4), None, None, None, 1)
    assert caught.value.context["current"].hours == 8


def test_the_same_form_sent_twice_makes_one_period(client, ploeg):
    first = add(client, day(4), form_key="formulier")
    assert add(client, day(4), form_key="formulier") == first
    error = refusal(add, client, day(5), form_key="formulier")
    assert (error.code, error.context["period"]) == ("already_saved", first)
    assert add(client_of(ploeg), day(4), form_key="formulier") != first
    assert len(events(client)) == 1


def test_exactly_one_of_several_simultaneous_new_periods_is_saved(ploeg):
    """ASVS 2.3.4."""
    for _ in range(20):
        client = client_of(ploeg)
        results = in_threads([lambda month=month, client=client: add(client, day(month)) for month in (1, 2, 3, 4)])
        period, = (result for result in results if isinstance(result, Period))
        refused = [result for result in results if isinstance(result, Refused)]
        assert [(error.code, error.context["period"]) for error in refused] == [("overlap", period)] * 3
        assert Period.of(client).count() == 1


def test_a_form_sent_twice_at_the_same_moment_makes_one_period(ploeg):
    for number in range(50):
        client = client_of(ploeg)
        one, other = in_threads([lambda client=client, key=f"paar-{number}": add(client, day(4), form_key=key)] * 2)
        assert one == other


def test_simultaneous_changes_of_period_and_birth_date_do_not_deadlock(ploeg):
    for _ in range(20):
        client = client_of(ploeg)
        period = add(client, day(4))
        results = in_threads([
            lambda period=period: period.change(HOURS, day(4), day(6), "other", "same", 1),
            lambda client=client: client.change({"birth_date": day(4, 2)}, None, 1),
            lambda client=client: add(client, day(9))])
        assert results[1].code == "before_birth"
        assert isinstance(results[0], Period) or results[0].code == "overlap"


def test_a_rule_of_the_database_is_refused_in_the_same_way(client, monkeypatch):
    add(client, day(4))
    monkeypatch.setattr(periods, "_check_against_client", lambda *_, **__: None)
    assert refusal(add, client, day(5)).code == "overlap"
    assert refusal(add, client, day(1, year=1980), day(2, year=1980)).code == "before_birth"
    assert Period.of(client).count() == 1


def test_the_period_to_show_is_the_running_one_or_else_the_next_or_else_the_last(ploeg):
    client = client_of(ploeg)
    assert period_to_show([], day(1)) is None
    first, second, third = add(client, day(1), day(2)), add(client, day(4), day(5)), add(client, day(7), day(8))
    shuffled = [second, third, first]
    expected = {day(1): first, day(2): first, day(3): second, day(4): second}
    expected |= {day(5, 2): third, day(8): third, day(9): third}
    assert {today: period_to_show(shuffled, today) for today in expected} == expected


def test_a_client_is_active_through_the_last_day_of_its_period(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, day(4), day(6))
    client = Client.get()
    assert client.is_active(day(1))
    assert client.is_active(day(6))
    assert not client.is_active(day(6, 2))
