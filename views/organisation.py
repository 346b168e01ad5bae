"""'Mijn organisatie': what it tells about itself, and its login: sessions, password, mail address."""
from flask import Blueprint, abort
from wtforms import HiddenField

from models.accounts import Account
from models.database import Refused, Stale
from models.organisations import CONTACT, PROVINCES, SECTORS, Organisation
from models.passwords import SHORTEST
from models.sessions import Session
from views import pages, support
from views.access import open_to, signed_in
from views.auth import signed_out
from views.fields import (
    BaseForm,
    email_field,
    merged,
    noted,
    password_field,
    repeat_password_field,
    telephone_field,
    text_field,
    version_field,
    website_field,
)

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

# Refusals of the password that is asked again before the login changes.
ASKED_AGAIN = ("password_wrong", "too_many")
EMAIL_ASKED = "Er is een mail onderweg naar het nieuwe adres. Het geldt zodra je het daar bevestigt."


class ContactForm(BaseForm):
    address = text_field("Adres", 300)
    telephone = telephone_field()
    website = website_field()
    version = version_field()
    opened = HiddenField()


class PasswordForm(BaseForm):
    current_password = password_field("Huidig wachtwoord")
    password = password_field("Nieuw wachtwoord")
    repeat_password = repeat_password_field()


class EmailForm(BaseForm):
    email = email_field("Nieuw e-mailadres")
    password = password_field("Wachtwoord")


@blueprint.get("")
@open_to("organisation")
def show():
    organisation = Organisation.get_by_id(signed_in().organisation_id)
    return pages.render(
        "organisation/show.html", organisation=organisation, province=PROVINCES[organisation.province],
        sector=SECTORS.get(organisation.sector), sessions=list(Session.of(signed_in())), current=signed_in().session_id,
        administrator=support.administrator())


@blueprint.route("/edit", methods=["GET", "POST"])
@open_to("organisation")
def edit():
    organisation = Organisation.get_by_id(signed_in().organisation_id)
    form = ContactForm(obj=organisation, data={"opened": noted(_contact_of(organisation))})
    if not form.validate_on_submit():
        return _edit_page(form, 422 if form.errors else 200)
    contact = {name: form[name].data or "" for name in CONTACT}
    try:
        organisation.update_contact(**contact, version=form.version.data, by=signed_in())
    except Stale as stale:
        return _conflict_page(contact, form.opened.data, stale.current)
    return pages.back_to("organisation.show", "De gegevens zijn bewaard.")


def _conflict_page(contact, opened, current):
    """What is kept now beside what was typed; saving again is made from the row as it is now."""
    kept = _contact_of(current)
    wanted = merged(contact, opened, kept)
    if wanted == kept:
        return pages.back_to("organisation.show", "De gegevens waren al zo bewaard.")
    form = ContactForm(formdata=None, data={**wanted, "version": current.version, "opened": noted(kept)})
    return _edit_page(form, 409, [(form[name].label.text, kept[name] or "–", contact[name] or "–")
                                  for name in CONTACT if kept[name] != contact[name]])


def _contact_of(organisation):
    return {name: getattr(organisation, name) for name in CONTACT}


def _edit_page(form, status, differences=None):
    return pages.render("organisation/edit.html", status=status, form=form, differences=differences)


@blueprint.route("/password", methods=["GET", "POST"])
@open_to("organisation")
def password():
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            _account().change_password(
                form.current_password.data, form.password.data, keep_session=signed_in().session_id)
        except Refused as refused:
            form.refuse("current_password" if refused.code in ASKED_AGAIN else "password", refused)
        else:
            return pages.back_to("organisation.show", "Het nieuwe wachtwoord is bewaard. Andere sessies zijn afgemeld.")
    return pages.render("organisation/password.html", status=422 if form.errors else 200, form=form,
                        shortest=SHORTEST[signed_in().role])


@blueprint.route("/email", methods=["GET", "POST"])
@open_to("organisation")
def email():
    form = EmailForm()
    if form.validate_on_submit():
        try:
            _account().request_email(form.email.data, form.password.data)
        except Refused as refused:
            form.refuse("password" if refused.code in ASKED_AGAIN else "email", refused)
        else:
            return pages.back_to("organisation.show", EMAIL_ASKED)
    return pages.render("organisation/email.html", status=422 if form.errors else 200, form=form)


@blueprint.post("/sessions/end")
@open_to("organisation")
def end_sessions():
    Session.end_all(signed_in())
    return signed_out("Deze login is overal afgemeld.")


@blueprint.post("/sessions/<int:session_id>/end")
@open_to("organisation")
def end_session(session_id):
    if not Session.end_one(signed_in(), session_id):
        abort(404)
    return pages.back_to("organisation.show", "De sessie is afgemeld.")


def _account():
    return Account.get_by_id(signed_in().account_id)
