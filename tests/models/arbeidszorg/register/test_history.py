"""Past answers: the answers that held on an earlier day (docs/decisions/0020)."""
import datetime

import pytest

from models.arbeidszorg.register import answers
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.corrections import remove_past_answer
from tests.factories import client_of

BEFORE = datetime.date(2020, 12, 31)


@pytest.fixture
def day(clock):
    """Set the clock: `day(12)` makes it 12 March 2026, at noon."""
    def turn_to(number):
        clock(datetime.datetime(2026, 3, number, 12, tzinfo=datetime.UTC))

    turn_to(1)
    return turn_to


def march(number):
    return datetime.date(2026, 3, number)


def past(client):
    return [(answer.question, answer.answer, answer.until) for answer in client.past_answers()]


def test_a_changed_answer_is_kept_with_the_last_day_on_which_it_held(ploeg, day):
    client = client_of(ploeg, income="none")
    day(10)
    client = client.change({"income": "pension"}, None, 1)
    assert past(client) == [("income", "none", march(9))]
    assert client.answers_on(march(9))["income"] == "none"
    assert client.answers_on(march(10))["income"] == "pension"
    assert client.answers_on(BEFORE) == {**client.answers(), "income": "none"}


def test_an_answer_changed_on_the_day_of_registration_held_until_the_day_before(ploeg, day):
    """The answers of an imported client held before its import, even when it was imported today."""
    client = client_of(ploeg, income="none").change({"income": "pension"}, None, 1)
    assert past(client) == [("income", "none", datetime.date(2026, 2, 28))]
    assert client.answers_on(BEFORE)["income"] == "none"
    assert client.answers_on(march(1))["income"] == "pension"


def test_after_several_changes_in_a_day_only_the_answer_of_the_day_before_is_kept(ploeg, day):
    client = client_of(ploeg, income="none")
    day(10)
    for version, income in enumerate(["pension", "sickness", "other"], 1):
        client = client.change({"income": income}, None, version)
    assert past(client) == [("income", "none", march(9))]
    day(20)
    client = client.change({"income": "sickness"}, None, 4)
    assert past(client) == [("income", "other", march(19)), ("income", "none", march(9))]
    assert [client.answers_on(march(number))["income"] for number in (9, 10, 19, 20)] == [
        "none", "other", "other", "sickness"]


def test_an_answer_changed_back_on_the_same_day_leaves_no_past_answer(ploeg, day):
    client = client_of(ploeg, income="none")
    day(10)
    client = client.change({"income": "pension"}, None, 1).change({"income": "none"}, None, 2)
    assert past(client) == []


def test_a_corrected_mistake_leaves_no_past_answer(ploeg, day):
    client = client_of(ploeg, income="none", gender="male")
    day(10)
    client = client.change({"income": "pension", "gender": "x"}, None, 1, mistakes={"income"})
    assert past(client) == [("gender", "male", march(9))]
    assert client.answers_on(BEFORE)["income"] == "pension"


def test_correcting_a_mistake_keeps_the_answer_before_it(ploeg, day):
    client = client_of(ploeg, income="none")
    day(10)
    client = client.change({"income": "pension"}, None, 1)
    day(20)
    client = client.change({"income": "other"}, None, 2, mistakes={"income"})
    assert past(client) == [("income", "none", march(9))]
    assert client.answers_on(march(10))["income"] == "other"
    client = client.change({"income": "none"}, None, 3, mistakes={"income"})
    assert past(client) == []


def test_a_first_answer_leaves_no_past_answer_and_holds_for_earlier_days_too(ploeg, day):
    client = client_of(ploeg, income=None, birth_date=None)
    day(10)
    client = client.change({"income": "pension", "birth_date": "unknown"}, None, 1)
    assert past(client) == []
    assert client.answers_on(BEFORE)["income"] == "pension"


def test_past_postcodes_are_kept(ploeg, day):
    client = client_of(ploeg, home_postcode="none")
    day(10)
    client = client.change({"home_postcode": "9000"}, None, 1)
    day(20)
    client = client.change({"work_postcode": "unknown"}, None, 2)
    assert past(client) == [("work_postcode", "9050", march(19)), ("home_postcode", "none", march(9))]
    assert client.answers_on(march(9))["home_postcode"] == "none"


# Corrections

@pytest.fixture
def corrected(ploeg, day):
    """A change within 14 days after the answer was given corrects it."""
    answers.use(14)


def test_a_birth_date_is_always_corrected(ploeg, day):
    client = client_of(ploeg, birth_date="unknown")
    for version, born in enumerate([datetime.date(1980, 5, 6), datetime.date(1950, 5, 6), "unknown"], 1):
        day(9 * version)
        client = client.change({"birth_date": born}, None, version)
        assert past(client) == []
        assert client.answers_on(BEFORE)["birth_date"] == born


def test_an_answer_after_unknown_is_a_correction(ploeg, day):
    client = client_of(ploeg, income="unknown", home_postcode="unknown")
    day(30)
    client = client.change({"income": "pension", "home_postcode": "9000"}, None, 1)
    assert past(client) == []
    assert client.answers_on(BEFORE)["income"] == "pension"


