"""The register over time compared with a plain one, through random sequences of actions (hypothesis).

Answers, hours, corrections, withdrawn periods, merges and their undoing, and moves. LOKET_MACHINE_RUNS sets the number
of runs, each of 50 steps: 200 runs make the 10,000 steps of a full check.
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

from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.doubles import undoing
from models.arbeidszorg.doubles.comparison import Comparison
from models.arbeidszorg.doubles.merging import Decisions, Merge
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.answers import answers_on_day
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.corrections import remove_past_answer
from models.arbeidszorg.register.dashboard import ListedClient, Listing
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.errors import Refused, Stale
from models.organisations import Organisation
from tests.factories import account_with
from tests.models.arbeidszorg import plain_register as plain
from tests.models.arbeidszorg.plain_register import FOR_EVER, PlainClient, PlainPeriod, Timeline
from tests.tables import rows_of

RUNS = int(os.environ.get("LOKET_MACHINE_RUNS", "5"))
STEPS = 50
FIRST_DAY = datetime.date(2026, 1, 1)
NAMES = st.sampled_from(["", "Jan", "Zoë"])
INCOMES = st.sampled_from(["none", "pension", "other", "unknown"])
BORN = st.integers(-30, -5)
DAYS = st.integers(-20, 30)
LENGTHS = st.one_of(st.none(), st.integers(0, 12))
HOURS = st.sampled_from(["4", "8", "12.5"]).map(Decimal)


def date(day):
    return None if day in (None, FOR_EVER) else FIRST_DAY + datetime.timedelta(days=day)


def closing(end):
    return (date(end), None, None) if end == FOR_EVER else (date(end), "other", "same")


class Register(RuleBasedStateMachine):
    clock = None
    runs = 0

    @initialize()
    def begin(self):
        Register.runs += 1
        self.places = [Organisation.create_new(f"Huis {Register.runs} {number}", "limburg") for number in (1, 2)]
        self.logins = [account_with(ORGANISATION, place, email=f"{place.id}@voorbeeld.be") for place in self.places]
        self.administrator = account_with(ADMINISTRATOR, "limburg", email=f"beheer{Register.runs}@voorbeeld.be")
        self.clients, self.today = {}, 0
        self.pass_days(0)

    @rule(number=st.integers(1, 8))
    def pass_days(self, number):
        self.today += number
        self.clock(datetime.datetime.combine(date(self.today), datetime.time(12)))

    @rule(place=st.integers(0, 1), name=NAMES, income=st.one_of(st.none(), INCOMES), born=st.one_of(st.none(), BORN))
    def register(self, place, name, income, born):
        made = Client.register(self.places[place], {"income": income, "birth_date": date(born)}, name)
        self.clients[made.number] = PlainClient(made.number, place, name, born, Timeline.of(income))

    def pick(self, data, having="number"):
        numbers = sorted(number for number, client in self.clients.items() if getattr(client, having))
        client = self.clients[data.draw(st.sampled_from(numbers))]
        return client, Client.get_by_id(client.number)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), name=NAMES, income=INCOMES, mistake=st.booleans())
    def change(self, data, name, income, mistake):
        client, stored = self.pick(data)
        client.answer(income, mistake, self.today)
        if client.name != name:
            client.name = name
            client.touch("name")
        before = stored.version
        if stored.change({"income": income}, name, before, {"income"} if mistake else set()).version != before:
            with pytest.raises(Stale):
                stored.change({"income": "unknown"}, None, before)

    @precondition(lambda self: any(client.income.ends() for client in self.clients.values()))
    @rule(data=st.data())
    def remove_earlier_answer(self, data):
        client = self.clients[data.draw(st.sampled_from(sorted(
            number for number, client in self.clients.items() if client.income.ends())))]
        until = data.draw(st.sampled_from(client.income.ends()))
        [past] = [one for one in Client.get_by_id(client.number).past_answers() if one.until == date(until)]
        assert remove_past_answer(Client.get_by_id(client.number), past.id)
        client.income.remove(until)
        client.touch("income")

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), born=BORN)
    def change_birth_date(self, data, born):
        client, stored = self.pick(data)
        if all(born <= period.start for period in client.periods.values()):
            stored.change({"birth_date": date(born)}, None, stored.version)
            client.born = born
        else:
            with pytest.raises(Refused, match="birth"):
                stored.change({"birth_date": date(born)}, None, stored.version)

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), start=DAYS, length=LENGTHS, hours=HOURS)
    def add_period(self, data, start, length, hours):
        client, stored = self.pick(data)
        end = FOR_EVER if length is None else start + length
        if client.fits(start, end):
            made = Period.add(stored, hours, date(start), *closing(end))
            client.periods[made.id] = PlainPeriod(made.id, start, end, Timeline.of(hours))
        else:
            with pytest.raises(Refused, match=r"overlap|before_birth"):
                Period.add(stored, hours, date(start), *closing(end))

    @precondition(lambda self: any(client.periods for client in self.clients.values()))
    @rule(data=st.data(), start=DAYS, length=LENGTHS)
    def change_dates(self, data, start, length):
        client, _ = self.pick(data, "periods")
        period = client.periods[data.draw(st.sampled_from(sorted(client.periods)))]
        stored = Period.get_by_id(period.id)
        end = FOR_EVER if length is None else start + length
        if client.fits(start, end, period.id):
            stored.change(stored.hours, date(start), *closing(end), stored.version)
            period.touched += (period.start, period.end) != (start, end)
            period.start, period.end = start, end
            period.hours.within(start, end)
        else:
            with pytest.raises(Refused, match=r"overlap|before_birth"):
                stored.change(stored.hours, date(start), *closing(end), stored.version)

    @precondition(lambda self: any(client.periods for client in self.clients.values()))
    @rule(data=st.data(), hours=HOURS, since=st.one_of(st.none(), DAYS))
    def change_hours(self, data, hours, since):
        """Without a day the hours were a mistake."""
        client, _ = self.pick(data, "periods")
        period = client.periods[data.draw(st.sampled_from(sorted(client.periods)))]
        stored = Period.get_by_id(period.id)
        before = list(period.hours.values)
        late = since is not None and since > min(self.today, period.end)
        if since is None and hours != period.hours.now:
            period.hours.correct(hours)
        elif since is not None and not late:
            period.hours.change(hours, since, period.start)
        same = period.hours.values == before
        if late or (since is not None and same):
            with pytest.raises(Refused, match="hours_(late|same)"):
                stored.change(hours, stored.start_date, *closing(period.end), stored.version, hours_since=date(since))
        else:
            period.touched += not same
            stored.change(hours, stored.start_date, *closing(period.end), stored.version, hours_since=date(since),
                          hours_mistake=since is None)

    @precondition(lambda self: any(client.periods for client in self.clients.values()))
    @rule(data=st.data())
    def withdraw(self, data):
        client, _ = self.pick(data, "periods")
        number = data.draw(st.sampled_from(sorted(client.periods)))
        Withdrawal.make(Period.get_by_id(number))
        client.withdrawn[number] = (self.today, client.periods.pop(number))

    @precondition(lambda self: any(client.withdrawn for client in self.clients.values()))
    @rule(data=st.data())
    def restore(self, data):
        client, _ = self.pick(data, "withdrawn")
        number = data.draw(st.sampled_from(sorted(client.withdrawn)))
        day, period = client.withdrawn[number]
        [withdrawal] = Withdrawal.select().where(Withdrawal.period_id == number, Withdrawal.kept_rows.is_null(False))
        if self.today - day < plain.KEPT and client.fits(period.start, period.end):
            withdrawal.restore()
            client.periods[number] = client.withdrawn.pop(number)[1]
        else:
            with pytest.raises(Refused):
                withdrawal.restore()

    def together(self):
        return [(one, other) for one in self.clients.values() for other in self.clients.values()
                if one.number != other.number and one.place == other.place]

    @precondition(together)
    @rule(data=st.data())
    def merge(self, data):
        kept, merged = data.draw(st.sampled_from(self.together()))
        place = self.places[kept.place]
        compared = Comparison.of(place, kept.number, merged.number)
        chosen = {part: data.draw(st.sampled_from([kept, merged])) for part in ("income", "born", "name")}
        if kept.income.now == merged.income.now:
            chosen["income"] = merged if merged.income.ends() and not kept.income.ends() else kept
        groups = plain.clashes(kept, merged)
        assert [[period.id for period in group] for group in compared.clashes] == [
            [period.id for period in group] for group in groups]
        decisions = [data.draw(st.sampled_from([kept, merged, "join"])) for _ in groups]
        clashes = {group[0].id: decision if decision == "join" else decision.number
                   for group, decision in zip(groups, decisions, strict=True)}
        decided = Decisions(
            kept.number, compared.seen,
            {"income": chosen["income"].number, "birth_date": chosen["born"].number}, chosen["name"].number, clashes)
        if plain.merge(kept, merged, chosen, decisions, self.today):
            Merge.make(place, kept.number, merged.number, decided)
            del self.clients[merged.number]
        else:
            with pytest.raises(Refused, match="before_birth"):
                Merge.make(place, kept.number, merged.number, decided)

    @precondition(lambda self: any(client.merges for client in self.clients.values()))
    @rule(data=st.data())
    def undo(self, data):
        client, stored = self.pick(data, "merges")
        merge = Merge.select().where(Merge.kept_number == client.number, Merge.kept_rows.is_null(False)).order_by(
            Merge.id.desc()).get()
        done = client.merges[-1]
        there_and_back = client.income == done.after.income
        if back := plain.undo(client, self.today):
            undoing.undo(merge)
            self.clients[back.number] = back
            if there_and_back and client.touched.get("income") != done.after.touched.get("income"):
                # Changed and changed back: the rows tell the difference on some days only.
                now = stored.answers_on(date(self.today)).get("income")
                client.income = done.kept.income if now == done.kept.income.now else client.income
        else:
            with pytest.raises(Refused):
                undoing.undo(merge)

    @precondition(lambda self: self.clients)
    @rule(data=st.data())
    def move(self, data):
        client, stored = self.pick(data)
        sender, receiver = self.logins[client.place], self.logins[1 - client.place]
        move = ClientMove.propose(client.number, self.places[1 - client.place].id, "", self.administrator)
        move.agree(sender)
        move.accept(receiver)
        if not any(until == self.today - 1 for _, until in client.before):
            client.before.append((client.place, self.today - 1))
        client.place, client.merges = 1 - client.place, []

    @invariant()
    def the_register_says_what_the_plain_one_says(self):
        for number, place in enumerate(self.places):
            own = {client.number: client for client in self.clients.values() if client.place == number}
            stored = {client.number: client for client in Client.of(place)}
            assert sorted(stored) == sorted(own)
            for client in own.values():
                self.compare(client, stored[client.number])

    def compare(self, client, stored):
        assert (stored.name or "", stored.birth_date) == (client.name, date(client.born))
        answers, past = stored.answers(), stored.past_answers()
        for day in range(-3, self.today + 1):
            assert answers_on_day(answers, past, date(day)).get("income") == client.income.on(day)
        periods = {period.id: period for period in Period.of(stored)}
        assert {number: (period.start_date, period.end_date) for number, period in periods.items()} == {
            number: (date(period.start), date(period.end)) for number, period in client.periods.items()}
        for number, period in client.periods.items():
            hours = periods[number].hours_over_time()
            for day in range(period.start, min(period.end, self.today + 1) + 1):
                assert hours.on(date(day)) == period.hours.on(day)
        before = [(row["organisation_id"], str(row["until"])) for row in rows_of("past_organisation")
                  if row["client_number"] == client.number]
        assert before == [(self.places[place].id, str(date(until))) for place, until in client.before]

    @invariant()
    def every_client_is_found_by_its_numbers_under_its_tab(self):
        for client in self.clients.values():
            tab = "active" if client.is_active(self.today) else "inactive"
            for number in (client.number, *client.also):
                found = Listing(self.places[client.place].id, tab, search=str(number), today=date(self.today))
                assert [ListedClient(*row).number for row in found.rows] == [client.number]
        for place, organisation in enumerate(self.places):
            own = [client for client in self.clients.values() if client.place == place]
            active = sum(client.is_active(self.today) for client in own)
            assert Listing(organisation.id, today=date(self.today)).counts == {
                "active": active, "inactive": len(own) - active}


def test_the_register_over_time_behaves_as_a_plain_one(register, clock, monkeypatch):
    monkeypatch.setattr(Register, "clock", staticmethod(clock))
    run_state_machine_as_test(Register, settings=settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck)))
