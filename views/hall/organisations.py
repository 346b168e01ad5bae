"""An administrator's pages about one organisation of the own province: its details and its login."""
from flask import Blueprint, abort, flash
from wtforms import BooleanField, HiddenField

from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.logins import Login
from models.accounts.moves import WAIT, LoginMove
from models.alike import alike as alike_ones
from models.errors import Code, Refused, Stale
from models.organisations import PROVINCES, SECTORS, Organisation
from views.hall.words import MOVE_OVER
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import (
    BaseForm,
    choice_field,
    email_field,
    merged,
    required_text_field,
    snapshot,
    telephone_field,
    text_field,
    version_field,
    website_field,
)
from views.shell.messages import message

blueprint = Blueprint("organisations", __name__, url_prefix="/province/organisations")

FIELDS = ("name", "sector", "address", "telephone", "website")
# The field by which a refusal is shown; None is above the form.
AT = {Code.ORGANISATION_EXISTS: "name", Code.ORGANISATION_NAME: "name", Code.MAIL_KEY: None}
LOGIN_TAKEN = "Dit e-mailadres hoort al bij een andere login."
LOGIN_EMAIL = "E-mailadres van de login"
INVITED = "De uitnodiging is onderweg naar {email}. De link erin werkt één keer, gedurende zeven dagen."
OFFERED = "Er is een mail onderweg naar {email}, met een link om een nieuw wachtwoord te kiezen. De link werkt een uur."
BLOCKED = "De login is geblokkeerd. Wie ermee aangemeld was, is afgemeld. De organisatie krijgt een mail."
UNBLOCKED = "De login is niet meer geblokkeerd. De organisatie krijgt een mail."
MOVING = "De login verhuist over drie dagen. Het oude en het nieuwe e-mailadres krijgen een mail."
CANCELLED = "De verhuizing is geannuleerd. Beide e-mailadressen krijgen een mail."


class OrganisationForm(BaseForm):
    name = required_text_field("Naam", 200)
    sector = choice_field("Sector", {"": "Kies …", **SECTORS}, "Kies een sector.")
    address = text_field("Adres", 300)
    telephone = telephone_field()
    website = website_field()
    pointed_out = HiddenField()

    def values(self):
        """The form's values, as Organisation stores them."""
        return {name: self[name].data or "" for name in FIELDS} | {"sector": self.sector.data or None}


class NewForm(OrganisationForm):
    email = email_field(LOGIN_EMAIL)
    invite = BooleanField("Nodig de organisatie meteen uit", default=True)


class EditForm(OrganisationForm):
    version = version_field()
    opened = HiddenField()


class InviteForm(BaseForm):
    email = email_field(LOGIN_EMAIL)


class MoveForm(BaseForm):
    email = email_field("Nieuw e-mailadres van de login")


def own_organisation(organisation_id):
    """The organisation with this id in the administrator's own province; else a 404."""
    return Organisation.one(signed_in().province, organisation_id) or abort(404)


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("hall:province")
def new():
    """Make an organisation, with or without sending its invitation."""
    form = NewForm()
    alike = []
    if form.validate_on_submit() and not (alike := _alike(form, form.email.data)):
        email, invite = form.email.data, form.invite.data
        try:
            made = logins.make_organisation(signed_in().province, form.values(), email, invite, signed_in())
        except Refused as refused:
            _refuse(form, refused)
        else:
            flash(f"{made.name} is bewaard.", "success")
            invited = INVITED.format(email=made.email) if invite else None
            return pages.back_to("organisations.show", invited, organisation_id=made.id)
    return pages.render("hall/organisations/new.html", status=422 if form.is_submitted() else 200, form=form,
                        province=PROVINCES[signed_in().province], alike=alike)


def _alike(form, email="", but=None):
    """The organisations to ask about, each (id, name, by_name); an id and a name only of the own province.

    Empty if the form was shown with the same ones before. An address of a login is refused, so it is not asked.
    """
    province = signed_in().province
    found = alike_ones(form.name.data, province, "" if email and Account.by_email(email) else email, but)
    own = [(one.organisation.id, one.organisation.name, one.by_name) for one in found
           if one.organisation.province == province]
    elsewhere = len(found) > len(own)
    if not form.point_out([str(number) for number, _, _ in own] + ["elsewhere"] * elsewhere):
        return []
    return own + [(None, None, False)] * elsewhere


@blueprint.get("/<int:organisation_id>")
@open_to("hall:province")
def show(organisation_id):
    """Show an organisation and its login."""
    return _page(own_organisation(organisation_id))


def _page(organisation, form=None, refused=None):
    """The organisation's page; with the invitation's form as posted, or the message of a refused action."""
    login = Login.of(organisation)
    return pages.render(
        "hall/organisations/show.html", status=422 if form or refused else 200, organisation=organisation, login=login,
        province=PROVINCES[organisation.province], sector=SECTORS.get(organisation.sector), refused=refused,
        form=form or InviteForm(formdata=None, data={"email": login.email}),
        move=login.account and LoginMove.pending(login.account))