def test_an_answer_that_became_unknown_and_known_again_held_all_the_while(ploeg, day):
    client = client_of(ploeg, income="none")
    day(10)
    client = client.change({"income": "unknown"}, None, 1)
    assert past(client) == [("income", "none", march(9))]
    day(20)
    client = client.change({"income": "none"}, None, 2)
    assert past(client) == []


@pytest.mark.parametrize(("on", "kept"), [(1, []), (2, []), (15, []), (16, [("gender", "male", march(15))])])
def test_a_change_up_to_14_days_after_the_registration_is_a_correction(corrected, ploeg, day, on, kept):
    client = client_of(ploeg, gender="male", birth_date=datetime.date(1950, 7, 7))
    day(on)
    client = client.change({"gender": "female", "birth_date": datetime.date(1980, 7, 7)}, None, 1)
    assert past(client) == kept
    assert client.answers_on(BEFORE)["birth_date"] == datetime.date(1980, 7, 7)


@pytest.mark.parametrize("code", ["income", "home_postcode", "work_postcode"])
def test_the_14_days_begin_when_that_answer_was_given(corrected, ploeg, day, code):
    first, second, third = ("9000", "2000", "3500") if "postcode" in code else ("none", "pension", "other")
    client = client_of(ploeg, **{code: first})
    day(20)
    client = client.change({code: second}, None, 1)
    assert past(client) == [(code, first, march(19))]
    day(31)
    client = client.change({code: third}, None, 2)
    assert past(client) == [(code, first, march(19))]
    assert client.answers_on(march(20))[code] == third


def test_an_answer_that_was_completed_is_corrected_for_14_days(corrected, ploeg, day):
    client = client_of(ploeg, income=None)
    day(28)
    client = client.change({"income": "none"}, None, 1)
    day(30)
    client = client.change({"income": "pension"}, None, 2)
    assert past(client) == []


def test_the_answers_of_an_imported_client_were_given_long_ago(corrected, ploeg, day):
    client = client_of(ploeg, income="none")
    Client.update(form_key=None, home_postcode_on=None, work_postcode_on=None).execute()
    Answer.update(given_on=None).execute()
    client = Client.get_by_id(client.number).change({"income": "pension"}, None, 1)
    assert past(client) == [("income", "none", datetime.date(2026, 2, 28))]


def test_answers_from_before_the_days_were_kept_have_the_day_of_their_registration(corrected, ploeg, day):
    client = client_of(ploeg, income="none")
    Answer.update(given_on=None).execute()
    day(15)
    assert past(client.change({"income": "pension"}, None, 1)) == []


def test_a_clock_that_is_set_back_keeps_the_order_of_past_answers(ploeg, day):
    day(10)
    client = client_of(ploeg, income="none").change({"income": "pension"}, None, 1)
    day(5)
    client = client.change({"income": "other"}, None, 2)
    assert past(client) == [("income", "none", march(9))]


def test_a_past_answer_ends_on_a_day_in_flanders(ploeg, day, clock):
    client = client_of(ploeg, income="none")
    clock(datetime.datetime(2026, 3, 9, 23, 30, tzinfo=datetime.UTC))
    assert past(client.change({"income": "pension"}, None, 1)) == [("income", "none", march(9))]


def test_an_answer_that_is_put_back_was_given_long_ago(corrected, ploeg, day, clock):
    """Otherwise the real change that follows would count as a correction of years."""
    client = client_of(ploeg, income="none", home_postcode="9000")
    clock(datetime.datetime(2027, 1, 5, 12, tzinfo=datetime.UTC))
    client = client.change({"income": "pension", "home_postcode": "2000"}, None, 1)
    client = client.change({"income": "none", "home_postcode": "9000"}, None, 2)
    assert past(client) == []
    clock(datetime.datetime(2027, 1, 10, 12, tzinfo=datetime.UTC))
    client = client.change({"income": "sickness", "home_postcode": "3500"}, None, 3)
    assert sorted(past(client)) == [
        ("home_postcode", "9000", datetime.date(2027, 1, 9)), ("income", "none", datetime.date(2027, 1, 9))]


def test_an_answer_whose_predecessor_was_removed_holds_since_long_ago(corrected, ploeg, day, clock):
    client = client_of(ploeg, income="none")
    clock(datetime.datetime(2027, 1, 5, 12, tzinfo=datetime.UTC))
    client = client.change({"income": "pension"}, None, 1)
    assert remove_past_answer(client, client.past_answers()[0].id)
    clock(datetime.datetime(2027, 1, 10, 12, tzinfo=datetime.UTC))
    client = Client.get_by_id(client.number).change({"income": "sickness"}, None, 3)
    assert past(client) == [("income", "pension", datetime.date(2027, 1, 9))]


def test_a_day_from_a_clock_that_was_ahead_makes_no_correction(corrected, ploeg, day):
    client = client_of(ploeg, income="none")
    Answer.update(given_on=datetime.date(2050, 1, 1)).execute()
    day(30)
    assert past(client.change({"income": "pension"}, None, 1)) == [("income", "none", march(29))]
