"""'Verwijderingen': the requests of organisations, the deleted clients that can be restored, and the purged ones."""
from flask import Blueprint, abort, flash, request
from wtforms import StringField, ValidationError

from models.arbeidszorg.deletion.requests import PENDING, REASONS, DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, LABELS, Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.errors import Refused
from models.paging import PAGE_SIZE, shown_page
from views.arbeidszorg.fields import RemarkField
from views.arbeidszorg.messages import MESSAGES, RETYPED
from views.arbeidszorg.province import side_by_side
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, choice_field, line
from views.shell.messages import message

blueprint = Blueprint("deletions", __name__, url_prefix="/province")

DECIDED = {
    "approved": "De aanvraag voor cliënt {number} werd al goedgekeurd: de cliënt is verwijderd.",
    "refused": "De aanvraag voor cliënt {number} werd al geweigerd.",
    "withdrawn": "De organisatie trok de aanvraag voor cliënt {number} zelf in.",
}
# Refusals that only say that it is done already; they are shown as information, not as an error.
HARMLESS = (ArbeidszorgCode.ALREADY_RESTORED,)


class RetypedForm(BaseForm):
    """Asks the administrator to retype the client's number."""

    number = StringField("Volgnummer van de cliënt", filters=[line])

    def __init__(self, client_number, **options):
        self.client_number = client_number
        super().__init__(**options)

    def validate_number(self, field):
        """Refuse another number than the client's."""
        if field.data != str(self.client_number):
            raise ValidationError(RETYPED.format(number=self.client_number))


class DeleteForm(RetypedForm):
    """The form with which an administrator deletes a client without a request."""

    reason = choice_field("Reden", {"": "Kies …", **REASONS}, "Kies een reden.")


class RefusalForm(BaseForm):
    """The form that refuses a request, with an answer to the organisation."""

    answer = RemarkField("Antwoord aan de organisatie", MESSAGES[ArbeidszorgCode.ANSWER])


@blueprint.get("/deletions")
@open_to("arbeidszorg:administrator")
def show():
    """List the pending requests, the clients in the trash, and the purged clients by page."""
    province = signed_in().province
    purged = Deletion.purged(province)
    total = purged.count()
    page, last = shown_page(request.args.get("page", 1, type=int), total)
    return pages.render(
        "arbeidszorg/province/deletions.html", "arbeidszorg/province/_purged.html",
        requests=[(pending, REASONS[pending.reason]) for pending in DeletionRequest.of_province(province)],
        trash=[(deletion, LABELS[deletion.reason]) for deletion in Deletion.in_trash(province)],
        purged=[(deletion, LABELS[deletion.reason], _years(deletion))
                for deletion in purged.paginate(page, PAGE_SIZE)],
        shown=f"{filters.number(total)} definitief verwijderd", kept_days=KEPT.days,
        **paging.links("/province/deletions", page, last))


def _years(deletion):
    """The years of guidance as text."""
    if deletion.first_year is None:
        return "geen"
    if deletion.first_year == deletion.last_year:
        return str(deletion.first_year)
    return f"{deletion.first_year}–{deletion.last_year or 'nu'}"


@blueprint.route("/deletions/requests/<int:request_id>", methods=["GET", "POST"])
@open_to("arbeidszorg:administrator")
def decide(request_id):
    """Show a deletion request; approve it by retyping the client's number, or refuse it with an answer."""
    pending = DeletionRequest.one(signed_in().province, request_id) or abort(404)
    if pending.status != PENDING:
        return pages.back_to("deletions.show", DECIDED[pending.status].format(number=pending.client_number))
    decision = request.form.get("decision")
    approval = RetypedForm(pending.client_number, **_posted(decision == "approve"))
    refusal = RefusalForm(**_posted(decision == "refuse"))
    try:
        if decision == "approve" and approval.validate_on_submit():
            Deletion.make(pending.client_number, pending.reason, signed_in(), pending)
            return _deleted(pending.client_number)
        if decision == "refuse" and refusal.validate_on_submit():
            pending.refuse(refusal.answer.data, signed_in())
            return pages.back_to("deletions.show", f"De aanvraag voor cliënt {pending.client_number} is geweigerd. "
                                                   f"{pending.organisation.name} ziet je antwoord.")
    except Refused as refused:
        return _too_late(refused, pending.client_number)
    return pages.render(
        "arbeidszorg/province/deletion_request.html", status=422 if request.method == "POST" else 200,
        deletion_request=pending, reason=REASONS[pending.reason], approval=approval, refusal=refusal,
        kept_days=KEPT.days, **_records(pending))


def _records(pending):
    """The client of a request; and where it names another registration, the two side by side."""
    client = _viewed(pending.client_number)
    number = pending.current_other_number
    other = ClientWithoutName.view(number, signed_in()) if number else None
    return {"client": client, "other": other, "compared": other and side_by_side.rows(client, other)}


@blueprint.route("/clients/<int:number>/delete", methods=["GET", "POST"])
@open_to("arbeidszorg:administrator")
def delete(number):
    """Delete a client without a request: it goes to the trash."""
    if deletion := Deletion.of_client(signed_in().province, number):
        return _already_deleted(deletion.client_number)
    client = ClientWithoutName.details(ClientWithoutName.of_province(signed_in().province), number) or abort(404)
    form = DeleteForm(number)
    if form.validate_on_submit():
        try:
            Deletion.make(number, form.reason.data, signed_in())
        except Refused as refused:
            return _too_late(refused, number)
        return _deleted(number)
    return pages.render(
        "arbeidszorg/province/client_delete.html", status=422 if form.is_submitted() else 200, form=form,
        client=_viewed(number), deletion_request=DeletionRequest.pending(client), kept_days=KEPT.days)


@blueprint.post("/deletions/<int:deletion_id>/restore")
@open_to("arbeidszorg:administrator")
def restore(deletion_id):
    """Restore a client from the trash."""
    deletion = Deletion.one(signed_in().province, deletion_id) or abort(404)
    try:
        deletion.restore(signed_in())
    except Refused as refused:
        flash(message(refused, number=deletion.client_number), "info" if refused.code in HARMLESS else "error")
        return pages.back_to("deletions.show")
    return pages.back_to("deletions.show", f"Cliënt {deletion.client_number} is teruggezet en staat weer bij "
                                           f"{deletion.organisation.name}, zoals voorheen.")


def _posted(is_posted):
    """The arguments for one of the two forms on a page: only the posted one reads the request's values."""
    return {} if is_posted else {"formdata": None}


def _viewed(number):
    """The client without its name; the audit records the view."""
    return ClientWithoutName.view(number, signed_in()) or abort(404)


def _deleted(number):
    return pages.back_to("deletions.show", f"Cliënt {number} is verwijderd en ligt {KEPT.days} dagen in de prullenbak.")


def _already_deleted(number):
    return pages.back_to("deletions.show", f"Cliënt {number} is al verwijderd.")


def _too_late(refused, number):
    """Say what somebody else did first."""
    if refused.code == ArbeidszorgCode.REQUEST_DECIDED:
        status = refused.context["request"].status
        return pages.back_to("deletions.show", DECIDED[status].format(number=number))
    if refused.code == ArbeidszorgCode.CLIENT_MOVE_FIRST:
        flash(message(refused), "error")
        return pages.back_to("province_clients.show", number=number)
    return _already_deleted(number)
