"""A scene for every page in every state that looks different: for test_pages.py and `make screenshots`."""
import datetime
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.arbeidszorg.deletion.requests import REASONS, DeletionRequest
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.database import today
from models.organisations import Organisation
from tests.factories import client_of, days, period_of
from tests.journeys.scenes.asked import ASKED_SCENES
from tests.journeys.scenes.deletion import DELETION_SCENES, deletions_of
from tests.journeys.scenes.doubles import DOUBLE_SCENES, doubles_of
from tests.journeys.scenes.ecalcura.calculations import CALCULATION_FILES
from tests.journeys.scenes.ecalcura.deliveries import DELIVERIES_FILES
from tests.journeys.scenes.ecalcura.desk import DESK_FILES
from tests.journeys.scenes.ecalcura.documents import DOCUMENT_FILES
from tests.journeys.scenes.ecalcura.facilities import ECALCURA_SCENES, facilities_of
from tests.journeys.scenes.ecalcura.prestaties import PRESTATIES_FILES
from tests.journeys.scenes.edition import EDITION_FILES, EDITION_SCENES, editions_of
from tests.journeys.scenes.factor import FACTOR_SCENES
from tests.journeys.scenes.importing import IMPORT_SCENES, imports_of
from tests.journeys.scenes.moving import MOVING_SCENES, moves_of
from tests.journeys.scenes.organisation import ORGANISATION_SCENES, organisations_of
from tests.journeys.scenes.province import PROVINCE_SCENES
from tests.journeys.scenes.report import REPORT_SCENES
from tests.journeys.scenes.roles import ROLE_SCENES, roles_of
from tests.journeys.scenes.site.all import SITE_SCENES, site_of
from tests.journeys.scenes.site.documents import SITE_DOCUMENT_FILES
from tests.journeys.scenes.site.news import NEWS_FILES
from tests.journeys.scenes.withdrawal import WITHDRAWAL_SCENES, withdrawn_of
from tests.journeys.tools.showing import Scene, at, searched, sent, stale, too_late

# Routes that are not pages: a redirect and the downloads.
NOT_PAGES = {
    "/robots.txt", "/sitemap.xml",
    "/export.csv", "/export.xlsx", "/province/clients.csv", "/province/clients.xlsx", *EDITION_FILES,
    "/imports/template.xlsx", "/ecalcura/<hco>/staff/file/template.xlsx", *PRESTATIES_FILES, *DELIVERIES_FILES,
    *CALCULATION_FILES, *DESK_FILES, *DOCUMENT_FILES,
    *NEWS_FILES, *SITE_DOCUMENT_FILES,
    "/province/report.csv", "/province/report.xlsx", "/province/report/rows.csv", "/province/report/rows.xlsx",
    "/province/report/<string:table>.svg", "/clients/<int:number>/record/file",
    # With a provider only: tests/journeys/hall/test_outside.py.
    "/login/outside", "/login/outside/answer", "/login/outside/no-role", "/login/outside/signed-out",
    "/ecalcura/<hco>/trimesters/<int:period>/<int:number>/versions/<int:version>/<kind>",
    "/ecalcura/desk/progress/<int:period>/<int:number>/facilities.csv",
    "/ecalcura/<hco>/staff/<int:employee_id>/data/file",
    "/ecalcura/<hco>/merged/<old>/<int:period>/<int:number>/versions/<int:version>/<kind>",
}


def _change_client(world):
    client = Client.get_by_id(world.running.number)
    client.change({"education": "higher"}, f"Roos {client.version}", client.version, by=world.login.account)


def _change_period(world):
    period = Period.get_by_id(world.period.id)
    period.change(11, period.start_date, None, None, None, period.version, world.login.account, hours_mistake=True)


def _change_organisation(world):
    organisation = Organisation.get_by_id(world.login.organisation.id)
    organisation.update_contact("Kerkstraat 2, Gent", "09 123 45 67", "", organisation.version, world.login.account)


