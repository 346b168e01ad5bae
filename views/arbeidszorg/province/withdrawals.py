"""Withdrawing a period of a client without name, chosen by its order and years, and restoring it."""
from flask import Blueprint, abort, flash, request

from models.arbeidszorg.deletion.trash import KEPT
from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.without_names.client import ClientWithoutName
from models.errors import Refused
from views.arbeidszorg.withdrawn import GONE, RESTORED, WITHDRAWN, show_refusal, years_of
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, choice_field

blueprint = Blueprint("province_withdrawals", __name__, url_prefix="/province")


class WithdrawForm(BaseForm):
    """Asks which of these periods, the oldest first, was added by mistake."""

    period = choice_field("Welke periode?", {}, "Kies een periode.")

    def __init__(self, periods):
        super().__init__()
        labels = {str(period.id): f"Periode {order}, {_years(period)}" for order, period in enumerate(periods, 1)}
        self.period.choices = {"": "Kies …", **labels}


def _years(period):
    return years_of(period.start_date.year, period.end_date and period.end_date.year)


@blueprint.route("/clients/<int:number>/withdraw-period", methods=["GET", "POST"])
@open_to("arbeidszorg:administrator")
def withdraw(number):
    """Withdraw a period that was added by mistake."""
    if not _is_own(number):
        abort(404)
    periods = {str(period.id): period for period in Period.of(number).order_by(Period.start_date)}
    form = WithdrawForm(periods.values())
    if request.form.get("period") in {str(withdrawal.period_id) for withdrawal in Withdrawal.of_client(number)}:
        return pages.back_to("province_clients.show", GONE, number=number)
    if form.validate_on_submit():
        try:
            Withdrawal.make(periods[form.period.data], signed_in())
        except Refused:
            # Somebody else was first.
            return pages.back_to("province_clients.show", GONE, number=number)
        return pages.back_to("province_clients.show", WITHDRAWN.format(days=KEPT.days), number=number)
    return pages.render(
        "arbeidszorg/province/period_withdraw.html", status=422 if form.is_submitted() else 200, form=form,
        client=ClientWithoutName.view(number, signed_in()) or abort(404), kept_days=KEPT.days)


@blueprint.post("/clients/<int:number>/withdrawals/<int:withdrawal_id>/restore")
@open_to("arbeidszorg:administrator")
def restore(number, withdrawal_id):
    """Restore a withdrawn period of a client."""
    withdrawal = (_is_own(number) and Withdrawal.one(number, withdrawal_id)) or abort(404)
    try:
        withdrawal.restore(signed_in())
    except Refused as refused:
        if refused.code == ArbeidszorgCode.CLIENT_GONE:
            abort(404)
        show_refusal(refused)
        return pages.back_to("province_clients.show", number=number)
    flash(RESTORED, "success")
    return pages.back_to("province_clients.show", number=number)


def _is_own(number):
    """Whether there is a client with this number in the administrator's province."""
    return ClientWithoutName.with_numbers(signed_in().province, [number]).exists()
