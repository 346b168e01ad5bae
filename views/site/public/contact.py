"""'Contact': how to reach somebody in each province."""
from flask import Blueprint

from models.organisations import PROVINCES
from views.shell.access import open_to
from views.site.public import answers

blueprint = Blueprint("public_contact", __name__)


@blueprint.get("/contact")
@open_to("anyone")
@answers.remembered
def show():
    """Show the contacts of each province."""
    return answers.render("site/public/contact.html", provinces=[(name, ()) for name in PROVINCES.values()])
