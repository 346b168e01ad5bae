"""The record of arbeidszorg."""
from pathlib import Path

from commands.arbeidszorg import COMMANDS, ORGANISATION_COMMANDS, checks, preparing
from commands.arbeidszorg.refusals import REFUSALS
from models.arbeidszorg import roles
from models.arbeidszorg.deletion import retention as retention_term
from models.arbeidszorg.register import answers, questionnaire
from models.arbeidszorg.transfer import demonstration
from models.arbeidszorg.transfer.uploads import uploads
from views.arbeidszorg.log_words import LOG_WORDS
from views.arbeidszorg.messages import MESSAGES
from views.arbeidszorg.organisation import (
    clients,
    doubles,
    moves,
    past_answers,
    past_hours,
    periods,
    records,
    retention,
    withdrawals,
)
from views.arbeidszorg.organisation.files import exports, imports
from views.arbeidszorg.province import clients as province_clients
from views.arbeidszorg.province import deletions, overview
from views.arbeidszorg.province import moves as province_moves
from views.arbeidszorg.province import withdrawals as province_withdrawals
from views.arbeidszorg.province.organisation_columns import COLUMNS
from views.arbeidszorg.report import downloads, editions, public_reports, reports, rows
from views.hall.wing import ADMINISTRATORS, LOG, MY_LOGIN, MY_ORGANISATION, Wing
from views.shell.audiences import Audience, MenuItem

ORGANISATION = Audience(
    role=roles.ORGANISATION,
    label="Arbeidszorg",
    menu=(MenuItem("dashboard", "clients.dashboard", "Dashboard"), MY_ORGANISATION),
    own_login=MY_ORGANISATION,
    data="je cliënten",
    shares_login=True,
)
ADMINISTRATOR = Audience(
    role=roles.ADMINISTRATOR,
    label="Beheer van arbeidszorg",
    menu=(
        MenuItem("organisations", "province.overview", "Overzicht"),
        MenuItem("clients", "province_clients.index", "Cliënten"),
        MenuItem("reports", "reports.show", "Jaarrapport"),
        MenuItem("deletions", "deletions.show", "Verwijderingen"),
        LOG,
        ADMINISTRATORS,
    ),
    own_login=MY_LOGIN,
    data="cliënten zonder naam, verwijderingen",
    about_organisation=(MenuItem("clients", "province_clients.index", "Cliënten zonder naam"),),
)
WING = Wing(
    name="arbeidszorg",
    blueprints=tuple(part.blueprint for part in (
        clients, past_answers, periods, past_hours, withdrawals, records, retention, doubles, moves, exports, imports,
        overview, deletions, province_clients, province_moves, province_withdrawals, reports, downloads, rows,
        editions)),
    audiences=(ORGANISATION, ADMINISTRATOR),
    messages=MESSAGES,
    log_words=LOG_WORDS,
    refusals=REFUSALS,
    commands=COMMANDS,
    organisation_commands=ORGANISATION_COMMANDS,
    starts=(questionnaire.start, answers.start, retention_term.start),
    prepare=preparing.prepare,
    checks=checks.CHECKS,
    demonstration=demonstration.fill,
    chores={"uploads": uploads.tidy},
    reports=public_reports.reports,
    organisation_columns=COLUMNS,
    help=Path(__file__).parent.parent / "models" / "arbeidszorg" / "help",
)
