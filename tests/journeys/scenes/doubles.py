"""The scenes of doubles: the list, two clients side by side, merged ones, and the administrator's view of both."""
import datetime

from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from tests.factories import client_of, days, period_of
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.arbeidszorg.doubles.merges import merged, with_old_number

CLIENT = "/clients/<int:number>"
MERGE, UNDO = f"{CLIENT}/merge/<int:other>", f"{CLIENT}/merges/<int:merge_id>/undo"
MERGED = "/clients/{merged_client.number}/merges"
PAIR = "/clients/{double.number}/merge/{other_double.number}"


def _change(world):
    client = Client.get_by_id(world.other_double.number)
    client.change({"education": "higher"}, f"R. {client.version}", client.version, by=world.login.account)


def _stale(window, world):
    """Post the comparison after a colleague changed one of the two."""
    window.expected.add(409)
    at(PAIR)(window, world)
    _change(world)
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Samenvoegen").click()


DOUBLE_SCENES = [
    Scene("doubles", "/doubles", "login", at("/doubles")),
    Scene("doubles-none", "/doubles", "newcomer", at("/doubles")),
    Scene("client-merged", CLIENT, "login", at("/clients/{merged_client.number}")),
    Scene("double-choose", f"{CLIENT}/doubles", "login", at("/clients/{double.number}/doubles")),
    Scene("double-choose-wrong", f"{CLIENT}/doubles", "login",
          sent("/clients/{double.number}/doubles", "Vergelijken", other="987654"), wrong=True),
    Scene("merge", MERGE, "login", at(PAIR)),
    Scene("merge-wrong", MERGE, "login", sent(PAIR, "Samenvoegen"), wrong=True),
    Scene("merge-stale", MERGE, "login", _stale),
    Scene("merge-alike", MERGE, "login", at("/clients/{double.number}/merge/{third_double.number}")),
    Scene("merge-undo", UNDO, "login", at(f"{MERGED}/{{merge.id}}/undo")),
    Scene("merge-undo-wrong", UNDO, "login",
          sent(f"{MERGED}/{{older_merge.id}}/undo", "Samenvoegen ongedaan maken"), wrong=True),
    Scene("province-deletion-double", "/province/deletions/requests/<int:request_id>", "administrator",
          at("/province/deletions/requests/{double_request.id}")),
]


def doubles_of(login):
    """Add clients that are registered twice to this login; returns those that scenes name."""
    number = client_of(login).number
    born = datetime.date(1988, 8, 9)
    double = with_old_number(client_of(login, "Lies De Wolf", birth_date=born), f"L{number}")
    other = with_old_number(client_of(
        login, "L. De Wolf-Verstraeten", birth_date=born, income="pension", work_postcode="unknown"), f"M{number}")
    third = client_of(login, "Lies De Wolf", birth_date=born)
    PastAnswer.create(client_number=other.number, question="income", option="none", until=days(-300))
    period_of(double, login, days(-900), days(-700), hours="8")
    period_of(double, login, days(-100), days(-10))
    period_of(other, login, days(-40))
    kept, gone = (with_old_number(client_of(login, "Ann Smet"), f"{side}{number}") for side in ("K", "N"))
    older = merged(kept, gone, login.account)
    merge = merged(Client.get_by_id(kept.number), client_of(login, "Ann Smet"), login.account)
    asked = client_of(login, "Tom Wit")
    return {
        "double": double, "other_double": other, "third_double": third, "merge": merge, "merged_client": kept,
        "older_merge": older,
        "double_request": DeletionRequest.ask(asked, "double", "", login.account, double.number)}
