"""Contact persons of a facility: sealed, five at most, and the only ones to whom mails on a theme go."""
import peewee
import pytest

from models import names
from models.audit import AuditEntry
from models.database import database, transaction
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import ContactPerson, Details
from models.ecalcura.roles import FINANCIAL
from models.errors import Refused, Stale
from tests.hall import in_threads, refusal
from tests.models.ecalcura.cast import facility, somebody

KIM = Details("kim@voorbeeld.be", "Kim Claes", "Directeur", "09 123 45 67")


def audit(home):
    return [(entry.event, entry.details.get("fields")) for entry in AuditEntry.of_tenant(home.id)][::-1]


def test_a_contact_person_is_sealed_except_for_the_address(home):
    fien = somebody(home, FINANCIAL, "Fien Boon")
    added = contacts.add(home, KIM._replace(name=" Kim  Claes"), fien)
    assert ContactPerson.one(home, added.id).details == KIM
    assert added.saved_by == fien.id
    for text in ("Kim", "Claes", "Directeur", "123"):
        assert text.encode() not in bytes(added.sealed)
    assert audit(home)[-1] == ("contact-person-added", None)
    assert AuditEntry.of_tenant(home.id).get().subject == str(added.id)


def test_without_the_names_key_the_address_is_still_there(home):
    added = contacts.add(home, KIM)
    names.use(None)
    assert ContactPerson.one(home, added.id).details == Details("kim@voorbeeld.be", "naam niet leesbaar")
    assert contacts.addresses(home) == ["kim@voorbeeld.be"]


def test_a_sealed_contact_person_opens_in_no_other_row(home):
    first, second = contacts.add(home, KIM), contacts.add(home, Details("bo@voorbeeld.be", "Bo Nijs"))
    ContactPerson.update(sealed=first.sealed).where(ContactPerson.id == second.id).execute()
    assert ContactPerson.one(home, second.id).details.name == "naam niet leesbaar"


@pytest.mark.parametrize(("values", "code"), [
    ({"email": "kim"}, "email"), ({"name": " "}, "contact_person_name"), ({"name": "x" * 101}, "contact_person_name"),
    ({"function": "x" * 101}, "contact_person_function"), ({"telephone": "0" * 51}, "contact_person_telephone"),
    ({"function": "57.01.01-000.10"}, "text_number"), ({"name": "Kim 57010100010"}, "text_number")])
def test_details_that_cannot_be_stored_are_refused(home, values, code):
    assert refusal(contacts.add, home, KIM._replace(**values)) == code
    assert not ContactPerson.select().exists()


def test_there_are_five_at_most_and_each_address_once(home):
    for number in range(contacts.MOST):
        contacts.add(home, Details(f"kim{number}@voorbeeld.be", "Kim"))
    assert refusal(contacts.add, home, KIM) == "contact_persons_full"
    ContactPerson.delete().where(ContactPerson.email == "kim4@voorbeeld.be").execute()
    assert refusal(contacts.add, home, Details("KIM0@voorbeeld.be", "Kim")) == "contact_person_twice"
    assert len(contacts.addresses(home)) == 4


def test_of_two_colleagues_who_add_the_fifth_at_once_one_is_refused(home):
    for number in range(contacts.MOST - 1):
        contacts.add(home, Details(f"kim{number}@voorbeeld.be", "Kim"))
    done = in_threads([lambda at=at: contacts.add(home, Details(f"bo{at}@voorbeeld.be", "Bo")) for at in (1, 2)])
    assert [one.code for one in done if isinstance(one, Refused)] == ["contact_persons_full"]
    assert ContactPerson.select().count() == contacts.MOST


def test_a_form_that_is_sent_again_adds_nobody(home):
    names.make_ready(home.id)
    first, again = in_threads([lambda: contacts.add(home, KIM, form_key="f")] * 2)
    assert first.id == again.id
    assert ContactPerson.select().count() == 1


def test_a_change_says_which_fields_in_the_log_and_only_once(home):
    added = contacts.add(home, KIM)
    now = contacts.change(added, KIM._replace(function="Boekhouder", email="boek@voorbeeld.be"), 1)
    assert (now.version, now.email, now.details.function) == (2, "boek@voorbeeld.be", "Boekhouder")
    contacts.change(added, now.details, 2)
    assert audit(home) == [("contact-person-added", None), ("contact-person-changed", ["email", "function"])]


def test_an_older_form_changes_and_removes_nothing(home):
    added = contacts.add(home, KIM)
    contacts.change(added, KIM._replace(function="Boekhouder"), 1)
    for act in (lambda: contacts.change(added, KIM, 1), lambda: contacts.remove(added, 1)):
        with pytest.raises(Stale) as stale:
            act()
        assert stale.value.current.details.function == "Boekhouder"
    contacts.remove(added, 2)
    assert not ContactPerson.select().exists()
    with pytest.raises(Stale) as stale:
        contacts.remove(added, 2)
    assert stale.value.current is None
    assert audit(home)[-1] == ("contact-person-removed", None)


def test_a_mail_on_a_theme_goes_to_the_contact_persons_of_that_facility_and_theme(home):
    other = facility("990002")
    contacts.add(home, KIM)
    contacts.add(home, Details("bo@voorbeeld.be", "Bo Nijs"))
    contacts.add(other, Details("els@voorbeeld.be", "Els Pols"))
    contacts.add(home, Details("ander@voorbeeld.be", "Kim"), theme="ander")
    assert contacts.addresses(home) == ["bo@voorbeeld.be", "kim@voorbeeld.be"]
    assert contacts.addresses(other) == ["els@voorbeeld.be"]


def test_a_facility_under_another_has_no_contact_persons(home):
    part = facility("990002", "kortverblijf", "Kortverblijf De Linde", parent_id=home.id)
    assert refusal(contacts.add, part, KIM) == "no_dossier"


@pytest.mark.parametrize(("values", "piece"), [
    ({"facility_id": 999_999}, ""), ({"email": ""}, ""), ({"theme": ""}, ""), ({"theme": "x" * 41}, "")])
def test_the_database_refuses_a_contact_person_that_breaks_a_rule(home, values, piece):
    with pytest.raises(peewee.IntegrityError), transaction():
        ContactPerson.create(**{"facility_id": home.id, "email": "kim@voorbeeld.be", "sealed": b"-"} | values)


def test_the_database_keeps_a_contact_person_with_its_facility_and_theme(home):
    added, other = contacts.add(home, KIM), facility("990002")
    for column, value in (("facility_id", other.id), ("theme", "ander")):
        with pytest.raises(peewee.IntegrityError, match="contact_person_stays"), transaction():
            database.execute_sql(f"UPDATE contact_person SET {column} = {database.param} WHERE id = {database.param}",
                                 (value, added.id))
