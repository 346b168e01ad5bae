"""'Overzicht': the figures of the province, recent events, and the list of its organisations."""
import pytest

from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import Event, record
from models.organisations import Organisation
from tests.factories import client_of, period_of
from tests.page import row_headers, text_of

PROVINCE = "oost-vlaanderen"


def test_the_figures_link_to_the_lists_that_they_count(cast, administration):
    period_of(client_of(cast.ploeg, "Roos Peeters"), cast.ploeg)
    client = client_of(cast.ploeg, income=None)
    client_of(cast.elsewhere, income=None)
    DeletionRequest.ask(client, "double", "", cast.ploeg.account)
    soup = administration.get("/province")
    assert text_of(soup.h1) == "Provincie Oost-Vlaanderen"
    links = {text_of(link): link["href"] for link in soup.select(".figures a")}
    assert links == {
        "2 organisaties": "#organisations", "1 actieve cliënt": "/province/clients?status=active",
        "1 te vervolledigen": "/province/clients?incomplete=1", "1 aanvraag wacht": "/province/deletions"}
    assert soup.select_one(".page-head a.button")["href"] == "/province/organisations/new"
    for number, link in ((1, "1 actieve cliënt"), (client.number, "1 te vervolledigen")):
        assert row_headers(administration.get(links[link]))[0].startswith(str(number))


def test_pending_requests_link_to_their_decision(cast, administration):
    assert administration.get("/province").select_one("#requests") is None
    elsewhere = DeletionRequest.ask(client_of(cast.elsewhere), "double", "", cast.elsewhere.account)
    asked = [DeletionRequest.ask(client_of(cast.ploeg, "Roos"), "not-guided", "", cast.ploeg.account)
             for _ in range(6)]
    section = administration.get("/province").select_one("section[aria-labelledby=requests]")
    links = [link["href"] for link in section.select("li a")]
    assert links == [f"/province/deletions/requests/{request.id}" for request in asked[:5]]
    assert f"/{elsewhere.id}" not in str(links)
    assert text_of(section.li).startswith(f"Cliënt {asked[0].client_number} verwijderen? De Ploeg – Nooit begeleid – ")
    assert "Alle 6 aanvragen" in text_of(section)


def test_recent_events_are_shown_newest_first(cast, administration):
    for _ in range(9):
        record(ArbeidszorgEvent.PERIOD_ADDED, by=cast.ploeg.account, subject=7)
    record(Event.SIGN_IN_FAILED, by=cast.elsewhere.account)
    record(ArbeidszorgEvent.CLIENT_NAME_CHANGED, by=cast.ploeg.account, subject=7)
    client_of(cast.outsider)
    said = [text_of(line) for line in administration.get("/province").select("section[aria-labelledby=lately] li")]
    assert len(said) == 10
    assert said[0].startswith("Cliënt ")
    assert "toegevoegd Het Atelier – " in said[0]
    assert said[1].startswith("Begeleidingsperiode van cliënt 7 toegevoegd De Ploeg – ")
    assert "Naam" not in "".join(said)
    assert "De Winning" not in "".join(said)


def test_routine_events_are_left_out_of_the_recent_ones(cast, administration):
    record(ArbeidszorgEvent.PERIOD_ADDED, by=cast.ploeg.account, subject=7)
    for _ in range(10):
        for event in (Event.SIGNED_IN, Event.SIGNED_OUT):
            record(event, by=cast.ploeg.account)
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation, subject=7)
    record(Event.SIGN_IN_FAILED, by=cast.ploeg.account)
    said = [text_of(line) for line in administration.get("/province").select("section[aria-labelledby=lately] li")]
    assert said[0].startswith("Verkeerd wachtwoord")
    assert said[1].startswith("Begeleidingsperiode van cliënt 7 toegevoegd")
    assert not any(line.startswith(("Aangemeld", "Afgemeld", "Cliënt 7 bekeken")) for line in said)


def test_a_row_shows_an_organisation_s_counts_and_the_state_of_its_login(cast, administration):
    period_of(client_of(cast.ploeg, income=None), cast.ploeg)
    Organisation.update(sector="welfare").where(Organisation.id == cast.ploeg.organisation.id).execute()
    Organisation.create_new("Nieuw", PROVINCE)
    Session.start(cast.ploeg.account)
    soup = administration.get("/province")
    row, atelier, new = soup.select("tbody tr")
    cells = [text_of(cell) for cell in row.select("th, td")]
    assert cells[:4] == ["De Ploeg", "Algemeen welzijnswerk en OCMW", "1", "1"]
    assert cells[5:] == ["actief", "Cliënten"]
    assert row.select_one("[data-label='Laatst aangemeld']").text.count("/") == 2
    number = cast.ploeg.organisation.id
    assert [link["href"] for link in row.select("a")] == [
        f"/province/organisations/{number}", f"/province/clients?organisation={number}&incomplete=1",
        f"/province/clients?organisation={number}"]
    assert [text_of(cell) for cell in atelier.select("td")] == ["–", "0", "–", "nooit", "actief", "Cliënten"]
    assert text_of(new.select_one(".badge")) == "nog niet uitgenodigd"


def test_htmx_gets_only_the_list_and_the_figures_above_it_are_not_queried(administration, thirty, monkeypatch):
    whole = administration.get("/province?q=huis&page=2")
    assert administration.response.headers["Vary"] == "HX-Request, HX-Request-Type"
    monkeypatch.setattr(
        "views.arbeidszorg.province.overview._above_the_list", lambda *_: pytest.fail("nobody looks at it"))
    part = administration.partial("/province?q=huis&page=2")
    assert row_headers(part) == row_headers(whole)
    assert part.select_one("#list")["data-q"] == "huis"
    assert not part.select(".figures, #lately, form#search")
