"""Withdrawn periods in words: those of a client's page, for its organisation and for administrators."""
from flask import flash

from models.arbeidszorg.deletion.withdrawals import Withdrawal
from models.arbeidszorg.errors import ArbeidszorgCode
from views.shell import filters
from views.shell.messages import message

WITHDRAWN = "De periode is teruggetrokken. {days} dagen lang kan je ze terugzetten."
RESTORED = "De periode is teruggezet, zoals ze was."
GONE = "Deze periode was al teruggetrokken."


def of_client(number):
    """(id, dates, moment of withdrawing, days left) of each withdrawn period of a client, the newest first."""
    return [(withdrawal.id, period_label(withdrawal.period), withdrawal.withdrawn_at, withdrawal.days_left)
            for withdrawal in Withdrawal.of_client(number)]


def period_label(period):
    """A period as text within a message."""
    until = f"tot en met {filters.day(period.end_date)}" if period.end_date else "zonder einddatum"
    return f"van {filters.day(period.start_date)} {until}"


def years_of(first, last):
    """The years of a period or of all guidance as text, such as 2019–2021 or 2024–nu."""
    return str(first) if first == last else f"{first}–{last or 'nu'}"


def show_refusal(refused):
    """Show why a period is not restored; that it was restored already is no error."""
    context = {}
    if refused.code == ArbeidszorgCode.PERIOD_RESTORE_OVERLAP:
        context["period"] = period_label(refused.context["period"])
    flash(message(refused, **context), "info" if refused.code == ArbeidszorgCode.PERIOD_RESTORED else "error")
