"""'Indienen': the trimesters of a facility, submitting one, its documents and versions, asking to reopen it."""
import datetime
import io

import pypdf
import pytest

from models import names
from models.accounts.grants import Grant
from models.ecalcura.people.employees import Employee
from models.ecalcura.roles import PRIVACY
from models.ecalcura.submissions import documents
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import reopening, windows
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from tests.hall import mails
from tests.models.ecalcura.cast import facility, opened, somebody
from tests.models.ecalcura.submissions.snapshots import content, frozen
from tests.models.ecalcura.submissions.snapshots import contract as contract_in_snapshot
from tests.models.ecalcura.submissions.snapshots import employee as employee_in_snapshot
from tests.models.ecalcura.submissions.staff import replacing
from tests.page import text_of

TRIMESTERS = "/ecalcura/990001/trimesters"
ONE = f"{TRIMESTERS}/2026/1"
PLACE = Place(2026, 1)
DECLARED = {"declared": "y"}
NOTHING = {"declared": "y", "nothing": "y"}
at = datetime.datetime.fromisoformat


@pytest.fixture
def officer(page, home, clock):
    """A page, signed in with the privacy role on 29 November 2026."""
    clock(at("2026-11-29 12:00:00"))
    page.sign_in(home.privacy)
    return page


def steps(soup):
    return [text_of(step) for step in soup.select("ol.track > li")]


def alert(soup):
    return text_of(soup.select_one("main .notice.error:not([hidden])"))


def sections(soup):
    return [text_of(heading) for heading in soup.select("main h2")]


@pytest.mark.parametrize("days", [None, {"entry_from": datetime.date(2027, 1, 1)}])
def test_a_trimester_that_is_not_open_neither_praises_nor_invites_to_enter(officer, days):
    """V24: there is nothing to check yet, and nothing can be entered meanwhile."""
    if days:
        opened(2026, 3, submit_from=None, **days)
    soup = officer.get(f"{TRIMESTERS}/2026/3")
    assert sections(soup) == ["Definitief indienen"]
    text = text_of(soup.main)
    assert "V24" in text
    assert "Intussen kun je" not in text
    opened(2026, 3, submit_from=datetime.date(2027, 4, 1))
    soup = officer.get(f"{TRIMESTERS}/2026/3")
    assert sections(soup) == ["Te controleren", "Definitief indienen"]
    assert "Intussen kun je gewoon verder invoeren en opslaan." in text_of(soup.main)


def test_the_track_shows_the_state_and_the_day_of_each_trimester(officer, home):
    opened(2026, 1, deadline=datetime.date(2026, 10, 31))
    opened(2026, 2, submit_from=datetime.date(2027, 1, 4))
    opened(2026, 3, entry_from=datetime.date(2027, 1, 1), submit_from=None)
    soup = officer.get(TRIMESTERS)
    assert text_of(soup.h2) == "Referentieperiode 2026–2027"
    assert steps(soup) == [
        "Trimester 1 (jul–sep 2026) te laat uiterste dag 31/10/2026",
        "Trimester 2 (okt–dec 2026) nog leeg · nu indienen vanaf 04/01/2027",
        "Trimester 3 (jan–mrt 2027) nog niet open invoeren vanaf 01/01/2027",
        "Trimester 4 (apr–jun 2027) nog niet open"]


def test_a_trimester_that_is_over_and_was_never_opened_or_is_closed_says_so(officer, home):
    opened(2025, 4)
    windows.close_trimester(Place(2025, 4), [home.facility.kind])
    assert steps(officer.get(TRIMESTERS))[4:] == [
        "Trimester 1 (jul–sep 2025) niet geopend", "Trimester 2 (okt–dec 2025) niet geopend",
        "Trimester 3 (jan–mrt 2026) niet geopend", "Trimester 4 (apr–jun 2026) niet ingediend, afgesloten"]


def test_before_its_day_submitting_is_refused_with_the_day_and_the_page_says_so(officer, home):
    """A15."""
    opened(submit_from=datetime.date(2026, 12, 1))
    soup = officer.get(ONE)
    assert "V24 Definitief indienen kan vanaf 01/12/2026." in text_of(soup.select_one("main"))
    assert soup.select_one("form[action$=submit]") is None
    soup = officer.post(f"{ONE}/submit", NOTHING | officer.form_of("/account/password") | {"version": "1"}, 409,
                        token=False)
    assert alert(soup) == "V24 Definitief indienen kan vanaf 01/12/2026."


def test_a_trimester_that_nobody_opened_is_refused_and_gets_no_row(officer, home):
    form = officer.form_of("/account/password") | NOTHING | {"version": "1", "reason": "Zomaar"}
    for action in ("submit", "reopen"):
        soup = officer.post(f"{TRIMESTERS}/2030/1/{action}", form, 409, token=False)
        assert alert(soup) == "V24 Trimester 1 (jul–sep 2030) is nog niet geopend."
    assert Trimester.select().count() == 0


