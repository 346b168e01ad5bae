"""'Contact': how to reach somebody in each province, and who gives a login."""
from flask import Blueprint

from models.organisations import PROVINCES
from models.site import contacts
from models.site.contacts import FLANDERS
from views.shell import helpdesk
from views.shell.access import open_to
from views.shell.audiences import MenuItem
from views.site.public import answers

blueprint = Blueprint("public_contact", __name__)

LINK = MenuItem("contact", "public_contact.show", "Contact: wie helpt je verder?")


@blueprint.get("/contact")
@open_to("anyone")
@answers.remembered
def show():
    """Show the contacts of each province, and those for Flanders."""
    found = by_province()
    return answers.render("site/public/contact.html", provinces=found[:-1], of_flanders=found[-1][1])


def by_province():
    """(name, contacts) of each province; the last one is Flanders."""
    found = contacts.by_place()
    return [(name, [helpdesk.contact(*one) for one in found.get(code, ())])
            for code, name in [*PROVINCES.items(), (FLANDERS, "Vlaanderen")]]
