"""Doubles, as an organisation finds, compares, merges and separates them."""
import pytest

from models import names
from models.arbeidszorg.doubles.merging import Merge
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from tests.factories import changed, client_of, days, period_of, typed
from tests.models.arbeidszorg.doubles.merges import merged, with_old_number
from tests.page import text_of, values_of
from tests.tables import contents


@pytest.fixture
def pair(ploeg):
    """Clients 1 (17) and 2 (21), two registrations of one person."""
    return (with_old_number(client_of(ploeg, "Roos Peeters"), "17"),
            with_old_number(client_of(ploeg, "R. Peeters", income="pension"), "21"))


def chosen(soup):
    """The radio buttons of the page that are chosen, as name → value."""
    return {field["name"]: field["value"] for field in soup.select("main input[type=radio][checked]")}


def radios(soup):
    return {field["name"] for field in soup.select("main input[type=radio]")}


def merge(page, **fields):
    page.post("/clients/1/merge/2", {"goes_on": "1", "name": "1", "answer_income": "2", **fields})
    return text_of(page.follow().main)


def test_the_dashboard_leads_to_the_list_of_likely_doubles(signed_in, pair):
    link = signed_in.get("/dashboard").find("a", string="Mogelijke dubbels")
    soup = signed_in.get(link["href"])
    assert "Cliënt 1 (17) – Roos Peeters Cliënt 2 (21) – R. Peeters" in text_of(soup.main)
    assert soup.find("a", href="/clients/1/merge/2")
    assert "<html" not in str(signed_in.partial("/doubles"))


def test_without_doubles_the_list_says_so(signed_in, ploeg):
    client_of(ploeg)
    assert "Er zijn geen cliënten met dezelfde geboortedatum" in text_of(signed_in.get("/doubles").main)


def test_a_client_s_page_and_the_warning_at_saving_lead_to_the_comparison(signed_in, pair):
    assert signed_in.get("/clients/1").find("a", href="/clients/1/merge/2")
    signed_in.post("/clients/1/edit", changed(home_postcode="8000"))
    soup = signed_in.post("/clients/1/edit", changed(home_postcode="9000"), 422)
    assert soup.find("a", href="/clients/1/merge/2")
    soup = signed_in.post("/clients/new", typed(), 422)
    assert "Ken je deze cliënt al?" in text_of(soup.main)
    assert not soup.find("a", href="/clients/1/merge/2")


@pytest.mark.parametrize("number", ["2", "21", "2 (21)", "#2"])
def test_any_two_clients_are_compared_by_typing_the_other_number(signed_in, ploeg, number):
    with_old_number(client_of(ploeg), "17")
    with_old_number(client_of(ploeg, home_postcode="8000"), "21")
    signed_in.post("/clients/1/doubles", {"other": number})
    assert signed_in.response.location == "/clients/1/merge/2"


def test_a_number_of_nobody_of_itself_or_of_another_organisation_is_not_found(signed_in, cast, pair):
    client_of(cast.outsider)
    for number in ("1", "17", "3", "99", "x"):
        soup = signed_in.post("/clients/1/doubles", {"other": number}, 422)
        assert "Je organisatie heeft geen andere cliënt met dit volgnummer." in text_of(soup.main)
    assert "Typ een volgnummer." in text_of(signed_in.post("/clients/1/doubles", {}, 422).main)


def test_two_clients_are_side_by_side_with_their_differences_marked(signed_in, pair):
    soup = signed_in.get("/clients/1/merge/2")
    assert radios(soup) == {"goes_on", "name", "answer_income"}
    assert chosen(soup) == {}
    rows = {text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in soup.select(".compared tbody tr")}
    assert rows["Naam verschilt"] == ["Roos Peeters", "R. Peeters"]
    assert rows["Geslacht"] == ["Vrouw", "Vrouw"]
    assert rows["Welk hoofdinkomen geniet de arbeidszorgmedewerker? verschilt"][1] == "Pensioen"
    assert [text_of(cell) for cell in soup.select(".compared thead th")] == ["Vraag", "Cliënt 1 (17)", "Cliënt 2 (21)"]


def test_only_what_one_of_the_two_does_not_know_is_chosen_beforehand(signed_in, ploeg):
    client_of(ploeg, income="unknown", home_postcode="unknown", gender="female")
    client_of(ploeg, "Roos", education=None, gender="male")
    assert chosen(signed_in.get("/clients/1/merge/2")) == {
        "name": "2", "answer_income": "2", "answer_home_postcode": "2", "answer_education": "1"}


