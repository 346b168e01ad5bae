"""'Inzage': everything that the facility keeps of an employee, as a page and as a file."""
import json

from flask import Blueprint, make_response, url_for

from models.database import today
from models.ecalcura.people import numbers
from models.ecalcura.retention import one_person
from models.errors import Refused
from views.ecalcura.retention import sections
from views.ecalcura.staff.page import coded, done, facility_of, own_employee, ticket
from views.shell import pages
from views.shell.access import open_to, signed_in

blueprint = Blueprint("person_data", __name__, url_prefix="/ecalcura/<hco>/staff/<int:employee_id>/data")


@blueprint.get("")
@open_to("ecalcura:privacy")
def show(hco, employee_id):
    """Show everything with a masked number."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    try:
        kept = one_person.everything(facility, employee)
    except Refused as refused:
        return done(facility, employee_id, coded(refused))
    here = {"hco": hco, "employee_id": employee_id}
    return pages.render(
        "ecalcura/retention/person.html", facility=facility, person=ticket(employee),
        sections=sections.of(kept, numbers.masked(kept.person.number)),
        back=url_for("staff.show", **here), file_url=url_for("person_data.file", **here))


@blueprint.post("/file")
@open_to("ecalcura:privacy")
def file(hco, employee_id):
    """Download everything with the whole number; the log has it."""
    facility = facility_of(hco)
    employee = own_employee(facility, employee_id)
    try:
        kept, number = one_person.export(facility, employee, signed_in())
    except Refused as refused:
        return done(facility, employee_id, coded(refused))
    content = json.dumps(sections.as_rows(sections.of(kept, number)), ensure_ascii=False, indent=2)
    answer = make_response(content.encode())
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="medewerker-{employee_id}-{today():%Y-%m-%d}.json"')
    return answer
