"""A login with several grants chooses one after signing in and switches in the menu; its forms stay in their role."""
import dataclasses
import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from models import log
from models.accounts import roles
from models.accounts.grants import Grant
from models.accounts.recovery_codes import RecoveryCode
from models.accounts.second_factor import SecondFactor
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.audit import AuditEntry
from models.organisations import Organisation
from tests.conftest import PASSWORD
from tests.factories import typed
from tests.page import PARTIAL, text_of
from tests.phones import factor_of
from tests.views.hall.second_step import give_password, phone_of, send
from views.hall import log_words

ROLES = "/account/roles"


@pytest.fixture
def both(cast):
    """The login of De Ploeg, which also has a grant in De Kring: `.account`, `.organisations`, `.grants`."""
    kring = Organisation.create_new("De Kring", "oost-vlaanderen")
    given = Grant.give(cast.ploeg.account.id, ORGANISATION, kring)
    return SimpleNamespace(account=cast.ploeg.account, organisations=(cast.ploeg.organisation, kring),
                           grants=(cast.ploeg.account.grants[0], given))


def sign_in(page, account, path="/login"):
    page.post(path, {"email": account.email, "password": PASSWORD})


def choose(page, grant, path=ROLES):
    """Post the button of this grant on the page that asks which role."""
    form = page.browser.get(path)
    action = next(form["action"] for form in BeautifulSoup(form.text, "html.parser").select("main form")
                  if form["action"].startswith(f"{ROLES}/{grant.id}"))
    page.post(action, form=path)


def signs_in(tenant):
    """The number of sign-ins in the log of this organisation."""
    found = log.Log(AuditEntry.of_organisation(tenant), ["signed-in"])
    return len(found.lines)


def test_the_login_is_asked_in_which_role_and_goes_on_to_the_requested_page(page, both):
    page.get("/export?x=1", 303)
    sign_in(page, both.account, page.response.location)
    assert page.response.location == "/export?x=1"
    page.follow(status=303)
    assert page.response.location == f"{ROLES}?next=/export?x%3D1"
    soup = page.follow()
    assert text_of(soup.h1) == "In welke rol ga je verder?"
    buttons = [text_of(button) for button in soup.select("main button")]
    assert buttons == ["Arbeidszorg: De Ploeg", "Arbeidszorg: De Kring"]
    choose(page, both.grants[1], page.response.request.full_path)
    assert page.response.location == "/export?x=1"
    assert "De Kring" in text_of(page.follow().header)


def test_htmx_loads_the_page_that_asks_and_comes_back_to_the_list(page, both):
    sign_in(page, both.account)
    headers = PARTIAL | {"HX-Current-URL": "http://localhost/dashboard?tab=inactive"}
    for path in ("/dashboard?tab=inactive&page=2", "/account/email"):
        page.get(path, 401, headers=headers)
        assert page.response.headers["HX-Redirect"] == f"{ROLES}?next=/dashboard?tab%3Dinactive"
        assert page.response.text == ""


def test_a_grant_of_another_login_is_a_404(page, both, cast):
    token = page.sign_in(both.account)
    for grant in (cast.outsider.account.grants[0], cast.administrator.grants[0]):
        page.post(f"{ROLES}/{grant.id}", form=ROLES, status=404)
        assert Session.find(token).grant_id is None
    both.grants[1].end()
    page.post(f"{ROLES}/{both.grants[1].id}", form=ROLES, status=404)


def test_the_menu_switches_between_the_roles(page, both):
    page.sign_in(both.account)
    choose(page, both.grants[0])
    soup = page.get("/organisation")
    assert text_of(soup.h2) == "De Ploeg"
    link = soup.find("a", string="Wissel van rol")
    soup = page.get(link["href"])
    assert [text_of(button) for button in soup.select("main button")] == [
        "Arbeidszorg: De Ploeg (nu)", "Arbeidszorg: De Kring"]
    choose(page, both.grants[1])
    assert page.response.location == "/"
    assert text_of(page.get("/organisation").h2) == "De Kring"