def test_merging_leads_to_the_client_that_goes_on_and_says_until_when_it_can_be_undone(signed_in, pair):
    text = merge(signed_in)
    assert signed_in.response.request.path == "/clients/1"
    assert "Cliënt 2 is samengevoegd met cliënt 1. Je kan dat ongedaan maken tot" in text
    assert "1 (17, 21)" in text
    client = Client.get_by_id(1)
    assert (client.name, client.answers()["income"]) == ("Roos Peeters", "pension")


def test_the_other_number_goes_on_when_it_is_chosen(signed_in, pair):
    text = merge(signed_in, goes_on="2")
    assert "2 (21, 17)" in text
    assert Client.get_by_id(2).name == "Roos Peeters"


def test_the_list_shows_and_finds_all_numbers_under_one_client(signed_in, pair):
    merge(signed_in)
    for number in ("1", "2", "17", "21"):
        soup = signed_in.get(f"/dashboard?tab=inactive&q={number}")
        assert [text_of(cell) for cell in soup.select("tbody th")] == ["1 (17, 21)"]
    assert "1 (17, 21)" in text_of(signed_in.get("/clients/1/edit").main)
    assert "1 (17, 21)" in text_of(signed_in.get("/clients/1/periods/new").main)


def test_the_address_of_the_merged_number_leads_to_the_client_that_goes_on(signed_in, cast, pair):
    merge(signed_in)
    for path in ("", "/edit", "/periods/new", "/deletion-request", "/doubles"):
        signed_in.get(f"/clients/2{path}", 303)
        assert signed_in.response.location == "/clients/1"
    assert "Cliënt 2 is samengevoegd met cliënt 1." in text_of(signed_in.follow().main)
    signed_in.sign_in(cast.outsider.account)
    signed_in.get("/clients/2", 404)


def test_a_form_of_the_merged_client_that_is_sent_afterwards_says_that_nothing_was_saved(signed_in, pair):
    fields = signed_in.form_of("/clients/2/periods/new")
    merge(signed_in)
    before = contents()
    signed_in.post("/clients/2/periods/new", {**fields, "hours": "8", "start_date": "01/01/2024"}, token=False)
    assert "Er is niets opgeslagen." in text_of(signed_in.follow().main)
    assert contents() == before


def test_the_second_click_merges_nothing_more(signed_in, pair):
    fields = {**signed_in.form_of("/clients/1/merge/2"), "goes_on": "1", "name": "1", "answer_income": "1"}
    for _ in range(2):
        signed_in.post("/clients/1/merge/2", fields, token=False)
        assert signed_in.response.location == "/clients/1"
    assert Merge.select().count() == 1


def test_a_missing_choice_is_asked_at_its_place_and_nothing_chosen_is_lost(signed_in, ploeg, pair):
    period_of(pair[0], ploeg)
    period_of(pair[1], ploeg)
    soup = signed_in.post("/clients/1/merge/2", {"answer_income": "2"}, 422)
    assert chosen(soup) == {"answer_income": "2"}
    assert text_of(soup.main).count("Kies bij elk verschil wat verder gaat.") == 6
    assert soup.select_one("[autofocus]")["name"] == "goes_on"
    assert Merge.select().count() == 0


def test_overlapping_periods_are_decided_and_the_others_stay(signed_in, ploeg, pair):
    period_of(pair[0], ploeg, days(-900), days(-800))
    first = period_of(pair[0], ploeg, days(-100), hours="8")
    period_of(pair[1], ploeg, days(-50), days(-20), hours="4")
    soup = signed_in.get("/clients/1/merge/2")
    clash = f"clash_{first.id}"
    assert [field["value"] for field in soup.select(f"[name={clash}]")] == ["join", "1", "2"]
    assert "Eén periode van" in text_of(soup.main)
    assert "De andere periodes blijven allemaal" in text_of(soup.main)
    merge(signed_in, **{clash: "2"})
    assert [period.start_date for period in Period.of(Client.get_by_id(1))] == [days(-50), days(-900)]


