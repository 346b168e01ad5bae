"""The form of a guidance period: adding, editing, closing, reopening."""
import datetime
from decimal import Decimal

import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from tests.factories import client_of, days, period_of
from tests.page import text_of, values_of

CLOSED = {"end_date": "31/05/2025", "closing_reason": "health", "outlook": "same"}


@pytest.fixture
def client(ploeg):
    return client_of(ploeg)


def add(page, client, status=303, **fields):
    typed = {"hours": "12,5", "start_date": "03/06/2024", **fields}
    return page.post(f"/clients/{client.number}/periods/new", typed, status)


def test_a_running_period_makes_the_client_active(signed_in, client):
    add(signed_in, client)
    period = Period.of(client).get()
    assert (period.hours, period.start_date, period.end_date) == (Decimal("12.5"), datetime.date(2024, 6, 3), None)
    assert signed_in.response.location == "/dashboard"
    notice = text_of(signed_in.follow().select_one(".notice:not([hidden])"))
    assert f"Cliënt {client.number} staat bij ‘Actieve cliënten’" in notice


@pytest.mark.parametrize("typed", ["3-6-2024", "03062024", "3/6/2024"])
def test_dates_are_understood_in_several_notations(signed_in, client, typed):
    add(signed_in, client, start_date=typed)
    assert Period.of(client).get().start_date == datetime.date(2024, 6, 3)


@pytest.mark.parametrize("typed", ["31/02/2024", "03/06/24", "juni", ""])
def test_an_invalid_date_is_refused_and_stays_in_the_box(signed_in, client, typed):
    soup = add(signed_in, client, 422, start_date=typed)
    assert soup.select_one("#start_date")["value"] == typed
    assert soup.select_one("#start_date-error") is not None


@pytest.mark.parametrize("hours", ["0", "-4", "60,01", "200", "twaalf", "12,345", ""])
def test_hours_out_of_bounds_are_refused(signed_in, client, hours):
    soup = add(signed_in, client, 422, hours=hours)
    assert soup.select_one("#hours")["value"] == hours
    assert Period.of(client).count() == 0


@pytest.mark.parametrize("given", [["end_date"], ["closing_reason"], ["outlook"], ["end_date", "outlook"]])
def test_end_date_reason_and_outlook_go_together_also_when_adding(signed_in, client, given):
    soup = add(signed_in, client, 422, **{field: CLOSED[field] for field in given})
    for field in set(CLOSED) - set(given):
        assert "gaan samen" in text_of(soup.select_one(f"#{field}-error"))
    assert Period.of(client).count() == 0


def test_after_closing_the_client_moves_to_the_inactive_tab(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(2024, 6, 3))
    path = f"/clients/{client.number}/periods/{period.id}"
    assert text_of(signed_in.get(path).h1) == "Bewerk begeleidingsperiode"
    signed_in.post(path, CLOSED)
    assert signed_in.response.location == "/dashboard?tab=inactive"
    assert "‘Niet-actieve cliënten’" in text_of(signed_in.follow().select_one(".notice:not([hidden])"))
    closed = Period.get_by_id(period.id)
    assert (closed.end_date, closed.closing_reason, closed.outlook) == (datetime.date(2025, 5, 31), "health", "same")


