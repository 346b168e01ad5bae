"""'Edities': publishing, listing, showing, downloading, and comparing with the register of today."""
import datetime
import hashlib
import json

import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.report.editions import Edition
from models.audit import AuditEntry
from models.database import database, is_sqlite, now, today
from tests.factories import client_of, deleted, period_of
from tests.page import text_of
from views.shell import progress

LAST = today().year - 1
OWN, FLANDERS = "oost-vlaanderen", "vlaanderen"
NEW = "/province/editions/new"
WRONG = ".notice.error[role=alert]:not([hidden])"


def guided(login, clients):
    made = [client_of(login, "Roos Peeters") for _ in range(clients)]
    for client in made:
        period_of(client, login, datetime.date(LAST, 3, 1))
    return made


@pytest.fixture
def register_of(cast):
    """Last year's clients: eight of De Ploeg and six of De Winning."""
    return {"ploeg": guided(cast.ploeg, 8), "elsewhere": guided(cast.elsewhere, 6)}


@pytest.fixture
def publish(register_of, cast, clock):
    """Publishes an edition and moves the clock a minute on."""
    def publish(scope=OWN, by=None, remark=""):
        edition = Edition.publish(LAST, scope, remark, by or cast.administrator, today())
        clock(now() + datetime.timedelta(minutes=1))
        return edition

    return publish


def rows(soup, section):
    """The rows in the section with this heading."""
    return [text_of(row) for row in soup.select(f"section[aria-labelledby={section}] tbody tr")]


def tampered(change):
    for statement in (["DROP TRIGGER edition_kept_update"] if is_sqlite() else
                      ["DROP TRIGGER edition_is_kept ON edition"]):
        database.execute_sql(statement)
    database.execute_sql(f"UPDATE edition SET {change}")


def test_publishing_the_form_opens_the_new_edition(administration, register_of, cast):
    soup = administration.get(f"{NEW}?year={LAST}&scope={FLANDERS}")
    assert f"{LAST}, Vlaanderen" in text_of(soup.main)
    administration.post(f"{NEW}?year={LAST}&scope={FLANDERS}", {"remark": " Definitieve\ncijfers ", "confirm": "y"})
    soup = administration.follow()
    assert "gepubliceerd" in text_of(soup.select_one(".notice"))
    edition = Edition.get()
    facts = text_of(soup.select_one("section[aria-labelledby=about]"))
    assert (edition.year, edition.scope, edition.remark) == (LAST, FLANDERS, "Definitieve\ncijfers")
    for word in (f"31/12/{LAST}", edition.hash, cast.administrator.email, "Definitieve cijfers"):
        assert word in facts, word
    assert soup.h1.get_text() == f"Editie {LAST}: Vlaanderen"
    assert soup.select_one("nav [aria-current=page]").get_text() == "Jaarrapport"
    assert "14" in text_of(soup.select_one("section[aria-labelledby=report-facts]"))
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.account_id) == (ArbeidszorgEvent.EDITION_PUBLISHED, cast.administrator.id)


def test_the_default_is_the_last_complete_year_of_the_own_province(administration, register_of):
    administration.post(NEW, {"confirm": "y"})
    assert [(edition.year, edition.scope) for edition in Edition.select()] == [(LAST, OWN)]


@pytest.mark.parametrize("address", [f"year={LAST}&scope=limburg", f"year={LAST + 2}", "year=1999", "scope=wallonie"])
def test_a_year_or_scope_that_cannot_be_chosen_is_a_404(administration, register_of, address):
    administration.get(f"{NEW}?{address}", 404)
    administration.post(f"{NEW}?{address}", {"confirm": "y"}, 404, form=NEW)
    assert Edition.select().count() == 0


def test_without_confirmation_nothing_is_published_and_the_remark_is_kept(administration, register_of):
    soup = administration.post(NEW, {"remark": "Definitief"}, 422)
    assert "Vink dit aan" in text_of(soup.select_one("#confirm-error"))
    assert soup.select_one("#remark").get_text().strip() == "Definitief"
    soup = administration.post(NEW, {"remark": "85.07.30-033.28", "confirm": "y"}, 422)
    assert "rijksregisternummer" in text_of(soup.select_one("#remark-error"))
    assert Edition.select().count() == 0