def test_a_birth_date_after_a_period_is_refused_at_the_birth_date(signed_in, ploeg):
    client_of(ploeg, birth_date=days(-100))
    period_of(client_of(ploeg), ploeg, days(-400), days(-300))
    soup = signed_in.post("/clients/1/merge/2", {"goes_on": "1", "answer_birth_date": "1"}, 422)
    assert "vóór deze geboortedatum begint" in text_of(soup.select_one("#answer_birth_date"))


def test_a_colleague_s_change_meanwhile_asks_to_compare_again(signed_in, ploeg, pair):
    fields = {**signed_in.form_of("/clients/1/merge/2"), "goes_on": "2", "name": "1", "answer_income": "2"}
    pair[1].change({"education": "higher"}, None, 1, by=ploeg.account)
    soup = signed_in.post("/clients/1/merge/2", fields, 409, token=False)
    assert "Er is niets samengevoegd." in text_of(soup.main)
    assert chosen(soup) == {"goes_on": "2", "name": "1", "answer_income": "2"}
    assert "answer_education" in radios(soup)
    again = {**values_of(soup.select_one("main form")), "answer_education": "1"}
    signed_in.post("/clients/1/merge/2", again, token=False)
    assert Merge.select().count() == 1


def test_without_the_key_the_names_are_shown_as_unreadable_and_one_that_must_move_is_refused(signed_in, pair):
    key = names._State.key
    names.use(None)
    try:
        assert "naam niet leesbaar" in text_of(signed_in.get("/clients/1/merge/2").main)
        soup = signed_in.post("/clients/1/merge/2", {"goes_on": "1", "name": "2", "answer_income": "1"}, 422)
        assert "deze naam kan niet mee" in text_of(soup.select_one("#name"))
        merge(signed_in)
    finally:
        names.use(key)
    assert Client.get_by_id(1).name == "Roos Peeters"


def test_a_pending_request_comes_first(signed_in, pair):
    signed_in.post("/clients/2/deletion-request", {"reason": "not-guided"})
    soup = signed_in.post("/clients/1/merge/2", {"goes_on": "1", "name": "1", "answer_income": "1"}, 422)
    assert "Voor cliënt 2 is een verwijdering aangevraagd. Trek die aanvraag eerst in." in text_of(soup.main)


def test_a_merge_is_undone_from_the_client_s_page_after_one_question(signed_in, logged, pair):
    merge(signed_in)
    assert logged()[0][1] == "Cliënt 2 samengevoegd met cliënt 1"
    soup = signed_in.get("/clients/1")
    path = next(link["href"] for link in soup.select("main a") if "ongedaan maken" in link.get_text())
    assert "Je kan dat ongedaan maken tot" in text_of(signed_in.get(path).main)
    fields = signed_in.form_of(path)
    signed_in.post(path, fields, token=False)
    assert "Het samenvoegen is ongedaan gemaakt: cliënt 2 is er weer." in text_of(signed_in.follow().main)
    assert logged()[0][1] == "Samenvoegen van cliënt 2 met cliënt 1 ongedaan gemaakt"
    assert "2 (21)" in text_of(signed_in.get("/clients/2").main)
    before = contents()
    signed_in.post(path, fields, token=False)
    assert "was al ongedaan gemaakt" in text_of(signed_in.follow().main)
    assert contents() == before
    signed_in.get(path, 404)


def test_a_period_in_the_way_of_an_undo_is_named(signed_in, ploeg, pair):
    first = period_of(pair[0], ploeg, days(-100), hours="8")
    period_of(pair[1], ploeg, days(-50), days(-20), hours="4")
    merge(signed_in, **{f"clash_{first.id}": "join"})
    joined = Period.get()
    joined.change(7, joined.start_date, None, None, None, joined.version, hours_mistake=True)
    path = f"/clients/1/merges/{Merge.get().id}/undo"
    soup = signed_in.post(path, {}, 422)
    days_of_it = f"van {days(-100):%d/%m/%Y} zonder einddatum"
    assert f"de periode {days_of_it} is na het samenvoegen gewijzigd" in text_of(soup.main)


def test_a_later_merge_is_undone_first(signed_in, ploeg, pair):
    merge(signed_in)
    merged(Client.get_by_id(1), client_of(ploeg))
    soup = signed_in.post(f"/clients/1/merges/{Merge.get().id}/undo", {}, 422)
    assert "Cliënt 3 is daarna nog bij deze cliënt gevoegd." in text_of(soup.main)
