"""The scenes of a facility's staff: the list, an employee's page, and each form about one."""
import datetime
from types import SimpleNamespace

from models.ecalcura.contracts.choices import Choice
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.contracts.replacements import Replacement
from models.ecalcura.people.employees import Employee
from tests.factories import days
from tests.journeys.tools.showing import Scene, at, sent, stale
from tests.models.ecalcura.cast import contract, employee, number_of, opened

OFFICER = "private"
RULE, OF = "/ecalcura/<hco>/staff", "/ecalcura/{hco}/staff"
NURSE = "<int:employee_id>"
ONE, CONTRACT = f"{OF}/{{nurse.id}}", f"{OF}/contracts/{{replacing.id}}"
CHOICE, REPLACEMENT = f"{OF}/choices/{{choice.id}}", f"{OF}/replacements/{{replacement.id}}"
REPLACED = "/ecalcura/<hco>/trimesters/<int:period>/replaced"
SAVE = "Opslaan"
LONG_SINCE = datetime.date(2010, 9, 1)


def _change_contract(world):
    one = Contract.get_by_id(world.replacing.id)
    one.end(until=days(400 + one.version), version=one.version, by=None)


def _change_choice(world):
    one = Choice.get_by_id(world.choice.id)
    one.change(step=one.step, kind=one.kind, since=one.since, until=days(400 + one.version), version=one.version,
               by=None)


def _searched(window, world):
    at(OF)(window, world)
    window.page.get_by_label("Zoeken op naam of rijksregisternummer").fill("zeker")
    window.page.locator("#announce:not(:empty)").wait_for(state="attached")


def _number_shown(window, world):
    at(ONE)(window, world)
    window.page.get_by_role("button", name="Toon nummer").click()
    window.page.locator("#number").wait_for()


def _read_file(window, world):
    at(f"{OF}/file")(window, world)
    _checked(window, "123")
    window.page.get_by_role("alert").wait_for()


