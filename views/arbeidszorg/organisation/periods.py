"""Guidance periods: adding, editing, closing and reopening them."""
import datetime
import secrets

from flask import Blueprint, flash, redirect

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register.past_organisations import PastOrganisation
from models.arbeidszorg.register.periods import Period, eves
from models.errors import Refused, Stale
from views.arbeidszorg.messages import START_BEFORE_BIRTH
from views.arbeidszorg.organisation import asked as questions
from views.arbeidszorg.organisation import client_list, client_page
from views.arbeidszorg.organisation.clients import own_client
from views.arbeidszorg.organisation.forms import PeriodForm
from views.arbeidszorg.organisation.withdrawals import own_period
from views.arbeidszorg.withdrawn import period_label
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import merged

blueprint = Blueprint("periods", __name__)

# Refusal code → the field that shows its message.
FIELDS = {
    ArbeidszorgCode.OVERLAP: "start_date",
    ArbeidszorgCode.BEFORE_BIRTH: "start_date",
    ArbeidszorgCode.END_BEFORE_START: "end_date",
    ArbeidszorgCode.HOURS: "hours",
    ArbeidszorgCode.HOURS_SINCE: "hours_since",
    ArbeidszorgCode.HOURS_LATE: "hours_since",
    ArbeidszorgCode.HOURS_SAME: "hours_since",
    ArbeidszorgCode.CLOSING: "end_date",
}


@blueprint.route("/clients/<int:number>/periods/new", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def create(number):
    """Add a period to a client, and end the running one on the day before if that is asked."""
    client = own_client(number)
    form = PeriodForm(form_key=secrets.token_urlsafe(16), eves=eves(client))
    if form.validate_on_submit():
        if (asked := questions.of_period(form, client)).is_open:
            return _page(form, client, asked=asked, status=422)
        try:
            Period.add(client, **form.period(), form_key=form.form_key.data, by=signed_in(),
                       continues=form.continues())
        except Refused as refused:
            if refused.code == ArbeidszorgCode.ALREADY_SAVED:
                saved = refused.context["period"]
                return _conflict_page(PeriodForm(saved), client, saved)
            _show_refusal(form, refused)
            return _page(form, client, status=422, running=_ended_by(form, client, refused))
        return _saved(number, "De periode is bewaard.")
    return _page(form, client, status=422 if form.is_submitted() else 200)


@blueprint.route("/clients/<int:number>/periods/<int:period_id>", methods=["GET", "POST"])
@open_to("arbeidszorg:organisation")
def edit(number, period_id):
    """Change, close or reopen a period; if a colleague saved meanwhile, show both versions with status 409."""
    client = own_client(number)
    period = own_period(client, period_id)
    form = PeriodForm(period=period, eves=eves(client, period_id))
    if form.validate_on_submit():
        if (asked := questions.of_period(form, client, period)).is_open and form.version.data == period.version:
            return _page(form, client, period, asked=asked, status=422)
        try:
            changed = period.change(
                **form.period(), **form.hours_change(), version=form.version.data, by=signed_in())
        except Stale as stale:
            return _conflict_page(form, client, stale.context["current"])
        except Refused as refused:
            _show_refusal(form, refused)
            return _page(form, client, period, status=422)
        if changed.version == period.version:
            return _saved(number, "Er is niets gewijzigd aan de periode.")
        closed = form.end_date.data is not None
        return _saved(number, "De periode is afgesloten." if closed else "De periode is bewaard.")
    return _page(form, client, period, status=422 if form.is_submitted() else 200)


def _saved(number, done):
    """Go back to the dashboard, on the tab that lists the client now, with the message `done`."""
    client = own_client(number)
    label = client_page.label(client)
    tab = client_list.TABS["active" if client_page.is_active(client) else "inactive"]
    flash(f"{done} Cliënt {label} staat bij ‘{tab}’.", "success")
    return redirect(client_page.dashboard_url(client), 303)


def _conflict_page(form, client, current):
    """Show the stored values beside the typed ones, in a form made from the current row."""
    kept = {field: getattr(current, field) for field in PeriodForm.FIELDS}
    again = PeriodForm(
        current, instead=merged(form.given(), form.opened.data, kept), eves=eves(client, current.id))
    again.hours_since.data, again.hours_mistake.data = form.hours_since.data, form.hours_mistake.data
    if not client_page.period_differences(again, current):
        return _saved(client.number, "De periode was al zo bewaard.")
    return _page(again, client, current, client_page.period_differences(form, current), status=409)


def _ended_by(form, client, refused):
    """The running period that the new one would end, as (words, last day); None for any other refusal."""
    running = refused.context.get("period")
    if refused.code != ArbeidszorgCode.OVERLAP or running.end_date or form.start_date.data <= running.start_date:
        return None
    last = form.start_date.data - datetime.timedelta(days=1)
    return None if PastOrganisation.left_after(client.number, last) else (period_label(running), last)


def _show_refusal(form, refused):
    words, context = None, {}
    if refused.code == ArbeidszorgCode.OVERLAP:
        context["period"] = period_label(refused.context["period"])
    if refused.code == ArbeidszorgCode.BEFORE_BIRTH:
        words, context["birth_date"] = START_BEFORE_BIRTH, filters.day(refused.context["birth_date"])
    field = refused.context.get("field") or refused.context.get("question") or FIELDS[refused.code]
    form.refuse(field, refused, words, **context)


def _page(form, client, period=None, differences=(), asked=None, status=200, running=None):
    return pages.render(
        "arbeidszorg/organisation/period_form.html",
        status=status,
        form=form,
        client=client,
        period=period,
        label=client_page.label(client),
        dashboard_url=client_page.dashboard_url(client),
        differences=differences,
        running=running,
        asked=asked,
    )
