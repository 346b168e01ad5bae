"""'Tegenover het vorige trimester': the hours of each facility in a trimester beside those in the one before."""
from decimal import Decimal
from types import SimpleNamespace

from flask import Blueprint, request, url_for

from models.ecalcura.progress import comparing
from models.paging import PAGE_SIZE, shown_page
from models.searching import BIGGEST_NUMBER
from views.ecalcura.progress import desk
from views.ecalcura.trimesters import versions
from views.ecalcura.words import fraction
from views.shell import filters, pages, paging
from views.shell.access import open_to

blueprint = Blueprint("comparison", __name__, url_prefix=f"/ecalcura/desk/progress{desk.ONE}/before")


@blueprint.get("")
@open_to("ecalcura:dossier", "ecalcura:calculator")
def show(period, number):
    """List the facilities by how much their hours changed since the former trimester."""
    place = versions.place_of(period, number)
    every = comparing.compare(place)
    page, last = shown_page(min(request.args.get("page", 1, type=int), BIGGEST_NUMBER), len(every))
    rows = every[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]
    listing = SimpleNamespace(total=len(every), page=page, rows=rows)
    return pages.render(
        "ecalcura/progress/comparison.html", "ecalcura/progress/_compared.html", place=place,
        former=comparing.before(place), much=sum(one.is_much for one in every), total=len(every),
        rows=[_row(one) for one in rows], shown=paging.shown(listing, "voorziening", "voorzieningen"),
        **paging.links(url_for("comparison.show", period=period, number=number), page, last))


def _row(one):
    """The cells of a facility, as the template takes them apart."""
    return {"name": one.facility.name, "hco": one.facility.hco, "is_much": one.is_much,
            "changes": [(fraction(change.before), fraction(change.now), _part(change))
                        for change in (one.exempt, one.hours)]}


def _part(change):
    """The change in words: +25 %, −30 %, 'nieuw' from zero."""
    if change.part is None:
        return "nieuw" if change.now else "–"
    return f"{filters.signed(Decimal(round(100 * change.part)))}\u00a0%"
