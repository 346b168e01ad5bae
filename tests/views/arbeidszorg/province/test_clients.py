"""'Cliënten zonder naam': an administrator's list of the province's clients, and the page of each."""
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.questionnaire import current
from models.audit import AuditEntry
from tests.factories import client_of, days, period_of
from tests.page import text_of


def numbers(soup):
    """The numbers of the listed clients, in order."""
    return [int(cell.get_text()) for cell in soup.select("#list tbody th")]


def listed(administration, query=""):
    return numbers(administration.get(f"/province/clients{query}"))


def test_the_list_shows_each_client_without_its_name(administration, cast):
    client = client_of(cast.ploeg, "Roos Peeters", income=None)
    period_of(client, cast.ploeg, days(-400), days(-300))
    period_of(client, cast.ploeg, days(-20), days(20))
    client_of(cast.elsewhere, "Jan")
    soup = administration.get("/province/clients")
    row, = soup.select("#list tbody tr")
    assert [text_of(cell) for cell in row.select("th, td")] == [
        str(client.number), "De Ploeg te vervolledigen", "1985", "Actief", f"{days(-20):%d/%m/%Y}",
        f"{days(20):%d/%m/%Y}", "Cliëntinformatie"]
    assert "Roos" not in administration.response.text
    assert row.a["href"] == f"/province/clients/{client.number}"


def test_a_partial_request_gets_only_the_list(administration, cast):
    client = client_of(cast.ploeg)
    soup = administration.partial("/province/clients")
    assert numbers(soup) == [client.number]
    assert not soup.select("form, h1")


def test_filters_sort_and_page_are_in_the_address(administration, cast):
    women = [client_of(cast.ploeg).number for _ in range(27)]
    client_of(cast.ploeg, gender="male")
    assert listed(administration, "?answer_gender=female&sort=number-desc&page=2") == women[:2][::-1]
    soup = administration.get("/province/clients?answer_gender=female&sort=number-desc&page=2")
    assert soup.select_one(".pages [aria-current]").get_text().strip().endswith("2")
    assert soup.select_one("#page-1")["href"] == "/province/clients?answer_gender=female&sort=number-desc"
    assert soup.select_one("#answer_gender [selected]")["value"] == "female"
    assert soup.select_one("#sort [selected]")["value"] == "number-desc"


def test_each_filter_has_a_chip_that_removes_it(administration, cast):
    client_of(cast.ploeg)
    path = f"/province/clients?organisation={cast.ploeg.organisation.id}&answer_gender=female&sort=birth-asc"
    soup = administration.get(path)
    chips = {text_of(chip): chip["href"] for chip in soup.select(".chips a")}
    assert chips == {
        "Organisatie: De Ploeg × (filter weghalen)": "/province/clients?answer_gender=female&sort=birth-asc",
        "Geslacht: Vrouw × (filter weghalen)":
            f"/province/clients?organisation={cast.ploeg.organisation.id}&sort=birth-asc",
        "Filters wissen": "/province/clients?sort=birth-asc",
    }
    assert not administration.get("/province/clients?sort=birth-asc").select(".chips")


def test_more_filters_offer_every_question_and_are_open_when_one_is_set(administration, cast):
    soup = administration.get("/province/clients?status=active")
    assert not soup.select_one("details.more").has_attr("open")
    assert {f"answer_{question.code}" for question in current().questions} <= {
        field["name"] for field in soup.select("details.more select")}
    for query in ("answer_home_postcode=limburg", "born_from=1980", "answer_outlook=higher", "answer_method=-"):
        assert administration.get(f"/province/clients?{query}").select_one("details.more").has_attr("open"), query


@pytest.mark.parametrize("query", [
    "answer_gender=ander", "answer_leeftijd=1", "status=weg", "organisation=x", "organisation=99999999999999999999",
    "sort=naam", "page=x", "page=-1", "page=99999999999999999999", "born_from=85", "born_from=x",
    "born_to=0000", "born_from=20000",
    "incomplete=ja", "answer_home_postcode=9000", "answer_birth_date=1985-07-14", "version=1", "born_from=%D9%A1985",
    "organisation=%D9%A1", "sealed_name=x", "answer_closing_reason=-"])
def test_invalid_filters_in_the_address_are_ignored(administration, cast, query):
    client = client_of(cast.ploeg)
    soup = administration.get(f"/province/clients?{query}")
    assert numbers(soup) == [client.number]
    assert not soup.select(".chips")


def test_a_filter_on_an_organisation_of_another_province_is_ignored(administration, cast):
    client = client_of(cast.ploeg)
    soup = administration.get(f"/province/clients?organisation={cast.elsewhere.organisation.id}")
    assert numbers(soup) == [client.number]
    assert "De Winning" not in administration.response.text


