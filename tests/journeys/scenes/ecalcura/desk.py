"""The scenes of the desk: its list of facilities, and one of them with its tabs."""
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.number_looks import show_number, show_to_desk
from tests.journeys.tools.showing import Scene, at, sent

DESK_DOSSIER, DESK_CALCULATOR = "dossier", "calculator"
DESK = "/ecalcura/desk"
RETENTION = f"{DESK}/retention"
RULE, OF = f"{DESK}/facilities/<facility>", f"{DESK}/facilities/{{hco}}"
TRIMESTER = f"{RULE}/trimesters/<int:period>/<int:number>"
SENT = f"{OF}/trimesters/{{sent.period}}/{{sent.number}}"
NURSE = f"{OF}/staff/{{nurse.id}}"


def _number_shown(window, world):
    at(NURSE)(window, world)
    window.page.get_by_text("Toon nummer").first.click()
    window.page.get_by_label("Reden").fill("Controle van het visum")
    window.page.get_by_role("button", name="Toon nummer").click()
    window.page.locator("#number").wait_for()


def _numbers(query=""):
    """The list of looks, after one of a facility and one of the desk."""
    def show(window, world):
        made = Employee.get_by_id(world.nurse.id)
        show_number(made, world.private.account)
        show_to_desk(made, "Controle van het visum", world.dossier.account)
        at(f"{DESK}/numbers{query}")(window, world)

    return show


def _number_refused(window, world):
    window.expected.add(422)
    at(NURSE)(window, world)
    window.page.get_by_text("Toon nummer").first.click()
    window.page.get_by_label("Reden").fill("oke")
    window.page.get_by_role("button", name="Toon nummer").click()
    window.page.get_by_role("alert").wait_for()


