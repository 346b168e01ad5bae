"""The list of organisations on an administrator's overview, and the question whether one is in it already."""
import pytest
from peewee import Value, fn

from models.accounts.organisation_list import Count, OrganisationList
from models.organisations import Organisation
from tests.hall import mails
from tests.page import row_headers, text_of, values_of
from views.hall.organisation_list import Column, Link, values

PROVINCE = "oost-vlaanderen"
BRUG = {"name": "De Brug", "sector": "welfare", "address": "Dorp 1, Gent", "email": "Brug@voorbeeld.be"}


def path_of(login):
    return f"/province/organisations/{login.organisation.id}"


def alert(soup):
    return text_of(soup.select_one("[role=alert]:not([hidden])"))


def test_search_sort_and_page_are_in_the_address(administration, thirty):
    assert row_headers(administration.get("/province"))[:3] == ["De Ploeg", "Het Atelier", "Huis 01"]
    soup = administration.get("/province?q=huis&sort=not-signed-in&page=2")
    assert row_headers(soup) == [f"Huis {number}" for number in range(26, 31)]
    assert soup.select_one("#q")["value"] == "huis"
    assert soup.select_one("#sort option[selected]")["value"] == "not-signed-in"
    assert soup.select_one("[rel=prev]")["href"] == "/province?q=huis&sort=not-signed-in"
    assert "26–30 van 30 organisaties" in text_of(soup.select_one(".pages"))
    assert administration.get("/province?page=2").select_one("[rel=prev]")["href"] == "/province"
    form = soup.select_one("form#search")
    assert (form["action"], form["method"]) == ("/province", "get")


def test_a_search_without_results_says_so_and_links_back(administration, thirty):
    soup = administration.get("/province?q=%3Cb%3Energens&sort=active")
    assert "Geen organisatie met ‘<b>nergens’ in de naam." in text_of(soup.select_one("#list"))
    assert soup.select_one("#list a")["href"] == "/province?sort=active"


def test_a_province_without_organisations_offers_to_make_one(cast, page):
    Organisation.update(province="antwerpen").where(Organisation.province == "limburg").execute()
    page.sign_in(cast.other_administrator)
    soup = page.get("/province")
    assert text_of(soup.select_one(".figures li")) == "0 organisaties"
    assert "Er staan nog geen organisaties in je provincie." in text_of(soup.select_one("#list"))
    assert soup.select_one("#list a")["href"] == "/province/organisations/new"


def test_an_address_with_invalid_arguments_shows_the_list(administration):
    for query in ("page=x", "page=-1", "page=99999999999", "sort=email", "q=" + "x" * 5000, "q=%00", "page=1&page=2"):
        administration.get(f"/province?{query}")


def test_a_wing_adds_columns_with_a_sort_and_links(cast, app):
    letters = Count("letters", lambda: fn.LENGTH(Organisation.name))
    zero = Count("zero", lambda: Value(0))
    plain, linked = Column(letters, "letters", "Letters"), Column(letters._replace(code="l"), "l", "L", "/l/{}".format)
    empty = Column(zero, "zero", "Nul", "/zero/{}".format)
    columns, links = (plain, linked, empty), (Link("Meer", "/more/{}".format),)
    listing = OrganisationList(PROVINCE, tuple(column.count for column in columns), sort="letters")
    shown = values(listing, columns, links, "/here")
    assert shown["headings"] == ["Naam", "Sector", "Letters", "L", "Nul", "Laatst aangemeld", "Login", ""]
    assert ("letters", "letters (meeste eerst)") in shown["sorts"]
    number = cast.outsider.organisation.id
    assert shown["rows"][0].numbers == [("Letters", "11", None), ("L", "11", f"/l/{number}"), ("Nul", "–", None)]
    assert shown["rows"][0].links == [("Meer", f"/more/{number}")]


# An organisation that may be there already

@pytest.mark.parametrize("name", ["de ploeg", "De  Ploeg.", "DEPLOEG"])
def test_nearly_the_same_name_is_asked_once(administration, cast, name):
    soup = administration.post("/province/organisations/new", BRUG | {"name": name}, status=422)
    assert "De Ploeg heeft bijna dezelfde naam." in alert(soup)
    assert soup.select_one("[role=alert] a")["href"] == path_of(cast.ploeg)
    assert soup.select_one("#address")["value"] == BRUG["address"]
    assert mails() == []
    administration.post("/province/organisations/new", values_of(soup.select_one("main form")), token=False)
    assert Organisation.by_name("oost-vlaanderen", name)


def test_an_address_of_another_organisation_is_asked_once_without_naming_another_province(administration):
    made = Organisation.create_new("De Andere", "limburg", "brug@voorbeeld.be")
    soup = administration.post("/province/organisations/new", BRUG, status=422)
    assert "Een organisatie in een andere provincie heeft hetzelfde e-mailadres." in alert(soup)
    assert "De Andere" not in str(soup)
    assert soup.select_one("[name=pointed_out]")["value"] == "elsewhere"
    assert f"organisations/{made.id}" not in str(soup)
    administration.post("/province/organisations/new", values_of(soup.select_one("main form")), token=False)
    administration.post("/province/organisations/new", values_of(soup.select_one("main form")), token=False)
    assert Organisation.select().where(Organisation.name == "De Brug").count() == 1


def test_the_same_name_in_another_province_is_not_asked(administration):
    Organisation.create_new("De Brug", "limburg")
    administration.post("/province/organisations/new", BRUG)


def test_a_new_name_that_is_nearly_that_of_another_is_asked_once(administration, cast):
    path = f"{path_of(cast.ploeg)}/edit"
    soup = administration.post(path, {"name": "het atelier"}, status=422)
    assert "Het Atelier heeft bijna dezelfde naam." in alert(soup)
    administration.post(path, values_of(soup.select_one("main form")), token=False)
    administration.post(path, {"address": "Dorp 3"})
    administration.post(path, {"name": "HET ATELIER."}, status=422)
    assert Organisation.get_by_id(cast.ploeg.organisation.id).name == "het atelier"


def test_the_own_name_may_be_written_differently(administration, cast):
    administration.post(f"{path_of(cast.ploeg)}/edit", {"name": "DE PLOEG"})
