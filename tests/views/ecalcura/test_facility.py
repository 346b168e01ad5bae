"""'Mijn voorziening', and the facility in the address: for its role holders, and for nobody else."""
import datetime

import pytest

from models.accounts.grants import Grant
from models.ecalcura.facilities.facilities import Facility, RehabAgreement
from models.ecalcura.roles import FINANCIAL, PRIVACY
from models.ecalcura.submissions.submissions import Submission
from tests.factories import days
from tests.models.ecalcura.cast import facility, opened
from tests.page import text_of

ROUTES = ["/ecalcura", "/ecalcura/990001", "/ecalcura/990001/access", "/ecalcura/990001/access/new"]
TRIMESTERS = "/ecalcura/990001/trimesters/2026"


def tabs(soup):
    return [text_of(tab) for tab in soup.select("nav.tabs a")]


def held(account, role, where, since=datetime.datetime(2000, 1, 1)):  # noqa: DTZ001 - as moments are stored
    return Grant.add(account.id, role, where, since=since)


def test_a_role_holder_begins_at_the_own_facility(page, home):
    page.sign_in(home.privacy)
    page.get("/", 303)
    text = text_of(page.follow())
    assert page.response.request.path == "/ecalcura/990001"
    for shown in ("Woonzorgcentrum De Linde", "HCO-nummer 990001", "Soort Woonzorgcentrum",
                  "Zorg Vlier vzw · KBO 0000.000.196", "Toegangsbeheerders Ann Maes"):
        assert shown in text, shown


def test_facilities_that_belong_to_the_own_one_are_shown(page, home):
    facility("990002", "kortverblijf", "Kortverblijf De Linde", parent_id=home.facility.id)
    old = facility("990003", name="De Oude", successor_id=home.facility.id, merged_on=datetime.date(2026, 7, 1))
    page.sign_in(home.privacy)
    text = text_of(page.get("/ecalcura/990001"))
    assert "Hoort erbij Kortverblijf De Linde (HCO 990002), Centrum voor kortverblijf (type 1)" in text
    assert "Gefuseerd De Oude (HCO 990003), op 01/07/2026" in text
    held(home.privacy, PRIVACY, old)
    page.sign_in(home.privacy)
    assert "Sinds 01/07/2026 hoort deze voorziening bij Woonzorgcentrum De Linde" in text_of(
        page.get("/ecalcura/990003"))


def test_two_facilities_of_one_agreement_name_each_other(page, home):
    RehabAgreement.create(number="R-1")
    one, other = (facility(hco, "revalidatie", name, agreement="R-1", agreement_place=place)
                  for place, (hco, name) in enumerate((("990008", "Reva Noord"), ("990009", "Reva Zuid")), 1))
    held(home.privacy, PRIVACY, one)
    page.sign_in(home.privacy)
    assert "Revalidatieovereenkomst R-1, samen met Reva Zuid (HCO 990009)" in text_of(page.get("/ecalcura/990008"))
    assert other.agreement == "R-1"


def test_a_merger_that_is_yet_to_come_is_announced(page, home):
    other = facility("990004", name="De Brug", successor_id=home.facility.id, merged_on=days(10))
    held(home.privacy, PRIVACY, other)
    page.sign_in(home.privacy)
    text = text_of(page.get("/ecalcura/990004"))
    assert f"Vanaf {days(10):%d/%m/%Y} hoort deze voorziening bij Woonzorgcentrum De Linde" in text
    assert "niets nieuws" not in text


@pytest.mark.parametrize("path", ROUTES)
def test_a_colleague_without_a_role_gets_one_page_on_every_route(page, home, path):
    """A1."""
    page.sign_in(home.jan)
    text = text_of(page.get(path, 200 if path == "/ecalcura" else 403).main)
    assert "Je hebt nog geen rol In eCalcura" in text
    assert "Beheer privacygevoelige gegevens Beheer financiële gegevens" in text
    assert "In Woonzorgcentrum De Linde geeft Ann Maes de rollen." in text
    assert "@" not in text


@pytest.mark.parametrize("path", ROUTES)
def test_a_login_of_another_wing_gets_that_page_without_a_name(page, home, cast, path):
    page.sign_in(cast.ploeg.account)
    text = text_of(page.get(path, 403).main)
    assert "Je hebt nog geen rol In eCalcura" in text
    assert "Linde" not in text
    assert "Maes" not in text


def test_a_missing_role_is_named(page, home):
    """A2."""
    for account in (home.privacy, home.financial):
        page.sign_in(account)
        text = text_of(page.get("/ecalcura/990001/access", 403).main)
        assert "Deze pagina is voor collega's met de rol ‘Toegangsbeheerder’." in text
        assert "Toegang" not in tabs(page.get("/ecalcura/990001"))


