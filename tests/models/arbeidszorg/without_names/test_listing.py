"""The list of a province's clients 'zonder naam': each filter with the clients that match it, the orders, the pages."""
import datetime

import pytest

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.places import place_of
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.listing import ANSWER_PREFIX, SORTS, UNANSWERED, AnswerFilter, Filters, Listing
from models.database import database, is_sqlite, today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of

PROVINCE = "oost-vlaanderen"


def numbers(values=(), sort="", page=1):
    """Return the numbers on the page of the list with these filters."""
    return [row.client.number for row in Listing(Filters(PROVINCE, dict(values)), sort, page).rows]


def test_the_list_can_be_filtered_by_every_option_of_every_question(cast):
    for index, question in enumerate(questionnaire.current().of_client):
        if question.kind == "choice":
            client_of(cast.ploeg, **{question.code: question.options[index % len(question.options)].code})
            client_of(cast.outsider, **{question.code: None})
    client_of(cast.ploeg, home_postcode="none", work_postcode="unknown", birth_date="unknown")
    client_of(cast.ploeg, home_postcode=None, work_postcode="2070", birth_date=None)
    client_of(cast.elsewhere)
    everyone = {client.number: client.answers() for client in Client.select().where(
        Client.organisation != cast.elsewhere.organisation)}
    for answer_filter in AnswerFilter.all():
        question = answer_filter.question
        if question.about == "client":
            for value, _ in answer_filter.options:
                expected = [number for number, answers in everyone.items()
                            if reduced(question, answers.get(question.code)) == value]
                listing = Listing(Filters(PROVINCE, {answer_filter.code: value}))
                assert [row.client.number for row in listing.rows] == sorted(expected)[:25], (question.code, value)
                assert listing.total == len(expected)


def reduced(question, answer):
    """Return the value of the filter that matches an answer."""
    if answer is None:
        return UNANSWERED
    return place_of(answer, today()) if question.kind == "postcode" else answer


def test_filters_can_be_combined(cast):
    match = client_of(cast.ploeg, gender="male", income="pension", method=None, home_postcode="3500")
    period_of(match, cast.ploeg, days(-30), days(-1), reason="health")
    for answers in ({"gender": "female"}, {"income": "none"}, {"method": "group-internal"}, {"home_postcode": "9000"}):
        other = client_of(cast.ploeg, **{"gender": "male", "income": "pension", "method": None, "home_postcode": "3500"}
                          | answers)
        period_of(other, cast.ploeg, days(-30), days(-1), reason="health")
    running = client_of(cast.ploeg, gender="male", income="pension", method=None, home_postcode="3500")
    period_of(running, cast.ploeg)
    two = {"answer_gender": "male", "answer_income": "pension"}
    values = two | {
        "answer_method": UNANSWERED, "answer_home_postcode": "limburg", "answer_closing_reason": "health",
        "born_from": "1985", "born_to": "1985", "status": "inactive", "incomplete": "1"}
    assert numbers(values) == [match.number]
    assert numbers(values | {"organisation": str(cast.ploeg.organisation.id)}) == [match.number]
    assert numbers(values | {"q": str(match.number)}) == [match.number]
    assert numbers(values | {"organisation": str(cast.outsider.organisation.id)}) == []
    assert len(numbers(two)) == 4


def test_reason_and_outlook_match_any_period_of_a_client(ploeg):
    client, other = client_of(ploeg), client_of(ploeg)
    period_of(client, ploeg, days(-90), days(-60), reason="health", outlook="lower")
    period_of(client, ploeg, days(-30), days(-1), reason="move", outlook="same")
    period_of(other, ploeg)
    for code, value in (("closing_reason", "health"), ("closing_reason", "move"), ("outlook", "lower")):
        assert numbers({ANSWER_PREFIX + code: value}) == [client.number]
    assert numbers({"answer_outlook": "higher"}) == []


def test_birth_years_include_both_ends_and_exclude_unknown_ones(ploeg):
    dates = [datetime.date(1979, 12, 31), datetime.date(1980, 1, 1), datetime.date(1990, 12, 31),
             datetime.date(1991, 1, 1), "unknown", None]
    born = [client_of(ploeg, birth_date=date).number for date in dates]
    assert numbers({"born_from": "1980", "born_to": "1990"}) == born[1:3]
    assert numbers({"born_from": "1980"}) == born[1:4]
    assert numbers({"born_to": "1990"}) == born[:3]
    assert numbers({"answer_birth_date": "unknown"}) == [born[4]]
    assert numbers({"answer_birth_date": UNANSWERED}) == [born[5]]


