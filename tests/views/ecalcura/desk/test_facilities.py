"""'Voorzieningen' of the desk."""
from tests.models.ecalcura.cast import facility


def test_the_desk_sees_all_facilities_with_a_dossier_and_opens_one(page, home, desk):
    facility("990005", kind="kortverblijf", name="Kortverblijf De Linde", parent_id=home.facility.id)
    page.sign_in(desk.dossier)
    page.get("/", 303)
    assert page.response.location == "/ecalcura/desk/facilities"
    assert [row.text for row in page.get("/ecalcura/desk/facilities").select("tbody th")] == [
        "Woonzorgcentrum De Linde"]
    shown = page.get("/ecalcura/desk/facilities/990001")
    assert shown.h1.text == "Woonzorgcentrum De Linde"
    assert "Ann Maes" in shown.main.text
    for hco in ("990005", "123456"):
        page.get(f"/ecalcura/desk/facilities/{hco}", 404)


def test_a_calculator_sees_the_list_and_no_facility(page, home, desk):
    page.sign_in(desk.calculator)
    shown = page.get("/ecalcura/desk/facilities")
    assert shown.select("tbody th a") == []
    page.get("/ecalcura/desk/facilities/990001", 403)


def test_the_desk_has_no_page_of_a_facility_itself(page, home, desk):
    page.sign_in(desk.dossier)
    page.get("/ecalcura/990001", 403)
    assert "nog geen rol" not in page.response.text
