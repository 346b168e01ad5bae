"""'Verhuizingen' of an organisation: it agrees that a client leaves, and accepts a client that comes."""
from flask import Blueprint, abort, flash, redirect, request, url_for

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.errors import Refused
from views.arbeidszorg import move_list
from views.arbeidszorg.fields import RemarkField
from views.arbeidszorg.messages import MESSAGES
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.messages import message

blueprint = Blueprint("client_moves", __name__, url_prefix="/moves")

DECIDED = MESSAGES[ArbeidszorgCode.CLIENT_MOVE_DECIDED]


class MoveRefusalForm(BaseForm):
    """The form that refuses a move, with an answer for the administrator."""

    answer = RemarkField("Antwoord aan de beheerder", MESSAGES[ArbeidszorgCode.CLIENT_MOVE_ANSWER])


def _own():
    """The moves that the own organisation may see."""
    return ClientMove.of_organisation(signed_in().organisation_id)


@blueprint.get("")
@open_to("arbeidszorg:organisation")
def index():
    """List the moves from and to the own organisation, by page."""
    return pages.render(
        "arbeidszorg/organisation/moves.html", "arbeidszorg/components/moves.html",
        **move_list.values(
            _own(), url_for("client_moves.index"), request.args.get("page", 1, type=int), signed_in().organisation_id))


@blueprint.route("/<int:move_id>", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def show(move_id):
    """Show a move; where the own organisation must decide, agree or accept, or refuse with an answer."""
    move = ClientMove.one(_own(), move_id) or abort(404)
    decision = request.form.get("decision")
    refusal = MoveRefusalForm(**({} if decision == "refuse" else {"formdata": None}))
    if request.method == "POST" and not move.waits_for(signed_in().organisation_id):
        return pages.back_to("client_moves.show", DECIDED, move_id=move_id)
    try:
        if decision == "refuse" and refusal.validate_on_submit():
            move.refuse(refusal.answer.data, signed_in())
            return pages.back_to("client_moves.index", "De verhuizing is geweigerd. De beheerder ziet je antwoord.")
        if decision == "yes" and BaseForm().validate_on_submit():
            return _agreed(move)
    except Refused as refused:
        if refused.code != ArbeidszorgCode.REMARK_NAME:
            return _too_late(refused, move_id)
        refusal.refuse("answer", refused)
    return _page(move, refusal)


def _page(move, refusal):
    own_id = signed_in().organisation_id
    leaves = move.from_organisation_id == own_id
    client = None if leaves else move.shown_to_receiver(signed_in())
    return pages.render(
        "arbeidszorg/organisation/move.html", status=422 if request.method == "POST" else 200, move=move,
        leaves=leaves, client=client, has_client=bool(leaves and Client.one(own_id, move.client_number)),
        waits=move.waits_for(own_id), state=move_list.state(move, own_id), refusal=refusal)


def _agreed(move):
    """Agree as the sender or accept as the receiver."""
    number = move.client_number
    if move.from_organisation_id == signed_in().organisation_id:
        move.agree(signed_in())
        return pages.back_to(
            "client_moves.index",
            f"Je gaat akkoord. Cliënt {number} blijft bij jou tot {move.to_organisation.name} de cliënt aanvaardt.")
    renumbered = move.accept(signed_in())
    flash(f"Cliënt {number} is verhuisd en staat nu bij jou.", "success")
    if renumbered:
        flash(f"Je had al een cliënt met hetzelfde oude volgnummer: bij cliënt {number} staat "
              f"{move.from_organisation.name} erachter.")
    return redirect(url_for("clients.show", number=number), 303)


def _too_late(refused, move_id):
    """Name the obstacle, on the page of the move."""
    flash(message(refused), "info" if refused.code == ArbeidszorgCode.CLIENT_MOVE_DECIDED else "error")
    return pages.back_to("client_moves.show", move_id=move_id)
