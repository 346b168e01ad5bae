"""The record of arbeidszorg."""
from commands.arbeidszorg import COMMANDS, preparing
from commands.arbeidszorg.refusals import REFUSALS
from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.transfer import demonstration
from views.arbeidszorg.messages import MESSAGES
from views.arbeidszorg.organisation import clients, exports, periods
from views.arbeidszorg.province import clients as province_clients
from views.arbeidszorg.province import deletions, overview
from views.arbeidszorg.province.organisation_columns import COLUMNS
from views.arbeidszorg.report import downloads, editions, reports, rows
from views.hall.wing import Wing

WING = Wing(
    name="arbeidszorg",
    blueprints=tuple(part.blueprint for part in (
        clients, periods, exports, overview, deletions, province_clients, reports, downloads, rows, editions)),
    messages=MESSAGES,
    refusals=REFUSALS,
    commands=COMMANDS,
    starts=(questionnaire.start,),
    prepare=preparing.prepare,
    demonstration=demonstration.fill,
    organisation_columns=COLUMNS,
    label=questionnaire.heading,
    reason=REASONS.get,
)
