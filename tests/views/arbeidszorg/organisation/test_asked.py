"""Questions that a form asks once before it saves: why an answer changed, and whether an improbable value is right."""
import datetime

import pytest

from models.arbeidszorg.register import answers, plausible
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.database import now, today
from tests.factories import changed, client_of, mistaken, period_of, typed
from tests.page import text_of, values_of
from views.arbeidszorg.messages import IMPROBABLE

INCOME = "Welk hoofdinkomen geniet de arbeidszorgmedewerker?"
CLOSED = {"end_date": "31/05/2025", "closing_reason": "health", "outlook": "same"}
DIED = datetime.date(2023, 5, 4)


@pytest.fixture
def client(ploeg):
    return client_of(ploeg, "Roos", income="none")


def edit(page, client, fields, status=422):
    return page.post(f"/clients/{client.number}/edit", fields, status)


def add(page, client, status=422, **fields):
    typed_period = {"hours": "12,5", "start_date": "03/06/2024", **fields}
    return page.post(f"/clients/{client.number}/periods/new", typed_period, status)


def asked(soup):
    return text_of(soup.select_one(".notice.asked"))


def send_again(page, soup, button=None, status=303):
    """Post the form of this page as a browser does, by pressing `button` if there is one."""
    form = soup.select_one("main form")
    pressed = {button["name"]: button["value"]} if button else {}
    return page.post(form["action"], values_of(form) | pressed, status, token=False)


def earlier(client):
    return {was.question: was.answer for was in Client.get_by_id(client.number).past_answers()}


def kept(client):
    return Client.get_by_id(client.number).answers()


# Why an answer changed

def test_one_changed_answer_asks_why_and_one_press_saves(signed_in, client):
    soup = edit(signed_in, client, {"income": "pension", "name": "Roos P."})
    assert f"{INCOME} – Geen inkomen → Pensioen" in asked(soup)
    assert "Nog niet opgeslagen" not in asked(soup)
    assert kept(client)["income"] == "none"
    first, second = soup.select(".asked button[name]")
    assert (text_of(first), text_of(second)) == (
        "De situatie is veranderd", "Foute registratie: wat er stond, was nooit juist")
    send_again(signed_in, soup, first)
    assert earlier(client) == {"income": "none"}
    assert (kept(client)["income"], Client.get_by_id(client.number).name) == ("pension", "Roos P.")


def test_the_other_press_says_that_the_answer_was_never_right(signed_in, client):
    soup = edit(signed_in, client, {"income": "pension"})
    send_again(signed_in, soup, soup.select(".asked button[name]")[1])
    assert earlier(client) == {}
    assert kept(client)["income"] == "pension"


def test_enter_in_a_field_asks_again_and_never_chooses_a_reason(signed_in, client):
    soup = edit(signed_in, client, {"income": "pension"})
    default = soup.select_one("main form button")
    assert default.has_attr("hidden")
    assert not default.has_attr("name")
    words = asked(send_again(signed_in, soup, status=422))
    assert INCOME in words
    assert "Nog niet opgeslagen: kies een van de twee." in words
    assert kept(client)["income"] == "none"


def test_each_changed_answer_is_asked_by_itself(signed_in, client):
    soup = edit(signed_in, client, {"income": "pension", "gender": "x", "education": "higher"})
    assert [text_of(legend).partition(" – ")[0] for legend in soup.select(".asked legend")] == [
        "Geslacht", "Onderwijsniveau", INCOME]
    assert not soup.select(".asked [checked]")
    fields = values_of(soup.select_one("main form"))
    fields |= {"why_income": "mistake", "why_gender": "changed"}
    soup = signed_in.post(f"/clients/{client.number}/edit", fields, 422, token=False)
    assert [box["name"] for box in soup.select(".asked [checked]")] == ["why_gender", "why_income"]
    fields = values_of(soup.select_one("main form")) | {"why_education": "changed"}
    signed_in.post(f"/clients/{client.number}/edit", fields, token=False)
    assert earlier(client) == {"gender": "female", "education": "lower-secondary"}
    assert kept(client)["income"] == "pension"