def test_the_status_filter_goes_by_today(ploeg):
    never, ends, ended, planned = (client_of(ploeg) for _ in range(4))
    period_of(ends, ploeg, days(-9), days(0))
    period_of(ended, ploeg, days(-9), days(-1))
    period_of(planned, ploeg, days(9))
    assert numbers({"status": "active"}) == [ends.number, planned.number]
    assert numbers({"status": "inactive"}) == [never.number, ended.number]


def test_a_client_is_found_by_its_exact_number_and_never_by_its_old_number(cast):
    client, other = client_of(cast.ploeg), client_of(cast.ploeg)
    Client.update(old_number="777", old_number_rank=0, old_number_key="777".zfill(50)).where(
        Client.number == other.number).execute()
    foreign = client_of(cast.elsewhere)
    assert numbers({"q": f" {client.number} "}) == [client.number]
    for q in ("777", f"{client.number}0", str(foreign.number), "9" * 400, "²", "x", "-1", "%", "1 OR 1=1"):
        assert numbers({"q": q}) == [], q


def test_the_list_can_be_sorted_in_each_order(cast):
    second = client_of(cast.ploeg, birth_date=datetime.date(1980, 5, 5))
    first = client_of(cast.ploeg, birth_date="unknown")
    young = client_of(cast.outsider, birth_date=datetime.date(2000, 1, 1))
    empty = client_of(cast.outsider, birth_date=None)
    period_of(second, cast.ploeg, days(-500), days(-400))
    period_of(second, cast.ploeg, days(9))
    period_of(first, cast.ploeg, days(-5))
    period_of(young, cast.outsider, days(-300), days(-200))
    names = {second.number: "second", first.number: "first", young.number: "young", empty.number: "empty"}
    assert {sort: [names[number] for number in numbers(sort=sort)] for sort in SORTS} == {
        "number-asc": ["second", "first", "young", "empty"],
        "number-desc": ["empty", "young", "first", "second"],
        "organisation": ["second", "first", "young", "empty"],
        "birth-asc": ["second", "young", "first", "empty"],
        "birth-desc": ["young", "second", "first", "empty"],
        "start": ["second", "first", "young", "empty"],
    }


def test_pages_of_25_show_each_client_once_in_every_order(ploeg):
    everyone = {client_of(ploeg).number for _ in range(53)}
    for sort in SORTS:
        pages = [numbers(sort=sort, page=page) for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [25, 25, 3]
        assert {number for page in pages for number in page} == everyone
    listing = Listing(Filters(PROVINCE, {}), page=99)
    assert (listing.total, listing.pages, listing.page) == (53, 3, 3)
    empty = Listing(Filters("limburg", {}), page=0)
    assert (empty.rows, empty.total, empty.pages, empty.page) == ([], 0, 1, 1)


def test_a_row_shows_the_running_period_or_else_the_next_or_else_the_last(ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, days(-20), days(-10))
    period_of(client, ploeg, days(-5), days(5))
    period_of(client, ploeg, days(8), days(9))
    starts = {day: Listing(Filters(PROVINCE, {}, days(day))).rows[0].start for day in (-30, -9, 5, 6, 10)}
    assert starts == {-30: days(-20), -9: days(-5), 5: days(-5), 6: days(8), 10: days(8)}


@pytest.mark.parametrize("values", [
    {"answer_gender": "female", "answer_income": "pension"}, {"answer_closing_reason": "health"},
    {"answer_gender": "female", "organisation": "1"}, {"q": "7"}])
def test_the_list_is_read_from_indexes(register, values):
    if not is_sqlite():
        pytest.skip("PostgreSQL plans by how many rows there are")
    Organisation.create_new("De Ploeg", PROVINCE)
    query, number = Filters(PROVINCE, values).query()
    sql, parameters = query.select(number).order_by(number).limit(25).sql()
    plan = " | ".join(row[-1] for row in database.execute_sql("EXPLAIN QUERY PLAN " + sql, parameters))
    assert "SCAN" not in plan, plan
    assert "period_reason" not in plan, plan
    if "organisation" not in values and "answer_income" in values:
        # The index is in the order of the numbers, so only the rows of the first page are read.
        assert plan.startswith("SEARCH t1 USING COVERING INDEX answer_option"), plan
        assert "TEMP B-TREE" not in plan, plan


def test_clients_with_given_numbers_are_read_by_their_primary_key(cast):
    """SQLite does not go through all organisations of the province and look for each number there."""
    own, foreign = client_of(cast.ploeg), client_of(cast.elsewhere)
    query = ClientWithoutName.with_numbers(PROVINCE, range(1, 501))
    assert [client.number for client in query] == [own.number]
    assert foreign.number <= 500
    if is_sqlite():
        sql, parameters = query.sql()
        plan = [row[-1] for row in database.execute_sql("EXPLAIN QUERY PLAN " + sql, parameters)]
        assert "USING INTEGER PRIMARY KEY" in plan[0], plan
