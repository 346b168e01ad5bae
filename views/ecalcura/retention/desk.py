"""'Bewaring' at the desk: the terms, the facilities that kept rows longer, and purging them with two people."""
from flask import Blueprint, abort, request, url_for
from wtforms import BooleanField, StringField
from wtforms.validators import AnyOf

from models.ecalcura.facilities.facilities import ids_of
from models.ecalcura.retention import listing, purges, terms
from models.ecalcura.retention.purges import CONFIRMED
from models.errors import Refused
from views.ecalcura import words
from views.hall.log_words import NO_ADDRESS
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm
from views.shell.lanes import LONG, runs_in
from views.shell.messages import message

blueprint = Blueprint("desk_retention", __name__, url_prefix="/ecalcura/desk/retention")

PROPOSE, APPROVE, WITHDRAW = "propose", "approve", "withdraw"
STEPS = {PROPOSE: purges.propose, APPROVE: purges.approve, WITHDRAW: purges.withdraw}
# Step → what is said of the facilities that it moved, and of none.
DONE = {
    PROPOSE: ("Voorgesteld om te wissen bij {}. Een andere dossierbeheerder bevestigt.",
              "Hier is niets voor te stellen."),
    APPROVE: ("Wissen bevestigd bij {}. Het gebeurt bij de volgende dagelijkse opruiming.",
              "Hier is niets te bevestigen."),
    WITHDRAW: ("Wissen ingetrokken bij {}.", "Hier is niets in te trekken."),
}
NOBODY_TICKED = "Vink eerst een of meer voorzieningen aan."
OWN = "Wat je zelf voorstelde, bevestigt een andere dossierbeheerder."
# Term → what its days are counted from.
COUNTED_FROM = {
    terms.SUBMISSIONS: "na het einde van het trimester",
    terms.STAFF: "na het einde van het laatste contract",
    terms.MESSAGES: "na het laatste bericht, als de vraag beantwoord is",
    terms.DELIVERIES: "na de laatste dag van het certificaat of het contract",
}
# Term → what a reader should know before purging.
EXPLAINED = {
    terms.SUBMISSIONS: "De ingediende versie en haar bevestiging en overzicht verdwijnen. De hash, de telling en de "
                       "berekeningen blijven.",
    terms.STAFF: "Een medewerker blijft bewaard zolang een ingediende versie met die medewerker bewaard is: wis dus "
                 "eerst de ingediende trimesters.",
    terms.DELIVERIES: "Van een certificaat verdwijnt het bestand; soort, nummer en datums blijven.",
}


class DecideForm(BaseForm):
    """A step with the ticked facilities; `everything` stands for those on other pages too."""

    act = StringField(validators=[AnyOf(STEPS)])
    everything = BooleanField()


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the terms, how much is due, and how many purges wait."""
    return pages.render("ecalcura/retention/index.html", rows=[
        (_title(one.term), url_for("desk_retention.show", term=one.term), one, _length(one.months),
         COUNTED_FROM[one.term]) for one in listing.overview()])


@blueprint.get("/<term>")
@open_to("ecalcura:dossier")
def show(term):
    """List the facilities with rows that a term makes due, and what was decided about them."""
    return _page(_known(term))


@blueprint.post("/<term>")
@open_to("ecalcura:dossier")
@runs_in(LONG, methods=("POST",))
def decide(term):
    """Propose, confirm or withdraw a purge at the ticked facilities."""
    form = DecideForm()
    ids = _ticked(_known(term), form) if form.validate_on_submit() else []
    if not ids:
        return _page(term, NOBODY_TICKED, 422)
    try:
        outcome = STEPS[form.act.data](term, ids, signed_in())
    except Refused as refused:
        return _page(term, message(refused), 409)
    if outcome.own and not outcome.moved:
        return _page(term, OWN, 409)
    told, none = DONE[form.act.data]
    text = told.format(_facilities(outcome.moved)) if outcome.moved else none
    return pages.back_to("desk_retention.show", f"{text} {OWN}" if outcome.own else text, term=term)


def _known(term):
    return term if term in terms.SETTINGS else abort(404)


def _ticked(term, form):
    if form.everything.data:
        return listing.Listing(term).ids
    return ids_of(request.form.getlist("tick"))


def _facilities(number):
    return f"{filters.number(number)} {'voorziening' if number == 1 else 'voorzieningen'}"


def _title(term):
    label = words.TERMS[term]
    return label[0].upper() + label[1:]


def _length(months):
    """A term in words: '7 jaar', '30 maanden'; None without one."""
    if months is None:
        return None
    if months % 12 == 0:
        return f"{months // 12} jaar"
    return f"{months} {'maand' if months == 1 else 'maanden'}"


def _page(term, notice=None, status=200):
    found = listing.Listing(term, request.args.get("page", 1, type=int))
    first = terms.first_kept(term)
    return pages.render(
        "ecalcura/retention/term.html", "ecalcura/retention/_term.html", status=status, notice=notice, term=term,
        label=words.TERMS[term], explanation=EXPLAINED.get(term), length=_length(terms.months_of(term)),
        counted_from=COUNTED_FROM[term], first_kept=first and filters.day(first),
        rows=[_row(one) for one in found.rows], total=found.total, waits=found.waits,
        shown=paging.shown(found, "voorziening", "voorzieningen"),
        **paging.links(url_for("desk_retention.show", term=term), found.page, found.pages))


def _row(one):
    """(facility, number of rows, oldest day, state, its class, by whom)."""
    state, shape, by = "te beslissen", "todo", ""
    if one.purge:
        confirmed = one.purge.state == CONFIRMED
        moment = one.purge.confirmed_at if confirmed else one.purge.proposed_at
        state, shape = ("bevestigd", "done") if confirmed else ("voorgesteld", "open")
        by = f"{filters.moment(moment)}, {one.decider or NO_ADDRESS}"
    return (one.facility, filters.number(one.rows), filters.day(one.oldest) if one.oldest else "–", state, shape, by)
