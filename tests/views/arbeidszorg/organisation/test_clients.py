"""The client's pages of an organisation: registering, showing, completing and changing a client."""
import datetime

import pytest

from models import names
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from tests.factories import ANSWERS, NAMES_KEY, changed, client_of, days, mistaken, period_of, typed
from tests.page import text_of, values_of

INCOME = "Welk hoofdinkomen geniet de arbeidszorgmedewerker?"


def noon(year, month, day):
    return datetime.datetime(year, month, day, 12, tzinfo=datetime.UTC)


def facts(soup):
    """The facts on the client's page: label → answer."""
    return {text_of(term): text_of(term.find_next("dd")) for term in soup.select("dl.facts dt")}


def test_saving_a_new_client_leads_to_its_first_period(signed_in, ploeg):
    signed_in.post("/clients/new", {**typed(), "name": "Aïcha El Idrissi"})
    client = Client.of(ploeg.organisation).get()
    assert signed_in.response.location == f"/clients/{client.number}/periods/new"
    assert client.name == "Aïcha El Idrissi"
    assert client.answers() == ANSWERS
    assert "Periode toevoegen" in text_of(signed_in.follow().h1)


def test_the_client_page_shows_the_number_first_and_then_everything_else(signed_in, ploeg):
    client = client_of(ploeg, "Aïcha El Idrissi")
    period_of(client, ploeg, datetime.date(2024, 6, 3), datetime.date(2025, 5, 31), "15.2")
    soup = signed_in.get(f"/clients/{client.number}")
    shown = facts(soup)
    assert list(shown)[:2] == ["ID nummer", "Naam"]
    assert shown["ID nummer"] == str(client.number)
    assert shown["Naam"] == "Aïcha El Idrissi"
    assert shown["Geboortedatum"] == "14/07/1985"
    assert shown["Geslacht"] == "Vrouw"
    assert shown["Postcode tewerkstelling"] == "9050"
    assert [text_of(cell) for cell in soup.select("tbody tr:first-child > *")][:5] == [
        "03/06/2024", "31/05/2025", "15,2", "Doorstroom naar betaald werk", "Hogere trede"]
    words = text_of(soup.main)
    assert "Cliënt bewerken" in words
    assert "← Terug naar dashboard" in words
    assert "Overzicht begeleidingsperiodes" in words
    assert "Nieuwe begeleidingsperiode starten" in words


def test_the_form_says_who_sees_the_name(signed_in):
    hint = text_of(signed_in.get("/clients/new").select_one("#name-hint"))
    assert "Enkel jouw organisatie" in hint
    assert "versleuteld" in hint


def test_a_name_may_be_left_empty(signed_in, ploeg):
    signed_in.post("/clients/new", typed())
    assert Client.of(ploeg.organisation).get().name is None


@pytest.mark.parametrize("question", list(ANSWERS))
def test_every_question_is_required_and_typed_answers_are_kept(signed_in, ploeg, question):
    answers = {**typed(), "name": "Roos", question: ""}
    soup = signed_in.post("/clients/new", answers, 422)
    assert Client.of(ploeg.organisation).count() == 0
    assert soup.select_one(f"#{question}-error") is not None
    assert soup.select_one("[autofocus]")["id"] == question
    assert soup.select_one("#name")["value"] == "Roos"


@pytest.mark.parametrize(("box", "question", "answer"), [
    ("birth_date_unknown", "birth_date", "unknown"),
    ("home_postcode_unknown", "home_postcode", "unknown"),
    ("home_postcode_none", "home_postcode", "none"),
    ("home_postcode_abroad", "home_postcode", "abroad"),
    ("work_postcode_unknown", "work_postcode", "unknown"),
])
def test_a_ticked_box_is_stored_as_the_answer(signed_in, ploeg, box, question, answer):
    signed_in.post("/clients/new", {**typed(), question: "", box: "y"})
    client = Client.of(ploeg.organisation).get()
    assert client.answers()[question] == answer
    assert not client.incomplete
    assert signed_in.get(f"/clients/{client.number}/edit").select_one(f"#{box}").has_attr("checked")


def test_a_typed_answer_and_a_box_together_are_refused(signed_in):
    soup = signed_in.post("/clients/new", {**typed(), "home_postcode_none": "y"}, 422)
    assert "Kies één antwoord" in text_of(soup.select_one("#home_postcode-error"))


@pytest.mark.parametrize("date", ["31/02/1980", "14/07/85", "morgen", "14/07/1785", "14/07/2985"])
def test_an_invalid_birth_date_is_refused_and_stays_in_the_box(signed_in, date):
    soup = signed_in.post("/clients/new", {**typed(), "birth_date": date}, 422)
    assert soup.select_one("#birth_date")["value"] == date
    assert soup.select_one("#birth_date-error") is not None


