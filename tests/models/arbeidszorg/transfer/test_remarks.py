"""Remarks of an import: improbable values are imported and listed, and each organisation that it makes is named."""
import csv
import datetime

import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.register.plausible import Improbable
from models.arbeidszorg.transfer import importing
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.outcome import NumberDoubt
from models.arbeidszorg.transfer.register_file.own_list import Noticed
from models.arbeidszorg.transfer.report_files import REMARKS
from models.organisations import Organisation
from tests.factories import client_of, period_of
from tests.old_register import NO_PERIOD, OPEN, row

pytestmark = pytest.mark.usefixtures("register")
DIED = {"start_date": "03/06/2019", "end_date": "30/06/2020", "closing_reason": "Overlijden", "outlook": "Onbekend"}


def remarks(result):
    return [(one.line, one.column, one.value, one.reason) for one in result.remarks]


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def test_each_remark_has_words():
    # A row never ends a period that is there, so its hours are never lost.
    assert REMARKS.keys() == {*Improbable, *NumberDoubt, *Noticed} - {Improbable.HOURS_GONE}


@pytest.mark.parametrize(("changes", "column", "value", "piece"), [
    ({"start_date": "01/01/2204", **OPEN}, "Startdatum", "01/01/2204", "over meer dan een jaar"),
    ({"start_date": "01/01/2062", **OPEN}, "Startdatum", "01/01/2062", "over meer dan een jaar"),
    ({"end_date": "01/01/2062"}, "Einddatum", "01/01/2062", "over meer dan twee jaar"),
    ({"start_date": "14/07/1989", "end_date": "14/07/1999"}, "Startdatum", "14/07/1989", "nog maar 4 jaar"),
    ({"birth_date": "03/02/1911", **NO_PERIOD}, "Geboortedatum", "03/02/1911", "De cliënt is"),
    ({**DIED, "outlook": "Hogere trede"}, "Perspectief na stopzetting", "Hogere trede", "'Overlijden'"),
])
def test_an_improbable_row_is_imported_and_remarked_upon(run, tmp_path, changes, column, value, piece):
    result = run(row(**changes), row(old_number="2", gender="Man"))
    assert (result.refused, result.clients) == (0, 2)
    remark = next(one for one in remarks(result) if piece in one[3])
    assert remark[:3] == (2, column, value)
    assert {one[0] for one in remarks(result)} == {2}
    assert list(map(str, remark)) in cells(tmp_path / "register.opmerkingen.csv")


def test_a_period_after_death_is_remarked_upon_in_either_order(run):
    later = {"start_date": "01/01/2022", **OPEN}
    result = run(row(**DIED), row(**later), row(old_number="2", gender="Man", **later),
                 row(old_number="2", gender="Man", **DIED))
    assert [(one[0], one[1]) for one in remarks(result)] == [(3, "Startdatum"), (5, "Reden van stopzetting")]
    assert Period.select().count() == 4


def test_a_birth_date_that_comes_later_is_compared_with_the_periods_that_are_there(run):
    run(row(birth_date=""))
    result = run(row(birth_date="14/07/2014", **NO_PERIOD))
    assert remarks(result) == [
        (2, "Geboortedatum", "14/07/2014", "De cliënt is bij de start op 03/06/2019 nog maar 4 jaar.")]


def test_rows_that_are_in_the_register_already_give_no_remark_again(run, tmp_path):
    rows = row(start_date="01/01/2062", **OPEN), row(old_number="2", birth_date="03/02/1911", **NO_PERIOD)
    assert run(*rows).remarked == 2
    assert (tmp_path / "register.opmerkingen.csv").exists()
    assert run(*rows).remarked == 0
    assert not (tmp_path / "register.opmerkingen.csv").exists()


def test_a_refused_row_is_not_remarked_upon(run):
    result = run(row(start_date="01/01/2204", hours="200", **OPEN), row(old_number="2"))
    assert (result.refused, result.remarked) == (1, 0)


