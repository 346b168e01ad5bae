"""'Wie houdt de site bij': the editors, who give this role to administrators and end it."""
from flask import Blueprint, abort, flash

from models.errors import Refused
from models.site import editors
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.fields import BaseForm, email_field
from views.shell.messages import message

blueprint = Blueprint("site_editors", __name__, url_prefix="/site/editors")

MENU = MenuItem("editors", "site_editors.index", "Wie houdt de site bij")


class EditorForm(BaseForm):
    email = email_field("E-mailadres van de beheerder")


@blueprint.route("", methods=["GET", "POST"])
@open_to("site:editor")
def index():
    """List the editors, and make an administrator one as well."""
    form = EditorForm()
    if form.validate_on_submit():
        try:
            editors.give(form.email.data, signed_in())
        except Refused as refused:
            form.refuse("email", refused)
        else:
            return pages.back_to("site_editors.index", f"{form.email.data} houdt de site nu mee bij.")
    return pages.render("site/office/editors.html", status=422 if form.errors else 200, form=form,
                        own=signed_in().account_id, editors=editors.everybody())


@blueprint.post("/<int:editor_id>/end")
@open_to("site:editor")
def end(editor_id):
    """End the role of an editor."""
    try:
        ended = editors.end(editor_id, signed_in())
    except Refused as refused:
        flash(message(refused), "error")
        return pages.back_to("site_editors.index")
    if ended is None:
        abort(404)
    return pages.back_to("site_editors.index", "Deze collega houdt de site niet langer bij.")
