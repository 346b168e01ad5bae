"""'Verhuizingen': an administrator proposes to move a client to another organisation of the province."""
from flask import Blueprint, abort, request, url_for

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.errors import Refused
from models.organisations import Organisation
from views.arbeidszorg import move_list
from views.arbeidszorg.fields import RemarkField
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, choice_field
from views.shell.helpdesk import operator
from views.shell.messages import message

blueprint = Blueprint("province_moves", __name__, url_prefix="/province")


class ProposalForm(BaseForm):
    """The form that proposes a move: the receiving organisation, and a remark for both organisations."""

    to = choice_field("Naar organisatie", {}, "Kies een organisatie.")
    remark = RemarkField("Opmerking")

    def __init__(self, organisations, **options):
        super().__init__(**options)
        self.to.choices = {"": "Kies …", **organisations}


@blueprint.get("/moves")
@open_to("arbeidszorg:administrator")
def index():
    """List the moves of the province's clients, by page."""
    return pages.render(
        "arbeidszorg/province/moves.html", "arbeidszorg/components/moves.html",
        may_cancel=True, **move_list.values(
            ClientMove.of_province(signed_in().province), url_for("province_moves.index"),
            request.args.get("page", 1, type=int)))


@blueprint.route("/clients/<int:number>/move", methods=["GET", "POST"])
@open_to("arbeidszorg:administrator")
def propose(number):
    """Propose to move a client of the own province to another organisation of it."""
    province = signed_in().province
    client = ClientWithoutName.with_numbers(province, [number]).first() or abort(404)
    form = ProposalForm({
        str(id_): name for id_, name in Organisation.choices(province) if id_ != client.organisation_id})
    if form.validate_on_submit():
        try:
            ClientMove.propose(number, int(form.to.data), form.remark.data, signed_in())
        except Refused as refused:
            if refused.code == ArbeidszorgCode.CLIENT_GONE:
                abort(404)
            if refused.code == ArbeidszorgCode.CLIENT_MOVE_PENDING:
                return pages.back_to("province_moves.index", message(refused))
            form.refuse("to", refused)
        else:
            return pages.back_to(
                "province_moves.index",
                f"De verhuizing van cliënt {number} is voorgesteld. {client.organisation} ziet dit op het dashboard.")
    return pages.render(
        "arbeidszorg/province/move.html", status=422 if form.is_submitted() else 200, form=form, client=client,
        operator=operator())


@blueprint.post("/moves/<int:move_id>/cancel")
@open_to("arbeidszorg:administrator")
def cancel(move_id):
    """Cancel a move that is not accepted yet."""
    move = ClientMove.one(ClientMove.of_province(signed_in().province), move_id) or abort(404)
    try:
        move.cancel(signed_in())
    except Refused as refused:
        return pages.back_to("province_moves.index", message(refused))
    return pages.back_to("province_moves.index", f"De verhuizing van cliënt {move.client_number} is geannuleerd.")