@pytest.mark.parametrize("path", ["", "/access", "/access/new", "/access/1/roles/new"])
@pytest.mark.parametrize("hco", ["990002", "999999", "990001x", "%00", "é"])
def test_another_facility_s_page_does_not_exist(page, home, hco, path):
    """A2: whatever role somebody holds in the own one."""
    facility("990002", name="De Brug")
    for account in (home.privacy, home.financial, home.ann, home.jan):
        page.sign_in(account)
        assert "De Brug" not in text_of(page.get(f"/ecalcura/{hco}{path}", 404))


def test_a_short_stay_has_no_dossier_and_leads_to_its_parent(page, home):
    """A6: for those of the parent; for others it does not exist."""
    facility("990002", "kortverblijf", "Kortverblijf De Linde", parent_id=home.facility.id)
    page.sign_in(home.privacy)
    soup = page.get("/ecalcura/990002", 404)
    assert "heeft geen eigen dossier" in text_of(soup.main)
    page.get(soup.select_one("main a.button")["href"])
    elsewhere = facility("990003", name="De Brug")
    held(home.jan, PRIVACY, elsewhere)
    Grant.of(home.jan.id).get().end()
    page.sign_in(home.jan)
    assert "Linde" not in text_of(page.get("/ecalcura/990002", 404))


def test_somebody_with_roles_in_two_facilities_switches_and_never_chooses_a_role(page, home):
    other = facility("990002", name="De Brug")
    held(home.privacy, FINANCIAL, other)
    page.sign_in(home.privacy)
    soup = page.get("/ecalcura/990001")
    [switch] = [link for link in soup.select("header a") if text_of(link) == "Van voorziening wisselen"]
    listed = page.get(switch["href"])
    assert [text_of(row) for row in listed.select("main dd")] == [
        "HCO 990002 · Beheer financiële gegevens", "HCO 990001 · Beheer privacygevoelige gegevens"]
    page.get(listed.select_one("main dt a")["href"])
    assert page.response.request.path == "/ecalcura/990002"


def test_somebody_with_several_roles_in_one_facility_has_no_switch_and_sees_every_tab(page, home):
    held(home.ann, PRIVACY, home.facility)
    page.sign_in(home.ann)
    soup = page.get("/ecalcura/990001")
    assert {"Mijn voorziening", "Prestaties", "Indienen", "Toegang"} <= set(tabs(soup))
    header = text_of(soup.header)
    assert "wisselen" not in header
    assert "Wissel" not in header


def test_a_role_that_has_yet_to_begin_opens_nothing(page, home):
    held(home.jan, PRIVACY, home.facility, datetime.datetime(2999, 1, 1))  # noqa: DTZ001 - as moments are stored
    page.sign_in(home.jan)
    page.get("/ecalcura/990001", 403)


def test_somebody_with_a_role_in_another_wing_too_still_acts_by_the_address(page, home, cast):
    held(cast.administrator, PRIVACY, home.facility)
    page.sign_in(cast.administrator)
    page.get("/", 303)
    assert page.response.location == "/account/roles"
    assert "Wissel van rol" in text_of(page.get("/ecalcura/990001").header)


def test_the_own_login_has_a_second_factor_and_sessions(page, home):
    page.sign_in(home.privacy)
    soup = page.get("/account")
    assert "Codes van je app" in text_of(soup)
    assert soup.select_one("nav a[href='/ecalcura/990001']")


def test_a_merged_facility_has_nothing_to_submit_after_its_day(page, home, clock):
    """From that day nothing new comes in the old dossier: its successor submits."""
    clock(datetime.datetime.fromisoformat("2026-11-29 12:00:00"))
    page.sign_in(home.privacy)
    declared = {"declared": "y", "nothing": "y"}
    for number in (1, 2):
        opened(2026, number)
    Facility.update(successor_id=facility("990002").id, merged_on=datetime.date(2026, 10, 1)).where(
        Facility.id == home.facility.id).execute()
    text = text_of(page.get("/ecalcura/990001").main)
    assert "Dien trimester 1 (jul–sep 2026) in" in text
    assert "trimester 2" not in text
    assert "De voorziening is gefuseerd op 01/10/2026" in text_of(page.get(f"{TRIMESTERS}/2").main)
    page.post(f"{TRIMESTERS}/2/submit", declared, 422, form=f"{TRIMESTERS}/1")
    page.post(f"{TRIMESTERS}/1/submit", declared, form=f"{TRIMESTERS}/1")
    assert [submission.file.trimester.number for submission in Submission.select()] == [1]
