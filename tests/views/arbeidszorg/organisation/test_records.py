"""'Inzage': one client's whole record, on a page and as a file, and in the log."""
import datetime
import re

import pytest
from bs4 import BeautifulSoup

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.arbeidszorg.without_names.export import ExportWithoutNames
from models.arbeidszorg.without_names.listing import Filters
from models.audit import AuditEntry
from models.database import database, now, today
from tests.factories import client_of, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.page import text_of

DAY = datetime.timedelta(days=1)


@pytest.fixture
def client(ploeg, cast, clock):
    """A client with a history, a withdrawn period and a request, among other clients."""
    moment = now()
    Export.of(ploeg.organisation.id, "csv", by=ploeg.account)
    clock(moment + datetime.timedelta(seconds=1))
    client_of(ploeg, "Jan Maes")
    client = client_of(ploeg, "Roos Peeters", income="none", birth_date=datetime.date(1985, 7, 14))
    Client.update(old_number="KANARIE", old_number_rank=1).where(Client.number == client.number).execute()
    other = client_of(ploeg, "Ward Claes")
    clock(moment + 40 * DAY)
    client = Client.get_by_id(client.number).change({"income": "pension"}, "Roos P.", 1, by=ploeg.account)
    period = period_of(client, ploeg, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30), hours="8")
    database.execute_sql("INSERT INTO past_hours (period_id, hours, until, made_at) "
                         f"VALUES ({period.id}, 650, '2020-03-03', '2024-01-01 00:00:00')")
    Withdrawal.make(period_of(client, ploeg, datetime.date(2023, 1, 2)), ploeg.account)
    DeletionRequest.ask(client, "double", f"Zelfde als {other.number}, niet {client.number}", ploeg.account)
    ClientWithoutName.view(client.number, cast.administrator)
    ClientWithoutName.view(other.number, cast.administrator)
    Export.of(ploeg.organisation.id, "xlsx", by=ploeg.account)
    ExportWithoutNames(Filters("oost-vlaanderen", {}), "csv", cast.administrator)
    ExportWithoutNames(Filters("limburg", {}), "csv", cast.other_administrator)
    return client


def path_of(client):
    return f"/clients/{client.number}/record"


def saved(page, client):
    """The file that 'Bewaar als bestand' gives."""
    address = page.get(path_of(client)).find("a", string="Bewaar als bestand")["href"]
    page.response = page.browser.get(address)
    assert page.response.status_code == 200
    return page.response.text


def log_of(soup):
    """Each line of the log without its moment."""
    return [text_of(line).rpartition(" – ")[0] for line in soup.select("section[aria-labelledby=log] li")]


def test_the_page_has_the_whole_record(signed_in, client, ploeg):
    signed_in.sign_in(ploeg.account)
    link = signed_in.get(f"/clients/{client.number}").find("a", string="Inzage")
    words = text_of(signed_in.get(link["href"]).main)
    for there in ("Roos P.", "KANARIE", "14/07/1985", "30/06/2021", "8 vanaf 04/03/2020 6,5 vanaf 04/03/2019",
                  "Geen inkomen", f"Pensioen Ingevuld op {today():%d/%m/%Y}", "Dubbel geregistreerd",
                  "Periode van 02/01/2023 zonder einddatum, 12,5 uren per week, teruggetrokken op"):
        assert there in words, there


def test_the_log_has_every_change_view_and_export_since_the_registration(signed_in, client, ploeg, cast):
    signed_in.sign_in(ploeg.account)
    number = client.number
    log = log_of(signed_in.get(path_of(client)))
    assert log == [
        f"Cliënten van de provincie gedownload, zonder naam: CSV, 3 rijen {cast.administrator.email}",
        "Eigen register gedownload: XLSX, 3 rijen De Ploeg",
        f"Cliënt {number} bekeken, zonder naam {cast.administrator.email}",
        f"Verwijdering van cliënt {number} aangevraagd: Dubbel geregistreerd De Ploeg",
        f"Begeleidingsperiode van cliënt {number} teruggetrokken: verkeerd toegevoegd De Ploeg",
        f"Begeleidingsperiode van cliënt {number} toegevoegd De Ploeg",
        f"Begeleidingsperiode van cliënt {number} toegevoegd De Ploeg",
        f"Naam van cliënt {number} gewijzigd De Ploeg",
        log[8],
        f"Cliënt {number} toegevoegd De Ploeg"]
    assert log[8].startswith(f"Cliënt {number} bewerkt: ")