def _checked(window, *numbers):
    """Check a list with a row for each of these numbers, on the page that is open."""
    rows = "".join(f"{number};{days(200):%d/%m/%Y};vervanger;ZKD;statutair;38\r\n" for number in numbers)
    rows = f"Rijksregisternummer;Begindatum;Rol;Kwalificatie;Statuut;Uren per week\r\n{rows}"
    window.page.get_by_label("Bestand").set_input_files(
        {"name": "personeel.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    window.page.get_by_role("button", name="Nakijken").click()


def _waiting(window, world):
    at(f"{OF}/file")(window, world)
    _checked(window, "70231400245", "123")
    window.page.get_by_role("button", name="1 rij inlezen").wait_for()


def _read(window, world):
    _waiting(window, world)
    window.page.get_by_role("button", name="1 rij inlezen").click()
    window.page.get_by_role("heading", name="Ingelezen").wait_for()


def _form(name, rule, path, button=SAVE, **wrong):
    """A form as it opens, and after wrong values."""
    return [Scene(name, f"{RULE}{rule}", OFFICER, at(path)),
            Scene(f"{name}-wrong", f"{RULE}{rule}", OFFICER, sent(path, button, **wrong), wrong=True)]


HOURS_BACK = "contracts/<int:contract_id>/hours/<since>/delete"
STAFF_SCENES = [
    Scene("staff", RULE, OFFICER, at(OF)),
    Scene("staff-filtered", RULE, OFFICER, at(f"{OF}?role=replacement&sort=name")),
    Scene("staff-nothing", RULE, OFFICER, at(f"{OF}?step=50&role=replacement")),
    Scene("staff-searched", RULE, OFFICER, _searched),
    Scene("staff-empty", RULE, "two_facilities", at("/ecalcura/{merged_hco}/staff")),
    Scene("steps", f"{RULE}/steps", OFFICER, at(f"{OF}/steps")),
    Scene("steps-nobody", f"{RULE}/steps", "two_facilities", at("/ecalcura/{merged_hco}/staff/steps")),
    Scene("replaced", REPLACED, OFFICER, at("/ecalcura/{hco}/trimesters/{open.period}/replaced")),
    Scene("replaced-none", REPLACED, "two_facilities", at("/ecalcura/{merged_hco}/trimesters/2026/replaced")),
    *_form("staff-new", "/new", f"{OF}/new", "Opslaan en volgende", number="123", start="31/02/2026"),
    Scene("staff-new-saved", f"{RULE}/new", OFFICER, at(f"{OF}/new?saved={{nurse.id}}")),
    Scene("staff-file", f"{RULE}/file", OFFICER, at(f"{OF}/file")),
    Scene("staff-file-checked", f"{RULE}/file", OFFICER, _waiting),
    Scene("staff-file-read", f"{RULE}/file", OFFICER, _read),
    Scene("staff-file-wrong", f"{RULE}/file", OFFICER, _read_file, wrong=True),
    Scene("employee", f"{RULE}/{NURSE}", OFFICER, at(ONE)),
    Scene("employee-replacing", f"{RULE}/{NURSE}", OFFICER, at(f"{OF}/{{helper.id}}")),
    Scene("employee-silent", f"{RULE}/{NURSE}", OFFICER, at(f"{OF}/{{unnamed.id}}")),
    Scene("employee-number", f"{RULE}/{NURSE}", OFFICER, _number_shown),
    Scene("employee-data", f"{RULE}/{NURSE}/data", OFFICER, at(f"{ONE}/data")),
    *_form("number", f"/{NURSE}/number/correct", f"{ONE}/number/correct", "Nummer verbeteren", number="123"),
    *_form("contract-new", f"/{NURSE}/contracts/new", f"{ONE}/contracts/new", start="31/02/2026"),
    *_form("contract", "/contracts/<int:contract_id>", CONTRACT, hours="veel"),
    Scene("contract-stale", f"{RULE}/contracts/<int:contract_id>", OFFICER,
          stale(CONTRACT, _change_contract, hours="7,6")),
    *_form("contract-hours", "/contracts/<int:contract_id>/hours", f"{CONTRACT}/hours", hours="veel"),
    Scene("contract-hours-back", f"{RULE}/{HOURS_BACK}", OFFICER, at(f"{CONTRACT}/hours/{{other_hours.since}}/delete")),
    *_form("contract-end", "/contracts/<int:contract_id>/end", f"{CONTRACT}/end", until="31/02/2026"),
    Scene("contract-delete", f"{RULE}/contracts/<int:contract_id>/delete", OFFICER, at(f"{CONTRACT}/delete")),
    *_form("choice-new", f"/{NURSE}/choices/new", f"{ONE}/choices/new", since="31/02/2026"),
    *_form("choice", "/choices/<int:choice_id>", CHOICE, since="31/02/2026"),
    Scene("choice-stale", f"{RULE}/choices/<int:choice_id>", OFFICER,
          stale(CHOICE, _change_choice, since="01/10/2026")),
    Scene("choice-delete", f"{RULE}/choices/<int:choice_id>/delete", OFFICER, at(f"{CHOICE}/delete")),
    *_form("irregular", f"/{NURSE}/steps/<int:step>/irregular", f"{ONE}/steps/45/irregular", "Verklaren",
           first="gisteren"),
    *_form("replacement-new", "/contracts/<int:contract_id>/replacements/new", f"{CONTRACT}/replacements/new",
           hours="veel"),
    *_form("replacement", "/replacements/<int:replacement_id>", REPLACEMENT, hours="veel"),
    Scene("replacement-delete", f"{RULE}/replacements/<int:replacement_id>/delete", OFFICER,
          at(f"{REPLACEMENT}/delete")),
]
# Forms that only ask.
STAFF_QUESTIONS = {f"{RULE}/{kind}/delete" for kind in (
    "contracts/<int:contract_id>", "choices/<int:choice_id>", "replacements/<int:replacement_id>")} | {
        f"{RULE}/{HOURS_BACK}"}


def _turning(age, away):
    """The birth date of somebody who reaches an age in this number of days."""
    return days(away).replace(day=1, year=days(away).year - age)


def staff_of(home):
    """A nurse with a choice and a step to decide, a replacement, and somebody of whom the register says nothing yet."""
    opened()
    nurse = employee(home, number_of(datetime.date(1970, 3, 14)), "An", "Zeker", datetime.date(1970, 3, 14))
    contract(nurse, LONG_SINCE, hours=1900)
    choice = Choice.add(nurse, step=45, kind="exemption", since=datetime.date(2015, 3, 1), until=None, by=None)
    helper = employee(home, first="Bert", family="Midden")
    replacing = contract(helper, role="replacement", qualification="ZKD", start=days(-60), hours=1900)
    replacing.change_hours(days(-30), 2280, 3800, replacing.version)
    replacement = Replacement.add(replacing, replaced_id=nurse.id, hours=100, since=days(-60), until=None, act_on=None,
                                  by=None)
    for age, away in ((45, 40), (50, 200), (55, 200), (45, 300)):
        contract(employee(home, first="Els", family=f"Wordt {age}", born=_turning(age, away)), LONG_SINCE,
                 role="entitled" if away < 300 else "replacement")
    unnamed = employee(home, first="", family="", born=None)
    Employee.update(register_state="silent").where(Employee.id == unnamed.id).execute()
    undated = employee(home, first="Noor", family="Zonder datum", born=None)
    contract(undated, LONG_SINCE)
    # Due for a purge.
    contract(employee(home, first="Rik", family="Vroeger"), LONG_SINCE, LONG_SINCE)
    return {"other_hours": SimpleNamespace(since=days(-30)), **{name: SimpleNamespace(id=row.id) for name, row in {
        "nurse": nurse, "undated": undated, "helper": helper, "unnamed": unnamed, "replacing": replacing,
        "choice": choice, "replacement": replacement}.items()}}