def test_without_the_declaration_the_form_comes_back_with_its_ticks(officer, home):
    opened()
    soup = officer.post(f"{ONE}/submit", {"nothing": "y"}, 422, form=ONE)
    assert "Bevestig dat de gegevens juist en volledig zijn." in alert(soup)
    assert soup.select_one("#nothing").has_attr("checked")
    assert Submission.select().count() == 0


def test_an_empty_trimester_asks_for_nothing_to_enter(officer, home):
    opened()
    soup = officer.post(f"{ONE}/submit", DECLARED, 422, form=ONE)
    assert "Is er niets aan te geven? Vink dat dan aan." in alert(soup)


def test_a_check_that_blocks_is_listed_with_a_link_and_refuses_to_submit(officer, home):
    opened()
    person, _ = replacing(home.facility, first="Grace", family="Okonjo")
    soup = officer.get(ONE)
    [row] = [row for row in soup.select("ul.checks li") if "V21" in text_of(row)]
    assert "Okonjo, Grace: Vul de prestaties in." in text_of(row)
    assert row.a["href"] == f"/ecalcura/990001/staff/{person.id}"
    assert soup.select_one("form[action$=submit]") is None
    form = officer.form_of("/account/password") | {"version": "1"}
    soup = officer.post(f"{ONE}/submit", DECLARED | form, 409, token=False)
    assert "Los eerst de controles op die het indienen tegenhouden. Aantal: 1." in alert(soup)
    assert Submission.select().count() == 0


def test_a_submitted_trimester_shows_its_hash_and_then_its_documents(officer, home):
    opened()
    officer.post(f"{ONE}/submit", NOTHING, form=ONE)
    soup = officer.follow()
    submission = Submission.get()
    assert "Trimester 1 (jul–sep 2026) is definitief ingediend." in text_of(soup.select_one("[role=status]"))
    assert submission.sha256 in text_of(soup)
    assert "Bevestiging (PDF): wordt gemaakt…" in text_of(soup)
    assert soup.select_one("#documents section")["data-hx-trigger"] == "every 3s"
    documents.make_missing()
    fragment = officer.partial(ONE)
    assert "wordt gemaakt" not in text_of(fragment)
    assert fragment.select_one("[data-hx-trigger]") is None
    assert steps(officer.get(ONE))[0] == "Trimester 1 (jul–sep 2026) ingediend op 29/11/2026"


@pytest.mark.parametrize(("kind", "mimetype", "start"), [
    ("pdf", "application/pdf", b"%PDF-"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
])
def test_a_document_has_the_same_bytes_at_each_download_and_no_name_in_its_own(officer, home, kind, mimetype, start):
    frozen(home.facility, content(employee_in_snapshot()))
    address = f"{ONE}/versions/1/{kind}"
    officer.get(address, 404)
    documents.make_missing()
    officer.get(address)
    first = officer.response
    officer.get(address)
    assert first.data == officer.response.data
    assert first.data.startswith(start)
    assert first.mimetype == mimetype
    assert first.headers["Content-Disposition"] == (
        f'attachment; filename="ecalcura-990001-2026-trimester-1-versie-1.{kind}"')
    assert first.headers["Cache-Control"] == "no-store"


def test_the_confirmation_is_about_what_was_submitted(officer, home):
    opened()
    officer.post(f"{ONE}/submit", NOTHING, form=ONE)
    documents.make_missing()
    officer.get(f"{ONE}/versions/1/pdf")
    text = " ".join(pypdf.PdfReader(io.BytesIO(officer.response.data)).pages[0].extract_text().split())
    assert Submission.get().sha256 in text
    assert "Ingediend door: Piet Roels" in text
    assert "niets aan te geven" in text


def test_a_form_that_is_sent_twice_makes_one_submission(officer, home):
    opened()
    form = officer.form_of(ONE)
    for _ in range(2):
        officer.post(f"{ONE}/submit", form | NOTHING, token=False)
        shown = text_of(officer.follow().select_one("[role=status]"))
    assert "was al ingediend" in shown
    assert Submission.select().count() == 1


def test_a_page_from_before_a_reopening_is_refused_and_shows_the_trimester_as_it_is(officer, home):
    opened()
    form = officer.form_of(ONE)
    officer.post(f"{ONE}/submit", form | NOTHING, token=False)
    reopening.reopen(home.facility, PLACE, "Op vraag van de voorziening", datetime.date(2026, 12, 15))
    soup = officer.post(f"{ONE}/submit", form | NOTHING, 409, token=False)
    assert alert(soup).startswith("Dit trimester is intussen gewijzigd.")
    assert "Heropend door de dossierbeheerder: Op vraag van de voorziening" in text_of(soup)
    assert "Aanpassen kan tot en met 15/12/2026." in text_of(soup)
    assert steps(soup)[0] == "Trimester 1 (jul–sep 2026) heropend aanpassen tot en met 15/12/2026"


def test_the_difference_page_names_employee_field_and_both_values(officer, home):
    frozen(home.facility, content(employee_in_snapshot(contracts=[
        contract_in_snapshot(1, performances={"performed": 1000})])))
    frozen(home.facility, content(employee_in_snapshot(contracts=[
        contract_in_snapshot(1, until="2026-09-15", performances={"performed": 1050})])))
    link = officer.get(ONE).select_one("a[href$=changes]")
    assert text_of(link) == "Wat is er gewijzigd in versie 2"
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in officer.get(link["href"]).select("tbody tr")]
    assert rows == [
        ["Test Tweede", "Contract: verpleegkundige · 01/02/2019", "Tot en met", "–", "15/09/2026"],
        ["Test Tweede", "Prestaties: verpleegkundige · 01/02/2019 · Gepresteerde uren", "Uren", "10", "10,5"]]
    officer.get(f"{ONE}/versions/1/changes", 404)
    officer.get(f"{ONE}/versions/3/changes", 404)


