"""A list of organisations: sectors and mail addresses are filled in, and nothing is guessed."""
import io

import pytest

from models.accounts.bulk.errors import BulkCode
from models.accounts.bulk.loading import load
from models.audit import AuditEntry, Event
from models.errors import Code, Refused
from models.organisations import Organisation
from tests.tables import contents

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def kring():
    return Organisation.create_new("De Kring", "limburg")


def loaded(*lines, **options):
    return load(io.BytesIO("\r\n".join(lines).encode()), **options)


def values(organisation):
    """The sector and the mail address of an organisation, as they are now."""
    kept = Organisation.get_by_id(organisation.id)
    return kept.sector, kept.email


def notes(noted):
    return [(one.line, one.code) for one in noted]


@pytest.mark.parametrize("lines", [
    ("Organisatie;Sector;E-mailadres", "De Kring;Geestelijke gezondheidszorg;Kring@Voorbeeld.be"),
    ("E-mailadres;Organisatie;Sector", "kring@voorbeeld.be;De Kring;mental-health"),
    ("provincie,sector,e-mailadres,organisatie", "LIMBURG,geestelijke gezondheidszorg,kring@voorbeeld.be,De  Kring "),
    ("Onze organisaties", "", "Organisatie\tSector\tE-mailadres", "De\u00a0Kring\tmental-health\tkring@voorbeeld.be"),
])
def test_empty_values_are_filled_in_from_any_order_of_columns(kring, lines):
    outcome = loaded(*lines)
    assert values(kring) == ("mental-health", "kring@voorbeeld.be")
    assert [(changed.name, fields) for changed, fields in outcome.changed] == [("De Kring", ["email", "sector"])]
    assert (outcome.rows, outcome.refused, outcome.kept) == (1, [], [])


def test_one_of_the_two_columns_is_enough(kring):
    loaded("Organisatie;Sector", "De Kring;welfare")
    assert values(kring) == ("welfare", "")
    loaded("E-mailadres;Organisatie", "kring@voorbeeld.be;De Kring")
    assert values(kring) == ("welfare", "kring@voorbeeld.be")


def test_each_changed_organisation_is_in_the_log_with_its_fields(kring):
    Organisation.create_new("De Brug", "limburg", email="brug@voorbeeld.be")
    loaded("Organisatie;E-mailadres;Sector", "De Kring;kring@voorbeeld.be;", "De Brug;brug@voorbeeld.be;")
    [entry] = AuditEntry.select().where(AuditEntry.event == Event.ORGANISATION_CHANGED)
    assert (entry.tenant_id, entry.details["fields"]) == (kring.id, ["email"])


def test_an_empty_cell_takes_nothing_away(kring):
    loaded("Organisatie;Sector;E-mailadres", "De Kring;welfare;kring@voorbeeld.be")
    assert loaded("Organisatie;Sector;E-mailadres", "De Kring;;").changed == []
    assert values(kring) == ("welfare", "kring@voorbeeld.be")


def test_a_value_that_differs_stays_unless_it_is_replaced(kring):
    kring.change({"name": "De Kring", "sector": "welfare"}, kring.version)
    lines = "Organisatie;Sector;E-mailadres", "De Kring;mental-health;kring@voorbeeld.be"
    outcome = loaded(*lines)
    assert values(kring) == ("welfare", "kring@voorbeeld.be")
    assert notes(outcome.kept) == [(2, BulkCode.VALUE_KEPT)]
    assert loaded(*lines, replace=True).kept == []
    assert values(kring) == ("mental-health", "kring@voorbeeld.be")


def test_the_address_of_a_login_stays_in_any_case(cast):
    outcome = loaded("Organisatie;E-mailadres", "De Ploeg;ander@voorbeeld.be", "De Winning;winning@voorbeeld.be",
                     replace=True)
    assert (notes(outcome.kept), outcome.changed) == ([(2, BulkCode.LOGIN_ADDRESS)], [])


@pytest.mark.parametrize(("line", "code"), [
    (";welfare;x@voorbeeld.be;", Code.ORGANISATION_NAME),
    ("De Kringen;welfare;x@voorbeeld.be;", BulkCode.ORGANISATION_ABSENT),
    ("de kring;welfare;x@voorbeeld.be;", BulkCode.ORGANISATION_ABSENT),
    ("De Kring;welfare;x@voorbeeld.be;Antwerpen", BulkCode.ORGANISATION_ABSENT),
    ("De Kring;welfare;x@voorbeeld.be;Brussel", Code.PROVINCE),
    ("De Kring;zorg;x@voorbeeld.be;", BulkCode.SECTOR),
    ("De Kring;welfare;x at voorbeeld.be;", Code.EMAIL),
    ("De Brug;welfare;;", BulkCode.ORGANISATION_NAMESAKES),
])
def test_a_wrong_row_is_refused_with_its_line_and_costs_no_other(kring, line, code):
    for province in ("limburg", "antwerpen"):
        Organisation.create_new("De Brug", province)
    outcome = loaded("Organisatie;Sector;E-mailadres;Provincie", line, "De Brug;welfare;;Limburg")
    assert (notes(outcome.refused), outcome.rows) == ([(2, code)], 2)
    assert values(kring) == (None, "")
    assert [one.sector for one in Organisation.select().where(Organisation.name == "De Brug").order_by(
        Organisation.province)] == [None, "welfare"]


def test_a_second_row_about_an_organisation_is_refused(kring):
    outcome = loaded("Organisatie;Sector", "De Kring;welfare", "De Kring;other", replace=True)
    assert notes(outcome.refused) == [(3, BulkCode.ORGANISATION_REPEATED)]
    assert values(kring) == ("welfare", "")


def test_a_row_with_cells_too_many_is_refused(kring):
    outcome = loaded("Organisatie;Sector", "De Kring;welfare;x")
    assert [one.line for one in outcome.refused] == [2]
    assert values(kring) == (None, "")


def test_a_dry_run_says_the_same_and_changes_nothing(kring):
    lines = "Organisatie;Sector", "De Kring;welfare", "De Kringen;welfare"
    before = contents()
    dry = loaded(*lines, dry_run=True)
    assert contents() == before
    real = loaded(*lines)
    assert ([fields for _, fields in dry.changed], notes(dry.refused)) == (
        [fields for _, fields in real.changed], notes(real.refused))


@pytest.mark.parametrize(("heading", "code"), [
    ("Organisatie;Sector;Telefoon", BulkCode.COLUMN_OTHER),
    ("Organisatie;Sector;E-mail", BulkCode.COLUMN_OTHER),
    ("Organisatie;Sector;Sector", BulkCode.COLUMN_TWICE),
    ("Organisatie;Provincie", "file_heading"),
    ("Sector;E-mailadres", "file_heading"),
])
def test_a_list_with_other_columns_is_refused_whole(kring, heading, code):
    before = contents()
    with pytest.raises(Refused) as refused:
        loaded(heading, "De Kring;welfare;x@voorbeeld.be"[:heading.count(";") * 30])
    assert refused.value.code == code
    assert contents() == before
