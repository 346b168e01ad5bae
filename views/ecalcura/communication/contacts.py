"""The pages of a facility's contact persons, alike for the facility and for the desk, each at its own addresses."""
import secrets
from typing import NamedTuple

from flask import abort, url_for
from wtforms import HiddenField

from models.audit import AuditEntry
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import ContactPerson, Details
from models.ecalcura.communication.themes import ECALCURA, themes
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.texts import holds_number
from models.errors import Code, Refused, Stale
from models.log import Log
from views.hall import log_words
from views.shell import pages
from views.shell.access import signed_in
from views.shell.fields import (
    BaseForm,
    FormKey,
    email_field,
    merged,
    required_text_field,
    snapshot,
    telephone_field,
    text_field,
    version_field,
)

ABOUT = (EcalcuraEvent.CONTACT_PERSON_ADDED, EcalcuraEvent.CONTACT_PERSON_CHANGED,
         EcalcuraEvent.CONTACT_PERSON_REMOVED, EcalcuraEvent.CONTACTS_REMINDED)
# Refusal code → the field that shows it; others are shown above the form.
FIELDS = {Code.EMAIL: "email", EcalcuraCode.CONTACT_PERSON_TWICE: "email", EcalcuraCode.CONTACT_PERSON_NAME: "name",
          EcalcuraCode.CONTACT_PERSON_FUNCTION: "function", EcalcuraCode.CONTACT_PERSON_TELEPHONE: "telephone"}
GONE = "Deze contactpersoon staat niet meer in de lijst."
CHANGED = "Iemand anders wijzigde dit intussen. Kijk het na en bevestig opnieuw."


class ContactForm(BaseForm):
    name = required_text_field("Naam", contacts.LONGEST_NAME, "Typ de naam van de contactpersoon.")
    function = text_field("Functie", contacts.LONGEST_FUNCTION)
    email = email_field(required="Typ het e-mailadres van de contactpersoon.")
    telephone = telephone_field()


class NewForm(ContactForm):
    form_key = FormKey()


class EditForm(ContactForm):
    version = version_field()
    opened = HiddenField()


class RemoveForm(BaseForm):
    version = version_field()


class Side(NamedTuple):
    """One of the two sides, the facility or the desk: the blueprint of its pages, and the argument in their address."""

    facility: Facility
    blueprint: str
    argument: dict
    section: str

    def url(self, page, **ids):
        """The address of a page of this side."""
        return url_for(f"{self.blueprint}.{page}", **self.argument, **ids)

    def back(self, text):
        """Go to the list, which shows this text."""
        return pages.back_to(f"{self.blueprint}.show", text, **self.argument)


def values(facility):
    """The values of the list: each contact person with its details and who saved it, and what was done about them."""
    found = list(ContactPerson.of(facility))
    names = colleagues.names_of(facility)
    lines = Log(AuditEntry.of_tenant(facility.id), ABOUT).lines
    return {"contacts": [(one, one.details, themes().get(one.theme, one.theme), names.get(one.saved_by))
                         for one in found],
            "theme": themes()[ECALCURA], "may_add": len(found) < contacts.MOST,
            "log": [(line.made_at, log_words.who(line), log_words.line(line)) for line in lines]}


def create(side):
    """Add a contact person."""
    form = NewForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit():
        try:
            contacts.add(side.facility, _typed(form), signed_in(), form.form_key.data)
        except Refused as refused:
            form.refuse(_field(form, refused), refused)
        else:
            return side.back("De contactpersoon is toegevoegd.")
    return _form_page(side, form, "Contactpersoon toevoegen")


def edit(side, contact_id):
    """Change a contact person; if a colleague saved it meanwhile, show both versions: 409."""
    contact = _own(side, contact_id)
    before = contact.details._asdict()
    form = EditForm(data={**before, "version": contact.version, "opened": snapshot(before)})
    if form.validate_on_submit():
        try:
            contacts.change(contact, _typed(form), form.version.data, signed_in())
        except Stale as stale:
            return _conflict(side, form, stale.current)
        except Refused as refused:
            form.refuse(_field(form, refused), refused)
        else:
            return side.back("De contactpersoon is opgeslagen.")
    return _form_page(side, form, "Contactpersoon wijzigen")


def _conflict(side, form, current):
    """The stored values beside the typed ones, in a form made from the row as it is now."""
    if current is None:
        return side.back(GONE)
    kept, typed = current.details._asdict(), _typed(form)._asdict()
    wanted = merged(typed, form.opened.data, kept)
    if wanted == kept:
        return side.back("De contactpersoon was al zo opgeslagen.")
    again = EditForm(formdata=None, data={**wanted, "version": current.version, "opened": snapshot(kept)})
    return _form_page(side, again, "Contactpersoon wijzigen", 409, [
        (form[name].label.text, kept[name] or "–", typed[name] or "–") for name in kept if kept[name] != typed[name]])


def remove(side, contact_id):
    """Ask whether to remove a contact person, and do it. A second click finds it gone, and leads back too."""
    form = RemoveForm()
    contact = ContactPerson.one(side.facility, contact_id)
    if contact is None:
        return side.back(GONE) if form.is_submitted() else abort(404)
    status = 200
    if form.validate_on_submit():
        try:
            contacts.remove(contact, form.version.data, signed_in())
        except Stale as stale:
            if stale.current is None:
                return side.back(GONE)
            contact, status = stale.current, 409
            form.form_errors.append(CHANGED)
        else:
            return side.back("De contactpersoon is verwijderd.")
    return _confirm_page(side, contact, form, status)


def _confirm_page(side, contact, form, status):
    form.version.data, form.version.raw_data = contact.version, None
    return pages.render(
        "ecalcura/communication/remove_contact.html", status=422 if form.errors and status == 200 else status,
        facility=side.facility, form=form, details=contact.details, back=side.url("show"), section=side.section)


def _own(side, contact_id):
    return ContactPerson.one(side.facility, contact_id) or abort(404)


def _field(form, refused):
    """The name of the field that shows a refusal; None to show it above the form."""
    if refused.code == EcalcuraCode.TEXT_NUMBER:
        return next(name for name in ("name", "function", "telephone") if holds_number(form[name].data or ""))
    return FIELDS.get(refused.code)


def _typed(form):
    return Details(*(form[name].data or "" for name in Details._fields))


def _form_page(side, form, title, status=None, differences=()):
    return pages.render(
        "ecalcura/communication/contact_form.html", status=status or (422 if form.errors else 200),
        facility=side.facility, form=form, title=title, differences=differences, back=side.url("show"),
        section=side.section)
