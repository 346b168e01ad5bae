"""Makes a row of arbeidszorg for each kind of id in an address, and the accounts of its grants."""
import hashlib

from models.accounts.grants import Grant
from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.answers import PastAnswer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.files import as_xlsx
from models.arbeidszorg.report.public_editions import PublicEdition, public_part
from models.arbeidszorg.report.report import FLANDERS
from models.arbeidszorg.transfer.uploads.uploads import ImportUpload
from models.database import today
from tests.factories import client_of, days, deleted, long_ago, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.models.arbeidszorg.transfer.lists import NO_PERIOD, table


def people(cast):
    """The account of each column of routes.py."""
    return {
        ("arbeidszorg:organisation", "own"): cast.ploeg.account,
        ("arbeidszorg:organisation", "other"): cast.outsider.account,
        ("arbeidszorg:administrator", "own"): cast.administrator,
        ("arbeidszorg:administrator", "other"): cast.other_administrator,
    }


def rows_for(cast):
    """The ids of De Ploeg's rows and of those that its province's administrator works on, as argument → id."""
    client = client_of(cast.ploeg, "Roos Peeters")
    period = period_of(client, cast.ploeg, days(-30))
    return {
        "number": client.number,
        "past_id": past_answer_of(client),
        "period_id": period.id,
        "hours_id": past_hours_of(period.id),
        "request_id": pending_request(cast, client_of(cast.ploeg, "Roos Anders").number),
        "deletion_id": deletion_in_trash(cast, client_of(cast.ploeg, "Roos Weg").number),
        "move_id": move_of(cast, client_of(cast.ploeg, "Roos Verhuist").number),
        **edition_of(cast),
        "withdrawal_id": withdrawal_of(cast, client).id,
        "due_number": due_client(cast).number,
        "other": client_of(cast.ploeg, "Roos Peters", income="pension").number,
        "merge_id": merge_of(cast, client.number),
        "table": "2-gender",
        "upload_id": upload_of(cast),
        "imported_id": imported_by(cast),
    }


def upload_of(cast):
    """The id of a list of De Ploeg that waits to be imported."""
    return ImportUpload.store(table({"name": "Roos Lijst", **NO_PERIOD}), by_of(cast)).id


def imported_by(cast):
    """The id of an imported list of De Ploeg, which can be taken back."""
    upload = ImportUpload.get_by_id(upload_of(cast))
    upload.start()
    upload.carry_out(lambda part: None, by_of(cast))
    return upload.id


def by_of(cast):
    """De Ploeg's login as a request has it."""
    token = Session.start(cast.ploeg.account)
    Session.choose(token, Grant.of(cast.ploeg.account.id).first().id)
    return Session.find(token)


def merge_of(cast, number):
    """The id of a merge of another client into this one, which can be undone."""
    client, other = restored_client(number), client_of(cast.ploeg, "Roos Dubbel")
    if request := DeletionRequest.pending(client):
        request.withdraw(cast.ploeg.account)
    return merged(client, other, cast.ploeg.account).id


def past_answer_of(client):
    """The id of an earlier answer of this client, made if it has no such answer."""
    found = PastAnswer.of(client.number).first() or PastAnswer.create(
        client_number=client.number, question="income", option="pension", until=days(-1))
    return found.id


def past_hours_of(period_id):
    """The id of earlier hours of this period, made if there are no such hours."""
    found = PastHours.of(period_id).first() or PastHours.create(period_id=period_id, hours=20, until=days(-1))
    return found.id


def restored_client(number):
    """The client with this number, restored if it is in the trash."""
    deletion = Deletion.get_or_none(Deletion.client_number == number, Deletion.kept_rows.is_null(False))
    if deletion:
        deletion.restore()
    return Client.get_by_id(number)


def move_of(cast, number):
    """The id of a proposed move of this client of De Ploeg to Het Atelier."""
    client = without_request(restored_client(number))
    pending = ClientMove.pending(number)
    return (pending or ClientMove.propose(
        client.number, cast.outsider.organisation.id, "Werkt er al", cast.administrator)).id


def without_move(number):
    """The number of this client, whose move is cancelled if one was proposed."""
    if pending := ClientMove.pending(without_request(restored_client(number)).number):
        pending.cancel()
    return number


def without_request(client):
    """This client, whose request for deletion is refused if there is one."""
    if pending := DeletionRequest.pending(client):
        pending.refuse("Neen.")
    return client


def pending_request(cast, number):
    """The id of a pending request to delete this client of De Ploeg."""
    client = restored_client(number)
    request = DeletionRequest.pending(client)
    return (request or DeletionRequest.ask(client, "double", "Zelfde als 1", cast.ploeg.account)).id


def deletion_in_trash(cast, number):
    """The id of the deletion of this client, which is now in the trash."""
    return deleted(restored_client(number), cast.administrator).id


def withdrawal_of(cast, client):
    """The withdrawal of an earlier period of this client, made if it has no withdrawn period."""
    found = Withdrawal.of_client(client.number).first()
    if found:
        return found
    there = Period.of(client).where(Period.start_date == days(-90)).first()
    return Withdrawal.make(there or period_of(client, cast.ploeg, days(-90), days(-60)), cast.ploeg.account)


def restored_periods(number):
    """The client with this number, restored if it is in the trash, with each of its withdrawn periods but one."""
    client = restored_client(number)
    for withdrawal in Withdrawal.of_client(number):
        if withdrawal.period.start_date != days(-90):
            withdrawal.restore()
    return client


def due_client(cast):
    """A client of De Ploeg that was registered without guidance longer ago than clients are kept."""
    return long_ago(client_of(cast.ploeg, "Roos Lang"))


# Characters of the hash of a report that its public address has.
DIGEST = 32


def edition_of(cast):
    """Publish an edition of De Ploeg's province that everybody may read, and one of Flanders that stays there."""
    for scope in ("oost-vlaanderen", FLANDERS):
        edition = Edition.publish(today().year, scope, "", cast.administrator, today())
        content = as_xlsx(public_part(edition.report))
        PublicEdition.keep(edition, content, cast.administrator)
    own = Edition.get(Edition.scope != FLANDERS)
    return {"edition_id": own.id, "report_digest": hashlib.sha256(content).hexdigest()[:DIGEST]}
