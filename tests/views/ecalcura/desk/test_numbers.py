"""'Geopende nummers': the looks at whole numbers, for the data protection officer."""
import datetime

import pytest

from models.audit import AuditEntry
from models.database import now
from models.ecalcura.accounts.four_eyes import show_account
from models.ecalcura.people.number_looks import NumberLook, show_number, show_to_desk
from models.ecalcura.people.numbers import written
from tests.models.ecalcura.bank_accounts import from_raas
from tests.models.ecalcura.cast import at_desk, employee, facility, number_of
from tests.page import text_of

LOOKS = "/ecalcura/desk/numbers"
NUMBER = number_of()


@pytest.fixture
def made(home):
    """An employee whose number is looked at."""
    return employee(home.facility, NUMBER, "An", "Zeker")


def reasons(soup):
    return [text_of(row.select("td")[-1]) for row in soup.select("tbody tr")]


def test_each_look_is_listed_with_the_login_and_the_reason_and_without_a_number_or_name(dossier, home, desk, made):
    assert "Er is nog geen nummer bekeken." in text_of(dossier.get(LOOKS))
    show_number(made, home.privacy)
    show_to_desk(made, "Controle van het visum", desk.dossier)
    soup = dossier.get(LOOKS)
    rows = [text_of(row) for row in soup.select("tbody tr")]
    whose = f"Medewerker {made.id} Woonzorgcentrum De Linde"
    assert rows[0].endswith(f"{whose} dossier@voorbeeld.be Controle van het visum")
    assert rows[1].endswith(f"{whose} piet@voorbeeld.be")
    for trace in (NUMBER, written(NUMBER), "Zeker"):
        assert trace not in dossier.response.text
    assert soup.select_one("tbody td a")["href"] == f"/ecalcura/desk/facilities/990001/staff/{made.id}"


def test_the_list_is_filtered_by_side_facility_login_and_days(dossier, home, desk, made):
    other, second = facility("990002", name="De Brug"), at_desk(name="tweede")
    there = employee(other)
    show_number(made, home.privacy)
    show_to_desk(made, "eerste reden", desk.dossier)
    show_to_desk(there, "tweede reden", second)
    NumberLook.create(facility_id=other.id, employee_id=there.id, account_id=second.id, by_desk=True,
                      reason="lang geleden", made_at=now() - datetime.timedelta(days=400))
    assert reasons(dossier.get(f"{LOOKS}?by=desk")) == ["lang geleden", "tweede reden", "eerste reden"]
    assert reasons(dossier.get(f"{LOOKS}?by=facility")) == [""]
    assert reasons(dossier.get(f"{LOOKS}?facility=990002")) == ["lang geleden", "tweede reden"]
    assert reasons(dossier.get(f"{LOOKS}?facility=990002&since=01/01/{now().year}")) == ["tweede reden"]
    assert reasons(dossier.get(f"{LOOKS}?until=01/01/{now().year - 1}")) in ([], ["lang geleden"])
    soup = dossier.get(LOOKS)
    [link] = {one["href"] for one in soup.select("td a") if text_of(one) == "tweede@voorbeeld.be"}
    # No address of a login is in an address.
    assert link == f"{LOOKS}?login={second.id}"
    soup = dossier.get(link)
    assert reasons(soup) == ["lang geleden", "tweede reden"]
    assert "Alleen met de login tweede@voorbeeld.be." in text_of(soup)
    assert "voorbeeld" not in soup.select_one("a[download]")["href"]
    assert reasons(dossier.partial(f"{LOOKS}?by=facility")) == [""]


