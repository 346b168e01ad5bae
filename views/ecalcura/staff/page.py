"""Shared by the pages about an employee: finding the row, the ticket, forms, refusals, and saving."""
from typing import NamedTuple

from flask import abort, url_for

from models.database import today
from models.ecalcura.contracts.choices import premium_labels
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.errors import CODES
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import numbers
from models.ecalcura.people.employees import Employee
from models.ecalcura.staff import listing
from views.ecalcura import words
from views.ecalcura.addresses import tabs
from views.ecalcura.staff.employee_list import label_of, name_of
from views.shell import filters, pages
from views.shell.access import signed_in
from views.shell.messages import message


class Ticket(NamedTuple):
    """The strip above an employee's pages: the masked number, the name, and a few facts in words."""

    number: str
    name: str
    facts: list


def facility_of(hco):
    """The facility of the address, which the guard has found already."""
    return Facility.by_hco(hco)


def own_employee(facility, employee_id):
    """The employee with this id; 404 for one of another facility."""
    return Employee.one(facility, employee_id) or abort(404)


def own_contract(facility, contract_id):
    """The contract with this id, and its employee; 404 for one of another facility."""
    contract = Contract.one(facility, contract_id) or abort(404)
    return contract, own_employee(facility, contract.employee_id)


def ticket(employee):
    """The `Ticket` of an employee."""
    person = employee.person
    facts = []
    if person.birth:
        facts.append(f"geboren {filters.day(person.birth)} ({_age(person.birth)} jaar)")
    elif person.reference_date:
        facts.append(f"rekendatum {filters.day(person.reference_date)}")
    elif person.name:
        facts.append("geboortedatum onvolledig")
    else:
        facts.append("het rijksregister antwoordde nog niet")
    if employee.step:
        facts.append(f"leeftijdsstap {employee.step} jaar")
    if person.deceased_on:
        facts.append(f"overleden op {filters.day(person.deceased_on)}")
    return Ticket(numbers.masked(person.number), name_of(person), facts)


def _age(born):
    now = today()
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day))


def to_replace(facility, but=None):
    """(id, label) of each entitled employee of the facility, by name, without the one with the id `but`."""
    return [(employee_id, label_of(person)) for employee_id, person in listing.entitled(facility, but)]


def coded(refused, words=None, **context):
    """The message of a refusal, after the code of its check if it has one: 'V09 Overlapt met …'."""
    shown = message(refused, words, **(_in_words(refused.context) | context))
    code = CODES.get(refused.code)
    return f"{code} {shown}" if code else shown


def _in_words(context):
    """The hours and days of a refusal's context as text."""
    shown = {name: words.hours(context[name]) for name in ("total", "full_time") if name in context}
    shown |= {name: filters.day(context[name]) or "nu" for name in ("first", "last", "starts") if name in context}
    # The database itself, in a race with a colleague, does not say which days.
    return {"step": context.get("step", "…"), "first": "…", "last": "…", "qualifications": premium_labels(), **shown}


def refuse(form, refused, fields, **context):
    """Show a refusal at its field: that of `fields`, a dict of refusal code → name, or above the form."""
    named = refused.context.get("field")
    possible = (named,) if named else [name.format(step=refused.context.get("step")) for name in
                                       fields.get(refused.code, ())]
    name = next((name for name in possible if name in form), None)
    shown = coded(refused, **context)
    if name:
        form[name].errors = [*form[name].errors, shown]
    else:
        form.form_errors.append(shown)


def form_page(template, facility, employee, form, status=None, **values):
    """A page with a form about an employee: 422 if the form has errors."""
    return pages.render(
        f"ecalcura/staff/{template}.html", status=status or (422 if form.errors else 200), facility=facility,
        form=form, person=ticket(employee),
        back=url_for("staff.show", hco=facility.hco, employee_id=employee.id), **values)


def list_values(facility):
    """The values of a page with the facility's tabs."""
    return {"facility": facility, "tabs_of": tabs(signed_in(), facility, "staff")}


def done(facility, employee_id, text):
    """Go to the employee's page, which shows this text."""
    return pages.back_to("staff.show", text, hco=facility.hco, employee_id=employee_id)


