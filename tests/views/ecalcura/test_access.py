"""'Toegang': an access manager invites colleagues, gives them roles and ends these."""
import pytest

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.database import today
from models.ecalcura.facilities import colleagues
from models.ecalcura.roles import PRIVACY
from tests.conftest import PASSWORD
from tests.factories import days
from tests.hall import link_in, mails
from tests.models.ecalcura.cast import facility, manager, newcomer
from tests.page import row_headers, text_of
from tests.views.hall.second_step import phone_of, send

ACCESS = "/ecalcura/990001/access"


@pytest.fixture
def access(page, home):
    """A `Page`, signed in as the access manager."""
    page.sign_in(home.ann)
    return page


def roles_of(account):
    return [grant.role for grant in Account.get_by_id(account.id).grants]


def ending(soup, name):
    """The address that ends the first role of the colleague with this name."""
    [row] = [row for row in soup.select(".administrators tbody tr") if name in text_of(row)]
    return row.select_one("form[action$='/end']")["action"]


def test_the_page_lists_colleagues_roles_and_who_did_what(access, home):
    soup = access.get(ACCESS)
    assert row_headers(soup) == ["Ann Maes (jijzelf)", "Fien Boon", "Jan Claes", "Piet Roels"]
    text = text_of(soup)
    assert "Piet Roels piet@voorbeeld.be actief Beheer privacygevoelige gegevens, vanaf 01/01/2000" in text
    assert "Jan Claes jan@voorbeeld.be actief nog geen rol" in text


def test_a_colleague_is_invited_given_a_role_and_works_with_it(access, home):
    """The whole way: mail, password, second factor, first page."""
    access.post(f"{ACCESS}/new", {"name": "Lies Dok", "email": "lies@voorbeeld.be"})
    text = text_of(access.follow())
    assert "De collega staat in je lijst. Geef nu een rol." in text
    assert "Aan Lies Dok (lies@voorbeeld.be)" in text
    access.post(access.response.request.path, {"role": "privacy"})
    text = text_of(access.follow())
    assert "De rol ‘Beheer privacygevoelige gegevens’ is gegeven." in text
    assert f"Lies Dok lies@voorbeeld.be uitgenodigd Beheer privacygevoelige gegevens, vanaf {today():%d/%m/%Y}" in text
    assert "ann@voorbeeld.be Rol gegeven: lies@voorbeeld.be (Beheer privacygevoelige gegevens)" in text

    path, _ = link_in(next(body for recipient, subject, body in mails() if "Uitnodiging" in subject), "invitation")
    access.forget()
    access.post(path, {"password": PASSWORD, "repeat_password": PASSWORD})
    access.post("/login", {"email": "lies@voorbeeld.be", "password": PASSWORD})
    soup = access.follow()
    assert "Stel" in text_of(soup.h1)
    send(access, soup, code=phone_of(soup).code())
    access.get("/", 303)
    access.follow(status=303)
    access.follow()
    assert access.response.request.path == "/ecalcura/990001"


def test_a_wrong_colleague_form_says_why_at_the_field(access, home):
    for fields, message in (
            ({"name": "", "email": "lies@voorbeeld.be"}, "Typ de naam van je collega."),
            ({"name": "Lies", "email": "geen"}, "geen e-mailadres"),
            ({"name": "Ann", "email": "ann@voorbeeld.be"}, "Deze collega staat al in je lijst."),
            ({"name": "Ploeg", "email": "ploeg@voorbeeld.be"}, "hoort intussen bij een andere login")):
        assert message in text_of(access.post(f"{ACCESS}/new", fields, 422))
    assert mails() == []


