"""'Contactpersonengegevens': the contact persons of a facility, for each of its roles and for the desk."""
import pytest

from models.audit import AuditEntry
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import ContactPerson, Details
from tests.models.ecalcura.cast import facility
from tests.page import row_headers, text_of

CONTACTS = "/ecalcura/990001/contacts"
DESK = "/ecalcura/desk/contacts/facilities/990001"
KIM = Details("kim@voorbeeld.be", "Kim Claes", "Directeur", "09 123 45 67")
TYPED = {"name": "Kim Claes", "function": "Directeur", "email": "Kim@voorbeeld.be", "telephone": "09 123 45 67"}


@pytest.mark.parametrize("who", ["privacy", "financial", "ann"])
def test_each_role_of_a_facility_adds_changes_and_removes_a_contact_person(page, home, who):
    page.sign_in(getattr(home, who))
    soup = page.get("/ecalcura/990001")
    [todo] = [line for line in soup.select(".lines li") if "Geen contactpersoon voor eCalcura" in text_of(line)]
    soup = page.get(todo.a["href"])
    assert "Er is nog geen contactpersoon voor eCalcura." in text_of(soup.main)
    page.post(f"{CONTACTS}/new", TYPED)
    text = text_of(page.follow())
    assert "De contactpersoon is toegevoegd." in text
    assert "Kim Claes Directeur kim@voorbeeld.be 09 123 45 67 eCalcura" in text
    assert "Geen contactpersoon" not in text_of(page.get("/ecalcura/990001"))
    one = ContactPerson.get()
    page.post(f"{CONTACTS}/{one.id}", {"function": "Boekhouder", "telephone": ""})
    text = text_of(page.follow())
    assert "De contactpersoon is opgeslagen." in text
    assert "Kim Claes Boekhouder kim@voorbeeld.be – eCalcura" in text
    assert f"Contactpersoon {one.id} gewijzigd: Functie, Telefoon" in text
    assert text_of(page.get(f"{CONTACTS}/{one.id}/remove").select_one("main dl")).startswith("Naam Kim Claes")
    page.post(f"{CONTACTS}/{one.id}/remove")
    text = text_of(page.follow())
    assert "De contactpersoon is verwijderd." in text
    assert f"Contactpersoon {one.id} verwijderd" in text
    assert "Kim" not in text
    assert not ContactPerson.select().exists()


def test_the_list_says_which_colleague_saved_it_and_not_who_at_the_desk(page, home, desk):
    contacts.add(home.facility, KIM, home.privacy)
    contacts.add(home.facility, Details("bo@voorbeeld.be", "Bo Nijs"), desk.dossier)
    page.sign_in(home.ann)
    first, second = [text_of(row) for row in page.get(CONTACTS).select("table.people tbody tr")]
    assert ", door Piet Roels" in first
    assert "door" not in second


def test_wrong_details_say_why_at_their_field_and_nothing_is_lost(page, home):
    contacts.add(home.facility, KIM)
    page.sign_in(home.financial)
    for fields, field, message in (
            ({"name": ""}, "name", "Typ de naam van de contactpersoon."),
            ({"email": ""}, "email", "Typ het e-mailadres van de contactpersoon."),
            ({"email": "kim"}, "email", "Dit is geen e-mailadres."),
            ({"email": "kim@voorbeeld.be"}, "email", "Een contactpersoon met dit e-mailadres staat al in de lijst."),
            ({"telephone": "bel mij"}, "telephone", "Typ een telefoonnummer"),
            ({"function": "x" * 101}, "function", "hoogstens 100 tekens"),
            ({"name": "Bo 57010100010"}, "name", "Vul hier geen rijksregisternummer in.")):
        soup = page.post(f"{CONTACTS}/new", {"name": "Bo Nijs", "email": "bo@voorbeeld.be", **fields}, 422)
        assert message in text_of(soup.select_one(f"#{field}-error"))
        assert soup.select_one("#email")["value"] == fields.get("email", "bo@voorbeeld.be")
    assert ContactPerson.select().count() == 1


def test_a_sixth_contact_person_is_refused_and_the_list_says_why(page, home):
    page.sign_in(home.financial)
    form = page.form_of(f"{CONTACTS}/new")
    for number in range(contacts.MOST):
        contacts.add(home.facility, Details(f"kim{number}@voorbeeld.be", "Kim"))
    assert "Er zijn al vijf contactpersonen." in text_of(
        page.post(f"{CONTACTS}/new", {**form, **TYPED}, 422, token=False).main)
    soup = page.get(CONTACTS)
    assert "hoogstens vijf contactpersonen" in text_of(soup.main)
    assert not soup.select("main a[href$='/new']")


