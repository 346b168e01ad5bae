"""Claims of a provider, as the table [ecalcura] of OIDC_CLAIMS reads them."""
import tomllib

import pytest

from models.audit import AuditEntry
from models.ecalcura.demonstration import people
from models.ecalcura.facilities import claims
from tests.models.ecalcura.cast import KBO, OTHER_KBO, facility

TABLE = {"name": ["given_name", "family_name"], "roles": "rol_3d", "numbers": "hco",
         "role": {"Personeel": "privacy", "Financien": "financial"}}
OF_ORGANISATIONS = {**TABLE, "numbers": "kbo"}
SEPARATE = {**TABLE, "facilities": "hco"}


@pytest.fixture
def homes(cast):
    """Two facilities of one organisation, one of another, and a short stay under the first."""
    first = facility("990001", kbo=KBO)
    return first, facility("990002", kbo=KBO), facility("990003", kbo=OTHER_KBO), facility(
        "990004", kind="kortverblijf", kbo=KBO, parent_id=first.id)


def read(table, **sent):
    """The grants as (role, HCO number), and the code of the refusal."""
    answer = claims.of_wing(table).read(sent)
    return sorted((role.name, home.hco if home else "desk") for role, home in answer.grants), answer.refused


@pytest.mark.parametrize(("sent", "found"), [
    ("Personeel:990001", [("privacy", "990001")]),
    (["Personeel:990001"], [("privacy", "990001")]),
    ("Personeel: 990001 , 990002", [("privacy", "990001"), ("privacy", "990002")]),
    (["Personeel:990001", "Financien:990001,990003"],
     [("financial", "990001"), ("financial", "990003"), ("privacy", "990001")]),
    (["Keuken:990001", "Personeel:990001"], [("privacy", "990001")]),
    ("Keuken:990001", [("colleague", "990001")]),
    ("personeel:990001", [("colleague", "990001")]),
    *((nothing, []) for nothing in ("Personeel", "Personeel:", ":", "", None, 7, [], [None, 7], {})),
])
def test_a_text_or_a_list_of_role_and_numbers(homes, sent, found):
    assert read(TABLE, rol_3d=sent) == (found, None)


def test_the_number_of_an_enterprise_means_its_facilities_with_a_dossier(homes):
    assert read(OF_ORGANISATIONS, rol_3d=f"Personeel:{KBO}") == ([("privacy", "990001"), ("privacy", "990002")], None)
    written = f"{KBO[:4]}.{KBO[4:7]}.{KBO[7:]}"
    assert read(OF_ORGANISATIONS, rol_3d=f"Financien:{written}")[0] == [
        ("financial", "990001"), ("financial", "990002")]


@pytest.mark.parametrize(("roles", "numbers", "found"), [
    ("Personeel", "990001", [("privacy", "990001")]),
    (["Personeel", "Financien"], ["990001", "990003"], [
        ("financial", "990001"), ("financial", "990003"), ("privacy", "990001"), ("privacy", "990003")]),
    ([], "990001", [("colleague", "990001")]), ("Personeel", None, []),
])
def test_roles_and_facilities_in_claims_of_their_own(homes, roles, numbers, found):
    assert read(SEPARATE, rol_3d=roles, hco=numbers) == (found, None)


@pytest.mark.parametrize(("number", "logged"), [
    ("123456", "123456"), ("990004", "990004"), ("85073003328", None), ("x" * 21, None), ("Piet Roels", None),
    ("\ud800", None), ("99\0001", None)], ids=ascii)
def test_a_number_that_is_not_known_is_refused_and_logged_if_it_can_be_of_a_facility(homes, number, logged):
    """A facility that falls under another has no roles."""
    assert read(TABLE, rol_3d=f"Personeel:990001,{number}") == ([("privacy", "990001")], "facility_unknown")
    [entry] = AuditEntry.select().where(AuditEntry.event == "facility-unknown")
    assert (entry.subject, entry.actor, entry.account_id, entry.detail) == (logged, "nobody", None, "{}")


def test_of_ten_thousand_numbers_two_hundred_are_read(homes):
    """Each is a query, and a line of the log if it is not known, in one transaction."""
    texts = ["Personeel:990001", *(f"Keuken:{','.join(str(100000 + start + one) for one in range(50))}"
                                   for start in range(0, 10000, 50)), "Financien:990001"]
    assert read(TABLE, rol_3d=texts[:199] + texts[-1:]) == (
        [("financial", "990001"), ("privacy", "990001")], "facility_unknown")
    assert AuditEntry.select().where(AuditEntry.event == "facility-unknown").count() == 199


@pytest.mark.parametrize("change", [
    {"name": None}, {"roles": None}, {"numbers": "riziv"}, {"role": {}}, {"role": "privacy"},
    {"role": {"Personeel": "colleague"}}, {"role": {"Personeel": 7}}, {"rols": "x"}])
def test_a_wrong_table_is_refused_at_the_start(change):
    table = {name: value for name, value in {**TABLE, **change}.items() if value is not None}
    with pytest.raises(ValueError, match="expected"):
        claims.of_wing(table)


def test_the_mapping_of_the_demonstration_reads_its_people(homes):
    facility("990016", kbo=OTHER_KBO)
    table = tomllib.loads(people.MAPPING.read_text(encoding="utf-8"))["ecalcura"]
    found = {label.split(",")[0]: read(table, **sent)[0] for label, _, sent in people.people()}
    assert found == {
        "Mira Sels": [("privacy", "990001")], "Bram Ooms": [("access", "990001"), ("financial", "990001")],
        "Hanne Wuyts": [("privacy", "990002"), ("privacy", "990016")], "Tuur Nijs": [], "Ella Rots": [],
        "Lore Maas": [("dossier", "desk")], "Wim Daems": [("calculator", "desk")]}


def test_roles_at_the_desk_hold_for_the_number_of_the_desk_alone(homes):
    table = {**TABLE, "desk": "OVO000001", "role": {**TABLE["role"], "Dossier": "dossier", "Reken": "calculator"}}
    of = claims.of_wing(table)
    sent = ["Dossier:OVO000001,990001", "Reken:ovo000001", "Personeel:OVO000001"]
    answer = of.read({"rol_3d": sent})
    assert [(role.name, to) for role, to in answer.grants] == [("calculator", None), ("dossier", None)]
    assert answer.refused is None
    assert {role.name for role in of.roles} >= {"dossier", "calculator"}


def test_without_a_number_of_the_desk_the_operator_gives_its_roles(homes):
    assert not {role.name for role in claims.of_wing(TABLE).roles} & {"dossier", "calculator"}
    with pytest.raises(ValueError, match="role"):
        claims.of_wing({**TABLE, "role": {"Dossier": "dossier"}})
