"""'Mijn organisatie': the own contact details and sessions."""
import pytest

from models.accounts.sessions import Session
from models.audit import AuditEntry
from models.organisations import Organisation
from tests.page import text_of

NEW = "een groene lantaarn op zolder"


def last_event():
    return AuditEntry.select().order_by(AuditEntry.id.desc()).get().event


def test_the_page_shows_the_organisation_and_its_login(signed_in):
    Organisation.update(address="Kerkstraat 1", website="https://voorbeeld.be", sector="welfare").execute()
    words = text_of(signed_in.get("/organisation").main)
    for expected in ("De Ploeg", "Oost-Vlaanderen", "Algemeen welzijnswerk en OCMW", "Kerkstraat 1", "https://voorbeeld.be",
                     "ploeg@voorbeeld.be", "Overal afmelden", "deze sessie"):
        assert expected in words


def test_address_telephone_and_website_are_changed(signed_in, ploeg):
    signed_in.post("/organisation/edit", {
        "address": " Kerkstraat 1, 9000 Gent ", "telephone": "09 123 45 67", "website": "www.voorbeeld.be"})
    assert "De gegevens zijn bewaard." in text_of(signed_in.follow())
    kept = Organisation.get_by_id(ploeg.organisation.id)
    assert (kept.address, kept.telephone, kept.website) == (
        "Kerkstraat 1, 9000 Gent", "09 123 45 67", "https://www.voorbeeld.be")
    assert last_event() == "contact-changed"


@pytest.mark.parametrize(("name", "typed"), [
    ("address", "x" * 301), ("address", "Kerkstraat\x00"), ("telephone", "bel mij"), ("telephone", "0" * 51),
    ("website", "javascript:alert(1)"), ("website", "geen website"), ("website", "ftp://voorbeeld.be"),
    ("website", "https://[voorbeeld.be"), ("website", "https://" + "x" * 200 + ".be"),
])
def test_a_refused_value_shows_an_error_and_stays_in_its_field(signed_in, name, typed):
    soup = signed_in.post("/organisation/edit", {name: typed}, status=422)
    assert soup.select_one(f"#{name}-error")
    assert soup.select_one(f"#{name}")["value"].startswith(typed[:5])
    assert getattr(Organisation.get(), name) == ""


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "99999999999999999999"])
def test_an_invalid_version_is_refused(signed_in, version):
    signed_in.post("/organisation/edit", {"version": version}, status=422)


def test_nothing_else_of_the_organisation_can_be_changed(signed_in, cast):
    before = {row.id: row.__data__ for row in Organisation.select()}
    signed_in.post("/organisation/edit", {
        "id": cast.outsider.organisation.id, "organisation": cast.outsider.organisation.id, "name": "Gekaapt",
        "province": "limburg", "sector": "welfare", "email": "dief@voorbeeld.be", "role": "administrator"})
    for row in Organisation.select():
        unchanged = {name: value for name, value in row.__data__.items() if name not in ("version", "changed_at")}
        assert unchanged == {name: before[row.id][name] for name in unchanged}


def test_the_later_of_two_colleagues_sees_both_versions_and_loses_nothing(signed_in, ploeg):
    made = signed_in.form_of("/organisation/edit")
    ploeg.organisation.update_contact("Kerkstraat 1", "", "", 1, by=ploeg.account)
    soup = signed_in.post("/organisation/edit", made | {"address": "Dorp 2"}, status=409, token=False)
    assert "Kerkstraat 1" in text_of(soup.select_one("[role=alert]:not([hidden])"))
    assert soup.select_one("#address")["value"] == "Dorp 2"
    assert Organisation.get_by_id(ploeg.organisation.id).address == "Kerkstraat 1"
    signed_in.post("/organisation/edit", made | {"address": "Dorp 2", "version": soup.select_one("#version")["value"]})
    assert Organisation.get_by_id(ploeg.organisation.id).address == "Dorp 2"


def test_fields_that_the_later_colleague_did_not_change_keep_the_saved_values(signed_in, ploeg):
    made = signed_in.form_of("/organisation/edit")
    ploeg.organisation.update_contact("Kerkstraat 1", "09 123 45 67", "", 1, by=ploeg.account)
    soup = signed_in.post("/organisation/edit", made | {"website": "https://www.voorbeeld.be"}, status=409, token=False)
    assert soup.select_one("#address")["value"] == "Kerkstraat 1"
    assert soup.select_one("#telephone")["value"] == "09 123 45 67"
    signed_in.post("/organisation/edit", made | {"address": "Kerkstraat 1", "telephone": "09 123 45 67"}, token=False)
    assert "waren al zo bewaard" in text_of(signed_in.follow().main)


def test_another_session_can_be_ended(signed_in, ploeg):
    elsewhere = Session.start(ploeg.account, "Safari op iPhone")
    soup = signed_in.get("/organisation")
    row, = [row for row in soup.select("tbody tr") if "Safari op iPhone" in text_of(row)]
    signed_in.post(row.select_one("form")["action"], form="/organisation")
    assert Session.find(elsewhere) is None
    assert "Safari op iPhone" not in text_of(signed_in.follow())
