"""The confirmation (PDF) and the overview (XLSX) of a submission."""
import fcntl
import io
import json
import logging
import re
import subprocess
import sys

import openpyxl
import page
import pypdf
import pytest
import typst

from models.alone import Alone
from models.database import database
from models.ecalcura.submissions import confirmation, documents, workbook
from models.ecalcura.submissions.documents import PDF, XLSX, SubmissionDocument
from tests.hall import in_threads
from tests.models.ecalcura.cast import facility
from tests.models.ecalcura.submissions.snapshots import NUMBER, content, contract, employee, frozen

HASH = "ab" * 32
EVERYTHING = employee(
    choices=[{"id": 1, "step": 45, "kind": "premium", "since": "2020-01-01", "until": None}],
    contracts=[
        contract(1, performances={"performed": 24050, "assimilated": 0},
                 terms=[{"since": "2026-08-16", "hours": 3800, "full_time": 3800}]),
        contract(2, "replacement", until="2026-08-31", replacements=[
            {"id": 1, "replaced": None, "hours": 200, "since": "2026-07-01", "until": None, "act_on": "2026-06-20"}])])

RESIDENTS = {"measures": [["places", "Erkende plaatsen"], ["days", "Gefactureerde dagen"]], "rows": [
    {"field": "O", "label": "Zorgprofiel O", "places": 60, "days": 5431},
    {"field": "A", "label": "Zorgprofiel A", "places": None, "days": None},
    {"field": "total", "label": "Totaal", "places": 60, "days": 5431}]}


@pytest.fixture
def home(register):
    return facility()


def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return " ".join(" ".join(one.extract_text() for one in reader(pdf).pages).split())


