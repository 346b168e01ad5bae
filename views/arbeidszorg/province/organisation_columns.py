"""The numbers and the link that arbeidszorg adds to the hall's list of organisations."""
from models.arbeidszorg.without_names.overview import ACTIVE, INCOMPLETE
from views.hall.organisation_list import Column, Link

# The clients of an organisation, by its id.
CLIENTS = "/province/clients?organisation={}"
COLUMNS = (
    Column(ACTIVE, "active_clients", "Actieve cliënten"),
    Column(INCOMPLETE, "incomplete_clients", "Te vervolledigen", f"{CLIENTS}&incomplete=1".format),
)
LINKS = (Link("Cliënten", CLIENTS.format),)