def test_a_role_has_a_first_and_a_last_day(access, home):
    form = f"{ACCESS}/{home.jan.id}/roles/new"
    first, last = f"{days(1):%d/%m/%Y}", f"{days(9):%d/%m/%Y}"
    for fields, message in (
            ({"role": ""}, "Kies een rol."), ({"role": "colleague"}, "Kies een antwoord uit de lijst."),
            ({"role": "privacy", "since": "01/01/2020"}, "niet in het verleden"),
            ({"role": "privacy", "since": last, "until": first}, "De laatste dag ligt voor de eerste dag."),
            ({"role": "privacy", "since": "gisteren"}, "is geen datum")):
        assert message in text_of(access.post(form, fields, 422)).replace("kan niet in het", "niet in het")
    access.post(form, {"role": "privacy", "since": first, "until": last})
    assert f"Beheer privacygevoelige gegevens, vanaf {first} tot en met {last}" in text_of(access.follow())
    assert roles_of(home.jan) == ["colleague"]


def test_a_role_that_is_ended_opens_nothing_at_the_next_request(access, home, app):
    other = type(access)(app)
    other.sign_in(home.privacy)
    other.get("/ecalcura/990001")
    access.post(ending(access.get(ACCESS), "Piet"), form=ACCESS)
    text = text_of(access.follow())
    assert "De rol ‘Beheer privacygevoelige gegevens’ is beëindigd." in text
    assert "Rol beëindigd: piet@voorbeeld.be (Beheer privacygevoelige gegevens)" in text
    other.get("/ecalcura/990001", 303)
    assert [recipient for recipient, *_ in mails()] == ["piet@voorbeeld.be"]


def test_the_last_access_manager_cannot_end_the_own_role(access, home):
    access.post(ending(access.get(ACCESS), "Ann"), form=ACCESS)
    assert "Maak eerst een collega toegangsbeheerder." in text_of(access.follow())
    assert roles_of(home.ann) == ["access"]
    access.post(f"{ACCESS}/{home.jan.id}/roles/new", {"role": "access"})
    access.post(ending(access.get(ACCESS), "Ann"), form=ACCESS)
    access.follow(status=303)
    assert roles_of(home.ann) == []


def test_an_invitation_is_sent_again(access, home):
    account = colleagues.invite(home.facility, "Lies Dok", "lies@voorbeeld.be", home.ann)
    mails()
    access.post(f"{ACCESS}/{account.id}/invite", form=ACCESS)
    assert "opnieuw verstuurd naar lies@voorbeeld.be" in text_of(access.follow())
    assert [recipient for recipient, *_ in mails()] == ["lies@voorbeeld.be"]
    access.post(f"{ACCESS}/{home.jan.id}/invite", form=ACCESS)
    assert "Deze collega staat al in je lijst." in text_of(access.follow())


def test_the_people_of_another_facility_are_not_there(access, home):
    """A5."""
    other = facility("990002", name="De Brug")
    stranger, boss = newcomer(other, "Els Pols"), manager(other, "Kris Bos")
    role = Grant.of(boss.id).get()
    for path in (f"{stranger.id}/invite", f"{stranger.id}/roles/new", f"roles/{role.id}/end"):
        access.post(f"{ACCESS}/{path}", {"role": "privacy"}, 404, form=ACCESS)
    text = text_of(access.get(ACCESS))
    assert "Pols" not in text
    assert "Bos" not in text
    assert roles_of(stranger) == ["colleague"]
    assert roles_of(boss) == ["access"]


def test_nothing_of_a_person_is_in_an_address_or_the_log_of_the_server(access, home, caplog):
    access.post(f"{ACCESS}/new", {"name": "Roos Kanarie", "email": "kanarie@voorbeeld.be"})
    access.follow()
    assert "anarie" not in access.response.request.url
    assert "anarie" not in caplog.text


def test_the_address_says_for_which_facility_a_form_is_saved(access, home):
    """Two tabs on two facilities cannot write into each other."""
    other = facility("990002", name="De Brug")
    for role in ("access",):
        colleagues.give(other, home.ann.id, colleagues.role_named(role))
    Grant.add(home.ann.id, PRIVACY, home.facility)
    access.sign_in(home.ann)
    fields = access.form_of("/ecalcura/990002/access/new")
    access.get(ACCESS)
    access.post("/ecalcura/990002/access/new", {**fields, "name": "Lies Dok", "email": "lies@voorbeeld.be"},
                token=False)
    assert [grant.tenant_id for grant in Account.by_email("lies@voorbeeld.be").grants] == [other.id]
