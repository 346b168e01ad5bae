"""'Bankrekeningen' of a facility."""
from models.audit import AuditEntry
from models.database import today
from models.ecalcura.accounts import four_eyes
from models.ecalcura.accounts.bank_accounts import BankAccount, in_use
from models.ecalcura.roles import FINANCIAL
from tests.hall import mails
from tests.models.ecalcura.bank_accounts import HOLDER, NUMBER, confirmed, from_raas, iban_of, proposed
from tests.models.ecalcura.cast import facility, somebody
from tests.views.ecalcura.accounts.pressing import press

LIST = "/ecalcura/990001/accounts"
NEW = f"{LIST}/new"
TYPED = {"iban": "be76 1170 0010 0095", "holder": HOLDER, "valid_from": "01/01/2026"}


def propose(page, status=303, **values):
    """Post the form of a new account."""
    return page.post(NEW, page.form_of(NEW) | TYPED | values, status, token=False)


def one(account, step=""):
    return f"{LIST}/{account.id}{step}"


def test_one_colleague_proposes_and_another_confirms(page, home, luc):
    page.sign_in(home.financial)
    propose(page)
    account = BankAccount.get()
    shown = page.get(one(account))
    assert "Je hebt deze rekening zelf voorgesteld" in shown.main.text
    assert not shown.select("button:-soup-contains('Bevestigen')")
    page.sign_in(luc)
    assert "Bevestig de nieuwe rekening" in page.get("/ecalcura/990001").main.text
    shown = page.get(one(account))
    assert shown.select_one("#number").text == "BE76 1170 0010 0095"
    assert HOLDER in shown.main.text
    press(page, one(account, "/confirm"))
    assert in_use([home.facility.id], today())
    listed = page.get(LIST)
    assert listed.select_one("#in-use + table th a").text == "BE•• •••• •••• 0095"
    assert "voorgesteld door Fien Boon" in listed.main.text
    assert "bevestigd door Luc Vos" in listed.main.text
    assert "Bevestig de nieuwe rekening" not in page.get("/ecalcura/990001").main.text
    assert len(mails()) == 4


def test_the_proposer_cannot_confirm_by_posting_it(page, home, luc):
    """A19."""
    account = proposed(home.facility, home.financial)
    page.sign_in(home.financial)
    for step, data in (("/confirm", {}), ("/refuse", {"reason": "Fout"})):
        shown = press(page, one(account, step), data, 422)
        assert "Je hebt deze rekening zelf voorgesteld" in shown.select_one("main [role=alert]:not([hidden])").text
    assert BankAccount.get().state == "proposed"


def test_a_wrong_number_is_refused_at_its_field_and_nothing_is_lost(page, home):
    page.sign_in(home.financial)
    shown = propose(page, 422, iban="BE76 1170 0010 0096")
    assert "V27 Dit is geen geldig rekeningnummer." in shown.select_one("#iban-error").text
    assert (shown.select_one("#iban")["value"], shown.select_one("#holder")["value"]) == (
        "BE76 1170 0010 0096", HOLDER)
    shown = propose(page, 422, holder="", valid_from="31/02/2026")
    assert shown.select_one("#holder-error")
    assert shown.select_one("#valid_from-error")
    assert not BankAccount.select().exists()


def test_a_holder_with_the_number_of_a_person_is_refused(page, home):
    page.sign_in(home.financial)
    assert "Vul hier geen rijksregisternummer in." in propose(
        page, 422, holder="Jan 85.07.30-033.28").select_one("#holder-error").text


def test_a_day_before_the_account_in_use_began_is_refused_at_its_field(page, home, luc):
    confirmed(home.facility, luc, home.financial)
    page.sign_in(home.financial)
    shown = propose(page, 422, iban=iban_of(account=5), valid_from="31/12/2025")
    assert "kies die dag of een latere" in shown.select_one("#valid_from-error").text


def test_an_unknown_bank_is_a_warning_and_a_bic_a_hint(page, home):
    page.sign_in(home.financial)
    propose(page)
    assert "V27 Bank niet herkend: kijk het na." in page.get(one(BankAccount.get())).main.text
    propose(page, iban="BE48 3200 7018 4927")
    shown = page.get(one(BankAccount.select().order_by(BankAccount.id.desc()).get()))
    assert "Bank niet herkend" not in shown.main.text
    assert "BBRUBEBB" in shown.main.text
    assert "hint uit een lijst" in shown.main.text


def test_a_second_click_on_a_button_answers_as_the_first(page, home, luc):
    account = proposed(home.facility, home.financial)
    page.sign_in(luc)
    for _ in range(2):
        press(page, one(account, "/confirm"), {}, 303)
        assert page.response.location == one(account)
    assert AuditEntry.select().where(AuditEntry.event == "account-confirmed").count() == 1


def test_a_page_that_is_older_than_the_decision_of_a_colleague_gets_409(page, home, luc):
    account = proposed(home.facility, home.financial)
    four_eyes.withdraw(home.facility, account, home.financial)
    page.sign_in(luc)
    for step, data in (("/confirm", {}), ("/refuse", {"reason": "Fout"})):
        shown = press(page, one(account, step), data, 409)
        assert "intussen al beslist" in shown.select_one("main [role=alert]:not([hidden])").text
        assert "ingetrokken door Fien Boon" in shown.main.text


