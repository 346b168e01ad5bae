"""'Logboek' of a province, which betrays nothing about names, and of an organisation, which shows changes of names."""
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import AuditEntry, Event, record
from models.database import database
from models.log import PAGE_SIZE
from tests.factories import client_of
from tests.page import text_of

LOG, OWN_LOG = "/province/log", "/organisation/log"


def lines(soup):
    """(actor, organisation, sentence) of each line; (actor, sentence) in an organisation's own log."""
    return [tuple(text_of(cell) for cell in row.select("td")) for row in soup.select("tbody tr")]


def sentences(soup):
    """The sentence of each line."""
    return [line[-1] for line in lines(soup)]


def test_the_log_shows_only_the_events_of_the_own_province(administration, cast):
    client = client_of(cast.ploeg)
    client.change({"income": "pension", "living_situation": "partner"}, None, 1, by=cast.ploeg.account)
    client_of(cast.elsewhere)
    found = lines(administration.get(LOG))
    assert found[:2] == [
        ("De Ploeg", "De Ploeg", f"Cliënt {client.number} bewerkt: Hoofdinkomen, Woonvorm"),
        ("De Ploeg", "De Ploeg", f"Cliënt {client.number} toegevoegd")]
    assert ("beheer.oost-vlaanderen@voorbeeld.be", "–", "Aangemeld") in found
    assert not [line for line in found if "Winning" in " ".join(line) or "limburg" in " ".join(line)]


def test_the_log_does_not_show_whether_a_name_was_given_or_changed(administration, cast):
    """A client whose name was given and changed twice has the same lines as one without a name."""
    def logged(name):
        client = client_of(cast.ploeg, name)
        client = client.change({"income": "pension"}, name and f"{name}-Claes", 1, by=cast.ploeg.account)
        client.change({}, name and f"{name} C.", client.version, by=cast.ploeg.account)
        return [sentence.replace(str(client.number), "N") for sentence in sentences(administration.get(LOG))
                if f" {client.number} " in sentence]

    assert logged("Roos") == logged("") == ["Cliënt N bewerkt: Hoofdinkomen", "Cliënt N toegevoegd"]
    assert AuditEntry.select().where(AuditEntry.event == ArbeidszorgEvent.CLIENT_NAME_CHANGED).count() == 2
    for kind in ("", "client", "period", "view", "deletion"):
        shown = administration.get(f"{LOG}?kind={kind}").select_one("#list").get_text().split()
        assert not {"Naam", "Roos"} & set(shown)


def test_the_page_holds_no_id_of_an_entry(administration, cast):
    """Gaps between ids would betray that entries are hidden."""
    with database.atomic():
        AuditEntry.insert(id=7_654_321, made_at="2026-01-05 10:00:00", event="signed-in",
                          actor="arbeidszorg:organisation", tenant_id=cast.ploeg.organisation.id,
                          province="oost-vlaanderen").execute()
    assert "7654321" not in str(administration.get(LOG))
    record(Event.SIGNED_IN, by=cast.ploeg.account)
    assert "765432" not in str(administration.get(LOG))


def test_the_log_can_be_filtered_by_each_kind(administration):
    offered = [option["value"] for option in administration.get(LOG).select("#kind option")]
    assert offered == [
        "", "sign-in", "login", "organisation", "document", "client", "period", "move", "view", "deletion", "edition",
        "export"]


def test_the_log_is_filtered_by_organisation_kind_and_day(administration, cast):
    for login in (cast.ploeg, cast.outsider):
        client_of(login)
    atelier = cast.outsider.organisation.id
    assert {line[1] for line in lines(administration.get(f"{LOG}?organisation={atelier}"))} == {"Het Atelier"}
    assert {line[2].split(" ")[0] for line in lines(administration.get(f"{LOG}?kind=client"))} == {"Cliënt"}
    soup = administration.get(f"{LOG}?organisation={atelier}&kind=organisation&since=01/01/2020&until=")
    assert sentences(soup) == ["Organisatie gemaakt"]
    assert [soup.select_one(f"#{name} [selected]").get_text() for name in ("organisation", "kind")] == [
        "Het Atelier", "Gegevens van organisaties"]
    assert soup.select_one("#since")["value"] == "01/01/2020"
    assert sentences(administration.get(f"{LOG}?until=01/01/2020")) == []


@pytest.mark.parametrize("query", ["organisation=x", "organisation=99", "kind=x", "page=0", "page=-3", "page=x"])
def test_invalid_filters_are_ignored(administration, query):
    assert lines(administration.get(f"{LOG}?{query}")) == lines(administration.get(LOG))


def test_an_organisation_of_another_province_cannot_be_chosen(administration, cast):
    soup = administration.get(f"{LOG}?organisation={cast.elsewhere.organisation.id}")
    assert "De Winning" not in soup.get_text()
    assert lines(soup) == lines(administration.get(LOG))