def test_a_facility_asks_to_reopen_with_a_reason_without_numbers(officer, home):
    frozen(home.facility, content())
    for reason, told in (("", "Vul een reden in"), ("Zie 57.01.01-000.10", "Vul hier geen rijksregisternummer in.")):
        soup = officer.post(f"{ONE}/reopen", {"reason": reason}, 422, form=ONE)
        assert told in alert(soup)
    officer.post(f"{ONE}/reopen", {"reason": "Uren vergeten"}, form=ONE)
    assert "Gevraagd op 29/11/2026 13:00: Uren vergeten" in text_of(officer.follow())
    assert TrimesterFile.get().asked_reason == "Uren vergeten"


def test_a_trimester_that_is_not_submitted_cannot_be_asked_to_reopen(officer, home):
    opened()
    assert "ask" not in {heading.get("id") for heading in officer.get(ONE).select("h2")}
    soup = officer.post(f"{ONE}/reopen", {"reason": "Zomaar"} | officer.form_of("/account/password"), 409, token=False)
    assert alert(soup) == "Trimester 1 (jul–sep 2026) is niet ingediend."


@pytest.mark.parametrize("path", ["2026/5", "2026/0", "1999/1", "2201/1"])
def test_a_trimester_that_does_not_exist_is_not_found(officer, home, path):
    officer.get(f"{TRIMESTERS}/{path}", 404)


def test_only_the_privacy_role_of_this_facility_sees_and_submits(page, home):
    opened()
    frozen(home.facility, content())
    documents.make_missing()
    stranger = somebody(facility("990002"), PRIVACY, "Bo Nijs")
    for account, status in ((home.financial, 403), (home.ann, 403), (home.jan, 403), (stranger, 404)):
        page.sign_in(account)
        for path in (TRIMESTERS, ONE, f"{ONE}/versions/1/pdf", f"{ONE}/versions/2/changes"):
            page.get(path, status)


def test_without_the_key_of_the_names_a_version_is_not_shown_and_the_page_says_why(officer, home):
    for _ in range(2):
        frozen(home.facility, content(employee_in_snapshot()))
    documents.make_missing()
    names.use(None)
    for path in (f"{ONE}/versions/1/pdf", f"{ONE}/versions/2/changes"):
        officer.get(path, 303)
        assert "Namen kunnen nu niet" in alert(officer.follow())


def test_my_facility_says_what_is_to_be_done(officer, home):
    opened(2026, 1, deadline=datetime.date(2026, 10, 31))
    opened(2026, 2, submit_from=datetime.date(2027, 1, 4))
    lines = officer.get("/ecalcura/990001").select("ul.lines li")
    assert [text_of(line) for line in lines] == [
        "Dien trimester 1 (jul–sep 2026) in: de uiterste dag is voorbij uiterste dag 31/10/2026",
        "Voer de gegevens in voor trimester 2 (okt–dec 2026) indienen vanaf 04/01/2027",
        "Geen contactpersoon voor eCalcura niemand krijgt mails over eCalcura"]
    assert lines[0].a["href"] == ONE
    assert mails() == []
    assert Trimester.select().count() == 2


def test_somebody_whose_data_block_is_to_be_checked_and_the_line_leads_to_the_list(officer, home):
    opened()
    replacing(home.facility)
    Employee.update(open_checks=2).execute()
    [line] = [line for line in officer.get("/ecalcura/990001").select("ul.lines li") if "Kijk" in text_of(line)]
    assert text_of(line) == "Kijk de gegevens na van 1 medewerker dit houdt het indienen tegen"
    assert line.a["href"] == "/ecalcura/990001/staff?incomplete=1"


def test_a_role_that_nobody_has_is_said_and_only_who_gives_roles_gets_the_link(page, home):
    opened()
    for grant in Grant.of(home.privacy.id):
        grant.end()
    for account, address in ((home.financial, None), (home.ann, "/ecalcura/990001/access")):
        page.sign_in(account)
        [line] = [line for line in page.get("/ecalcura/990001").select("ul.lines li") if "Niemand" in text_of(line)]
        assert "Niemand heeft nu de rol ‘Beheer privacygevoelige gegevens’" in text_of(line)
        assert (line.a and line.a["href"]) == address
