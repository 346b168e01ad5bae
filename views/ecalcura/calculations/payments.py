"""'Betaallijst' of a published calculation. Numbers of accounts are in its CSV file alone, for the dossier manager."""
from flask import Blueprint, flash, make_response

from models.ecalcura.calculations import payments
from models.ecalcura.roles import DOSSIER
from models.errors import Refused
from views.ecalcura.calculations import words
from views.ecalcura.calculations.desk import one
from views.shell import downloads, pages
from views.shell.access import open_to, signed_in
from views.shell.messages import message

blueprint = Blueprint("payments", __name__, url_prefix="/ecalcura/desk/calculations/<int:calculation_id>/payments")

PARTS = (("ready", "Te betalen"), ("without_account", "Zonder bevestigde rekening"),
         ("to_recover", "Terug te vorderen"))


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(calculation_id):
    """Show what a calculation pays, which facilities have no confirmed account, and amounts to pay back."""
    calculation = one(calculation_id)
    try:
        found = payments.of(calculation)
    except Refused as refused:
        return _refused(calculation, refused)
    return pages.render(
        "ecalcura/calculations/payments.html", calculation=calculation, title=words.title(calculation),
        downloads_csv=signed_in().role == DOSSIER.code,
        parts=[(label, name, [(payment.facility.name, payment.facility.hco, words.euros(payment.cents),
                               payment.reference, payment.remarks)
                              for payment in getattr(found, name)])
               for name, label in PARTS])


@blueprint.get("/payments.csv")
@open_to("ecalcura:dossier")
@downloads.in_turn
def as_csv(calculation_id):
    """Download the payments that can be made, with the numbers of the accounts; the log has it."""
    calculation = one(calculation_id)
    try:
        answer = make_response(payments.csv(calculation, signed_in()))
    except Refused as refused:
        return _refused(calculation, refused)
    answer.headers["Content-Type"] = downloads.CSV
    answer.headers["Content-Disposition"] = f'attachment; filename="betaallijst-{calculation_id}.csv"'
    return answer


def _refused(calculation, refused):
    flash(message(refused), "error")
    return pages.back_to("calculations.show", calculation_id=calculation.id)