def test_no_other_client_is_on_it(signed_in, client, ploeg):
    signed_in.sign_in(ploeg.account)
    for text in (str(signed_in.get(path_of(client)).main), saved(signed_in, client)):
        words = BeautifulSoup(text, "html.parser").get_text(" ")
        assert not re.search("Jan|Maes|Ward|Claes", words)
        assert f"Zelfde als (nummer), niet {client.number}" in words
        assert {int(number) for number in re.findall(r"[Cc]liënt (\d+)", words)} == {client.number}


def test_the_file_is_the_same_and_needs_nothing_else(signed_in, client, ploeg):
    signed_in.sign_in(ploeg.account)
    page = signed_in.get(path_of(client))
    shown = [text_of(part) for part in page.select("main section")]
    text = saved(signed_in, client)
    soup = BeautifulSoup(text, "html.parser")
    assert [text_of(part) for part in soup.select("section")][:-1] == shown[:-1]
    assert not soup.select("script, link, img, a, form, [src], [href], [data-hx-get], [onclick]")
    assert "url(" not in text
    assert "@import" not in text
    disposition = signed_in.response.headers["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="loket-inzage-{client.number}-\d{{4}}-\d\d-\d\d\.html"', disposition)
    assert signed_in.response.content_type == "text/html; charset=utf-8"


def test_showing_and_saving_are_in_the_log_of_the_organisation_alone(signed_in, client, ploeg, cast):
    signed_in.sign_in(ploeg.account)
    saved(signed_in, client)
    last = AuditEntry.select().where(AuditEntry.event == "record-shown").order_by(AuditEntry.id)
    assert [(entry.subject, entry.details["saved"]) for entry in last] == [
        (str(client.number), False), (str(client.number), True)]
    words = text_of(signed_in.get("/organisation/log").main)
    assert f"Inzage van cliënt {client.number} getoond" in words
    assert f"Inzage van cliënt {client.number} bewaard als bestand" in words
    assert f"Inzage van cliënt {client.number} getoond" in " ".join(log_of(signed_in.get(path_of(client))))
    assert not AuditEntry.of_province("oost-vlaanderen").where(AuditEntry.event == "record-shown").exists()


def test_the_numbers_and_organisations_of_before_are_on_it(signed_in, client, ploeg, cast):
    """As a merge and a move leave them. An export from there after the client left is not on it."""
    signed_in.sign_in(ploeg.account)
    outsider = cast.outsider
    database.execute_sql("INSERT INTO former_number (client_number, organisation_id, kind, number, rank, sort_text) "
                         f"VALUES ({client.number}, {ploeg.organisation.id}, 'old', 'MEREL', 1, 'merel')")
    until = (now() - 20 * DAY).date()
    database.execute_sql("INSERT INTO past_organisation (client_number, organisation_id, until) "
                         f"VALUES ({client.number}, {outsider.organisation.id}, '{until}')")
    Export.of(outsider.organisation.id, "csv", by=outsider.account)
    soup = signed_in.get(path_of(client))
    words = text_of(soup.main)
    assert "Vroegere nummers MEREL" in words
    assert f"Tot en met {until:%d/%m/%Y}: Het Atelier" in words
    assert not [line for line in log_of(soup) if line.endswith("Het Atelier")]


def test_the_record_of_another_organisation_is_not_there(signed_in, cast):
    foreign = client_of(cast.outsider)
    before = AuditEntry.select().count()
    for path in (path_of(foreign), f"{path_of(foreign)}/file"):
        signed_in.get(path, 404)
    assert AuditEntry.select().count() == before


def test_the_record_goes_on_from_that_of_a_merged_client(signed_in, client, ploeg, cast, clock):
    moment = now()
    DeletionRequest.get().withdraw(ploeg.account)
    going_on = client_of(ploeg, income="pension")
    Client.update(created_at=moment + DAY).where(Client.number == going_on.number).execute()
    going_on = Client.get_by_id(going_on.number)
    clock(moment + 2 * DAY)
    merged(going_on, client)
    signed_in.sign_in(ploeg.account)
    soup = signed_in.get(path_of(going_on))
    words = text_of(soup.main)
    assert f"Vroegere nummers {client.number}, KANARIE" in words
    assert f"Zelfde als (nummer), niet {client.number}" in words
    log = " ".join(log_of(soup))
    assert f"Cliënt {client.number} bekeken, zonder naam" in log
    # From before the registration of the number that goes on.
    assert "Eigen register gedownload" in log