DESK_SCENES = [
    Scene("oversight", f"{DESK}/oversight", DESK_DOSSIER, at(f"{DESK}/oversight")),
    Scene("desk-whole", f"{RULE}/everything", DESK_DOSSIER, at(f"{OF}/everything")),
    Scene("desk-whole-wrong", f"{RULE}/everything", DESK_DOSSIER, sent(f"{OF}/everything", "Downloaden"), wrong=True),
    Scene("desk-person", f"{DESK}/person", DESK_DOSSIER, at(f"{DESK}/person")),
    Scene("desk-person-wrong", f"{DESK}/person", DESK_DOSSIER, sent(f"{DESK}/person", "Downloaden"), wrong=True),
    Scene("retention", RETENTION, DESK_DOSSIER, at(RETENTION)),
    Scene("retention-term", f"{RETENTION}/<term>", DESK_DOSSIER, at(f"{RETENTION}/staff")),
    Scene("retention-term-none", f"{RETENTION}/<term>", DESK_DOSSIER, at(f"{RETENTION}/messages")),
    Scene("retention-term-wrong", f"{RETENTION}/<term>", DESK_DOSSIER,
          sent(f"{RETENTION}/staff", "Voorstellen om te wissen"), wrong=True),
    Scene("desk-export", f"{DESK}/facilities/<facility>/staff/export", DESK_DOSSIER,
          at(f"{DESK}/facilities/{{hco}}/staff/export")),
    Scene("desk-export-wrong", f"{DESK}/facilities/<facility>/staff/export", DESK_DOSSIER,
          sent(f"{DESK}/facilities/{{hco}}/staff/export", "Downloaden"), wrong=True),
    Scene("oversight-elsewhere", f"{DESK}/oversight/elsewhere", DESK_DOSSIER, at(f"{DESK}/oversight/elsewhere")),
    Scene("desk-facilities", f"{DESK}/facilities", DESK_DOSSIER, at(f"{DESK}/facilities")),
    Scene("desk-facilities-none", f"{DESK}/facilities", DESK_DOSSIER, at(f"{DESK}/facilities?q=nergens")),
    Scene("desk-facilities-calculator", f"{DESK}/facilities", DESK_CALCULATOR, at(f"{DESK}/facilities")),
    Scene("desk-facility", RULE, DESK_DOSSIER, at(OF)),
    Scene("desk-facility-merged", RULE, DESK_DOSSIER, at(f"{DESK}/facilities/{{merged_hco}}")),
    Scene("desk-facility-calculator", RULE, DESK_CALCULATOR, at(OF)),
    Scene("desk-access", f"{RULE}/access", DESK_DOSSIER, at(f"{OF}/access")),
    Scene("desk-access-none", f"{RULE}/access", DESK_DOSSIER, at(f"{DESK}/facilities/{{merged_hco}}/access")),
    Scene("desk-access-sessions", f"{RULE}/access/<int:colleague_id>/sessions", DESK_DOSSIER,
          at(f"{OF}/access/{{private.account.id}}/sessions")),
    Scene("desk-access-new", f"{RULE}/access/new", DESK_DOSSIER, at(f"{OF}/access/new")),
    Scene("desk-access-new-wrong", f"{RULE}/access/new", DESK_DOSSIER,
          sent(f"{OF}/access/new", "Toegangsbeheerder aanduiden", email="geen adres"), wrong=True),
    Scene("desk-staff", f"{RULE}/staff", DESK_DOSSIER, at(f"{OF}/staff")),
    Scene("desk-staff-none", f"{RULE}/staff", DESK_DOSSIER, at(f"{DESK}/facilities/{{merged_hco}}/staff")),
    Scene("desk-employee", f"{RULE}/staff/<int:employee_id>", DESK_DOSSIER, at(NURSE)),
    Scene("desk-employee-hours", f"{RULE}/staff/<int:employee_id>", DESK_DOSSIER,
          at(f"{OF}/staff/{{paid_nurse}}")),
    Scene("desk-employee-number", f"{RULE}/staff/<int:employee_id>", DESK_DOSSIER, _number_shown),
    Scene("desk-employee-number-wrong", f"{RULE}/staff/<int:employee_id>", DESK_DOSSIER, _number_refused),
    Scene("desk-facility-trimesters", f"{RULE}/trimesters", DESK_DOSSIER, at(f"{OF}/trimesters")),
    Scene("desk-trimester-open", TRIMESTER, DESK_DOSSIER,
          at(f"{OF}/trimesters/{{open.period}}/{{open.number}}")),
    Scene("desk-trimester", TRIMESTER, DESK_DOSSIER, at(SENT)),
    Scene("desk-trimester-changes", f"{TRIMESTER}/versions/<int:version>/changes", DESK_DOSSIER,
          at(f"{SENT}/versions/2/changes")),
    Scene("desk-reference-dates", f"{DESK}/reference-dates", DESK_DOSSIER, at(f"{DESK}/reference-dates")),
    Scene("desk-log", f"{DESK}/log", DESK_DOSSIER, at(f"{DESK}/log")),
    Scene("desk-numbers", f"{DESK}/numbers", DESK_DOSSIER, _numbers()),
    Scene("desk-numbers-login", f"{DESK}/numbers", DESK_DOSSIER, _numbers("?login={dossier.account.id}&by=desk")),
    Scene("desk-numbers-wrong", f"{DESK}/numbers", DESK_DOSSIER, at(f"{DESK}/numbers?since=31/02/2026", 422)),
    Scene("desk-numbers-none", f"{DESK}/numbers", DESK_DOSSIER, at(f"{DESK}/numbers?facility=0")),
    Scene("desk-reference-date", f"{RULE}/staff/<int:employee_id>/reference-date", DESK_DOSSIER,
          at(f"{OF}/staff/{{undated.id}}/reference-date")),
    Scene("desk-reference-date-wrong", f"{RULE}/staff/<int:employee_id>/reference-date", DESK_DOSSIER,
          sent(f"{OF}/staff/{{undated.id}}/reference-date", "Opslaan", date="31/02/1970"), wrong=True),
]
DESK_FILES = {"/ecalcura/<hco>/trimesters/<int:period>/<int:number>/staff.xlsx", f"{DESK}/numbers/export.csv",
              f"{TRIMESTER}/versions/<int:version>/<kind>"}
# Forms that only ask.
DESK_QUESTIONS = {f"{RULE}/access/<int:colleague_id>/sessions"}