def test_a_form_sent_without_javascript_redirects_to_an_address_without_empty_fields(administration, cast):
    client_of(cast.ploeg)
    administration.get("/province/clients?q=&organisation=&sort=number-asc&answer_gender=female&born_from=", status=303)
    assert administration.response.location == "/province/clients?answer_gender=female"
    administration.partial("/province/clients?q=&sort=number-asc&answer_gender=female")
    assert administration.response.headers["HX-Replace-Url"] == "/province/clients?answer_gender=female"
    administration.partial("/province/clients?answer_gender=female")
    assert "HX-Replace-Url" not in administration.response.headers


def test_an_unknown_number_says_that_it_is_not_found(administration, cast):
    client = client_of(cast.elsewhere)
    soup = administration.get(f"/province/clients?q={client.number}")
    assert f"Geen cliënt met volgnummer ‘{client.number}’." in text_of(soup.select_one("#list"))
    assert soup.select_one("#q")["value"] == str(client.number)


def test_the_download_links_keep_the_filters(administration, cast):
    client_of(cast.ploeg)
    soup = administration.get("/province/clients?status=inactive&answer_gender=female&page=1")
    assert [link["href"] for link in soup.select("#list .button")] == [
        "/province/clients.xlsx?status=inactive&answer_gender=female",
        "/province/clients.csv?status=inactive&answer_gender=female"]


def facts(soup):
    """The facts on the client's page: label → answer."""
    return {text_of(label): text_of(label.find_next("dd")) for label in soup.select("#anonymous dt")}


def test_a_client_shows_everything_except_what_identifies_it(administration, cast):
    client = client_of(cast.ploeg, "Roos Peeters", home_postcode="3500", income=None)
    Client.update(old_number="OUD-77", old_number_rank=1, old_number_key="oud-77").execute()
    period_of(client, cast.ploeg, days(-90), days(-1), hours="12.5", reason="health", outlook="same")
    soup = administration.get(f"/province/clients/{client.number}")
    shown = facts(soup)
    assert shown["ID nummer"] == str(client.number)
    assert shown["Geboortejaar"] == "1985"
    assert shown["Provincie woonplaats"] == "Limburg"
    assert shown["Provincie tewerkstelling"] == "Oost-Vlaanderen"
    assert shown["Welk hoofdinkomen geniet de arbeidszorgmedewerker?"] == "te vervolledigen"
    assert shown["Status"] == "Niet-actief"
    assert len(shown) == 4 + len(current().of_client)
    assert [text_of(cell) for cell in soup.select("#anonymous tbody tr > *")] == [
        f"{days(-90):%d/%m/%Y}", f"{days(-1):%d/%m/%Y}", "12,5", "Gezondheidsredenen", "Zelfde trede"]
    for hidden in ("Roos", "OUD-77", "14/07/1985", "1985-07-14", "3500", "9050"):
        assert hidden not in administration.response.text
    assert f"/province/organisations/{cast.ploeg.organisation.id}" in str(soup.main)
    assert f"/province/clients/{client.number}/delete" in str(soup.main)


def test_viewing_a_client_is_audited_and_viewing_the_list_is_not(administration, cast):
    client = client_of(cast.ploeg)
    administration.get("/province/clients")
    administration.get(f"/province/clients/{client.number}")
    entry, = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_VIEWED)
    assert (entry.account_id, entry.tenant_id, entry.subject) == (
        cast.administrator.id, cast.ploeg.organisation.id, str(client.number))


def test_a_client_of_another_province_is_a_404_and_not_audited(administration, cast):
    client = client_of(cast.elsewhere)
    administration.get(f"/province/clients/{client.number}", status=404)
    assert not AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_VIEWED).count()


def test_the_organisation_sees_exactly_what_the_administrator_sees(administration, cast):
    client = client_of(cast.ploeg, "Roos Peeters", method=None)
    period_of(client, cast.ploeg)
    client.change({"income": "pension"}, None, 1, by=cast.ploeg.account)
    theirs = administration.get(f"/province/clients/{client.number}").select_one("#anonymous")
    administration.sign_in(cast.ploeg.account)
    link = administration.get(f"/clients/{client.number}").find("a", string="Wat ziet de provincie?")
    soup = administration.get(link["href"])
    assert str(soup.select_one("#anonymous")) == str(theirs)
    assert "Roos" not in text_of(soup.main)
    # The page also mentions the log and the deletion request, which an administrator can read.
    assert "in het logboek wanneer je iets wijzigde" in text_of(soup.main)
    assert "wat je bij een aanvraag tot verwijdering schrijft" in text_of(soup.main)
    assert not AuditEntry.select().where(
        AuditEntry.event == ArbeidszorgEvent.CLIENT_VIEWED, AuditEntry.actor == "arbeidszorg:organisation")
    administration.sign_in(cast.outsider.account)
    administration.get(link["href"], status=404)
