"""Clients and periods compared with a plain model of them, through random sequences of actions (hypothesis).

LOKET_MACHINE_RUNS sets the number of runs, each of 50 steps: 200 runs make the 10,000 steps of a full check.
"""
import datetime
import os
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.arbeidszorg.register.answers import answers_on_day
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.dashboard import Listing
from models.arbeidszorg.register.periods import Period
from models.database import END_OF_TIME
from models.errors import Refused, Stale
from models.organisations import Organisation

RUNS = int(os.environ.get("LOKET_MACHINE_RUNS", "5"))
STEPS = 50
FIRST = datetime.date(2026, 1, 1)
NAMES = st.sampled_from(["", "Jan", "Zoë"])
INCOMES = st.sampled_from(["none", "pension", "other"])
BORN = st.integers(-15, 5).map(lambda number: FIRST + datetime.timedelta(days=number))
DAYS = st.integers(-20, 40).map(lambda number: FIRST + datetime.timedelta(days=number))
LENGTHS = st.one_of(st.none(), st.integers(-2, 12))
HOURS = st.sampled_from([Decimal("0"), Decimal("0.01"), Decimal("12.5"), Decimal("60"), Decimal("60.5")])


class PlainClient:
    """A client without a database: its income from each day on which it changed, and its periods by id."""

    def __init__(self, number, name, income, born, today):
        self.number, self.name, self.born, self.version = number, name, born, 1
        self.income = {FIRST - datetime.timedelta(days=1): income, today: income}
        self.periods = {}

    def answer(self, income, mistake, today):
        days = [day for day in sorted(self.income, reverse=True) if day <= today]
        old = self.income[days[0]]
        self.income[today] = income
        for day in days:
            if old not in (None, "unknown") and not mistake or self.income[day] != old and day != today:
                break
            self.income[day] = income

    def income_on(self, day):
        known = [earlier for earlier in self.income if earlier <= day]
        return self.income[max(known)] if known else self.income[min(self.income)]

    def fits(self, start, end, but=None):
        free = all(end < other[0] or other[1] < start for number, other in self.periods.items() if number != but)
        return free and (self.born is None or self.born <= start)

    def is_active(self, today):
        return any(end >= today for _, end, _ in self.periods.values())


class Register(RuleBasedStateMachine):
    clock = None
    organisations = 0

    @initialize()
    def begin(self):
        Register.organisations += 1
        self.organisation = Organisation.create_new(f"Organisatie {Register.organisations}", "limburg")
        self.plain = {}
        self.day = 0
        self.pass_days(0)

    @property
    def today(self):
        return FIRST + datetime.timedelta(days=self.day)

    @rule(number=st.integers(1, 6))
    def pass_days(self, number):
        self.day += number
        self.clock(datetime.datetime.combine(self.today, datetime.time(12)))

    @rule(name=NAMES, income=st.one_of(st.none(), INCOMES), born=st.one_of(st.none(), BORN))
    def register(self, name, income, born):
        given = {"income": income, "birth_date": born}
        if born is not None and born > self.today:
            with pytest.raises(Refused, match="birth_date"):
                Client.register(self.organisation, given, name)
            return
        client = Client.register(self.organisation, given, name)
        self.plain[client.number] = PlainClient(client.number, name, income, born, self.today)

    def pick(self, data):
        plain = self.plain[data.draw(st.sampled_from(sorted(self.plain)))]
        return plain, Client.of(self.organisation).where(Client.number == plain.number).get()

    @precondition(lambda self: self.plain)
    @rule(data=st.data(), name=NAMES, income=INCOMES, mistake=st.booleans())
    def change(self, data, name, income, mistake):
        plain, client = self.pick(data)
        if plain.income_on(self.today) != income:
            plain.answer(income, mistake, self.today)
            plain.version += 1
        elif plain.name != name:
            plain.version += 1
        plain.name = name
        before = client.version
        changed = client.change({"income": income}, name, before, {"income"} if mistake else set())
        if changed.version != before:
            with pytest.raises(Stale):
                client.change({"income": "unknown"}, None, before)

    @precondition(lambda self: self.plain)
    @rule(data=st.data(), born=BORN)
    def change_birth_date(self, data, born):
        plain, client = self.pick(data)
        possible = born <= self.today and all(born <= start for start, _, _ in plain.periods.values())
        if not possible:
            with pytest.raises(Refused, match="birth"):
                client.change({"birth_date": born}, None, plain.version)
            return
        plain.version += plain.born != born
        client.change({"birth_date": born}, None, plain.version - (plain.born != born))
        plain.born = born

    @precondition(lambda self: self.plain)
    @rule(data=st.data(), start=DAYS, length=LENGTHS, hours=HOURS)
    def add_period(self, data, start, length, hours):
        plain, client = self.pick(data)
        self.save(plain, start, length, hours, None, lambda *values: Period.add(client, *values))

    @precondition(lambda self: any(plain.periods for plain in self.plain.values()))
    @rule(data=st.data(), start=DAYS, length=LENGTHS, hours=HOURS)
    def change_period(self, data, start, length, hours):
        owners = sorted(number for number, plain in self.plain.items() if plain.periods)
        plain = self.plain[data.draw(st.sampled_from(owners))]
        period = Period.get_by_id(data.draw(st.sampled_from(sorted(plain.periods))))
        self.save(plain, start, length, hours, period.id, lambda *values: period.change(
            *values, period.version, hours_mistake=True))

    def save(self, plain, start, length, hours, but, act):
        end = None if length is None else start + datetime.timedelta(days=length)
        closing = (None, None) if end is None else ("other", "same")
        until = end or END_OF_TIME
        if 0 < hours <= 60 and until >= start and plain.fits(start, until, but):
            plain.periods[act(hours, start, end, *closing).id] = (start, until, hours)
        else:
            with pytest.raises(Refused, match=r"hours|end_before_start|overlap|before_birth"):
                act(hours, start, end, *closing)

    @invariant()
    def the_register_says_what_the_plain_model_says(self):
        clients = {client.number: client for client in Client.of(self.organisation)}
        assert sorted(clients) == sorted(self.plain)
        for number, plain in self.plain.items():
            client = clients[number]
            assert (client.name or "", client.birth_date, client.version) == (plain.name, plain.born, plain.version)
            periods = {period.id: (period.start_date, period.end_date or END_OF_TIME, period.hours)
                       for period in Period.of(client)}
            assert periods == plain.periods
            answers, past = client.answers(), client.past_answers()
            for back in range(self.day + 2):
                day = self.today - datetime.timedelta(days=back)
                assert answers_on_day(answers, past, day).get("income") == plain.income_on(day)

    @invariant()
    def the_tabs_hold_what_the_plain_model_holds(self):
        for tab in ("active", "inactive"):
            listing = Listing(self.organisation.id, tab, today=self.today)
            here = {number for number, plain in self.plain.items() if plain.is_active(self.today) == (tab == "active")}
            expected = sorted(here)
            assert [row.number for row in listing.rows] == expected[:25]
            assert listing.counts[tab] == listing.total == len(expected)


def test_clients_and_periods_behave_as_their_plain_model(register, clock, monkeypatch):
    monkeypatch.setattr(Register, "clock", staticmethod(clock))
    run_state_machine_as_test(Register, settings=settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck)))
