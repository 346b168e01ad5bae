"""'Logboek' of an organisation: every event about it, with changes of names and views by administrators."""
from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import Event, record
from tests.factories import client_of
from tests.page import text_of

LOG = "/organisation/log"


def lines(soup):
    """(actor, sentence) of each line."""
    return [tuple(text_of(cell) for cell in row.select("td")) for row in soup.select("tbody tr")]


def test_the_log_shows_what_each_actor_did_with_the_organisation_s_data(signed_in, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation,
           subject=client.number)
    record(Event.LOGIN_BLOCKED, organisation=cast.ploeg.organisation, account=cast.ploeg.account.id)
    assert lines(signed_in.get(LOG))[:5] == [
        ("wie Loket beheert", "Login geblokkeerd: ploeg@voorbeeld.be"),
        ("beheer.oost-vlaanderen@voorbeeld.be", f"Cliënt {client.number} bekeken, zonder naam"),
        ("deze login", f"Naam van cliënt {client.number} gewijzigd"),
        ("deze login", f"Cliënt {client.number} bewerkt: Hoofdinkomen"),
        ("deze login", f"Cliënt {client.number} toegevoegd")]


def test_the_log_does_not_show_another_organisation_s_events(signed_in, cast):
    client_of(cast.outsider)
    record(Event.SIGNED_IN, by=cast.administrator)
    assert {what for _, what in lines(signed_in.get(LOG))} == {"Aangemeld", "Organisatie gemaakt"}
    other = cast.outsider.organisation.id
    assert lines(signed_in.get(f"{LOG}?organisation={other}")) == lines(signed_in.get(LOG))


def test_the_log_is_filtered_like_the_province_s(signed_in, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({}, "Ward", 1, by=cast.ploeg.account)
    soup = signed_in.partial(f"{LOG}?kind=client")
    assert [what for _, what in lines(soup)] == [
        f"Naam van cliënt {client.number} gewijzigd", f"Cliënt {client.number} toegevoegd"]
    assert text_of(signed_in.get(f"{LOG}?since=32/01/2026", 422).select_one("[role=alert]:not([hidden])")).startswith(
        "Vanaf: De dag 32/01/2026 bestaat niet")
    assert text_of(signed_in.get(f"{LOG}?kind=export").select_one(".empty")).endswith("Toon alles")


def test_mijn_organisatie_links_to_the_log(signed_in):
    assert signed_in.get("/organisation").select_one(f"a[href='{LOG}']")
    assert signed_in.get(LOG).select_one(".back")["href"] == "/organisation"