def tags(pdf):
    """The kinds of the elements of the structure tree, in order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            found.append(node.get("/S"))
            walk(node.get("/K", []))

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return [kind for kind in found if kind]


@pytest.mark.parametrize("made", [
    content(), content(EVERYTHING), content(*(employee(number) for number in range(120))),
    content(employee(family="你好", first="Šimić-Ñandú")), content(EVERYTHING, residents=RESIDENTS)],
    ids=["nothing", "everything", "long", "signs", "residents"])
def test_the_confirmation_is_accessible_by_the_rules_of_pdf_ua(made):
    pdf = confirmation.make(made, HASH)
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant


def test_the_confirmation_has_a_title_dutch_as_language_and_a_table_with_a_header():
    pdf = confirmation.make(content(EVERYTHING), HASH)
    root = reader(pdf).trailer["/Root"]
    assert root["/Lang"] == "nl-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader(pdf).metadata.title == "Bevestiging van indiening"
    found = tags(pdf)
    assert found.count("/Table") == found.count("/THead") == 1
    assert found.count("/TH") == len(confirmation.COLUMNS)
    assert found.count("/TR") == 3
    assert "/H1" in found


def test_the_confirmation_holds_the_resident_data_that_were_submitted():
    pdf = confirmation.make(content(EVERYTHING, residents=RESIDENTS), HASH)
    assert ("Bewonersgegevens Erkende plaatsen Gefactureerde dagen Zorgprofiel O 60 5.431 Zorgprofiel A – – "
            "Totaal 60 5.431") in text_of(pdf).replace("Omschrijving ", "")
    assert tags(pdf).count("/Table") == tags(pdf).count("/THead") == 2
    assert "Bewonersgegevens" not in text_of(confirmation.make(content(EVERYTHING), HASH))


def test_resident_data_without_a_contract_are_not_called_nothing():
    text = text_of(confirmation.make(content(residents=RESIDENTS), HASH))
    assert "Er zijn geen contracten in dit trimester." in text
    assert "niets aan te geven" not in text


def test_a_long_table_stays_one_table_over_its_pages():
    pdf = confirmation.make(content(*(employee(number) for number in range(120))), HASH)
    assert len(reader(pdf).pages) > 3
    found = tags(pdf)
    assert (found.count("/Table"), found.count("/TR")) == (1, 121)


def test_the_confirmation_names_facility_version_hash_person_and_staff_with_masked_numbers():
    text = text_of(confirmation.make(content(EVERYTHING, version=2, previous="cd" * 32), HASH))
    for part in ("Woonzorgcentrum De Linde (voorbeeld)", "990001", "trimester 1 (jul–sep 2026)", HASH, "cd" * 32,
                 "05/10/2026 om 10:30", "Lies Dok", "Test Tweede", "••.••.••-•••.10", "19,00, 38,00 vanaf 16/08/2026",
                 "45 jaar: premie", "240,50", "Ik verklaar op eer", "pagina 1 van 1"):
        assert part in text, part
    assert NUMBER not in re.sub(r"\D", "", text)


def test_text_is_never_read_as_markup():
    text = text_of(confirmation.make(content(employee(family='#panic("x") *a* $x$ <b> @c', first="\\ // [")), HASH))
    assert '#panic("x") *a* $x$ <b> @c \\ // [' in text


def test_a_sign_that_no_font_has_is_replaced_and_the_document_says_so():
    text = text_of(confirmation.make(content(employee(family="王Łoś", first="Ελένη")), HASH))
    assert "□Łoś Ελένη" in text
    assert "een teken dat dit document niet kan tonen" in text
    assert "een teken dat dit document niet kan tonen" not in text_of(confirmation.make(content(EVERYTHING), HASH))


def test_the_same_snapshot_gives_the_same_bytes_in_another_process_and_no_date_is_in_it():
    pdf = confirmation.make(content(EVERYTHING), HASH)
    script = ("import json, sys; from models.ecalcura.submissions import confirmation; "
              "content, sha = json.load(sys.stdin); sys.stdout.buffer.write(confirmation.make(content, sha))")
    again = subprocess.run([sys.executable, "-c", script], input=json.dumps([content(EVERYTHING), HASH]).encode(),
                           capture_output=True, check=True)
    assert again.stdout == pdf
    assert "/CreationDate" not in reader(pdf).metadata
    assert b"ModifyDate" not in pdf


def test_the_overview_has_a_sheet_for_each_table_and_masked_numbers():
    book = openpyxl.load_workbook(io.BytesIO(workbook.make(content(EVERYTHING), HASH)))
    assert book.sheetnames == [
        "Indiening", "Contracten", "Gewijzigde uren", "Keuzes", "Vervangingen", "Prestaties", "Hoeveelheden",
        "Controles"]
    rows = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    assert [row[:4] for row in rows["Contracten"][1:]] == [
        ("Test Tweede", "••.••.••-•••.10", "gerechtigde", "verpleegkundige"),
        ("Test Tweede", "••.••.••-•••.10", "vervanger", "verpleegkundige")]
    assert rows["Prestaties"][1][4:] == (240.5, 0)
    assert rows["Vervangingen"][1][2] == "pool van de voorziening"
    assert rows["Gewijzigde uren"][1][5] == 38
    assert rows["Hoeveelheden"][1][2:6] == (1.5, 0.04, 0, None)
    assert NUMBER not in str(rows)
    assert HASH in str(rows["Indiening"])


def test_the_documents_follow_within_a_round_and_are_kept_sealed(home):
    submission = frozen(home, content(EVERYTHING))
    assert documents.document(submission, PDF) is None
    assert documents.make_missing() == 2
    assert documents.make_missing() == 0
    pdf, xlsx = (documents.document(submission, kind) for kind in (PDF, XLSX))
    assert pdf[:5] == b"%PDF-"
    assert xlsx[:2] == b"PK"
    for row in SubmissionDocument.select():
        assert b"%PDF" not in bytes(row.sealed)
    assert documents.document(submission, PDF) == pdf


def test_a_document_that_cannot_be_made_costs_no_other_and_the_log_has_no_name(home, monkeypatch, caplog):
    broken, sound = frozen(home, content(EVERYTHING)), frozen(facility("990002"), content())
    make = confirmation.make

    def failing(made, sha256):
        if made["employees"]:
            raise typst.TypstError("the text `Tweede` could not be displayed", "")
        return make(made, sha256)

    monkeypatch.setitem(documents.MAKERS, PDF, failing)
    monkeypatch.setattr(documents._State, "failed", {})
    with caplog.at_level(logging.ERROR):
        assert documents.make_missing() == 3
        assert documents.make_missing() == 0
    assert documents.kinds_of(broken) == {XLSX}
    assert documents.kinds_of(sound) == {PDF, XLSX}
    assert [record.getMessage() for record in caplog.records] == [
        f"submission {broken.id}: no pdf was made: TypstError"]


def test_one_process_of_a_machine_makes_the_documents(home, tmp_path, monkeypatch):
    """Typst keeps much memory for the next document."""
    frozen(home, content(EVERYTHING))
    monkeypatch.setattr(documents, "ALONE", Alone("documents"))
    with (tmp_path / "documents.lock").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        documents.start({"DATA_DIR": tmp_path})
        assert documents.make_missing() == 0
    assert documents.make_missing() == 2
    documents.ALONE.start(tmp_path)


def test_of_two_machines_that_make_the_same_document_one_keeps_it(home):
    submission = frozen(home, content(EVERYTHING))
    database.close()
    made = in_threads([documents.make_missing] * 2)
    assert sum(made) == 2
    assert documents.kinds_of(submission) == {PDF, XLSX}