@pytest.mark.parametrize("reason", ["", "x", "changed mistake"])
def test_a_reason_outside_the_list_is_asked_again(signed_in, client, reason):
    assert INCOME in asked(edit(signed_in, client, {"income": "pension", "why_income": reason}))


def test_an_answer_that_is_changed_back_is_not_asked(signed_in, client):
    soup = edit(signed_in, client, {"income": "pension"})
    fields = values_of(soup.select_one("main form")) | {"income": "none", "why_income": "mistake"}
    signed_in.post(f"/clients/{client.number}/edit", fields, token=False)
    assert "Er is niets gewijzigd" in text_of(signed_in.follow().main)


def test_a_changed_name_or_a_first_answer_asks_nothing(signed_in, ploeg):
    client = client_of(ploeg, "Roos", income=None)
    edit(signed_in, client, {"name": "Roos P.", "income": "pension"}, 303)
    assert earlier(client) == {}


def test_corrections_are_not_asked_and_are_named_beside_the_changes(signed_in, ploeg, clock):
    answers.use(14)
    client = client_of(ploeg, income="none", education="unknown")
    clock(now() + datetime.timedelta(days=15))
    signed_in.sign_in(ploeg.account)
    edit(signed_in, client, {"birth_date": "14/07/1986", "education": "higher"}, 303)
    soup = edit(signed_in, client, {"birth_date": "14/07/1985", "education": "lower-secondary", "income": "pension"})
    words = asked(soup)
    assert "Vanzelf een verbetering, want wat er stond was nooit juist: Geboortedatum, Onderwijsniveau." in words
    assert [text_of(legend).partition(" – ")[0] for legend in soup.select(".asked legend")] == [INCOME]
    send_again(signed_in, soup, soup.select(".asked button[name]")[0])
    assert earlier(client) == {"income": "none"}


def test_the_page_with_both_versions_asks_at_once_and_keeps_the_given_reason(signed_in, ploeg, client):
    mine = signed_in.form_of(f"/clients/{client.number}/edit") | mistaken(gender="x")
    client.change({"education": "higher"}, None, client.version, by=ploeg.account)
    soup = signed_in.post(f"/clients/{client.number}/edit", mine, 409, token=False)
    assert [text_of(legend).partition(" – ")[0] for legend in soup.select(".asked legend")] == ["Geslacht"]
    send_again(signed_in, soup)
    assert earlier(client) == {"education": "lower-secondary"}
    assert kept(client)["gender"] == "x"


def test_a_reason_survives_an_error_elsewhere_in_the_form(signed_in, client):
    soup = edit(signed_in, client, {**mistaken(income="pension"), "home_postcode": "90"})
    fields = values_of(soup.select_one("main form")) | {"home_postcode": "9000"}
    signed_in.post(f"/clients/{client.number}/edit", fields, token=False)
    assert (kept(client)["income"], earlier(client)) == ("pension", {})


def test_a_double_an_improbable_date_and_a_change_are_asked_in_one_step(signed_in, ploeg, client):
    twin = client_of(ploeg, "Ward", birth_date=datetime.date(1911, 2, 3), gender="x")
    soup = edit(signed_in, client, {"birth_date": "03/02/1911", "gender": "x"})
    words = asked(soup)
    assert f"Cliënt {twin.number} – Ward" in words
    assert f"geboren op 03/02/1911, is nu {plausible.age(datetime.date(1911, 2, 3), today())} jaar" in words
    assert "Geslacht – Vrouw → X" in words
    send_again(signed_in, soup, soup.select_one(".asked button[name]"))
    assert kept(client)["birth_date"] == datetime.date(1911, 2, 3)


# Improbable values

def test_each_remark_has_words():
    assert IMPROBABLE.keys() == set(plausible.Improbable)