def test_a_login_with_one_grant_has_no_switch_and_no_extra_field(signed_in):
    soup = signed_in.get("/organisation/edit")
    assert not soup.find("a", string="Wissel van rol")
    assert not soup.select("[name=made_by_grant]")


def test_the_login_can_sign_out_before_it_chose(page, both):
    token = page.sign_in(both.account)
    assert page.get(ROLES).select_one("header form")["action"] == "/logout"
    page.post("/logout", form=ROLES)
    assert page.response.location == "/login"
    assert Session.find(token) is None


def test_a_grant_that_ends_is_asked_about_at_the_next_request(page, both):
    page.sign_in(both.account)
    choose(page, both.grants[1])
    page.get("/dashboard")
    both.grants[1].end()
    page.get("/dashboard", 303)
    assert page.response.location == f"{ROLES}?next=/dashboard"
    soup = page.follow()
    assert "Je login heeft nu één rol." in text_of(soup.main)
    assert [text_of(button) for button in soup.select("main button")] == ["Arbeidszorg: De Ploeg"]
    choose(page, both.grants[0])
    assert "De Ploeg" in text_of(page.get("/dashboard").header)
    both.grants[0].end()
    page.get("/dashboard", 303)
    assert page.response.location.startswith("/login")


def test_the_log_of_each_organisation_has_the_sign_in_of_its_own_role(app, page, both):
    ploeg, kring = both.organisations
    sign_in(page, both.account)
    assert (signs_in(ploeg), signs_in(kring)) == (0, 0)
    choose(page, both.grants[1])
    assert (signs_in(ploeg), signs_in(kring)) == (0, 1)
    choose(page, both.grants[1])
    choose(page, both.grants[0])
    assert (signs_in(ploeg), signs_in(kring)) == (1, 1)
    with app.app_context():
        [line] = log.Log(AuditEntry.of_organisation(kring), ["signed-in"]).lines
        assert (log_words.who(line), log_words.line(line)) == ("De Kring", "Aangemeld")


# Forms

@pytest.fixture
def form(page, both):
    """A new client's form, opened in the role of De Kring."""
    page.sign_in(both.account)
    choose(page, both.grants[1])
    return {**page.form_of("/clients/new"), **typed(), "name": "Ward Claes"}


def clients():
    """The organisation of each client."""
    return [client.organisation_id for client in Client.select()]


def test_a_form_is_not_saved_in_a_role_that_was_chosen_in_another_tab(page, both, form):
    choose(page, both.grants[0])
    soup = page.post("/clients/new", form, 409, token=False)
    assert clients() == []
    assert "Je formulier hoort bij een andere rol: Arbeidszorg: De Kring." in text_of(soup.main)
    assert "Ward" not in page.response.text
    [button] = soup.select("main button:not(.quiet)")
    assert text_of(button) == "Arbeidszorg: De Kring"
    soup = send_with(page, soup, both.grants[1])
    assert text_of(soup.h1) == "Wat je typte is er nog"
    assert soup.select_one("main form [name=name]")["value"] == "Ward Claes"
    send(page, soup, 303)
    assert clients() == [both.organisations[1].id]


def test_a_form_of_another_role_is_dropped_by_going_on_in_this_one(page, both, form):
    choose(page, both.grants[0])
    soup = page.post("/clients/new", form, 409, token=False)
    assert send_with(page, soup, both.grants[0], 303) is None
    assert page.response.location == "/"
    assert clients() == []


def test_a_form_of_a_grant_that_ended_is_not_saved(page, both, form):
    both.grants[1].end()
    soup = page.post("/clients/new", form, 409, token=False)
    assert "het hoort bij een rol die je login niet meer heeft" in text_of(soup.main)
    assert send_with(page, soup, both.grants[0], 303) is None
    assert clients() == []