def test_a_new_period_makes_the_client_active_again_under_the_same_number(signed_in, client, ploeg):
    period_of(client, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    add(signed_in, client)
    assert str(client.number) in text_of(signed_in.get("/dashboard").select_one("tbody"))
    assert Period.of(client).count() == 2


def test_a_future_end_date_leaves_the_client_active(signed_in, client):
    add(signed_in, client, **{**CLOSED, "end_date": f"{days(20):%d/%m/%Y}"})
    assert signed_in.response.location == "/dashboard"


def test_emptying_the_end_date_reopens_the_period(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    emptied = {"end_date": "", "closing_reason": "", "outlook": ""}
    signed_in.post(f"/clients/{client.number}/periods/{period.id}", emptied)
    reopened = Period.get_by_id(period.id)
    assert (reopened.end_date, reopened.closing_reason, reopened.outlook) == (None, None, None)


def test_emptying_only_the_end_date_also_reopens_the_period(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    signed_in.post(f"/clients/{client.number}/periods/{period.id}", {"end_date": ""})
    assert Period.get_by_id(period.id).closing_reason is None


@pytest.mark.parametrize(("start", "end"), [("01/12/2020", ""), ("31/12/2020", ""), ("01/01/2019", "01/01/2020")])
def test_an_overlap_is_refused_and_the_message_names_the_other_period(signed_in, client, ploeg, start, end):
    period_of(client, ploeg, datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    fields = {"start_date": start, **({**CLOSED, "end_date": end} if end else {})}
    soup = add(signed_in, client, 422, **fields)
    assert "van 01/01/2020 tot en met 31/12/2020" in text_of(soup.select_one("#start_date-error"))
    assert soup.select_one("#start_date")["value"] == start


def test_only_one_period_has_no_end_date(signed_in, client, ploeg):
    period_of(client, ploeg, datetime.date(2020, 1, 1))
    soup = add(signed_in, client, 422)
    assert "van 01/01/2020 zonder einddatum" in text_of(soup.select_one("#start_date-error"))


def test_a_period_that_starts_before_birth_or_ends_before_its_start_is_refused(signed_in, client):
    soup = add(signed_in, client, 422, start_date="13/07/1985")
    assert "14/07/1985" in text_of(soup.select_one("#start_date-error"))
    soup = add(signed_in, client, 422, **{**CLOSED, "end_date": "02/06/2024"})
    assert "vóór de startdatum" in text_of(soup.select_one("#end_date-error"))


@pytest.mark.parametrize(("field", "typed"), [
    ("start_date", "31/12/9999"), ("start_date", "01/01/9980"), ("start_date", "01/01/1000"),
    ("end_date", "31/12/9999"), ("end_date", "01/01/3000")])
def test_a_year_outside_1900_to_2999_is_refused_before_anything_is_asked(signed_in, client, ploeg, field, typed):
    period = period_of(client, ploeg)
    for path in (f"/clients/{client.number}/periods/new", f"/clients/{client.number}/periods/{period.id}"):
        soup = signed_in.post(path, {"hours": "12,5", "start_date": "03/06/2020", field: typed}, 422)
        assert "Kijk het jaar na." in text_of(soup.select_one(f"#{field}-error"))
        assert soup.select_one(".asked") is None


def test_posting_the_form_twice_makes_one_period(signed_in, client):
    path = f"/clients/{client.number}/periods/new"
    form = {**signed_in.form_of(path), "hours": "8", "start_date": "03/06/2024"}
    signed_in.post(path, form, token=False)
    signed_in.post(path, form, token=False)
    assert Period.of(client).count() == 1


def test_a_form_posted_again_with_changes_shows_both_and_makes_one_period(signed_in, client):
    path = f"/clients/{client.number}/periods/new"
    form = {**signed_in.form_of(path), "hours": "8", "start_date": "03/06/2024"}
    signed_in.post(path, form, token=False)
    soup = signed_in.post(path, {**form, "hours": "9"}, 409, token=False)
    assert text_of(soup.select_one(".notice tbody")) == "Aantal uren 8 9"
    answer = values_of(soup.select_one("main form")) | {"hours_mistake": "y"}
    signed_in.post(soup.select_one("main form")["action"], answer, token=False)
    assert Period.of(client).get().hours == 9


def test_the_later_of_two_colleagues_editing_a_period_sees_both_versions(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(2024, 6, 3))
    path = f"/clients/{client.number}/periods/{period.id}"
    mine = signed_in.form_of(path)
    period.change(Decimal(20), period.start_date, None, None, None, period.version, ploeg.account, hours_mistake=True)
    soup = signed_in.post(path, {**mine, "hours": "8,5"}, 409, token=False)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select(".notice tbody tr")]
    assert rows == [["Aantal uren", "20", "8,5"]]
    assert soup.select_one("#hours")["value"] == "8,5"
    assert Period.get_by_id(period.id).hours == 20


def test_fields_that_the_later_colleague_did_not_change_keep_the_saved_values(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(2024, 6, 3))
    path = f"/clients/{client.number}/periods/{period.id}"
    mine = signed_in.form_of(path)
    period.change(Decimal(20), datetime.date(2024, 6, 10), None, None, None, period.version, ploeg.account,
                  hours_mistake=True)
    soup = signed_in.post(path, {**mine, "hours": "8,5"}, 409, token=False)
    assert soup.select_one("#start_date")["value"] == "10/06/2024"
    signed_in.post(path, mine | {"hours": "20", "start_date": "10/06/2024"}, token=False)
    assert "was al zo bewaard" in text_of(signed_in.follow().main)


def test_the_form_shows_the_client_s_number_and_a_back_link(signed_in, client):
    soup = signed_in.get(f"/clients/{client.number}/periods/new")
    words = text_of(soup.main)
    assert f"Cliënt {client.number}" in words
    assert "Opslaan" in words
    assert "← Terug naar overzicht" in words


def test_a_period_is_found_only_through_its_own_client(signed_in, client, ploeg):
    other = client_of(ploeg)
    period = period_of(other, ploeg)
    signed_in.get(f"/clients/{client.number}/periods/{period.id}", 404)
    assert Client.get_by_id(client.number).active_until is None
