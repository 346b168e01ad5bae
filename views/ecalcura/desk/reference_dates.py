"""'Rekendatums': the employees whose birth date the register does not have in full, who wait for a date (V06)."""
from flask import Blueprint, request, url_for

from models.ecalcura.people import numbers
from models.ecalcura.staff import reference_dates
from models.paging import PAGE_SIZE, shown_page
from views.ecalcura.staff.employee_list import name_of
from views.shell import pages, paging
from views.shell.access import open_to

blueprint = Blueprint("desk_dates", __name__, url_prefix="/ecalcura/desk/reference-dates")


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the employees who wait for a date, by facility."""
    waiting = reference_dates.waiting()
    page, last = shown_page(request.args.get("page", 1, type=int), len(waiting))
    rows = [(one.facility.name, one.facility.hco, name_of(one.person), numbers.masked(one.person.number),
             url_for("desk_staff.show", facility=one.facility.hco, employee_id=one.employee_id),
             url_for("desk_staff.reference_date", facility=one.facility.hco, employee_id=one.employee_id))
            for one in waiting[(page - 1) * PAGE_SIZE:page * PAGE_SIZE]]
    number = len(waiting)
    return pages.render(
        "ecalcura/desk/reference_dates.html", "ecalcura/desk/_reference_dates.html", rows=rows,
        shown="1 medewerker" if number == 1 else f"{number} medewerkers",
        **paging.links(url_for("desk_dates.index"), page, last))