def test_both_versions_are_shown_when_a_colleague_was_first(page, home):
    one = contacts.add(home.facility, KIM)
    page.sign_in(home.privacy)
    form = page.form_of(f"{CONTACTS}/{one.id}")
    contacts.change(one, KIM._replace(telephone="", function="Boekhouder"), 1)
    soup = page.post(f"{CONTACTS}/{one.id}", {**form, "function": "Voorzitter"}, 409, token=False)
    assert [text_of(row) for row in soup.select(".notice.error tbody tr")] == [
        "Functie Boekhouder Voorzitter", "Telefoon – 09 123 45 67"]
    page.post(f"{CONTACTS}/{one.id}", {field["name"]: field.get("value", "") for field in soup.select(
        "main form input[name]")}, token=False)
    assert ContactPerson.get().details == KIM._replace(telephone="", function="Voorzitter")


def test_the_same_button_twice_saves_once(page, home):
    one = contacts.add(home.facility, KIM)
    page.sign_in(home.privacy)
    form = page.form_of(f"{CONTACTS}/{one.id}") | {"function": "Boekhouder"}
    for message in ("is opgeslagen", "was al zo opgeslagen"):
        page.post(f"{CONTACTS}/{one.id}", form, token=False)
        assert message in text_of(page.follow().main.parent)
    form = page.form_of(f"{CONTACTS}/{one.id}/remove")
    for message in ("is verwijderd", "staat niet meer in de lijst"):
        page.post(f"{CONTACTS}/{one.id}/remove", form, token=False)
        assert message in text_of(page.follow().main.parent)
    page.get(f"{CONTACTS}/{one.id}/remove", 404)


def test_somebody_changed_the_contact_person_before_it_is_removed(page, home):
    one = contacts.add(home.facility, KIM)
    page.sign_in(home.privacy)
    form = page.form_of(f"{CONTACTS}/{one.id}/remove")
    contacts.change(one, KIM._replace(name="Kim Maes"), 1)
    soup = page.post(f"{CONTACTS}/{one.id}/remove", form, 409, token=False)
    assert "Iemand anders wijzigde dit intussen." in text_of(soup.main)
    assert "Kim Maes" in text_of(soup.main)
    assert ContactPerson.select().exists()


def test_a_contact_person_of_another_facility_does_not_exist(page, home, desk):
    other = facility("990002", name="De Brug")
    theirs = contacts.add(other, KIM)
    page.sign_in(home.privacy)
    page.get(f"{CONTACTS}/{theirs.id}", 404)
    page.get(f"{CONTACTS}/{theirs.id}/remove", 404)
    page.post(f"{CONTACTS}/{theirs.id}", TYPED, 404, form=f"{CONTACTS}/new")
    page.post(f"{CONTACTS}/{theirs.id}/remove", {"version": "1"}, form=f"{CONTACTS}/new")
    page.get("/ecalcura/990002/contacts", 404)
    page.sign_in(desk.dossier)
    page.get(f"{DESK}/{theirs.id}", 404)
    page.get("/ecalcura/desk/contacts/facilities/123456", 404)
    assert ContactPerson.get().details == KIM


def test_the_desk_adds_a_contact_person_and_the_facility_sees_it(page, home, desk):
    page.sign_in(desk.dossier)
    page.get(DESK)
    page.post(f"{DESK}/new", TYPED)
    soup = page.follow()
    assert text_of(soup.h1) == "Contactpersonen"
    assert "HCO 990001 Woonzorgcentrum De Linde" in text_of(soup.main)
    assert row_headers(soup)[0] == "Kim Claes"
    assert AuditEntry.of_tenant(home.facility.id).get().account_id == desk.dossier.id
    one = ContactPerson.get()
    page.post(f"{DESK}/{one.id}", {"function": "Boekhouder"})
    page.sign_in(home.privacy)
    assert "Kim Claes Boekhouder" in text_of(page.get(CONTACTS).main)
    page.sign_in(desk.dossier)
    page.post(f"{DESK}/{one.id}/remove")
    assert page.follow()
    assert not ContactPerson.select().exists()


def test_a_calculator_sees_no_contact_person(page, home, desk):
    one = contacts.add(home.facility, KIM)
    page.sign_in(desk.calculator)
    assert "Contactpersonen" not in text_of(page.get("/ecalcura/desk/facilities").header)
    for path in ("/ecalcura/desk/contacts", DESK, f"{DESK}/new", f"{DESK}/{one.id}", f"{DESK}/{one.id}/remove"):
        page.get(path, 403)


def test_the_name_of_a_contact_person_is_in_no_address_and_no_log(page, home, caplog):
    page.sign_in(home.privacy)
    page.post(f"{CONTACTS}/new", TYPED | {"name": "Roos Kanarie"})
    page.follow()
    assert "anarie" not in page.response.request.url + caplog.text
    assert not [entry for entry in AuditEntry.select() if "anarie" in str(entry.__data__)]
