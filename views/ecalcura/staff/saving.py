"""Saves what a form holds, or shows why not: the refusal at its field, or both versions if a colleague was first."""
import datetime

from flask import abort, request

from models.ecalcura.contracts import lists
from models.ecalcura.contracts.entry import NewContract
from models.ecalcura.contracts.saving import deleted_of
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused, Stale
from views.ecalcura import words
from views.ecalcura.staff.forms import POOL, DoForm, differences, given, row_form
from views.ecalcura.staff.page import done, form_page, refuse
from views.shell import filters
from views.shell.access import signed_in
from views.shell.fields import merged

# Refusal code → the fields that can show it, of which a form has one, unless the refusal names a field itself.
_OF_A_STEP = ("choice_{step}", "since")
AT = {
    **dict.fromkeys((EcalcuraCode.NUMBER_INVALID, EcalcuraCode.PERSON_UNKNOWN, EcalcuraCode.ALREADY_EMPLOYEE,
                     EcalcuraCode.NUMBER_SAME, EcalcuraCode.LOOKUPS_TODAY, EcalcuraCode.LOOKUPS_PAUSED), ("number",)),
    EcalcuraCode.CONTRACT_START: ("start",),
    EcalcuraCode.CONTRACT_END: ("until",),
    EcalcuraCode.CONTRACT_OVERLAP: ("start", "until"),
    EcalcuraCode.QUALIFICATION_UNKNOWN: ("qualification",),
    EcalcuraCode.DAYS_ORDER: ("until",),
    EcalcuraCode.PREMIUM_NOT_ALLOWED: ("choice_{step}", "kind", "qualification"),
    EcalcuraCode.CHOICE_EARLY: _OF_A_STEP,
    EcalcuraCode.CHOICE_TWICE: _OF_A_STEP,
    EcalcuraCode.IRREGULAR_WORK_DAYS: ("first",),
    EcalcuraCode.REPLACED_NOT_EXEMPT: ("replaces",),
    EcalcuraCode.REPLACEMENT_OUTSIDE: ("since", "replaces", "start", "until"),
}

CHANGED = "V32 Iemand anders wijzigde dit intussen."
# The same button a second time, or a colleague who did just the same.
ALREADY = "Dit was al zo opgeslagen."
DELETED = "Iemand anders verwijderde dit intussen. Er is niets opgeslagen."


def replaced_of(value):
    """The id of the employee to replace; None for the pool."""
    return None if value in ("", POOL, None) else int(value)


def new_contract(form, number=None):
    """The `NewContract` of a form."""
    replacement = form.is_replacement
    return NewContract(
        number=number or "", **form.contract(), choices=form.chosen(),
        replaces=replaced_of(form.replaces.data) if replacement else None,
        replaced_hours=form.replaced_hours.data or None if replacement else None,
        act_on=form.act_on.data if replacement else None)


def save(facility, employee, form, act, text, page):
    """Call `act` when the form is posted and sound, and go to the employee, where `text` is shown.

    Else answer with `page`, called with the form. A refusal is shown at its field; raises `Stale` as `act` does.
    """
    if form.validate_on_submit():
        try:
            act()
        except Stale:
            raise
        except Refused as refused:
            refuse(form, refused, AT)
        else:
            return done(facility, employee.id, text)
    return page(form)


def act_on_row(facility, employee, form, act, text, now, template="row_form", is_so=lambda row: False, links=(),
               gone=DELETED, was_so=ALREADY, **values):
    """As `save`, with a form that holds the version of its row; `now` says in words how the row is.

    `is_so` says whether a newer row is already as the form would make it; then `was_so` is shown, and `gone` if there
    is no row any more.
    """
    def page(form, status=None):
        return form_page(template, facility, employee, form, status, differences=(), links=links, **values)

    try:
        return save(facility, employee, form, act, text, page)
    except Stale as stale:
        current = stale.current
        if current is None:
            return done(facility, employee.id, gone)
        if is_so(current):
            return done(facility, employee.id, was_so)
        form.form_errors.append(f"{CHANGED} {now(current)} Kijk het na en bevestig opnieuw.")
        form.version.data, form.version.raw_data = current.version, None
        return page(form, 409)


def delete_row(facility, employee, row, text, now, **values):
    """Ask before a row is deleted, and delete it; `text` is shown then, also if somebody deleted it meanwhile."""
    form = DoForm(data={"version": row.version})

    def act():
        row.remove(version=form.version.data, by=signed_in())

    return act_on_row(facility, employee, form, act, text, now, "confirm", gone=text, button="Verwijderen", **values)


def deleted_before(facility, event, text, **ids):
    """Answer the same button a second time with the employee's page and `text`; 404 if there was no such row."""
    employee_id = deleted_of(facility, event, **ids) if request.method == "POST" else None
    return done(facility, employee_id or abort(404), text)


def save_row(facility, employee, row, make, kept, act, text, page):
    """As `save`, with the form `make` of a stored row, whose values are `kept(row)`; `act` is called with the form.

    If a colleague saved the row meanwhile, the page shows what differs, in a form with both edits: 409.
    """
    form = row_form(make, kept(row), row.version)
    try:
        return save(facility, employee, form, lambda: act(form), text, page)
    except Stale as stale:
        if stale.current is None:
            return done(facility, employee.id, DELETED)
        now = kept(stale.current)
        again = row_form(make, now, stale.current.version, merged(given(form), form.opened.data, now))
        if given(again) == now:
            return done(facility, employee.id, ALREADY)
        return page(again, differences(form, now, shown), 409)


def shown(name, value):
    """The value of a field as text, to compare two versions of a row."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.date):
        return filters.day(value)
    if name in ("hours", "full_time"):
        return words.hours(value)
    if name in ("step", "acquired_step"):
        return f"{value} jaar"
    labels = {"role": words.ROLES, "kind": words.CHOICES, "statute": lists.statutes()}
    return words.qualification(value) if name == "qualification" else labels.get(name, {}).get(value, str(value))
