"""The commands for clients: no name is ever shown or exported."""
import csv
import datetime
import io
import json

import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.clients import Client
from models.audit import AuditEntry
from tests.commands.audit import operator_did
from tests.factories import client_of, days, period_of
from tests.tables import contents, rows_of
from tests.views.conftest import blindfolded

OWN = ("--province", "oost-vlaanderen")
NOT_FOUND = "Error: This province has no client with that number.\n"


def exported(output):
    """The rows of an exported CSV, as dicts."""
    return list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff")), delimiter=";"))


def test_a_client_is_shown_without_its_name(lines_of, json_of, cast):
    client = client_of(cast.ploeg, "Roos Peeters", birth_date=datetime.date(1985, 7, 14))
    client.change({"income": "pension"}, None, 1, by=cast.ploeg.account)
    period_of(client, cast.ploeg, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30), hours="8")
    with blindfolded():
        lines = lines_of("client", "show", client.number, *OWN)
    assert lines[:3] == [["Nummer", str(client.number)], ["Organisatie", "De Ploeg"], ["Status", "Niet-actief"]]
    assert ["Welk hoofdinkomen geniet de arbeidszorgmedewerker?", "Pensioen"] in lines
    assert lines[-1] == ["Periode", "04/03/2019", "30/06/2021", "8", "Doorstroom naar betaald werk", "Hogere trede"]
    assert not [cell for line in lines for cell in line if "Roos" in cell or "14/07/1985" in cell or "9000" in cell]
    with blindfolded():
        shown = json_of("client", "show", client.number, *OWN)
    assert [shown["number"], shown["organisation"], shown["active"]] == [client.number, "De Ploeg", False]
    assert [[answer["question"], answer["answer"] or "te vervolledigen"] for answer in shown["answers"]] == [
        line for line in lines[4:-1] if not line[0].startswith("  ")]
    assert [[f"  tot en met {datetime.date.fromisoformat(one['until']):%d/%m/%Y}", one["answer"]]
            for answer in shown["answers"] for one in answer["earlier"]] == [
        line for line in lines[4:-1] if line[0].startswith("  ")] != []
    assert shown["periods"] == [{
        "start_date": "2019-03-04", "end_date": "2021-06-30", "hours": 8.0,
        "closing_reason": "Doorstroom naar betaald werk", "outlook": "Hogere trede"}]
    assert set(shown) == {"number", "organisation", "active", "registered_on", "answers", "periods"}
    assert not [text for text in ("Roos", "1985-07-14", "14/07/1985", "9000") if text in json.dumps(shown)]
    assert operator_did()[0] == (
        ArbeidszorgEvent.CLIENT_VIEWED, cast.ploeg.organisation.id, "oost-vlaanderen", str(client.number))


def test_clients_are_exported_without_names(run, cast, tmp_path):
    for login in (cast.ploeg, cast.outsider, cast.elsewhere):
        client_of(login, "Roos Peeters")
    with blindfolded():
        assert run("client", "export", tmp_path / "zonder.csv", *OWN) == (0, "")
    text = (tmp_path / "zonder.csv").read_text(encoding="utf-8")
    assert [row["Organisatie"] for row in exported(text)] == ["De Ploeg", "Het Atelier"]
    assert "Roos" not in text
    entry = AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENTS_EXPORTED).get()
    assert (entry.actor, entry.province, entry.details) == (
        "operator", "oost-vlaanderen", {"format": "csv", "rows": 2, "filters": []})


@pytest.mark.parametrize(("words", "found"), [
    (("--organisation", "De Ploeg"), ["1", "2"]),
    (("--status", "active"), ["1"]),
    (("--status", "inactive", "--organisation", "Het Atelier"), ["3"]),
    (("--incomplete",), ["2"]),
    (("--answer", "gender=x"), ["3"]),
    (("--answer", "gender=x", "--answer", "income=pension"), []),
    (("--born-from", "1990", "--born-to", "1999"), ["3"]),
])
def test_an_export_is_filtered(run, cast, words, found):
    period_of(client_of(cast.ploeg), cast.ploeg, days(-30))
    client_of(cast.ploeg, income=None)
    client_of(cast.outsider, gender="x", birth_date=datetime.date(1995, 1, 1))
    code, output = run("client", "export", "-", *OWN, *words)
    assert (code, [row["Nummer"] for row in exported(output)]) == (0, found)


@pytest.mark.parametrize("words", [
    ("--answer", "gender=onbestaand"), ("--answer", "onbestaand=x"), ("--answer", "gender"), ("--born-from", "vroeger"),
    ("--organisation", "De Winning"), ("--status", "x")])
def test_an_unknown_filter_exports_nothing(run, cast, words):
    client_of(cast.ploeg)
    code, output = run("client", "export", "-", *OWN, *words)
    assert code in (1, 2)
    assert "Ploeg" not in output
    assert ArbeidszorgEvent.CLIENTS_EXPORTED not in {did[0] for did in operator_did()}


def test_a_client_is_deleted_and_restored_as_it_was(run, cast):
    client = client_of(cast.ploeg, "Roos Peeters")
    period_of(client, cast.ploeg)
    before = [rows_of(table) for table in ("client", "answer", "period")]
    number = str(client.number)
    assert run("client", "delete", number, *OWN, "--reason", "double", "--confirm", number)[0] == 0
    assert rows_of("client") == []
    assert run("client", "restore", number, *OWN) == (0, f"client {number} is restored\n")
    assert [rows_of(table) for table in ("client", "answer", "period")] == before
    place = (cast.ploeg.organisation.id, "oost-vlaanderen", str(client.number))
    assert operator_did()[:3] == [
        (ArbeidszorgEvent.CLIENT_RESTORED, *place), (ArbeidszorgEvent.CLIENT_DELETED, *place),
        (ArbeidszorgEvent.CLIENT_VIEWED, *place)]


def test_without_the_number_typed_again_nothing_is_deleted(run, cast):
    client = client_of(cast.ploeg)
    words = ("client", "delete", client.number, *OWN, "--reason", "double")
    assert run(*words, "--confirm", client.number + 1) == (
        1, f"Error: That is client {client.number}: give --confirm {client.number}.\n")
    assert run(*words)[0] == 2
    assert run(*words, "--reason", "x", "--confirm", client.number)[0] == 2
    assert Client.select().count() == 1


def test_a_client_of_another_province_is_not_found(run, cast):
    number = client_of(cast.elsewhere).number
    before = contents()
    for words in (("show", number), ("delete", number, "--reason", "double", "--confirm", number), ("show", 987654)):
        assert run("client", *words, *OWN) == (1, NOT_FOUND)
    assert run("client", "restore", number, *OWN) == (
        1, "Error: This province has no deleted client with that number.\n")
    assert contents() == before


def test_a_client_deleted_over_30_days_ago_is_not_restored(run, cast, clock):
    number = client_of(cast.ploeg).number
    run("client", "delete", number, *OWN, "--reason", "double", "--confirm", number)
    clock(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=31))
    code, output = run("client", "restore", number, *OWN)
    assert (code, "30 days" in output) == (1, True)
