"""The scenes of a deletion: requested, refused, decided, in the trash, purged."""
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.database import now
from tests.factories import client_of, period_of
from tests.journeys.tools.showing import Scene, at, sent

ADMINISTRATOR = "administrator"
CLIENT = "/clients/<int:number>"
DECIDE, DELETE = "/province/deletions/requests/<int:request_id>", "/province/clients/<int:number>/delete"
REQUEST = "/province/deletions/requests/{pending_request.id}"
DELETION_SCENES = [
    Scene("client-deletion-asked", CLIENT, "login", at("/clients/{waiting.number}")),
    Scene("client-deletion-refused", CLIENT, "login", at("/clients/{not_deleted.number}")),
    Scene("province-deletions", "/province/deletions", ADMINISTRATOR, at("/province/deletions")),
    Scene("province-deletions-restored", "/province/deletions", ADMINISTRATOR,
          lambda window, world: _restore(window)),
    Scene("province-deletion", DECIDE, ADMINISTRATOR, at(REQUEST)),
    Scene("province-deletion-wrong-number", DECIDE, ADMINISTRATOR,
          sent(REQUEST, "Cliënt verwijderen", number="12"), wrong=True),
    Scene("province-deletion-no-answer", DECIDE, ADMINISTRATOR, sent(REQUEST, "Aanvraag weigeren"), wrong=True),
    Scene("province-client-delete", DELETE, ADMINISTRATOR, at("/province/clients/{waiting.number}/delete")),
    Scene("province-client-delete-wrong", DELETE, ADMINISTRATOR,
          sent("/province/clients/{running.number}/delete", "Cliënt verwijderen", number="12"), wrong=True),
]


def _restore(window):
    window.go("/province/deletions")
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Terugzetten").first.click()


def deletions_of(login, administrator):
    """Add clients in each state of a deletion to this login; returns those that scenes name."""
    to_delete = client_of(login, "Jan Maes")
    period_of(to_delete, login)
    not_deleted = client_of(login, "An Maes")
    DeletionRequest.ask(not_deleted, "not-guided", "", login.account).refuse(
        "Er loopt een begeleidingsperiode tot vorige maand.\nKlopt dat niet? Bel me even.", administrator)
    for turn in range(30):
        client = client_of(login)
        deletion = Deletion.make(client, "double", administrator)
        if turn > 2:
            Deletion.update(kept_rows=None, purged_at=now()).where(Deletion.id == deletion.id).execute()
    return {
        "pending_request": DeletionRequest.ask(
            to_delete, "double", "Zelfde als cliënt 3, die door een collega werd ingevoerd.", login.account),
        "not_deleted": not_deleted,
    }