def test_posting_the_form_again_with_another_remark_says_that_it_was_published(administration, register_of):
    fields = administration.form_of(NEW) | {"confirm": "y"}
    administration.post(NEW, fields, token=False)
    administration.post(NEW, fields, token=False)
    administration.post(NEW, fields | {"remark": "Anders"}, token=False)
    assert "al verstuurd" in text_of(administration.follow().select_one(WRONG))
    assert [edition.remark for edition in Edition.select()] == [""]


def test_a_year_without_clients_cannot_be_published(administration, cast):
    assert "nog niets te publiceren" in text_of(administration.get(NEW).main)
    administration.post(NEW, {"confirm": "y"}, 422, form="/province")
    guided(cast.elsewhere, 6)
    soup = administration.post(NEW, {"confirm": "y"}, 422)
    assert "er is niets om te bewaren" in text_of(soup.select_one(WRONG))
    assert Edition.select().count() == 0


def test_the_form_warns_of_a_running_year_and_of_earlier_editions(administration, publish):
    assert "nog niet om" not in text_of(administration.get(NEW).main)
    assert "naast elkaar" not in text_of(administration.get(NEW).main)
    publish()
    publish(FLANDERS)
    soup = administration.get(NEW)
    links = soup.select("form .notice a")
    assert [link.get_text().split(",")[0] for link in links] == ["Vlaanderen", "Oost-Vlaanderen"]
    assert "naast elkaar" in text_of(soup.main)
    administration.get(links[0]["href"])
    assert "nog niet om" in text_of(administration.get(f"{NEW}?year={today().year}").main)


def test_the_list_shows_the_own_editions_and_those_of_flanders(administration, publish, cast):
    assert "nog geen editie" in text_of(administration.get("/province/editions").main)
    publish(remark="Eerste")
    publish("limburg", cast.other_administrator)
    publish(FLANDERS, cast.other_administrator)
    soup = administration.get("/province/editions")
    first, second = [text_of(row) for row in soup.select("tbody tr")]
    assert first.startswith(f"{LAST} Vlaanderen")
    assert "de beheerder van Limburg" in first
    assert cast.other_administrator.email not in str(soup.main)
    assert second.startswith(f"{LAST} Oost-Vlaanderen")
    assert second.endswith("Eerste Openen")
    administration.get(soup.select_one("tbody a")["href"])


def test_an_edition_published_by_the_operator_says_so(administration, register_of):
    edition = Edition.publish(LAST, OWN, "", None, today())
    assert "de helpdesk van Loket" in text_of(administration.get("/province/editions").main)
    assert "de helpdesk van Loket" in text_of(administration.get(f"/province/editions/{edition.id}").main)


def test_an_edition_does_not_change_with_the_register(administration, publish, cast):
    edition = publish()
    before = text_of(administration.get(f"/province/editions/{edition.id}").main)
    guided(cast.ploeg, 5)
    assert text_of(administration.get(f"/province/editions/{edition.id}").main) == before


@pytest.mark.parametrize("change", ["contents = replace(contents, '8', '9')", "remark = 'Anders'", "contents = 'x'"])
def test_an_altered_edition_shows_an_error_and_no_figures(administration, publish, change):
    edition = publish()
    path = f"/province/editions/{edition.id}"
    tampered(change)
    soup = administration.get(path)
    assert "niet meer wat er gepubliceerd is" in text_of(soup.select_one(WRONG))
    assert edition.hash in soup.get_text()
    assert Edition.get_by_id(edition.id).hash_found in soup.get_text()
    assert soup.select_one("#report-facts") is None
    for part in ("changes", "edition.json", "edition.csv", "edition.xlsx", "2-gender.svg"):
        administration.get(f"{path}/{part}", 303)
        assert administration.response.location == path


def test_the_json_file_is_the_stored_edition_and_has_its_hash(administration, publish):
    edition = publish()
    administration.get(f"/province/editions/{edition.id}/edition.json")
    answer = administration.response
    assert hashlib.sha256(answer.data).hexdigest() == edition.hash
    assert json.loads(answer.data)["report"]["year"] == LAST
    assert answer.content_type == "application/json; charset=utf-8"
    assert f'filename="loket-jaarrapport-{LAST}-{OWN}-editie.json"' in answer.headers["Content-Disposition"]