PLOEG, NEWCOMER = "login", "newcomer"
CLIENT, PERIOD = "/clients/<int:number>", "/clients/<int:number>/periods/<int:period_id>"
PAST_HOURS = f"{PERIOD}/past-hours/<int:hours_id>/remove"
DELETION, PAST_ANSWER = f"{CLIENT}/deletion-request", f"{CLIENT}/past-answers/<int:past_id>/remove"
SCENES = [
    Scene("login", "/login", None, at("/login")),
    Scene("login-wrong", "/login", None, sent("/login", "Aanmelden", email="geen adres"), wrong=True),
    Scene("login-kept", "/login", PLOEG, too_late(again=False)),
    Scene("kept", "/login", PLOEG, too_late(again=True)),
    Scene("password-new", "/password/new", None, at("/password/new")),
    Scene("password-new-wrong", "/password/new", None, sent("/password/new", "Stuur de mail"), wrong=True),
    Scene("password-asked", "/login", None, sent("/password/new", "Stuur de mail", email="niemand@voorbeeld.be")),
    Scene("invitation", "/invitation/<token>", None, at("/invitation/{invitation}")),
    Scene("invitation-wrong", "/invitation/<token>", None,
          sent("/invitation/{invitation}", "Wachtwoord bewaren", password="kort"), wrong=True),
    Scene("password", "/password/<token>", None, at("/password/{password}")),
    Scene("password-wrong", "/password/<token>", None, sent("/password/{password}", "Wachtwoord bewaren"), wrong=True),
    Scene("password-dead", "/password/<token>", None, at("/password/used")),
    Scene("email", "/email/<token>", None, at("/email/{email}")),
    Scene("email-dead", "/email/<token>", None, at("/email/used")),
    Scene("dashboard", "/dashboard", PLOEG, at("/dashboard")),
    Scene("dashboard-inactive", "/dashboard", PLOEG, at("/dashboard?tab=inactive")),
    Scene("dashboard-incomplete", "/dashboard", PLOEG, at("/dashboard?incomplete=1")),
    Scene("dashboard-elsewhere", "/dashboard", PLOEG, searched("/dashboard", "Zoek", "{closed.number}")),
    Scene("dashboard-nothing", "/dashboard", PLOEG, searched("/dashboard", "Zoek", "987654")),
    Scene("dashboard-name", "/dashboard", PLOEG, searched("/dashboard", "Zoeken op naam", "e")),
    Scene("dashboard-empty", "/dashboard", NEWCOMER, at("/dashboard")),
    Scene("client", CLIENT, PLOEG, at("/clients/{running.number}")),
    Scene("client-incomplete", CLIENT, PLOEG, at("/clients/{incomplete.number}")),
    Scene("client-without-period", CLIENT, PLOEG, at("/clients/{waiting.number}")),
    Scene("client-province-view", f"{CLIENT}/province-view", PLOEG, at("/clients/{running.number}/province-view")),
    Scene("client-new", "/clients/new", PLOEG, at("/clients/new")),
    Scene("client-new-wrong", "/clients/new", PLOEG,
          sent("/clients/new", "Opslaan", birth_date="31/02/1990", home_postcode="90"), wrong=True),
    Scene("client-edit", f"{CLIENT}/edit", PLOEG, at("/clients/{running.number}/edit")),
    Scene("client-edit-wrong", f"{CLIENT}/edit", PLOEG,
          sent("/clients/{running.number}/edit", "Opslaan", home_postcode="90"), wrong=True),
    Scene("client-edit-stale", f"{CLIENT}/edit", PLOEG, stale("/clients/{running.number}/edit", _change_client)),
    Scene("client-past-answer", PAST_ANSWER, PLOEG, at("/clients/{running.number}/past-answers/{past.id}/remove")),
    Scene("client-past-hours", PAST_HOURS, PLOEG,
          at("/clients/{running.number}/periods/{period.id}/past-hours/{hours.id}/remove")),
    Scene("client-double", f"{CLIENT}/edit", PLOEG,
          sent("/clients/{twin.number}/edit", "Opslaan", home_postcode="9000")),
    Scene("period-new", f"{CLIENT}/periods/new", PLOEG, at("/clients/{waiting.number}/periods/new")),
    Scene("period-new-wrong", f"{CLIENT}/periods/new", PLOEG,
          sent("/clients/{waiting.number}/periods/new", "Opslaan", hours="veel", start_date="31/02/2024"), wrong=True),
    Scene("period-edit", PERIOD, PLOEG, at("/clients/{running.number}/periods/{period.id}")),
    Scene("period-edit-wrong", PERIOD, PLOEG,
          sent("/clients/{running.number}/periods/{period.id}", "Opslaan", end_date="01/01/1999"), wrong=True),
    Scene("period-edit-stale", PERIOD, PLOEG, stale("/clients/{running.number}/periods/{period.id}", _change_period)),
    Scene("period-continuing", f"{CLIENT}/periods/new", PLOEG,
          sent("/clients/{incomplete.number}/periods/new", "Opslaan", hours="8", start_date=f"{days(0):%d/%m/%Y}"),
          wrong=True),
    Scene("period-continued", PERIOD, PLOEG, at("/clients/{closed.number}/periods/{continued.id}")),
    Scene("deletion", DELETION, PLOEG, at("/clients/{running.number}/deletion-request")),
    Scene("deletion-wrong", DELETION, PLOEG,
          sent("/clients/{running.number}/deletion-request", "Verwijdering aanvragen"), wrong=True),
    Scene("deletion-asked", DELETION, PLOEG, at("/clients/{waiting.number}/deletion-request")),
    Scene("export", "/export", PLOEG, at("/export")),
    Scene("organisation", "/organisation", PLOEG, at("/organisation")),
    Scene("organisation-edit", "/organisation/edit", PLOEG, at("/organisation/edit")),
    Scene("organisation-edit-wrong", "/organisation/edit", PLOEG,
          sent("/organisation/edit", "Opslaan", website="geen website"), wrong=True),
    Scene("organisation-edit-stale", "/organisation/edit", PLOEG, stale("/organisation/edit", _change_organisation)),
    Scene("account-password", "/account/password", PLOEG, at("/account/password")),
    Scene("account-password-wrong", "/account/password", PLOEG,
          sent("/account/password", "Wachtwoord wijzigen"), wrong=True),
    Scene("account-email", "/account/email", PLOEG, at("/account/email")),
    Scene("account-email-wrong", "/account/email", PLOEG,
          sent("/account/email", "Stuur de mail", email="geen adres"), wrong=True),
    Scene("organisation-log", "/organisation/log", PLOEG, at("/organisation/log")),
    Scene("error-403", "/province", PLOEG, at("/province")),
    Scene("error-404", CLIENT, PLOEG, at("/clients/987654")),
    Scene("error-405", "/login", None, at("/logout")),
    *ASKED_SCENES,
    *PROVINCE_SCENES,
    *ORGANISATION_SCENES,
    *FACTOR_SCENES,
    *ROLE_SCENES,
    *DELETION_SCENES,
    *WITHDRAWAL_SCENES,
    *DOUBLE_SCENES,
    *MOVING_SCENES,
    *IMPORT_SCENES,
    *EDITION_SCENES,
    *REPORT_SCENES,
    *ECALCURA_SCENES,
    *SITE_SCENES,
]


