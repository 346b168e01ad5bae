"""'Verkeerd toegevoegd': the page that asks once and withdraws a period, and restoring it."""
from flask import Blueprint, abort, flash
from werkzeug.exceptions import NotFound

from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.periods import Period
from models.errors import Refused
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.clients import own_client
from views.arbeidszorg.withdrawn import GONE, RESTORED, WITHDRAWN, show_refusal
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.security import error_page

blueprint = Blueprint("withdrawals", __name__)


@blueprint.app_errorhandler(Period.DoesNotExist)
def _withdrawn_meanwhile(_error):
    """Answer 404 when a colleague withdrew the period after this request looked it up."""
    return error_page(NotFound())


def own_period(client, period_id):
    """The client's period with this id. A withdrawn one leads to the client's page with a message; else a 404."""
    period = Period.one(client, period_id)
    if period is None:
        withdrawn = Withdrawal.is_withdrawn(client.number, period_id)
        abort(pages.back_to("clients.show", GONE, number=client.number) if withdrawn else 404)
    return period


@blueprint.route("/clients/<int:number>/periods/<int:period_id>/withdraw", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def withdraw(number, period_id):
    """Ask whether a period was added by mistake, and withdraw it."""
    client = own_client(number)
    period = own_period(client, period_id)
    if BaseForm().validate_on_submit():
        try:
            Withdrawal.make(period, signed_in())
        except Refused:
            # A colleague was first.
            return pages.back_to("clients.show", GONE, number=number)
        return pages.back_to("clients.show", WITHDRAWN.format(days=KEPT.days), number=number)
    return pages.render(
        "arbeidszorg/organisation/period_withdraw.html",
        number=number,
        label=client_page.label(client),
        period=client_page.period_row(period),
        kept_days=KEPT.days,
    )


@blueprint.post("/clients/<int:number>/withdrawals/<int:withdrawal_id>/restore")
@open_to("arbeidszorg:organisation")
def restore(number, withdrawal_id):
    """Restore a withdrawn period of a client."""
    own_client(number)
    withdrawal = Withdrawal.one(number, withdrawal_id) or abort(404)
    try:
        withdrawal.restore(signed_in())
    except Refused as refused:
        if refused.code == ArbeidszorgCode.CLIENT_GONE:
            abort(404)
        show_refusal(refused)
        return pages.back_to("clients.show", number=number)
    flash(RESTORED, "success")
    return pages.back_to("clients.show", number=number)