def test_the_other_files_do_not_change_with_the_register(administration, publish, cast):
    edition = publish()
    path = f"/province/editions/{edition.id}"
    files = {}
    for round_ in range(2):
        for name in ("edition.csv", "2-gender.svg"):
            administration.get(f"{path}/{name}")
            assert files.setdefault(name, administration.response.data) == administration.response.data, round_
        administration.get(f"{path}/edition.xlsx")
        assert administration.response.data.startswith(b"PK")
        guided(cast.ploeg, 5)
    assert f"{LAST};Oost-Vlaanderen" in files["edition.csv"].decode("utf-8-sig")
    administration.get(f"{path}/nergens.svg", 404)
    for link in administration.get(path).select("main a[href]"):
        if link["href"].startswith(path):
            administration.get(link["href"])


def test_an_edition_without_changes_says_so(administration, publish):
    edition = publish()
    words = text_of(administration.get(f"/province/editions/{edition.id}/changes").main)
    assert "Er is niets gebeurd dat de cijfers kan veranderen" in words
    assert "Alle cijfers die toen en nu getoond worden, zijn dezelfde" in words


def test_changed_figures_are_listed_with_the_reasons(administration, publish, cast, register_of):
    edition = publish()
    guided(cast.ploeg, 6)
    deleted(register_of["ploeg"][0], cast.administrator, "not-guided")
    soup = administration.get(f"/province/editions/{edition.id}/changes")
    assert rows(soup, "why") == ["Cliënten die later geregistreerd werden Oost-Vlaanderen 6",
                                 "Cliënten die verwijderd werden Oost-Vlaanderen 1"]
    [row] = rows(soup, "deleted")
    assert row.startswith(f"{register_of['ploeg'][0].number} De Ploeg Nooit begeleid {LAST}–nu")
    figures = rows(soup, "figures")
    assert figures[0] == "Actieve arbeidszorgmedewerkers 8 13"
    assert "Vrouw 8 13" in figures
    assert "Roos" not in str(soup)


def test_changed_tables_are_folded_and_unfolded_by_a_link(administration, publish, cast):
    edition = publish()
    guided(cast.ploeg, 6)
    path = f"/province/editions/{edition.id}/changes"
    soup = administration.get(path)
    gender = soup.find(id="tabel-2-gender")
    assert text_of(gender.summary) == "Geslacht: 2 cijfers anders"
    assert gender.find_previous("h3").get_text() == "Hoofdstuk 2"
    assert not soup.select("details[open]")
    soup = administration.get(soup.select_one(".unfold a")["href"])
    assert soup.select("details[open]") == soup.select("details") != []
    assert soup.select_one(".unfold a")["href"] == path


def test_small_counts_of_another_province_are_not_shown(administration, publish, cast):
    edition = publish(FLANDERS)
    guided(cast.elsewhere, 4)
    soup = administration.get(f"/province/editions/{edition.id}/changes")
    assert rows(soup, "why") == ["Cliënten die later geregistreerd werden Limburg 1 tot 4"]
    deleted(guided(cast.elsewhere, 1)[0], cast.other_administrator)
    assert soup.select_one("#deleted") is None


def test_a_moved_reference_day_is_mentioned(administration, register_of, cast, clock):
    clock(datetime.datetime(LAST + 1, 6, 15, 12, tzinfo=datetime.UTC))
    edition = Edition.publish(LAST + 1, OWN, "", cast.administrator, today())
    clock(datetime.datetime(LAST + 1, 6, 16, 12, tzinfo=datetime.UTC))
    administration.sign_in(cast.administrator)
    words = text_of(administration.get(f"/province/editions/{edition.id}/changes").main)
    assert f"de antwoorden en leeftijden van 15/06/{LAST + 1}" in words
    assert f"die van 16/06/{LAST + 1}" in words


def test_slow_counting_shows_its_progress(administration, publish, monkeypatch):
    edition = publish()
    monkeypatch.setattr(progress, "PATIENCE", 0)
    soup = administration.get(f"/province/editions/{edition.id}/changes")
    assert "Bezig met tellen" in text_of(soup.select_one(".far"))
    assert "Alle cijfers die toen en nu getoond worden, zijn dezelfde" in text_of(soup.main)


def test_a_failure_after_the_first_second_is_shown_on_the_page(administration, publish, monkeypatch):
    edition = publish()
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr("views.arbeidszorg.report.editions.Since", lambda *_: 1 / 0)
    soup = administration.get(f"/province/editions/{edition.id}/changes")
    assert "ging iets mis" in text_of(soup.select_one(WRONG))
