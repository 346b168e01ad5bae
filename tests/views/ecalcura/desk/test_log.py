"""'Logboek' of the desk: the events of all facilities and of the desk, without names and numbers."""
from models.audit import Event, record
from models.ecalcura.people.number_looks import show_to_desk
from models.ecalcura.people.numbers import written
from models.ecalcura.roles import PRIVACY
from tests.factories import client_of
from tests.models.ecalcura.cast import employee, facility, number_of, somebody
from tests.page import text_of

LOG = "/ecalcura/desk/log"
NUMBER = number_of()


def lines(soup):
    return [tuple(text_of(cell) for cell in row.select("td")) for row in soup.select("tbody tr")]


def test_the_desk_reads_what_was_done_in_every_facility_and_by_itself(dossier, home, desk, cast):
    other = facility("990002", name="De Brug")
    els = somebody(other, PRIVACY, "Els Pols")
    made = employee(home.facility, NUMBER, "An", "Zeker", by=home.privacy)
    employee(other, by=els)
    show_to_desk(made, "Controle van het visum", desk.dossier)
    client_of(cast.ploeg)
    found = lines(dossier.get(LOG))
    assert found[:3] == [
        ("dossier@voorbeeld.be", "Woonzorgcentrum De Linde (990001)",
         f"Rijksregisternummer van medewerker {made.id} getoond"),
        ("els@voorbeeld.be", "De Brug (990002)", f"Medewerker {made.id + 1} toegevoegd"),
        ("piet@voorbeeld.be", "Woonzorgcentrum De Linde (990001)", f"Medewerker {made.id} toegevoegd")]
    assert not any("Cliënt" in what for *_, what in found)
    for trace in (NUMBER, written(NUMBER), "Zeker", "visum"):
        assert trace not in dossier.response.text


def test_the_log_is_filtered_by_facility_kind_and_days(dossier, home, desk):
    other = facility("990002", name="De Brug")
    employee(home.facility, by=home.privacy)
    employee(other)
    record(Event.SIGNED_IN, by=desk.dossier)
    only = lines(dossier.get(f"{LOG}?organisation={other.id}&kind=employee"))
    assert [where for _, where, _ in only] == ["De Brug (990002)"]
    assert lines(dossier.get(f"{LOG}?kind=sign-in"))[0] == ("dossier@voorbeeld.be", "–", "Aangemeld")
    assert "Vanaf" in text_of(dossier.get(f"{LOG}?since=31/02/2026", 422).select_one("#list"))
    assert "niets in het logboek" in text_of(dossier.get(f"{LOG}?until=01/01/2000"))
    assert len(lines(dossier.partial(f"{LOG}?organisation={other.id}"))) == 1


def test_a_calculator_reads_no_log(page, home, desk):
    page.sign_in(desk.calculator)
    page.get(LOG, 403)
