"""Freezing, publishing or discarding a calculation: each is asked first, on a page of its own."""
from flask import Blueprint, flash, request

from models.ecalcura.calculations import publishing
from models.ecalcura.calculations.calculations import Calculation, Result
from models.errors import Refused
from views.ecalcura.calculations import words
from views.ecalcura.calculations.desk import one
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.messages import message

blueprint = Blueprint("calculation_decisions", __name__, url_prefix="/ecalcura/desk/calculations/<int:calculation_id>")

DISCARDED = "De berekening is weggegooid."


@blueprint.route("/freeze", methods=["GET", "POST"])
@open_to("ecalcura:calculator")
def freeze(calculation_id):
    """Ask whether to freeze a draft, and freeze it."""
    return _decide(calculation_id, publishing.freeze, "freeze", "De berekening is vastgelegd.")


@blueprint.route("/publish", methods=["GET", "POST"])
@open_to("ecalcura:calculator")
def publish(calculation_id):
    """Ask whether to publish a frozen calculation, and publish it."""
    return _decide(calculation_id, publishing.publish, "publish",
                   "De berekening is gepubliceerd. De voorzieningen krijgen een mail.")


@blueprint.route("/discard", methods=["GET", "POST"])
@open_to("ecalcura:calculator")
def discard(calculation_id):
    """Ask whether to discard a draft or an outdated calculation, and discard it; the second click finds it gone."""
    if Calculation.one(calculation_id) is None and request.method == "POST":
        return pages.back_to("calculations.index", DISCARDED)
    return _decide(calculation_id, publishing.discard, "discard", DISCARDED)


def _decide(calculation_id, act, word, said):
    calculation = one(calculation_id)
    if not BaseForm().validate_on_submit():
        return pages.render(
            "ecalcura/calculations/decide.html", calculation=calculation, title=words.title(calculation), word=word,
            number=Result.of(calculation).count())
    try:
        act(calculation, signed_in())
    except Refused as refused:
        flash(message(refused), "error")
        return pages.back_to("calculations.show", calculation_id=calculation_id)
    if word == "discard":
        return pages.back_to("calculations.index", said)
    return pages.back_to("calculations.show", said, calculation_id=calculation_id)
