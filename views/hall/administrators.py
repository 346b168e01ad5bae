"""'Beheerders': the administrators of a province, who invite and block each other; and their own contact details."""
from flask import Blueprint, abort, current_app, flash

from models.accounts import administrators
from models.accounts.accounts import Account
from models.errors import Code, Refused
from models.organisations import PROVINCES
from views.hall.words import LOGIN_STATES
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm, email_field, optional_email_field, telephone_field, text_field
from views.shell.messages import message

blueprint = Blueprint("administrators", __name__, url_prefix="/province")

# Refusal code → the field of ContactForm that shows it.
FIELDS = {Code.CONTACT_NAME: "name", Code.CONTACT_WAY: "telephone"}
# Refusal code → the message that this page shows instead of the usual one.
OTHER_MESSAGES = {
    Code.EMAIL_TAKEN: "Deze collega heeft de uitnodiging al aanvaard.",
    Code.LOGIN_BLOCKED: "Deze collega is geblokkeerd. Maak dat eerst ongedaan.",
}


class InvitationForm(BaseForm):
    email = email_field()


class ContactForm(BaseForm):
    name = text_field("Naam", 100)
    telephone = telephone_field()
    email = optional_email_field()


@blueprint.get("/administrators")
@open_to("hall:province")
def index():
    """List the administrators of the own province."""
    own, province = signed_in().account_id, signed_in().province
    everybody = administrators.of(province)
    return pages.render(
        "hall/administrators/administrators.html", province=PROVINCES[province],
        me=next(one.account for one in everybody if one.account.id == own),
        rows=[(one.account, one.state, LOGIN_STATES[one.state], one.last_sign_in, one.account.id == own)
              for one in everybody])


@blueprint.route("/administrators/new", methods=["GET", "POST"])
@open_to("hall:province")
def new():
    """Invite a colleague by e-mail."""
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            administrators.invite(signed_in().province, form.email.data, signed_in())
        except Refused as refused:
            form.refuse("email", refused, OTHER_MESSAGES[refused.code] if refused.code == Code.LOGIN_BLOCKED else None)
        else:
            return pages.back_to("administrators.index", f"De uitnodiging is verstuurd naar {form.email.data}.")
    return pages.render("hall/administrators/administrator_form.html", status=422 if form.errors else 200, form=form,
                        province=PROVINCES[signed_in().province])


@blueprint.post("/administrators/<int:account_id>/invite")
@open_to("hall:province")
def invite(account_id):
    """Send a colleague's invitation again."""
    colleague = _colleague(account_id)
    return _do(f"De uitnodiging is opnieuw verstuurd naar {colleague.email}.",
               administrators.invite, colleague.province, colleague.email, signed_in())


@blueprint.post("/administrators/<int:account_id>/block")
@open_to("hall:province")
def block(account_id):
    """Block a colleague's login."""
    colleague = _colleague(account_id)
    return _do(f"{_named(colleague)} is geblokkeerd.", administrators.block, colleague, signed_in())


@blueprint.post("/administrators/<int:account_id>/unblock")
@open_to("hall:province")
def unblock(account_id):
    """Unblock a colleague's login."""
    colleague = _colleague(account_id)
    return _do(f"{_named(colleague)} is niet langer geblokkeerd.", administrators.unblock, colleague, signed_in())


@blueprint.route("/contact", methods=["GET", "POST"])
@open_to("hall:province")
def contact():
    """Change the own contact details, which the organisations of the province see."""
    account = Account.get_by_id(signed_in().account_id)
    form = ContactForm(data={"name": account.contact_name, "telephone": account.contact_telephone,
                             "email": account.contact_email})
    if form.validate_on_submit():
        values = {name: form[name].data or "" for name in ("name", "telephone", "email")}
        try:
            administrators.change_contact(account, **values, by=signed_in())
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code, "email"), refused)
        else:
            return pages.back_to("administrators.index", "Je contactgegevens zijn bewaard.")
    return pages.render("hall/administrators/contact_form.html", status=422 if form.errors else 200, form=form,
                        about=[item for wing in current_app.extensions["wings"] for item in wing.about_contact])


def _named(colleague):
    return colleague.email or colleague.contact_name or "Deze login"


def _colleague(account_id):
    return administrators.one(signed_in().province, account_id) or abort(404)


def _do(done, action, *arguments):
    """Call `action(*arguments)` and go back to the list, which shows the message `done`, or why it was refused."""
    try:
        action(*arguments)
    except Refused as refused:
        flash(message(refused, OTHER_MESSAGES.get(refused.code)), "error")
        return pages.back_to("administrators.index")
    return pages.back_to("administrators.index", done)