@blueprint.route("/<int:organisation_id>/edit", methods=["GET", "POST"])
@open_to("hall:province")
def edit(organisation_id):
    """Change an organisation's details; if a colleague saved meanwhile, show both versions with status 409."""
    organisation = own_organisation(organisation_id)
    form = _edit_form(organisation, obj=organisation, data={"opened": snapshot(_kept(organisation))})
    if form.validate_on_submit():
        is_current = form.version.data == organisation.version and form.name.data != organisation.name
        if is_current and (alike := _alike(form, but=organisation.id)):
            return _edit_page(organisation, form, 422, alike=alike)
        try:
            organisation.change(form.values(), form.version.data, by=signed_in())
        except Stale as stale:
            return _conflict_page(form, stale.current)
        except Refused as refused:
            _refuse(form, refused)
        else:
            return _saved(organisation, "De gegevens zijn bewaard.")
    return _edit_page(organisation, form, 422 if form.is_submitted() else 200)


def _edit_form(organisation, **shown):
    form = EditForm(**shown)
    if not organisation.sector:
        # The old register had no sectors, so an imported organisation may lack one.
        form.sector.choices = {"": "Nog niet bekend", **SECTORS}
        form.sector.validators, form.sector.flags.required, form.sector.flags.optional = (), False, True
    return form


def _conflict_page(form, current):
    """Show the stored values beside the typed ones, in a form made from the current row."""
    kept, typed = _kept(current), form.values()
    wanted = merged(typed, form.opened.data, kept)
    if wanted == kept:
        return _saved(current, "De gegevens waren al zo bewaard.")
    again = _edit_form(current, formdata=None, data={**wanted, "version": current.version, "opened": snapshot(kept)})
    return _edit_page(current, again, 409, [
        (form[name].label.text, _words(name, kept[name]), _words(name, typed[name]))
        for name in FIELDS if kept[name] != typed[name]])


def _kept(organisation):
    return {name: getattr(organisation, name) for name in FIELDS}


def _words(name, value):
    return (SECTORS.get(value) if name == "sector" else value) or "–"


def _edit_page(organisation, form, status, differences=None, alike=()):
    return pages.render("hall/organisations/edit.html", status=status, organisation=organisation, form=form,
                        differences=differences, alike=alike)


# The login

@blueprint.post("/<int:organisation_id>/invite")
@open_to("hall:province")
def invite(organisation_id):
    """Send the invitation to the given e-mail address."""
    organisation = own_organisation(organisation_id)
    form = InviteForm()
    if form.validate_on_submit():
        try:
            logins.invite(organisation, form.email.data, by=signed_in())
        except Refused as refused:
            _refuse(form, refused)
        else:
            return _saved(organisation, INVITED.format(email=form.email.data))
    return _page(organisation, form)


@blueprint.post("/<int:organisation_id>/password")
@open_to("hall:province")
def offer_password(organisation_id):
    """Mail the login a link to choose a new password."""
    organisation = own_organisation(organisation_id)
    login = _login_of(organisation)
    return _do(organisation, lambda: logins.offer_password(login, signed_in()), OFFERED.format(email=login.email))


@blueprint.post("/<int:organisation_id>/block")
@open_to("hall:province")
def block(organisation_id):
    """Block the login and sign it out."""
    organisation = own_organisation(organisation_id)
    login = _login_of(organisation)
    return _do(organisation, lambda: login.block(signed_in()), BLOCKED)


@blueprint.post("/<int:organisation_id>/unblock")
@open_to("hall:province")
def unblock(organisation_id):
    """Unblock the login."""
    organisation = own_organisation(organisation_id)
    login = _login_of(organisation)
    return _do(organisation, lambda: login.unblock(signed_in()), UNBLOCKED)


@blueprint.route("/<int:organisation_id>/move", methods=["GET", "POST"])
@open_to("hall:province")
def move(organisation_id):
    """Start moving the login to another e-mail address; it takes effect after 72 hours."""
    organisation = own_organisation(organisation_id)
    login = _login_of(organisation)
    form = MoveForm()
    if form.validate_on_submit():
        try:
            LoginMove.ask(login, form.email.data, by=signed_in())
        except Refused as refused:
            _refuse(form, refused)
        else:
            return _saved(organisation, MOVING)
    return pages.render("hall/organisations/move.html", status=422 if form.is_submitted() else 200, form=form,
                        organisation=organisation, email=login.email, hours=WAIT.days * 24)


@blueprint.post("/<int:organisation_id>/move/cancel")
@open_to("hall:province")
def cancel_move(organisation_id):
    """Cancel the login's pending move."""
    organisation = own_organisation(organisation_id)
    pending = LoginMove.pending(_login_of(organisation))
    if not pending:
        return _saved(organisation, MOVE_OVER)
    return _do(organisation, lambda: pending.cancel(signed_in()), CANCELLED)


def _login_of(organisation):
    """The organisation's login; a 404 if it was never invited, for then no page offers the action."""
    return Login.of(organisation).account or abort(404)


def _do(organisation, action, done):
    """Call `action` and show the organisation with the message `done`, or with why it was refused."""
    try:
        action()
    except Refused as refused:
        return _page(organisation, refused=message(refused))
    return _saved(organisation, done)


def _saved(organisation, done):
    return pages.back_to("organisations.show", done, organisation_id=organisation.id)


def _refuse(form, refused):
    form.refuse(AT.get(refused.code, "email"), refused, LOGIN_TAKEN if refused.code == Code.EMAIL_TAKEN else None)
