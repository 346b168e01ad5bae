"""The hours of a period over time: changes, corrections, other dates; against a plain model day by day."""
import datetime
from decimal import Decimal

import peewee
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.arbeidszorg.register import answers
from models.arbeidszorg.register.corrections import remove_past_hours
from models.arbeidszorg.register.hours import Hours, HoursChange, PastHours, after_change, stretches
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import database, now
from models.errors import Refused
from tests.factories import client_of, days, period_of

SIX, THREE, FOUR = Decimal(6), Decimal(3), Decimal(4)
START = datetime.date(2020, 1, 1)
TODAY = datetime.date(2020, 3, 1)


@pytest.fixture
def period(ploeg):
    """A running period of 6 hours that began 400 days ago."""
    return period_of(client_of(ploeg), ploeg, days(-400), hours="6")


def change(period, hours, since=None, end=None, start=None, **named):
    closing = ("other", "same") if end else (None, None)
    return period.change(Decimal(hours), start or period.start_date, end, *closing, period.version,
                         hours_since=since, **named)


def past(period):
    return [(was.until, was.hours) for was in PastHours.of(period.id)]


def refusal(period, *arguments, **named):
    with pytest.raises(Refused) as caught:
        change(period, *arguments, **named)
    return caught.value.code


def test_a_change_of_hours_keeps_the_old_ones_until_the_day_before(period):
    period = change(period, 3, days(-30))
    assert (period.hours, past(period)) == (THREE, [(days(-31), SIX)])
    assert [period.hours_over_time().on(days(day)) for day in (-400, -31, -30, 0)] == [SIX, SIX, THREE, THREE]
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.details) == ("period-changed", {"period": period.id, "fields": ["hours"]})


def test_a_change_needs_its_first_day_unless_it_corrects_what_was_given_just_before(period, clock):
    assert refusal(period, 3) == "hours_since"
    answers.use(14)
    assert past(change(period, 3)) == []
    clock(now() + datetime.timedelta(days=15))
    assert refusal(Period.get_by_id(period.id), 4) == "hours_since"
    assert past(change(Period.get_by_id(period.id), 4, hours_mistake=True)) == []


def test_imported_hours_were_given_long_ago(period):
    answers.use(14)
    Period.update(hours_on=None, form_key=None).where(Period.id == period.id).execute()
    assert refusal(Period.get_by_id(period.id), 3) == "hours_since"


def test_hours_of_a_period_that_is_still_to_begin_are_simply_other_ones(ploeg):
    planned = period_of(client_of(ploeg), ploeg, days(10), hours="6")
    assert (change(planned, 3).hours, past(planned)) == (THREE, [])


def test_hours_from_the_first_day_on_hold_for_the_whole_period(period):
    assert past(change(period, 3, days(-400))) == []
    assert past(change(Period.get_by_id(period.id), 4, days(-500))) == []


def test_a_first_day_in_the_future_or_after_the_end_is_refused(period):
    assert refusal(period, 3, days(1)) == "hours_late"
    assert refusal(period, 3, days(-5), days(-10)) == "hours_late"
    assert refusal(period, 6, days(-5)) == "hours_same"


def test_later_changes_are_replaced_and_the_first_day_can_move(period):
    period = change(change(period, 3, days(-100)), 4, days(-50))
    assert past(period) == [(days(-51), THREE), (days(-101), SIX)]
    assert past(change(period, 4, days(-40))) == [(days(-41), THREE), (days(-101), SIX)]
    assert past(change(Period.get_by_id(period.id), 8, days(-200))) == [(days(-201), SIX)]


def test_hours_that_are_put_back_as_a_correction_join_the_earlier_ones(period):
    period = change(period, 3, days(-30))
    period = change(period, 6, hours_mistake=True)
    assert (past(period), period.hours_on) == ([], None)


def test_other_dates_leave_the_hours_of_each_remaining_day(period):
    period = change(change(period, 3, days(-100)), 4, days(-50))
    period = change(period, 4, end=days(-60))
    assert (period.hours, past(period)) == (THREE, [(days(-101), SIX)])
    period = change(period, 3, end=days(-60), start=days(-90))
    assert (period.hours, past(period)) == (THREE, [])


def test_removed_hours_were_never_true(period):
    period = change(change(period, 3, days(-100)), 6, days(-50))
    newest, _ = PastHours.of(period.id)
    assert remove_past_hours(period, newest.id)
    assert (past(period), Period.get_by_id(period.id).version) == ([], period.version + 1)
    assert not remove_past_hours(period, newest.id)


@pytest.mark.parametrize("until", ["2020-01-31", "2020-06-30", "2020-07-15"])
def test_the_database_refuses_hours_outside_their_period(ploeg, until):
    period = period_of(client_of(ploeg), ploeg, datetime.date(2020, 2, 1), datetime.date(2020, 6, 30))
    PastHours.create(period_id=period.id, hours=SIX, until=datetime.date(2020, 4, 1))
    with pytest.raises(peewee.IntegrityError, match="past_hours_outside"), database.atomic():
        PastHours.create(period_id=period.id, hours=SIX, until=until)
    for dates in ({"start_date": datetime.date(2020, 4, 2)}, {"end_date": datetime.date(2020, 4, 1)}):
        with pytest.raises(peewee.IntegrityError, match="past_hours_outside"), database.atomic():
            Period.update(dates).where(Period.id == period.id).execute()


AMOUNTS = st.sampled_from([THREE, FOUR, SIX])
OFFSETS = st.integers(-5, 75)


@given(AMOUNTS, st.lists(st.tuples(AMOUNTS, st.none() | OFFSETS, OFFSETS, st.none() | OFFSETS), max_size=8))
def test_the_hours_of_each_day_are_those_of_a_list_of_days(first, acts):
    hours, model, start, end = Hours(first, None, {}), {}, START, None
    model = {START + datetime.timedelta(days=number): first for number in range(-10, 100)}
    for amount, since, new_start, new_end in acts:
        since, end = (day if day is None else START + datetime.timedelta(days=day) for day in (since, new_end))
        start = min(START + datetime.timedelta(days=new_start), end or TODAY)
        try:
            new = after_change(hours, amount, start, end, HoursChange(since, since is None), TODAY)
        except Refused:
            refused = True
            new = hours.within(start, end)
        else:
            if amount != hours.now and since is not None:
                model |= {day: amount for day in model if day >= since}
                if since <= start:
                    model = dict.fromkeys(model, amount)
            refused = False
        late = since is not None and since > min(TODAY, end or TODAY)
        assert refused == late or (refused and amount == hours.now)
        lasting = [day for day in model if start <= day and (end is None or day <= end)]
        if since is not None and (late or amount != hours.now):
            assert [new.on(day) for day in lasting] == [model[day] for day in lasting]
        # Earlier hours lie within the period, and differ from the hours after them.
        held = [amount for amount, _ in stretches(start, new.now, sorted(new.past.items(), reverse=True))]
        assert all(one != other for one, other in zip(held, held[1:], strict=False))
        assert all(start <= until and (end is None or until < end) for until in new.past)
        hours = new
        model = {day: hours.on(day) for day in model}
