"""Questions that a form asks once before it saves: likely doubles, improbable values, and why an answer changed.

All that there is to ask is asked in one step. The hidden field `pointed_out` lists it, so that saving again saves.
"""
from typing import NamedTuple

from models.arbeidszorg.register import plausible, questionnaire
from models.arbeidszorg.register.clients import identifying_answers_changed, likely_duplicates
from models.arbeidszorg.register.corrections import changes
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.register.plausible import TypedPeriod
from models.database import today
from views.arbeidszorg.messages import IMPROBABLE
from views.arbeidszorg.organisation import client_page
from views.arbeidszorg.organisation.forms import why_of
from views.shell import filters
from views.shell.access import signed_in


class Changed(NamedTuple):
    """A changed answer of which the form asks why: the name of that field, and the reason that was given or None."""

    field: str
    label: str
    was: str
    becomes: str
    why: str | None


class Asked(NamedTuple):
    """Everything that a form points out; `is_open` says that something was not shown or not answered yet.

    `missed` says that a reason was asked before and is not given.
    """

    is_open: bool = False
    missed: bool = False
    doubles: list = []
    remarks: list = []
    changed: list = []
    corrected: list = []


def of_client(form, client=None):
    """Ask about the answers of a form, which is valid, for a new client or for this one.

    Asks nothing about a birth date that the model refuses: the refusal comes first.
    """
    starts = [period.start_date for period in Period.of(client)] if client else []
    born = form.answers()["birth_date"]
    if not isinstance(born, str) and any(start < born for start in starts):
        return Asked()
    is_known = isinstance(born, str) or (client and client.birth_date == born)
    remarks = [] if is_known else plausible.of_birth_date(born, starts, today())
    doubles = _doubles(form, client)
    changed, corrected = _changed(form, client)
    keys = [f"double:{double.number}" for double in doubles] + [remark.key for remark in remarks]
    unanswered = not all(one.why for one in changed)
    missed = unanswered and "why" in (form.pointed_out.data or "").split()
    is_new = form.point_out(keys + ["why"] * unanswered)
    return Asked(
        is_new or unanswered,
        missed,
        [(double.number, client_page.label(double), double.name) for double in doubles],
        [_words(remark) for remark in remarks],
        changed,
        corrected,
    )


def of_period(form, client, period=None):
    """Ask about the values of a form, which is valid, for a new period of a client or for this one.

    Asks nothing about dates that the model refuses: the refusal comes first.
    """
    typed = _typed(form.period())
    others = [_typed_of(other) for other in Period.of(client) if period is None or other.id != period.id]
    if period is None and form.continues():
        # The button ends the running period before this one.
        others = [other for other in others if other.end is not None or other.start >= typed.start]
    before_birth = client.birth_date and typed.start < client.birth_date
    if before_birth or any(typed.overlaps(other) for other in others):
        return Asked()
    remarks = plausible.of_period(typed, client.birth_date, others, today())
    if period:
        known = plausible.of_period(_typed_of(period), client.birth_date, others, today())
        remarks = [remark for remark in remarks if remark not in known]
        remarks += plausible.of_hours(period.hours_over_time().first_day(period.start_date), typed.end)
    return Asked(form.point_out([remark.key for remark in remarks]), remarks=[_words(remark) for remark in remarks])


def _doubles(form, client):
    if client and not identifying_answers_changed(client.answers(), form.answers()):
        return []
    doubles = likely_duplicates(signed_in().organisation_id, form.answers(), client and client.number)
    # A client that was saved from this same form is not a double.
    return [double for double in doubles if client or double.form_key != form.form_key.data]


def _changed(form, client):
    """Return the changes of which the form asks why, and the labels of those that are corrections by themselves."""
    changed, corrected = [], []
    for change in changes(client, form.answers()) if client else []:
        question = questionnaire.current()[change.question]
        if change.is_correction:
            corrected.append(question.label)
        else:
            was, becomes = client_page.words(question, change.old), client_page.words(question, change.new)
            field = why_of(change.question)
            changed.append(Changed(field, question.label, was, becomes, form[field].data))
    return changed, corrected


def _typed(values):
    return TypedPeriod(values["start"], values["end"], values["reason"], values["outlook"])


def _typed_of(period):
    return TypedPeriod(period.start_date, period.end_date, period.closing_reason, period.outlook)


def _words(remark):
    """The remark as a sentence, with days as 03/06/2024 and options by their label."""
    shown = {name: filters.day(value) if hasattr(value, "year") else value for name, value in remark.context.items()}
    if "outlook" in shown:
        shown["outlook"] = questionnaire.current()["outlook"].label_of(shown["outlook"])
    return IMPROBABLE[remark.code].format(**shown)
