"""'Toezicht' at the desk: staff who also work elsewhere, and the answers of the registers by day."""
from flask import Blueprint, request, url_for

from models.database import today
from models.ecalcura.oversight import by_day, elsewhere
from models.ecalcura.people.employees import open_people
from models.ecalcura.people.registers import DECEASED, FOUND, NOT_FOUND, REPLACED, SILENT
from models.ecalcura.trimesters.calendar import Trimester, place_of
from models.errors import Refused
from views.ecalcura import check_words, words
from views.hall.log_words import NO_ADDRESS
from views.shell import filters, pages, paging
from views.shell.access import open_to

blueprint = Blueprint("oversight", __name__, url_prefix="/ecalcura/desk/oversight")

# Other pages about all facilities.
PAGES = {
    "oversight.also_elsewhere": "Ook elders aan het werk",
    "desk_numbers.index": "Geopende nummers",
    "desk_contacts.index": "Contactpersonen",
    "desk_accounts.index": "Bankrekeningen",
    "desk_deliveries.days": "Gefactureerde dagen",
    "desk_documents.index": "Documenten",
    "desk_retention.index": "Bewaring",
    "desk_person.show": "Inzage over alle voorzieningen",
}
ANSWERS = {FOUND: "gevonden", NOT_FOUND: "niet gevonden", REPLACED: "vervangen nummer", DECEASED: "overleden",
           SILENT: "geen antwoord"}


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """Show the answers of the registers by day, and the look-ups that led to no contract."""
    lines = by_day.WithoutContract(request.args.get("page", 1, type=int))
    return pages.render(
        "ecalcura/oversight/registers.html", "ecalcura/oversight/_without_contract.html",
        pages_of=[(label, url_for(endpoint)) for endpoint, label in PAGES.items()],
        tables=[("Rijksregister", "lookups", list(ANSWERS.values()), _rows(by_day.lookups(), ANSWERS)),
                ("eCad", "qualifications", [label for label, _ in words.QUALIFICATION_STATES.values()],
                 _rows(by_day.qualifications(), words.QUALIFICATION_STATES))],
        rows=[(filters.moment(row.made_at), row.facility, url_for("desk_facilities.show", facility=row.hco),
               row.email or NO_ADDRESS, row.employee_id and url_for(
                   "desk_staff.show", facility=row.hco, employee_id=row.employee_id)) for row in lines.rows],
        shown=paging.shown(lines, "opzoeking", "opzoekingen"),
        **paging.links(url_for("oversight.index"), lines.page, lines.pages))


def _rows(days, answers):
    """(day, numbers) of each day on which something was answered."""
    return [(filters.day(one.day), [filters.number(one.numbers.get(answer, 0)) for answer in answers])
            for one in days if one.numbers]


@blueprint.get("/elsewhere")
@open_to("ecalcura:dossier")
def also_elsewhere():
    """Show whose contracts in several facilities are together above full-time in a trimester (V31)."""
    known = list(Trimester.newest())
    chosen = next((one for one in known if one.subject == request.args.get("trimester")), None) or next(
        (one for one in known if one.place == place_of(today())), known[0] if known else None)
    return pages.render(
        "ecalcura/oversight/elsewhere.html", chosen=chosen and chosen.subject,
        trimesters=[(one.subject, one.label) for one in known],
        rows=[_person(one) for one in elsewhere.above_full_time(chosen)] if chosen else [])


def _person(one):
    """(name, sentence, facilities) of somebody above full-time."""
    return _name(one.people[0]), check_words.above_full_time(one.hours, one.day), [
        (facility.name, facility.hco, url_for("desk_staff.show", facility=facility.hco, employee_id=employee.id))
        for employee, facility in one.people]


def _name(person):
    """The name in one facility, which is the name in all; words for a name that does not open now."""
    employee, facility = person
    try:
        [(_, opened)] = open_people(facility, [employee])
    except Refused:
        return words.NO_NAME
    return words.family_first(opened)
