"""Random pairs of clients, merged and undone: every row is as it was before.

LOKET_MERGES sets the number of pairs.
"""
import datetime
import os
import random
from decimal import Decimal

import pytest

from models.arbeidszorg.doubles.comparison import Comparison
from models.arbeidszorg.doubles.merging import JOIN, Decisions, Merge
from models.arbeidszorg.doubles.undoing import undo
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client, recount_incomplete
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import END_OF_TIME, database
from models.errors import Refused
from tests.factories import client_of
from tests.models.arbeidszorg.doubles.merges import hours_changed, register_rows, with_old_number

PAIRS = int(os.environ.get("LOKET_MERGES", "60"))
FIRST = datetime.date(2020, 1, 1)


def day(number):
    return FIRST + datetime.timedelta(days=number)


def random_client(chance, ploeg, number):
    """A client with random answers, earlier answers, hours and periods."""
    answers = {
        "birth_date": chance.choice([None, "unknown", datetime.date(1980, 1, 1), datetime.date(1981, 1, 1)]),
        "gender": chance.choice([None, "female", "male", "unknown"]),
        "income": chance.choice([None, "none", "pension", "other"]),
        "home_postcode": chance.choice([None, "9000", "8000", "unknown"]),
        "work_postcode": chance.choice([None, "9050", "9051"])}
    client = client_of(ploeg, chance.choice(["", "Jan Maes", "J. Maes"]), **answers)
    if chance.random() < 0.5:
        client = with_old_number(client, f"{chance.choice(['', 'A'])}{number}")
    for code in ("income", "home_postcode", "birth_date"):
        for number in range(chance.randrange(3)):
            kept = {"option": chance.choice(["none", "pension"])} if code == "income" else {
                "value": "1980-02-02" if code == "birth_date" else "9000"}
            PastAnswer.create(client_number=client.number, question=code, until=day(number * 50), **kept)
    start = 0
    while chance.random() < 0.7:
        start += chance.randrange(1, 60)
        length = chance.randrange(120)
        last = chance.random() < 0.3
        end = None if last else day(start + length)
        closing = ("other", "same") if end else (None, None)
        period = Period.add(client, Decimal(chance.choice([4, 8, 12])), day(start), end, *closing,
                            f"key-{client.number}-{start}")
        if chance.random() < 0.4 and length > 10:
            hours_changed(period, (200, day(start)), (300, day(start + 5)))
        if last:
            break
        start += length
    recount_incomplete(client.number)
    return Client.get_by_id(client.number)


def decisions(chance, compared):
    """Random decisions; of one side for everything where that matters to the birth date."""
    numbers = compared.numbers
    return Decisions(
        chance.choice(numbers), compared.seen,
        {question.code: chance.choice(numbers) for question in compared.differing}, chance.choice(numbers),
        {group[0].id: chance.choice([*numbers, JOIN]) for group in compared.clashes})


def check_merged(compared, decided, client):
    """Check the client that goes on against the comparison before the merge and the decisions."""
    sides = {one.client.number: one for one in compared.both}
    other = next(number for number in compared.numbers if number != decided.goes_on)
    answers = dict(sides[decided.goes_on].answers)
    for code, number in decided.answers.items():
        answers.pop(code, None)
        if code in sides[number].answers:
            answers[code] = sides[number].answers[code]
    assert client.answers() == answers
    assert (client.name or "") == (sides[decided.name if compared.names_differ else decided.goes_on].name or "")
    assert Client.get_or_none(Client.number == other) is None
    expected = []
    clashing = {period.id for group in compared.clashes for period in group}
    for group in compared.clashes:
        decision = decided.clashes[group[0].id]
        if decision == JOIN:
            expected.append((group[0].start_date, max(period.end_date or END_OF_TIME for period in group)))
        else:
            expected += [(period.start_date, period.end_date or END_OF_TIME) for period in group
                         if period.client_number == decision]
    expected += [(period.start_date, period.end_date or END_OF_TIME) for one in compared.both
                 for period in one.periods if period.id not in clashing]
    found = [(period.start_date, period.end_date or END_OF_TIME) for period in Period.of(client)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("seed", range(3))
def test_after_an_undo_every_row_is_as_it_was_before_the_merge(ploeg, seed):
    chance = random.Random(seed)
    done, reasons = 0, set()
    for number in range(PAIRS // 3):
        first, second = (random_client(chance, ploeg, f"{number}{side}") for side in (1, 2))
        before = register_rows()
        compared = Comparison.of(ploeg.organisation.id, first.number, second.number)
        decided = decisions(chance, compared)
        try:
            merge = Merge.make(ploeg.organisation, first.number, second.number, decided, ploeg.account)
        except Refused as refused:
            reasons.add(str(refused.code))
            assert register_rows() == before
            continue
        check_merged(compared, decided, Client.get_by_id(decided.goes_on))
        undo(merge, ploeg.account)
        assert register_rows() == before
        done += 1
    assert done > PAIRS // 6
    assert reasons <= {"before_birth"}
    assert AuditEntry.select().where(AuditEntry.event == "merge-undone").count() == done
    assert not database.execute_sql("SELECT 1 FROM client_merge WHERE kept_rows IS NOT NULL").fetchall()