@pytest.mark.parametrize("name", ["Jan 85.07.30-033.28", "85073003328", "x" * 61, "Jan\x00"])
def test_a_name_with_a_national_number_or_control_character_or_too_long_is_refused(signed_in, ploeg, name):
    soup = signed_in.post("/clients/new", {**typed(), "name": name}, 422)
    assert soup.select_one("#name-error") is not None
    assert Client.of(ploeg.organisation).count() == 0


def test_signs_that_cannot_be_seen_are_left_out_of_each_box(signed_in, ploeg):
    signed_in.post("/clients/new", {**typed(), "name": "Roos\xa0Pee\xadters\t", "birth_date": "\u200e14/07/1985",
                                    "home_postcode": "\u202f90\u200b00", "work_postcode": "9050\ufeff"})
    client = Client.of(ploeg.organisation).get()
    assert (client.name, client.birth_date, client.home_postcode, client.work_postcode) == (
        "Roos Peeters", datetime.date(1985, 7, 14), "9000", "9050")


@pytest.mark.parametrize(("name", "words"), [
    ("Jan\x07Peeters", "Teken 4 is een stuurteken (U+0007)."),
    ("\ue000", "Teken 1 is een teken zonder betekenis (U+E000).")])
def test_a_refused_name_tells_which_sign_cannot_be_seen(signed_in, name, words):
    soup = signed_in.post("/clients/new", {**typed(), "name": name}, 422)
    assert words in text_of(soup.select_one("#name-error"))


def test_posting_the_form_twice_makes_one_client(signed_in, ploeg):
    form = {**signed_in.form_of("/clients/new"), **typed()}
    signed_in.post("/clients/new", form, token=False)
    first = signed_in.response.location
    signed_in.post("/clients/new", form, token=False)
    assert signed_in.response.location == first
    assert Client.of(ploeg.organisation).count() == 1


def test_a_form_posted_again_with_changes_shows_both_and_makes_one_client(signed_in, ploeg):
    form = {**signed_in.form_of("/clients/new"), **typed()}
    signed_in.post("/clients/new", form, token=False)
    soup = signed_in.post("/clients/new", {**form, "gender": "male"}, 409, token=False)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select(".notice tbody tr")]
    assert rows == [["Geslacht", "Vrouw", "Man"]]
    assert soup.select_one("main form")["action"].endswith("/edit")
    signed_in.post(soup.select_one("main form")["action"],
                   values_of(soup.select_one("main form")) | changed(gender="male"), token=False)
    assert Client.of(ploeg.organisation).get().answers()["gender"] == "male"


def test_a_likely_double_gives_a_warning_and_can_be_saved_anyway(signed_in, ploeg):
    known = client_of(ploeg, "Roos Peeters")
    soup = signed_in.post("/clients/new", typed(), 422)
    notice = soup.select_one(".notice.info")
    assert f"Cliënt {known.number}" in text_of(notice)
    assert "Roos Peeters" in text_of(notice)
    again = {field["name"]: field.get("value", "") for field in soup.select("main form input[type=hidden]")}
    signed_in.post("/clients/new", {**again, **typed()}, token=False)
    assert Client.of(ploeg.organisation).count() == 2


def test_a_double_in_another_organisation_gives_no_warning(page, cast):
    client_of(cast.outsider, "Roos Peeters")
    page.sign_in(cast.ploeg.account)
    page.post("/clients/new", typed())


def test_a_changed_answer_keeps_the_earlier_one(signed_in, ploeg, clock):
    clock(noon(2026, 3, 1))
    client = client_of(ploeg, income="living-wage")
    clock(noon(2026, 4, 10))
    signed_in.sign_in(ploeg.account)
    signed_in.post(f"/clients/{client.number}/edit", changed(income="pension"))
    shown = facts(signed_in.follow())
    assert shown[INCOME].startswith("Pensioen Tot en met 09/04/2026: Leefloon klopte niet")
    assert [label for label, answer in shown.items() if "Tot en met" in answer] == [INCOME]


def test_a_corrected_mistake_does_not_keep_the_earlier_answer(signed_in, ploeg, clock):
    clock(noon(2026, 3, 1))
    client = client_of(ploeg, income="living-wage")
    clock(noon(2026, 4, 10))
    signed_in.sign_in(ploeg.account)
    signed_in.post(f"/clients/{client.number}/edit", mistaken(income="pension"))
    assert facts(signed_in.follow())[INCOME] == "Pensioen"


def test_an_incomplete_client_must_be_completed_at_the_next_edit(signed_in, ploeg):
    client = client_of(ploeg, income=None)
    assert facts(signed_in.get(f"/clients/{client.number}"))[INCOME] == "te vervolledigen"
    soup = signed_in.post(f"/clients/{client.number}/edit", {"name": "Roos"}, 422)
    assert soup.select_one("#income-error") is not None
    signed_in.post(f"/clients/{client.number}/edit", {"income": "pension"})
    assert not Client.get_by_id(client.number).incomplete


