"""The figures of the shared register after 500 random acts of its users, as an independent count has them."""
import datetime
import random
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.doubles.comparison import Comparison
from models.arbeidszorg.doubles.merging import JOIN, Decisions, Merge
from models.arbeidszorg.doubles.undoing import undo
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.corrections import remove_past_answer
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.counting.figures import figures_of
from models.errors import Refused
from models.organisations import PROVINCES, SECTORS, Organisation
from tests import old_register
from tests.models.arbeidszorg.report.counting.test_figures import counted, exported, give_sectors_and_a_past, in_words

ACTS = 500
YEARS = (2022, 2023, 2024, 2025)
FIRST = datetime.date(2026, 6, 1)
LAST = datetime.date(2026, 6, 15)
HOURS = [Decimal(number) for number in ("3", "4.5", "9", "15", "25")]


class Users:
    """Acts on random clients and periods of the register; `stays` is what a plain reader knows of the moves."""

    def __init__(self, seed, clock):
        self.chance, self.clock, self.today = random.Random(seed), clock, FIRST
        self.numbers = [number for number, in Client.select(Client.number).order_by(Client.number).tuples()]
        self.stays, self.done, self.merges, self.withdrawals = defaultdict(list), Counter(), [], []
        self.pass_days()

    def pass_days(self):
        self.today = min(self.today + datetime.timedelta(days=self.chance.random() < 0.05), LAST)
        self.clock(datetime.datetime.combine(self.today, datetime.time(12)))

    def act(self):
        """Do something, unless the register refuses it."""
        verb = self.chance.choice([
            self.change_answer, self.remove_answer, self.change_hours, self.go_on, self.withdraw, self.restore,
            self.merge, self.undo, self.move])
        try:
            if verb():
                self.done[verb.__name__] += 1
        except Refused:
            self.done["refused"] += 1
        self.pass_days()

    def client(self):
        return Client.get_or_none(Client.number == self.chance.choice(self.numbers)) or self.client()

    def period(self, *where):
        periods = list(Period.of(self.client()).where(*where))
        return self.chance.choice(periods) if periods else None

    def change_answer(self):
        client, code = self.client(), self.chance.choice(["income", "gender", "living_situation"])
        options = {"income": ["pension", "none"], "gender": ["female", "male"],
                   "living_situation": ["family", "parents"]}
        mistakes = {code} if self.chance.random() < 0.5 else set()
        return client.change({code: self.chance.choice(options[code])}, None, client.version, mistakes)

    def remove_answer(self):
        client = self.client()
        past = client.past_answers()
        return past and remove_past_answer(client, self.chance.choice(past).id)

    def change_hours(self):
        period = self.period()
        if not period:
            return False
        last = min(period.end_date or self.today, self.today)
        since = period.start_date + datetime.timedelta(
            days=self.chance.randrange(max(1, (last - period.start_date).days + 1)))
        mistake = self.chance.random() < 0.3
        return period.change(
            self.chance.choice(HOURS), period.start_date, period.end_date, period.closing_reason, period.outlook,
            period.version, hours_since=None if mistake else since, hours_mistake=mistake)

    def go_on(self):
        period = self.period(Period.end_date.is_null())
        start = datetime.date(self.chance.choice(YEARS), 1, 1) + datetime.timedelta(days=self.chance.randrange(500))
        return period and Period.add(Client.get_by_id(period.client_number), self.chance.choice(HOURS), start,
                                     continues=True)

    def withdraw(self):
        if period := self.period():
            self.withdrawals.append(Withdrawal.make(period).id)
        return bool(period)

    def restore(self):
        if self.withdrawals:
            Withdrawal.get_by_id(self.withdrawals.pop(self.chance.randrange(len(self.withdrawals)))).restore()
            return True
        return False

    def merge(self):
        client = self.client()
        others = [number for number, in Client.of(client.organisation_id).select(Client.number).where(
            Client.number != client.number).tuples()]
        compared = Comparison.of(client.organisation_id, client.number, self.chance.choice(others))
        self.merges.append(Merge.make(client.organisation_id, *compared.numbers, Decisions(
            self.chance.choice(compared.numbers), compared.seen,
            {question.code: self.chance.choice(compared.numbers) for question in compared.differing},
            self.chance.choice(compared.numbers),
            {group[0].id: self.chance.choice([*compared.numbers, JOIN]) for group in compared.clashes})).id)
        return True

    def undo(self):
        if self.merges:
            undo(Merge.get_by_id(self.merges.pop(self.chance.randrange(len(self.merges)))))
            return True
        return False

    def move(self):
        client = self.client()
        sender = client.organisation
        receiver = self.chance.choice(list(Organisation.select().where(Organisation.id != sender.id)))
        ClientMove.move_at_once(client.number, sender, receiver)
        until = self.today - datetime.timedelta(days=1)
        if until not in [stay[0] for stay in self.stays[client.number]]:
            self.stays[client.number].append(
                (until, PROVINCES[sender.province], sender.name, SECTORS.get(sender.sector)))
        return True


@pytest.mark.usefixtures("shipped")
def test_after_500_random_acts_four_years_are_those_of_an_independent_count(run, clock):
    run(path=old_register.real("oud_register.csv"))
    give_sectors_and_a_past(random.Random(4))
    users = Users(10, clock)
    while sum(users.done.values()) - users.done["refused"] < ACTS:
        users.act()
    refused = users.done.pop("refused")
    assert len(users.done) == 9, "each verb was done"
    assert min(users.done.values()) > 5 > refused
    rows = [{**row, "stays": users.stays.get(row["Nummer"], ())} for row in exported()]
    found = figures_of([*YEARS, 2026], users.today)
    for year in (*YEARS, 2026):
        assert in_words(found[year]) == counted(rows, year, users.today), year