@pytest.mark.parametrize(("fields", "words"), [
    ({"start_date": "03/06/2204"}, "De startdatum is 03/06/2204: dat is over meer dan een jaar."),
    ({"start_date": "03/06/2062"}, "De startdatum is 03/06/2062: dat is over meer dan een jaar."),
    ({"start_date": "14/07/1989", **CLOSED}, "geboren op 14/07/1985, nog maar 4 jaar"),
    ({"start_date": "14/07/1984"}, None),
    ({**CLOSED, "end_date": "31/05/2052"}, "De einddatum is 31/05/2052: dat is over meer dan twee jaar."),
    ({**CLOSED, "closing_reason": "death", "outlook": "higher"},
     "De reden is ‘Overlijden’, en toch is het perspectief ‘Hogere trede’."),
])
def test_an_improbable_period_is_asked_once(signed_in, client, fields, words):
    soup = add(signed_in, client, **fields)
    if words is None:
        # Impossible: refused, and not asked.
        assert not soup.select(".asked")
        assert not Period.of(client).exists()
        send_again(signed_in, soup, status=422)
        return
    assert "Klopt dit?" in asked(soup)
    assert words in asked(soup)
    assert Period.of(client).count() == 0
    send_again(signed_in, soup)
    assert Period.of(client).count() == 1


def test_a_period_after_one_that_was_closed_with_a_death_is_asked_once(signed_in, client, ploeg):
    period_of(client, ploeg, datetime.date(2020, 1, 1), DIED, reason="death", outlook="unknown")
    soup = add(signed_in, client)
    assert "afgesloten met ‘Overlijden’ op 04/05/2023, en daarna begint er nog een op 03/06/2024" in asked(soup)
    send_again(signed_in, soup)
    assert Period.of(client).count() == 2


def test_another_improbable_value_asks_again_and_the_same_one_does_not(signed_in, client):
    soup = add(signed_in, client, start_date="03/06/2204")
    fields = values_of(soup.select_one("main form"))
    path = f"/clients/{client.number}/periods/new"
    soup = signed_in.post(path, {**fields, "start_date": "03/06/2062"}, 422, token=False)
    assert "03/06/2062" in asked(soup)
    signed_in.post(path, values_of(soup.select_one("main form")) | {"hours": "8"}, token=False)
    assert Period.of(client).get().start_date == datetime.date(2062, 6, 3)


def test_posting_an_improbable_period_twice_makes_one(signed_in, client, ploeg):
    period_of(client, ploeg, datetime.date(2020, 1, 1), DIED, reason="death", outlook="unknown")
    soup = add(signed_in, client)
    send_again(signed_in, soup)
    send_again(signed_in, soup)
    assert Period.of(client).count() == 2


def test_a_kept_improbable_value_is_not_asked_again(signed_in, client, ploeg):
    period = period_of(client, ploeg, datetime.date(1990, 6, 3), datetime.date(1999, 1, 1))
    path = f"/clients/{client.number}/periods/{period.id}"
    signed_in.post(path, {"hours": "8", "hours_mistake": "y"})
    soup = signed_in.post(path, {"start_date": "04/06/1990"}, 422)
    assert "nog maar 4 jaar" in asked(soup)
    send_again(signed_in, soup)
    assert Period.get_by_id(period.id).start_date == datetime.date(1990, 6, 4)


def test_a_new_client_of_over_110_years_is_asked_once(signed_in, ploeg):
    soup = signed_in.post("/clients/new", {**typed(), "birth_date": "03/02/1911"}, 422)
    assert "geboren op 03/02/1911" in asked(soup)
    send_again(signed_in, soup)
    assert Client.of(ploeg.organisation).get().birth_date == datetime.date(1911, 2, 3)


def test_a_birth_date_that_makes_a_period_improbable_is_asked_once(signed_in, client, ploeg):
    period_of(client, ploeg, datetime.date(2024, 1, 1), datetime.date(2024, 6, 1))
    period_of(client, ploeg, datetime.date(2025, 1, 1))
    soup = edit(signed_in, client, {"birth_date": "14/07/2019"})
    assert "Bij de start op 01/01/2024 is de cliënt, geboren op 14/07/2019, nog maar 4 jaar." in asked(soup)
    assert "2025" not in asked(soup)
    send_again(signed_in, soup)
    edit(signed_in, client, changed(income="pension"), 303)
    assert kept(client)["birth_date"] == datetime.date(2019, 7, 14)
