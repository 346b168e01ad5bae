"""The scenes of the grid of prestaties."""
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.performances.performances import save_row, stored
from tests.journeys.tools.showing import Scene, at
from tests.models.ecalcura.cast import employee
from tests.models.ecalcura.with_hours import nurse_with_premium, replacement, trimester

PRIVATE, TWO = "private", "two_facilities"
FACILITY, OF = "/ecalcura/<hco>", "/ecalcura/{hco}"
HOURS, HOURS_OF = f"{FACILITY}/trimesters/<int:period>/<int:number>/hours", f"{OF}/trimesters/2026/2/hours"
# Routes that are not pages: a redirect, a download, and the answers that the script of the grid asks for.
PRESTATIES_FILES = {f"{FACILITY}/hours", f"{HOURS}/template.xlsx", f"{HOURS}/changed"}


def _hours(**typed):
    """Post the grid with these hours worked, by the attribute of the world with the contract."""
    def send(window, world):
        window.expected.add(409)
        at(HOURS_OF)(window, world)
        for name, text in typed.items():
            contract_id = getattr(world, name)
            if name == "with_premium":
                _saved_by_a_colleague(contract_id)
            window.page.locator(f"#hours_{contract_id}_worked").fill(text)
        with window.page.expect_event("load"):
            window.page.get_by_role("button", name="Opslaan").click()

    return send


def _saved_by_a_colleague(contract_id):
    home, autumn = Facility.get_by_id(Contract.get_by_id(contract_id).facility_id), trimester()
    row = stored(home, autumn.id)[contract_id]
    save_row(home, autumn, contract_id, {"worked": row.hours["worked"] + 1}, row.version)


def _read_file(window, world):
    at(f"{HOURS_OF}/file")(window, world)
    rows = f"Contract;Gepresteerde uren;Gelijkgestelde uren;Versie\n{world.in_grid};veel;0;2026/2 v0\n"
    window.page.get_by_label("Bestand").set_input_files(
        {"name": "prestaties.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Inlezen").click()


PRESTATIES_SCENES = [
    Scene("hours", HOURS, PRIVATE, at(HOURS_OF)),
    Scene("hours-open", HOURS, PRIVATE, at(f"{HOURS_OF}?show=open")),
    Scene("hours-wrong", HOURS, PRIVATE, _hours(in_grid="veel"), wrong=True),
    Scene("hours-stale", HOURS, PRIVATE, _hours(with_premium="12", in_grid="1.240"), wrong=True),
    Scene("hours-closed", HOURS, PRIVATE, at(f"{OF}/trimesters/2026/3/hours")),
    Scene("hours-none", HOURS, TWO, at("/ecalcura/{merged_hco}/trimesters/2026/2/hours")),
    Scene("hours-file", f"{HOURS}/file", PRIVATE, at(f"{HOURS_OF}/file")),
    Scene("hours-file-wrong", f"{HOURS}/file", PRIVATE, _read_file, wrong=True),
]


def prestaties_of(home):
    """Two contracts with prestaties, one without, and one whose hours are above those of the contract."""
    exempt = employee(home, first="Lena", family="Maes")
    nurse, replacing = nurse_with_premium(home), replacement(home, replaces=exempt)
    for contract, worked in ((nurse, 45600), (replacement(home, "Sierens", "Koen", hours=200), 2700)):
        save_row(home, trimester(), contract.id, {"worked": worked, "equated": 0}, 0)
    return {"with_premium": nurse.id, "in_grid": replacing.id, "paid_nurse": nurse.employee_id}
