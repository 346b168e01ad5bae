"""'Certificaten': adding one, and downloading its file."""
import datetime
import io

from models.ecalcura.deliveries.certificates import Certificate, add_certificate
from tests.page import text_of

INDEX = "/ecalcura/990001/deliveries"
NEW = f"{INDEX}/certificates/new"
PDF = b"%PDF-1.7\n%%EOF\n"


def test_a_certificate_is_added_and_its_file_downloaded_under_a_name_of_ours(page, home, desk):
    page.sign_in(home.privacy)
    page.post(NEW, {"kind": "erkenning", "number": "E-1", "since": "01/01/2026",
                    "file": (io.BytesIO(PDF), "Attest Jan Peeters.pdf")})
    soup = page.follow()
    assert "Erkenning E-1 01/01/2026 loopt Download" in text_of(soup)
    address = soup.select_one("a[href$='/file']")["href"]
    for somebody, path in ((home.privacy, address), (desk.dossier, address.replace(
            "/ecalcura/990001", "/ecalcura/desk/facilities/990001"))):
        page.sign_in(somebody)
        answer = page.browser.get(path)
        assert answer.data == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="certificaat-{Certificate.get().id}.pdf"')


def test_a_wrong_file_or_field_is_said_at_its_field(page, home):
    page.sign_in(home.privacy)
    for fields, words in (
            ({"file": (io.BytesIO(b"<html>"), "x.pdf")}, "Dit is geen PDF, JPEG of PNG"),
            ({"file": None}, "Kies een bestand."), ({"kind": ""}, "Kies de soort."),
            ({"until": "01/01/2020"}, "De laatste dag ligt voor de eerste dag."),
            ({"number": "57.01.01-000.10"}, "Vul hier geen rijksregisternummer in.")):
        values = {"kind": "attest", "number": "A1", "since": "01/01/2026", "file": (io.BytesIO(PDF), "x.pdf"), **fields}
        soup = page.post(NEW, {name: value for name, value in values.items() if value is not None}, 422)
        assert words in text_of(soup)
        assert soup.select_one("#number")["value"] == values["number"]
    assert Certificate.select().count() == 0


def test_another_facility_s_file_does_not_exist(page, home, ibw, desk):
    made = add_certificate(home.facility, "attest", "A1", datetime.date(2026, 1, 1), None, PDF)
    page.sign_in(ibw.privacy)
    page.get(f"/ecalcura/990003/deliveries/certificates/{made.id}/file", 404)
    page.sign_in(home.financial)
    page.get(f"{INDEX}/certificates/{made.id}/file", 403)
    page.sign_in(desk.calculator)
    page.get(f"/ecalcura/desk/facilities/990001/deliveries/certificates/{made.id}/file", 403)
