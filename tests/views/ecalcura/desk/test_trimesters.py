"""'Trimesters' of a facility at the desk: the states, the versions and documents, and what changed."""
import io

import pypdf
import pytest

from models.ecalcura.submissions import documents
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile
from tests.models.ecalcura.cast import contract as contract_of
from tests.models.ecalcura.cast import employee as employee_of
from tests.models.ecalcura.cast import facility, opened
from tests.models.ecalcura.submissions.snapshots import content, contract, employee, frozen
from tests.page import text_of

TRIMESTERS = "/ecalcura/desk/facilities/990001/trimesters"
ONE = f"{TRIMESTERS}/2026/1"


@pytest.fixture
def twice(home):
    """A trimester that was submitted twice, with its documents."""
    opened()
    first = contract(1, performances={"performed": 24050})
    frozen(home.facility, content(employee(contracts=[first])))
    submission = frozen(home.facility, content(employee(contracts=[first | {"until": "2026-08-31"}])))
    documents.make_missing()
    return submission


def test_the_desk_sees_each_trimester_and_leads_to_it(dossier, twice):
    soup = dossier.get(TRIMESTERS)
    [step] = [one for one in soup.select(".track li") if "Trimester 1 (jul–sep 2026)" in text_of(one)]
    assert "ingediend" in text_of(step)
    assert step.a["href"] == ONE
    assert soup.select("form[action*='trimesters']") == []


def test_the_desk_reads_versions_documents_and_the_fingerprint(dossier, twice):
    soup = dossier.get(ONE)
    assert twice.sha256 in text_of(soup)
    assert "Versie 1 (vervangen)" in text_of(soup)
    assert {link["href"] for link in soup.select("#documents a")} == {
        f"{ONE}/versions/2/pdf", f"{ONE}/versions/2/xlsx", f"{ONE}/versions/2/changes", f"{ONE}/versions/1/pdf",
        f"{ONE}/versions/1/xlsx"}
    dossier.get(f"{ONE}/versions/2/pdf")
    shown = dossier.response.data
    assert twice.sha256[:8] in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(shown)).pages)
    # The facility has the same bytes.
    assert shown == documents.document(twice, "pdf")
    for wrong in ("versions/3/pdf", "versions/2/docx", "versions/1/changes"):
        dossier.get(f"{ONE}/{wrong}", 404)
    dossier.get(f"{TRIMESTERS}/1999/1", 404)


def test_the_desk_reads_what_a_version_changed(dossier, twice):
    soup = dossier.get(f"{ONE}/versions/2/changes")
    assert "versie 2" in text_of(soup)
    assert [text_of(row) for row in soup.select("tbody tr")] == [
        "Test Tweede Contract: verpleegkundige · 01/02/2019 Tot en met – 31/08/2026"]
    assert soup.select_one(".back")["href"] == ONE


def test_an_open_trimester_shows_its_checks_with_the_employees(dossier, home):
    opened()
    made = employee_of(home.facility, first="An", family="Zeker")
    contract_of(made)
    soup = dossier.get(ONE)
    assert "V14 Zeker, An: Kies premie of vrijstelling voor 45 jaar." in text_of(soup)
    assert soup.select_one(".checks a")["href"] == f"/ecalcura/desk/facilities/990001/staff/{made.id}"
    assert "Nog niet ingediend." in text_of(soup)


def test_a_question_to_reopen_and_a_reason_of_reopening_are_shown(dossier, home, twice):
    twice.file.move(SUBMITTED)
    reopening.ask_to_reopen(home.facility, Trimester.known(2026, 1), "Een vervanger vergeten", home.privacy)
    assert "De voorziening vroeg heropening op" in text_of(dossier.get(ONE))
    reopening.reopen(home.facility, Place(2026, 1), "Op vraag van de voorziening")
    text = text_of(dossier.get(ONE))
    assert "Heropend: Op vraag van de voorziening" in text
    assert "vroeg heropening" not in text


def test_a_trimester_of_another_facility_is_apart(dossier, twice):
    other = facility("990002", name="De Brug")
    path = ONE.replace("990001", other.hco)
    assert "Nog niet ingediend." in text_of(dossier.get(path))
    for part in ("versions/2/pdf", "versions/2/changes"):
        dossier.get(f"{path}/{part}", 404)
    assert Submission.select().count() == 2


@pytest.mark.parametrize(("state", "label"), [("submitted", "Heropenen"), ("closed", "Heropenen"),
                                          ("reopened", "Dag wijzigen")])
def test_a_trimester_that_was_submitted_leads_to_reopening(dossier, home, twice, state, label):
    TrimesterFile.at(home.facility, Trimester.get_or_make(2026, 1)).move(state, reopen_reason="Uren vergeten")
    link = dossier.get(ONE).select_one("a.button")
    assert (text_of(link), link["href"]) == (label, "/ecalcura/desk/trimesters/2026/1/facilities/990001/reopen")
    assert "heropenen" in text_of(dossier.get(link["href"]).h1)


def test_a_trimester_that_was_never_submitted_is_not_reopened(dossier, home):
    opened()
    assert not dossier.get(ONE).select("a.button")