@pytest.mark.parametrize(("query", "said"), [
    ("since=31/02/2026", "Vanaf: De dag 31/02/2026 bestaat niet. Kijk dag en maand na."),
    ("until=morgen", "Tot en met: ‘morgen’ is geen datum. Typ dag, maand en jaar, bijvoorbeeld 03/06/2024."),
    ("since=02/01/2026&until=01/01/2026", "De eerste dag komt na de laatste. Kijk ze na."),
])
def test_an_invalid_day_shows_an_error_and_keeps_the_typed_filters(administration, query, said):
    for soup in (administration.get(f"{LOG}?kind=client&{query}", 422),
                 administration.partial(f"{LOG}?kind=client&{query}", 422)):
        assert text_of(soup.select_one("[role=alert]:not([hidden])")) == said
        assert not soup.select("tbody tr")
    soup = administration.get(f"{LOG}?kind=client&{query}", 422)
    typed = dict(pair.split("=") for pair in query.split("&"))
    assert all(soup.select_one(f"#{name}")["value"] == value for name, value in typed.items())
    assert soup.select_one("#kind [selected]")["value"] == "client"


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/1000"])
def test_the_first_and_the_last_possible_day_are_accepted(administration, day):
    for name in ("since", "until"):
        administration.get(f"{LOG}?{name}={day}")


def test_links_to_other_pages_keep_the_filters(administration, cast):
    for _ in range(PAGE_SIZE + 1):
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation, subject=3)
    soup = administration.get(f"{LOG}?kind=view")
    assert len(lines(soup)) == PAGE_SIZE
    assert soup.select_one("[rel=prev]") is None
    soup = administration.get(soup.select_one("[rel=next]")["href"])
    assert sentences(soup) == ["Cliënt 3 bekeken, zonder naam"]
    assert soup.select_one("[rel=next]") is None
    assert soup.select_one("[rel=prev]")["href"] == f"{LOG}?kind=view"
    assert administration.get(f"{LOG}?kind=x&organisation=x").select_one("[rel=next]")["href"] == f"{LOG}?page=2"
    past = administration.get(f"{LOG}?page=99999999999999999999999")
    assert past.select_one(".empty a")["href"] == LOG


def test_htmx_gets_only_the_list(administration):
    assert sentences(administration.partial(LOG)) == sentences(administration.get(LOG))


def test_an_empty_log_says_so(page, cast):
    page.sign_in(cast.other_administrator)
    soup = page.get(f"{LOG}?kind=deletion")
    assert text_of(soup.select_one(".empty")) == "Er staat niets in het logboek dat hieraan voldoet. Toon alles"


def test_the_menu_links_to_the_log(administration):
    soup = administration.get(LOG)
    assert soup.select_one(".bar nav [aria-current=page]")["href"] == LOG


# The log of an organisation

def test_the_log_shows_what_each_actor_did_with_the_organisation_s_data(signed_in, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.ploeg.organisation,
           subject=client.number)
    record(Event.LOGIN_BLOCKED, organisation=cast.ploeg.organisation, account=cast.ploeg.account.id)
    assert lines(signed_in.get(OWN_LOG))[:5] == [
        ("de helpdesk van Loket", "Login geblokkeerd: ploeg@voorbeeld.be"),
        ("beheer.oost-vlaanderen@voorbeeld.be", f"Cliënt {client.number} bekeken, zonder naam"),
        ("deze login", f"Naam van cliënt {client.number} gewijzigd"),
        ("deze login", f"Cliënt {client.number} bewerkt: Hoofdinkomen"),
        ("deze login", f"Cliënt {client.number} toegevoegd")]


def test_the_log_does_not_show_another_organisation_s_events(signed_in, cast):
    client_of(cast.outsider)
    record(Event.SIGNED_IN, by=cast.administrator)
    assert {what for _, what in lines(signed_in.get(OWN_LOG))} == {"Aangemeld", "Organisatie gemaakt"}
    other = cast.outsider.organisation.id
    assert lines(signed_in.get(f"{OWN_LOG}?organisation={other}")) == lines(signed_in.get(OWN_LOG))


def test_the_log_of_an_organisation_is_filtered_like_the_province_s(signed_in, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({}, "Ward", 1, by=cast.ploeg.account)
    soup = signed_in.partial(f"{OWN_LOG}?kind=client")
    assert [what for _, what in lines(soup)] == [
        f"Naam van cliënt {client.number} gewijzigd", f"Cliënt {client.number} toegevoegd"]
    wrong = signed_in.get(f"{OWN_LOG}?since=32/01/2026", 422).select_one("[role=alert]:not([hidden])")
    assert text_of(wrong).startswith("Vanaf: De dag 32/01/2026 bestaat niet")
    assert text_of(signed_in.get(f"{OWN_LOG}?kind=export").select_one(".empty")).endswith("Toon alles")


def test_mijn_organisatie_links_to_the_log(signed_in):
    assert signed_in.get("/organisation").select_one(f"a[href='{OWN_LOG}']")
    assert signed_in.get(OWN_LOG).select_one(".back")["href"] == "/organisation"