def test_a_form_posted_too_late_is_saved_in_its_own_role_without_asking(page, both, form):
    Session.end_all(both.account)
    soup = page.post("/clients/new", form, 401, token=False)
    soup = send(page, soup, email=both.account.email, password=PASSWORD)
    assert text_of(soup.h1) == "Wat je typte is er nog"
    send(page, soup, 303)
    assert clients() == [both.organisations[1].id]


def test_a_form_from_the_time_of_one_grant_asks_first(page, cast):
    """The form does not say its role, so a page asks before anything is saved, and keeps the form."""
    page.sign_in(cast.ploeg.account)
    form = {**page.form_of("/clients/new"), **typed(), "name": "Ward Claes"}
    Session.end_all(cast.ploeg.account)
    soup = page.post("/clients/new", form, 401, token=False)
    given = Grant.give(cast.ploeg.account.id, ORGANISATION, Organisation.create_new("De Kring", "limburg"))
    soup = send(page, soup, email=cast.ploeg.account.email, password=PASSWORD)
    soup = send(page, soup, 409)
    assert clients() == []
    soup = send_with(page, soup, given)
    send(page, soup, 303)
    assert clients() == [given.tenant_id]


def send_with(page, soup, grant, status=200):
    """Post the button of this grant with the hidden fields beside it."""
    form = soup.select_one(f"main form[action^='{ROLES}/{grant.id}']")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    return page.post(form["action"], fields, status, token=False)


# Second factor and limits

@pytest.fixture
def desk(register):
    """A role in a province with other limits than those of an organisation, given to De Ploeg's login too."""
    limits = roles.Limits(datetime.timedelta(minutes=10), datetime.timedelta(hours=20), 20, second_factor=True)
    return dataclasses.replace(ADMINISTRATOR, name="desk", limits=limits, excludes=())


@pytest.fixture
def strict(app, cast, desk):
    """De Ploeg's login with that role too, in a wing that knows it."""
    roles.use([ORGANISATION, ADMINISTRATOR, desk])
    roles.store()
    app.extensions["audiences"][desk.code] = dataclasses.replace(
        app.extensions["audiences"][ADMINISTRATOR.code], role=desk, label="Balie")
    Grant.give(cast.ploeg.account.id, desk, "limburg")
    return cast.ploeg.account


def test_the_strictest_limits_of_the_grants_hold(page, strict, clock):
    assert SecondFactor.needed(strict)
    token = page.sign_in(strict)
    choose(page, Grant.of(strict.id).first())
    limits = Session.find(token).limits
    assert (limits.idle, limits.absolute) == (datetime.timedelta(minutes=10), datetime.timedelta(hours=12))
    assert "20" in text_of(page.get("/account/password").select_one("#password-hint"))
    clock(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=10))
    page.get("/dashboard", 303)
    assert page.response.location.startswith("/login")


def test_the_second_step_comes_before_the_question_which_role(page, strict):
    phone = factor_of(strict).phone
    page.get("/export", 303)
    soup = give_password(page, strict, page.response.location)
    assert text_of(soup.h1) == "Aanmelden met je code"
    page.get(ROLES, 303)
    page.post(soup.select_one("main form")["action"], {"code": phone.code()})
    page.follow(status=303)
    assert page.response.location == f"{ROLES}?next=/export"
    buttons = [text_of(button) for button in page.follow().select("main button")]
    assert buttons == ["Arbeidszorg: De Ploeg", "Balie: Limburg"]


def test_a_page_of_another_role_is_not_opened_without_choosing_that_role(page, strict):
    page.sign_in(strict)
    organisation, desk = Grant.of(strict.id)
    for grant, other in ((organisation, "/province/administrators"), (desk, "/dashboard")):
        choose(page, grant)
        page.get(other, 403)


def test_setting_up_the_second_factor_leads_to_the_question_too(page, strict):
    soup = give_password(page, strict, "/login?next=/export")
    soup = send(page, soup, code=phone_of(soup).code())
    assert RecoveryCode.left(strict) == 10
    page.get(soup.find("a", string="Verder")["href"], 303)
    assert page.response.location == f"{ROLES}?next=/export"