def test_a_proposal_is_withdrawn_by_its_proposer(page, home, luc):
    account = proposed(home.facility, home.financial)
    page.sign_in(luc)
    press(page, one(account, "/withdraw"), {}, 422)
    page.sign_in(home.financial)
    press(page, one(account, "/withdraw"))
    assert "ingetrokken door Fien Boon" in page.get(LIST).select_one("#history + table").text


def test_a_refusal_needs_a_word_that_the_proposer_reads(page, home, luc):
    account = proposed(home.facility, home.financial)
    page.sign_in(luc)
    assert press(page, one(account, "/refuse"), {"reason": ""}, 422).select_one("#reason-error")
    assert "geen rekeningnummer" in press(page, one(account, "/refuse"), {"reason": f"Niet {NUMBER}"}, 422).select_one(
        "#reason-error").text
    press(page, one(account, "/refuse"), {"reason": "Dit is de <b>oude</b> rekening"})
    page.sign_in(home.financial)
    assert "reden: Dit is de <b>oude</b> rekening" in page.get(LIST).main.text


def test_an_account_from_raas_is_proposed_by_one_and_confirmed_by_another(page, home, luc):
    account = from_raas(home.facility)
    page.sign_in(home.financial)
    assert "Kijk de rekening uit RaaS na" in page.get("/ecalcura/990001").main.text
    press(page, one(account, "/confirm"), {}, 422)
    page.post(one(account, "/propose"), page.form_of(one(account, "/propose")) | {"valid_from": "x"}, 422, token=False)
    page.post(one(account, "/propose"), page.form_of(one(account, "/propose")), token=False)
    press(page, one(account, "/propose"))
    page.sign_in(luc)
    press(page, one(account, "/confirm"))
    assert in_use([home.facility.id], today())[home.facility.id].source == "raas"


def test_somebody_alone_asks_the_desk(page, home, desk):
    account = proposed(home.facility, home.financial)
    page.sign_in(home.financial)
    assert "Vraag bevestiging van je nieuwe rekening" in page.get("/ecalcura/990001").main.text
    assert page.get(one(account)).select("button:-soup-contains('Vraag bevestiging aan de dossierbeheerder')")
    press(page, one(account, "/ask"))
    assert "wacht op de dossierbeheerder" in page.get(one(account)).main.text
    assert "dossier@voorbeeld.be" in [recipient for recipient, *_ in mails()]
    assert "nieuwe rekening" not in page.get("/ecalcura/990001").main.text


def test_the_desk_is_not_asked_where_a_colleague_can_confirm(page, home, luc):
    account = proposed(home.facility, home.financial)
    page.sign_in(home.financial)
    assert not page.get(one(account)).select("button:-soup-contains('Vraag bevestiging')")
    press(page, one(account, "/ask"), {}, 409)


def test_another_role_and_another_facility_see_nothing(page, home):
    """A2: 403 for the privacy role, and what is of another facility is not there."""
    elsewhere = facility("990002")
    account = proposed(elsewhere, somebody(elsewhere, FINANCIAL, "Bo Nijs"))
    own = proposed(home.facility, home.financial, iban_of(account=5))
    page.sign_in(home.financial)
    for path in (f"/ecalcura/990002/accounts/{account.id}", "/ecalcura/990002/accounts", one(account)):
        page.get(path, 404)
    press(page, one(account, "/confirm"), {}, 404)
    for other in (home.privacy, home.ann):
        page.sign_in(other)
        for path in (LIST, NEW, one(own)):
            page.get(path, 403)
        assert "Bankrekeningen" not in page.get("/ecalcura/990001").select_one(".tabs").text


def test_an_account_whose_number_does_not_open_is_listed_and_says_so(page, home, monkeypatch):
    account = proposed(home.facility, home.financial)
    monkeypatch.setattr("models.names._State.key", None)
    monkeypatch.setattr("models.names._State.opened", {})
    page.sign_in(home.financial)
    assert "BE•• •••• •••• 0095" in page.get(LIST).main.text
    assert page.get(one(account)).select_one("#number").text == "niet leesbaar"
    assert "kan nu niet bewaard worden" in propose(page, 422, iban=iban_of(account=5)).main.text


def test_a_form_that_is_sent_twice_proposes_once(page, home):
    page.sign_in(home.financial)
    form = page.form_of(NEW) | TYPED
    for _ in range(2):
        page.post(NEW, form, 303, token=False)
    assert BankAccount.select().count() == 1
    assert "met andere gegevens" in page.post(NEW, form | {"holder": "Ander"}, 422, token=False).main.text


def test_no_number_is_in_an_address_or_the_log(page, home, caplog):
    page.sign_in(home.financial)
    propose(page)
    assert NUMBER not in page.response.location
    assert NUMBER not in caplog.text
    assert HOLDER not in caplog.text


def test_a_facility_that_asked_the_desk_reads_that_it_calls_back(page, home):
    account = proposed(home.facility, home.financial)
    page.sign_in(home.financial)
    assert "Een collega die financiële gegevens beheert, bevestigt ze." in page.get(one(account)).main.text
    four_eyes.ask_desk(home.facility, account, home.financial)
    shown = page.get(one(account))
    assert "De dossierbeheerder belt je terug en bevestigt ze dan." in shown.main.text
    assert "Een collega" not in shown.main.text