def test_the_report_says_how_many_remarks_there_are(run):
    result = run(*(row(old_number=str(number), home_postcode=str(9000 + number), start_date="01/01/2062", **OPEN)
                   for number in range(60)))
    assert "Opmerkingen bij rijen die wel overgenomen zijn: 60" in result.lines()
    assert "  … en nog 10 opmerkingen" in result.lines()
    assert result.counts()["remarked"] == 60


def test_a_remark_on_loket_s_own_file_repeats_no_text(run, tmp_path, cast):
    client = client_of(cast.ploeg, "Rosa Vermeulen")
    period_of(client, cast.ploeg, datetime.date(2020, 1, 1), datetime.date(2021, 1, 1), reason="death")
    path = tmp_path / "loket.csv"
    content = Export.of(cast.ploeg.organisation.id, "csv", by=cast.ploeg.account).csv()
    path.write_bytes(content.replace(b"De Ploeg", b"De Nieuwe Ploeg"))
    result = run(path=path)
    [remark] = remarks(result)
    assert remark[1:3] == ("Perspectief na stopzetting", "")
    assert "Rosa" not in (tmp_path / "loket.opmerkingen.csv").read_text("utf-8")


# Organisations that are made

def test_each_organisation_that_is_made_is_named_with_the_nearest_there_is(run, tmp_path, cast):
    result = run(
        row(organisation="de ploeg."),
        row(organisation="Het Ateliers", email="ateliers@voorbeeld.be"),
        row(organisation="Iets Anders", email="Winning@voorbeeld.be"),
        row(organisation="De Kring", email=""),
        row(organisation="de kring", email="", province="Limburg"),
        row(organisation="De Ploeg", email="ploeg@voorbeeld.be"))
    assert result.made == [
        "  organisatie gemaakt: ‘de ploeg.’ (Oost-Vlaanderen): bijna dezelfde naam als ‘De Ploeg’ (Oost-Vlaanderen)",
        "  organisatie gemaakt: ‘Het Ateliers’ (Oost-Vlaanderen): bijna dezelfde naam als ‘Het Atelier’ "
        "(Oost-Vlaanderen)",
        "  organisatie gemaakt: ‘Iets Anders’ (Oost-Vlaanderen): hetzelfde e-mailadres als ‘De Winning’ (Limburg)",
        "  organisatie gemaakt: ‘De Kring’ (Oost-Vlaanderen)",
        "  organisatie gemaakt: ‘de kring’ (Limburg): bijna dezelfde naam als ‘De Kring’ (Oost-Vlaanderen)"]
    assert set(result.made) <= set(result.lines())
    assert cells(tmp_path / "register.organisaties.csv")[3] == ["De Kring", "Oost-Vlaanderen", "", "", ""]
    assert Organisation.select().count() == 8


def test_all_organisations_that_are_made_are_in_the_file(run, tmp_path):
    result = run(*(row(organisation=f"Organisatie {number:03d}", email="") for number in range(60)))
    assert "  … en nog 10 organisaties" in result.lines()
    made = cells(tmp_path / "register.organisaties.csv")
    # Names with other digits are not near.
    assert [near for _, _, near, *_ in made] == [""] * 60
    assert Client.select().count() == 60


@pytest.mark.parametrize("size", [1000, 1])
@pytest.mark.parametrize("first", [{}, {"home_postcode": ""}], ids=str)
def test_a_client_that_equals_another_one_by_a_later_row_is_remarked_upon_once(run, monkeypatch, size, first):
    monkeypatch.setattr(importing, "BATCH", size)
    run(row(old_number="007"))
    others = [{"start_date": f"01/01/{year}", "end_date": f"01/02/{year}"} for year in (2015, 2016)]
    result = run(row(old_number="7", **others[0], **first), row(old_number="7"), row(old_number="7", **others[1]))
    [(_, column, value, reason)] = remarks(result)
    assert (column, value) == ("Volgnummer", "7")
    assert reason.startswith("Lijkt op cliënt 1 (oud volgnummer 007)")
