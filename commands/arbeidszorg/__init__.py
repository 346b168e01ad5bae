"""The operator's commands of arbeidszorg."""
from commands.arbeidszorg.clients import client
from commands.arbeidszorg.importing import register
from commands.arbeidszorg.merging import merge_organisations
from commands.arbeidszorg.purging import purge
from commands.arbeidszorg.reporting import report
from commands.arbeidszorg.requests import deletion, request

COMMANDS = (purge, request, client, deletion, register, report)
ORGANISATION_COMMANDS = (merge_organisations,)