def test_looks_at_bank_accounts_stand_between_those_at_persons(dossier, home, desk, made, clock):
    bank_account, moment = from_raas(home.facility), now()
    show_to_desk(made, "eerste reden", desk.dossier)
    clock(moment + datetime.timedelta(minutes=1))
    show_account(home.facility, bank_account, "Vraag van de boekhouding", desk.dossier)
    clock(moment + datetime.timedelta(minutes=2))
    show_to_desk(made, "derde reden", desk.dossier)
    soup = dossier.get(LOOKS)
    assert reasons(soup) == ["derde reden", "Vraag van de boekhouding", "eerste reden"]
    link = soup.select("tbody tr")[1].select_one("td a")
    assert (text_of(link), link["href"]) == (
        f"Bankrekening {bank_account.id}", f"/ecalcura/desk/facilities/990001/accounts/{bank_account.id}")
    assert bank_account.opened()[0] not in dossier.response.text
    assert len(reasons(dossier.get(f"{LOOKS}?by=desk"))) == 3
    assert dossier.get(f"{LOOKS}?by=facility").select("tbody tr") == []
    dossier.get(f"{LOOKS}/export.csv?login={desk.dossier.id}")
    rows = dossier.response.data.decode("utf-8-sig").splitlines()[1:]
    assert rows[1].split(";", 1)[1] == (
        f"990001;Woonzorgcentrum De Linde;;{bank_account.id};dossier@voorbeeld.be;dossierbeheerder;"
        "Vraag van de boekhouding")


def test_wrong_filters_say_why_and_others_are_left_out(dossier, home, desk, made):
    show_to_desk(made, "eerste reden", desk.dossier)
    for query, message in (("since=31/02/2026", "Vanaf:"), ("until=morgen", "Tot en met:"),
                           ("since=02/01/2026&until=01/01/2026", "De eerste dag komt na de laatste.")):
        soup = dossier.get(f"{LOOKS}?{query}", 422)
        assert message in text_of(soup.select_one("#list [role=alert]"))
        dossier.get(f"{LOOKS}/export.csv?{query}", 422)
    for query in ("by=iemand", "login=x", "login=99999999999", "page=9"):
        assert reasons(dossier.get(f"{LOOKS}?{query}")) == ["eerste reden"]
    for query in ("facility=123456", "facility=%00", "login=1"):
        assert "Geen nummer past bij deze keuze." in text_of(dossier.get(f"{LOOKS}?{query}"))


def test_the_file_has_the_same_rows_with_disarmed_cells_and_is_in_the_log(dossier, home, desk, made):
    show_to_desk(made, "=1+1 nazicht", desk.dossier)
    show_number(made, home.privacy)
    dossier.get(f"{LOOKS}/export.csv?by=desk")
    assert dossier.response.mimetype == "text/csv"
    assert "geopende-nummers-" in dossier.response.headers["Content-Disposition"]
    heading, row, end = dossier.response.data.decode("utf-8-sig").split("\r\n")
    assert heading == "Wanneer;HCO-nummer;Voorziening;Medewerker;Bankrekening;Login;Kant;Reden"
    assert row.split(";", 1)[1] == (
        f"990001;Woonzorgcentrum De Linde;{made.id};;dossier@voorbeeld.be;dossierbeheerder;'=1+1 nazicht")
    assert end == ""
    [entry] = AuditEntry.select().where(AuditEntry.event == "number-looks-exported")
    assert (entry.account_id, entry.details) == (desk.dossier.id, {"rows": 1})


def test_a_file_of_many_looks_has_each_of_them_once(dossier, home, desk, made, monkeypatch):
    monkeypatch.setattr("models.ecalcura.desk.look_list.AT_A_TIME", 2)
    for number in range(5):
        show_to_desk(made, f"reden {number}", desk.dossier)
    dossier.get(f"{LOOKS}/export.csv")
    rows = dossier.response.data.decode("utf-8-sig").splitlines()[1:]
    assert [row.rpartition(";")[2] for row in rows] == [f"reden {number}" for number in (4, 3, 2, 1, 0)]


def test_more_looks_than_a_page_are_paged(dossier, desk, made):
    for number in range(27):
        show_to_desk(made, f"reden {number}", desk.dossier)
    soup = dossier.get(f"{LOOKS}?by=desk&page=2")
    assert reasons(soup) == ["reden 1", "reden 0"]
    assert soup.select_one("#page-previous")["href"] == f"{LOOKS}?by=desk"