def test_the_later_of_two_colleagues_editing_a_client_sees_both_versions(signed_in, ploeg):
    client = client_of(ploeg, "Roos")
    mine = signed_in.form_of(f"/clients/{client.number}/edit")
    client.change({"income": "pension"}, None, client.version, by=ploeg.account)
    typed_by_me = {**mine, "income": "living-wage", "name": "Roos P."}
    soup = signed_in.post(f"/clients/{client.number}/edit", typed_by_me, 409, token=False)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select(".notice tbody tr")]
    assert ["Naam", "Roos", "Roos P."] in rows
    assert [INCOME, "Pensioen", "Leefloon"] in rows
    assert len(rows) == 2
    assert soup.select_one("#income option[selected]")["value"] == "living-wage"
    assert Client.get_by_id(client.number).answers()["income"] == "pension"
    kept = {field["name"]: field.get("value", "") for field in soup.select("main form input[type=hidden]")}
    signed_in.post(f"/clients/{client.number}/edit", {**mine, **kept, **changed(income="living-wage")}, token=False)
    assert Client.get_by_id(client.number).answers()["income"] == "living-wage"


def test_answers_that_the_later_colleague_did_not_change_keep_the_saved_values(signed_in, ploeg):
    client = client_of(ploeg, "Roos")
    mine = signed_in.form_of(f"/clients/{client.number}/edit")
    client.change({"income": "pension", "work_postcode": "unknown"}, "Roos Peeters", client.version, by=ploeg.account)
    soup = signed_in.post(f"/clients/{client.number}/edit", {**mine, "gender": "x"}, 409, token=False)
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in soup.select(".notice tbody tr")]
    assert rows == [
        ["Naam", "Roos Peeters", "Roos"],
        ["Geslacht", "Vrouw", "X"],
        ["Postcode tewerkstelling", "Onbekend", "9050"],
        [INCOME, "Pensioen", "Inkomensvervangende tegemoetkoming"],
    ]
    again = values_of(soup.select_one("main form")) | changed(gender="x")
    signed_in.post(f"/clients/{client.number}/edit", again, token=False)
    saved = Client.get_by_id(client.number)
    assert saved.name == "Roos Peeters"
    assert (saved.answers()["income"], saved.answers()["work_postcode"]) == ("pension", "unknown")
    assert saved.answers()["gender"] == "x"


def test_posting_the_same_change_twice_says_that_it_is_saved(signed_in, ploeg):
    client = client_of(ploeg, "Roos")
    mine = {**signed_in.form_of(f"/clients/{client.number}/edit"), **changed(income="pension")}
    signed_in.post(f"/clients/{client.number}/edit", mine, token=False)
    signed_in.post(f"/clients/{client.number}/edit", mine, token=False)
    assert "was al zo bewaard" in text_of(signed_in.follow().main)


def test_a_known_double_gives_no_warning_when_something_else_changes(signed_in, ploeg):
    client_of(ploeg, "Roos")
    twin = client_of(ploeg, "Ward")
    signed_in.post(f"/clients/{twin.number}/edit", changed(income="pension"))
    other = client_of(ploeg, "Zoë", gender="male")
    soup = signed_in.post(f"/clients/{other.number}/edit", {"gender": "female"}, 422)
    assert "Ken je deze cliënt al?" in text_of(soup.select_one(".notice.info"))


def test_a_birth_date_after_a_period_is_refused(signed_in, ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, datetime.date(2020, 1, 1))
    soup = signed_in.post(f"/clients/{client.number}/edit", {"birth_date": "02/01/2020"}, 422)
    assert "begeleidingsperiode" in text_of(soup.select_one("#birth_date-error"))


def test_a_change_is_logged_with_the_fields_and_without_their_values(signed_in, ploeg):
    client = client_of(ploeg, "Roos")
    signed_in.post(f"/clients/{client.number}/edit", {**changed(income="pension"), "name": "Geheim"})
    entries = list(AuditEntry.select().where(AuditEntry.subject == str(client.number)))
    assert {"fields": ["income"]} in [entry.details for entry in entries]
    assert not [entry for entry in entries if "Geheim" in entry.detail or "pension" in entry.detail]


def test_a_name_that_cannot_be_decrypted_says_so_and_is_not_lost(signed_in, ploeg):
    names.use(NAMES_KEY)
    client = client_of(ploeg, "Roos Peeters")
    names.use(None)
    assert facts(signed_in.get(f"/clients/{client.number}"))["Naam"] == "naam niet leesbaar"
    signed_in.post(f"/clients/{client.number}/edit", changed(income="pension"))
    names.use(NAMES_KEY)
    assert Client.get_by_id(client.number).name == "Roos Peeters"


def test_the_back_link_leads_to_the_tab_that_lists_the_client(signed_in, ploeg):
    client = client_of(ploeg)
    period_of(client, ploeg, days(5))
    assert signed_in.get(f"/clients/{client.number}").select_one(".back")["href"] == "/dashboard"
