"""'Verwijderingen': what organisations ask, what was deleted and can be put back, and what is gone for good."""
from flask import Blueprint, abort, flash, request
from wtforms import StringField, TextAreaField, ValidationError

from models.arbeidszorg.deletion.requests import PENDING, REASONS, DeletionRequest
from models.arbeidszorg.deletion.trash import KEPT, Deletion
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import values
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.errors import Refused
from models.paging import PAGE_SIZE, shown_page
from views.arbeidszorg.messages import ANSWER_LONG, MESSAGES, RETYPED
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, choice_field, line, lines
from views.shell.messages import WRONG_CHARACTERS, message

blueprint = Blueprint("deletions", __name__, url_prefix="/province")

DECIDED = {
    "approved": "De aanvraag voor cliënt {number} werd al goedgekeurd: de cliënt is verwijderd.",
    "refused": "De aanvraag voor cliënt {number} werd al geweigerd.",
    "withdrawn": "De organisatie trok de aanvraag voor cliënt {number} zelf in.",
}
# They say that it is done already, and by nobody's fault.
HARMLESS = (ArbeidszorgCode.ALREADY_RESTORED,)


class RetypedForm(BaseForm):
    """Asks for the number of the client that it is about."""

    number = StringField("Volgnummer van de cliënt", filters=[line])

    def __init__(self, client_number, **options):
        self.client_number = client_number
        super().__init__(**options)

    def validate_number(self, field):
        if field.data != str(self.client_number):
            raise ValidationError(RETYPED.format(number=self.client_number))


class DeleteForm(RetypedForm):
    reason = choice_field("Reden", {"": "Kies …", **REASONS}, "Kies een reden.")


class RefusalForm(BaseForm):
    answer = TextAreaField("Antwoord aan de organisatie", filters=[lines])

    def validate_answer(self, field):
        try:
            field.data = values.clean_remark(field.data or "")
        except Refused as refused:
            raise ValidationError(message(refused, ANSWERS.get(refused.code))) from None
        if not field.data:
            raise ValidationError(MESSAGES[ArbeidszorgCode.ANSWER])


# What is wrong with a remark is said otherwise of an answer.
ANSWERS = {ArbeidszorgCode.REMARK_LONG: ANSWER_LONG, ArbeidszorgCode.REMARK_CHARACTERS: WRONG_CHARACTERS}


@blueprint.get("/deletions")
@open_to("administrator")
def show():
    province = signed_in().province
    purged = Deletion.purged(province)
    total = purged.count()
    page, last = shown_page(request.args.get("page", 1, type=int), total)
    return pages.render(
        "arbeidszorg/province/deletions.html", "arbeidszorg/province/_purged.html",
        requests=[(asked, REASONS[asked.reason]) for asked in DeletionRequest.of_province(province)],
        trash=[(deletion, REASONS[deletion.reason]) for deletion in Deletion.in_trash(province)],
        purged=[(deletion, REASONS[deletion.reason], _years(deletion))
                for deletion in purged.paginate(page, PAGE_SIZE)],
        shown=f"{filters.number(total)} definitief verwijderd", kept_days=KEPT.days,
        **paging.links("/province/deletions", page, last))


def _years(deletion):
    """The years of guidance in words."""
    if deletion.first_year is None:
        return "geen"
    if deletion.first_year == deletion.last_year:
        return str(deletion.first_year)
    return f"{deletion.first_year}–{deletion.last_year or 'nu'}"


@blueprint.route("/deletions/requests/<int:request_id>", methods=["GET", "POST"])
@open_to("administrator")
def decide(request_id):
    asked = DeletionRequest.one(signed_in().province, request_id) or abort(404)
    if asked.status != PENDING:
        return pages.back_to("deletions.show", DECIDED[asked.status].format(number=asked.client_number))
    decision = request.form.get("decision")
    approval = RetypedForm(asked.client_number, **_sent(decision == "approve"))
    refusal = RefusalForm(**_sent(decision == "refuse"))
    try:
        if decision == "approve" and approval.validate_on_submit():
            Deletion.make(asked.client_number, asked.reason, signed_in(), asked)
            return _deleted(asked.client_number)
        if decision == "refuse" and refusal.validate_on_submit():
            asked.refuse(refusal.answer.data, signed_in())
            return pages.back_to("deletions.show", f"De aanvraag voor cliënt {asked.client_number} is geweigerd. "
                                                   f"{asked.organisation.name} ziet je antwoord.")
    except Refused as refused:
        return _too_late(refused, asked.client_number)
    return pages.render(
        "arbeidszorg/province/deletion_request.html", status=422 if request.method == "POST" else 200, asked=asked,
        reason=REASONS[asked.reason], approval=approval, refusal=refusal,
        client=_viewed(asked.client_number), kept_days=KEPT.days)


@blueprint.route("/clients/<int:number>/delete", methods=["GET", "POST"])
@open_to("administrator")
def delete(number):
    if gone := Deletion.of_client(signed_in().province, number):
        return _is_gone(gone.client_number)
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
        client=_viewed(number), asked=DeletionRequest.pending(client), kept_days=KEPT.days)


@blueprint.post("/deletions/<int:deletion_id>/restore")
@open_to("administrator")
def restore(deletion_id):
    deletion = Deletion.one(signed_in().province, deletion_id) or abort(404)
    try:
        deletion.restore(signed_in())
    except Refused as refused:
        flash(message(refused, number=deletion.client_number), "info" if refused.code in HARMLESS else "error")
        return pages.back_to("deletions.show")
    return pages.back_to("deletions.show", f"Cliënt {deletion.client_number} is teruggezet en staat weer bij "
                                           f"{deletion.organisation.name}, zoals voorheen.")


def _sent(is_this):
    """Of two forms on a page, only the one that was sent holds what was typed."""
    return {} if is_this else {"formdata": None}


def _viewed(number):
    """The client without its name; that it is looked at is written down."""
    return ClientWithoutName.view(number, signed_in()) or abort(404)


def _deleted(number):
    return pages.back_to("deletions.show", f"Cliënt {number} is verwijderd en ligt {KEPT.days} dagen in de prullenbak.")


def _is_gone(number):
    return pages.back_to("deletions.show", f"Cliënt {number} is al verwijderd.")


def _too_late(refused, number):
    """Somebody else was first."""
    if refused.code == ArbeidszorgCode.REQUEST_DECIDED:
        status = refused.context["request"].status
        return pages.back_to("deletions.show", DECIDED[status].format(number=number))
    return _is_gone(number)
