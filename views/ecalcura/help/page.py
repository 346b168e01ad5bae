"""The help of ecalcura, for everybody with a role in the wing."""
from flask import Blueprint, current_app

from models.database import today
from models.ecalcura.contracts import lists
from models.ecalcura.contracts.steps import steps_reached
from models.ecalcura.demonstration import seed
from models.ecalcura.people import numbers
from views.ecalcura.help import codes
from views.shell import pages
from views.shell.access import open_to

blueprint = Blueprint("help", __name__, url_prefix="/ecalcura/help")


@blueprint.get("")
@open_to("ecalcura:privacy", "ecalcura:financial", "ecalcura:access", "ecalcura:colleague")
def show():
    """Show the help: how to sign in, get a role, enter staff, fill in hours and submit, and what each code means."""
    return pages.render("ecalcura/help/show.html", codes=codes.rows(), steps=lists.steps().values(),
                        premium=[one.label for one in lists.qualifications().values() if one.premium],
                        practice=_practice() if current_app.config["SIMULATED_REGISTERS"] else [])


def _practice():
    """(number, qualification, steps) of made-up people whom the simulated registers know and nobody employs."""
    return [(numbers.written(one.number), lists.qualifications()[one.qualification].label,
             ", ".join(map(str, steps_reached(one.born, today()))))
            for one in seed.practice(today())]