def new_login(name, email, password_hash=None):
    """An organisation of Oost-Vlaanderen with its login."""
    organisation = Organisation.create_new(name, "oost-vlaanderen", email)
    account = Account.new(ORGANISATION, organisation, email=email, password_hash=password_hash)
    return SimpleNamespace(organisation=organisation, account=account)


def world_of(login):
    """The accounts, clients and other rows that scenes show; the clients are added to the organisation of `login`."""
    running = client_of(login, "Roos Peeters", birth_date=datetime.date(1991, 5, 4))
    period_of(running, login, datetime.date(2019, 3, 4), datetime.date(2021, 6, 30), hours="8")
    period = period_of(running, login)
    past = PastAnswer.create(client_number=running.number, question="income", option="pension", until=days(-200))
    hours = PastHours.create(period_id=period.id, hours=20, until=days(-10))
    waiting = client_of(login, "Ward Claes")
    DeletionRequest.ask(waiting, next(iter(REASONS)), "", login.account)
    closed = client_of(login, "Zoë Desmet", birth_date=datetime.date(1980, 1, 1))
    continued = period_of(closed, login, datetime.date(2017, 1, 9), datetime.date(2018, 1, 7))
    period_of(closed, login, datetime.date(2018, 1, 8), datetime.date(2018, 12, 21))
    incomplete = client_of(login, birth_date=datetime.date(1975, 2, 3), education=None, income=None)
    period_of(incomplete, login)
    newcomer = new_login(f"Het Begin {running.number}", f"begin{running.number}@voorbeeld.be")
    administrator = Account.new(
        ADMINISTRATOR, login.organisation.province, email=f"beheer{running.number}@voorbeeld.be",
        password_hash="-", contact_name="Lies Verhaegen", contact_telephone="09 000 00 10")
    links = {kind: OneTimeLink.make(newcomer.account, kind, new_email="nieuw@voorbeeld.be" if kind == "email" else None)
             for kind in ("invitation", "password", "email")}
    return SimpleNamespace(
        login=login, newcomer=newcomer, administrator=SimpleNamespace(account=administrator), today=today(),
        running=running, past=past, hours=hours, continued=continued,
        period=period, waiting=waiting, closed=closed, incomplete=incomplete,
        twin=client_of(login, "Ward C.", birth_date=waiting.birth_date, home_postcode="9100"), **links,
        **organisations_of(administrator, running.number), **deletions_of(login, administrator),
        **withdrawn_of(login), **doubles_of(login), **moves_of(login, administrator, running.number),
        **imports_of(login), **editions_of(login, administrator), **roles_of(administrator.province, running.number),
        **facilities_of(running.number), **site_of(running.number))
