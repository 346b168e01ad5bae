"""'Wat is er gewijzigd' between two versions of a submission."""
from models.ecalcura.submissions import changes
from models.ecalcura.submissions.changes import ADDED, CHANGED, REMOVED, Change
from tests.models.ecalcura.submissions.snapshots import content, contract, employee

CHOICE = {"id": 1, "step": 45, "kind": "premium", "since": "2020-01-01", "until": None}
REPLACEMENT = {"id": 1, "replaced": None, "hours": 200, "since": "2026-07-01", "until": None, "act_on": None}
CONTRACT = ("verpleegkundige", "2019-02-01")


def test_equal_versions_have_no_differences():
    assert changes.between(content(employee()), content(employee())) == []


def test_an_employee_who_came_or_went_is_named_with_everything_of_theirs():
    with_choice = employee(2, "Nijs", "Bo", choices=[CHOICE])
    came = changes.between(content(employee()), content(employee(), with_choice))
    assert came == [
        Change("Nijs Bo", "employee", ADDED, ()),
        Change("Nijs Bo", "contract", ADDED, CONTRACT, "hours", None, 1900),
        Change("Nijs Bo", "choice", ADDED, (45,), "kind", None, "premium")]
    gone = changes.between(content(employee(), with_choice), content(employee()))
    assert [(change.kind, change.part) for change in gone] == [
        (REMOVED, "employee"), (REMOVED, "contract"), (REMOVED, "choice")]


def test_each_changed_field_has_the_value_before_and_after():
    before = employee(choices=[CHOICE], contracts=[contract(
        1, performances={"performed": 1000}, replacements=[REPLACEMENT])])
    after = employee(first="Derde", choices=[CHOICE | {"kind": "exemption"}], contracts=[contract(
        1, until="2026-09-15", performances={"performed": 1050, "assimilated": 0},
        replacements=[REPLACEMENT | {"replaced": 2}],
        terms=[{"since": "2026-08-01", "hours": 3800, "full_time": 3800}])])
    other = employee(2, "Nijs", "Bo")
    assert changes.between(content(before, other), content(after, other)) == [
        Change("Test Derde", "employee", CHANGED, (), "first", "Tweede", "Derde"),
        Change("Test Derde", "contract", CHANGED, CONTRACT, "until", None, "2026-09-15"),
        Change("Test Derde", "terms", ADDED, (*CONTRACT, "2026-08-01"), "hours", None, 3800),
        Change("Test Derde", "choice", CHANGED, (45,), "kind", "premium", "exemption"),
        Change("Test Derde", "replacement", CHANGED, (*CONTRACT, "Nijs Bo"), "replaced", "pool van de voorziening",
               "Nijs Bo"),
        Change("Test Derde", "performance", ADDED, (*CONTRACT, "assimilated"), "hours", None, 0),
        Change("Test Derde", "performance", CHANGED, (*CONTRACT, "performed"), "hours", 1000, 1050)]


def test_data_of_the_facility_and_nothing_to_enter_are_compared_too():
    moved = content(employee())
    moved["facility"] = moved["facility"] | {"name": "De Eik"}
    found = changes.between(content(), moved)
    assert found[0] == Change("", "facility", CHANGED, (), "name", "Woonzorgcentrum De Linde (voorbeeld)", "De Eik")
    assert found[1] == Change("", "facility", CHANGED, (), "nothing_to_enter", True, False)
