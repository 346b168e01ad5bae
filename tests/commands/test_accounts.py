"""The operator's commands for organisations, administrators and mail."""
import pytest

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.mail import outbox
from models.organisations import Organisation


def token_in(output, base_url):
    """The token of the invitation's link that a command printed."""
    line, = [line for line in output.splitlines() if line.startswith(f"{base_url}/invitation/")]
    return line.rpartition("/")[2]


def test_an_organisation_is_created_and_invited(run, app):
    code, output = run("organisation", "create", "De Ploeg", "--province", "limburg", "--email", "Ploeg@voorbeeld.be")
    assert code == 0
    account = Account.of_link("invitation", token_in(output, app.config["BASE_URL"]))
    assert (account.email, account.organisation.name, account.organisation.province) == (
        "ploeg@voorbeeld.be", "De Ploeg", "limburg")
    assert outbox.Mail.get().recipient == "ploeg@voorbeeld.be"


def test_an_organisation_that_cannot_be_invited_is_not_created(run):
    code, output = run("organisation", "create", "De Ploeg", "--province", "limburg", "--email", "geen adres")
    assert code == 1
    assert "not a mail address" in output
    assert Organisation.select().count() == 0


def test_an_imported_organisation_is_invited_and_invited_again_at_its_known_address(run, app):
    Organisation.create_new("De Ploeg", "limburg")
    code, output = run("organisation", "invite", "De Ploeg", "--province", "limburg")
    assert code == 1
    assert "give --email" in output
    assert run("organisation", "invite", "De Ploeg", "--province", "limburg", "--email", "ploeg@voorbeeld.be")[0] == 0
    code, output = run("organisation", "invite", "De Ploeg", "--province", "limburg")
    assert code == 0
    assert Account.of_link("invitation", token_in(output, app.config["BASE_URL"])).email == "ploeg@voorbeeld.be"
    assert OneTimeLink.select().count() == 1


@pytest.mark.parametrize(("words", "message"), [
    (["organisation", "create", "De Ploeg", "--province", "oost-vlaanderen", "--email", "x@voorbeeld.be"], "already"),
    (["organisation", "create", "Nieuw", "--province", "limburg", "--email", "ploeg@voorbeeld.be"], "another login"),
    (["organisation", "create", " ", "--province", "limburg", "--email", "x@voorbeeld.be"], "1 to 200 characters"),
    (["organisation", "invite", "De Ploeg", "--province", "oost-vlaanderen"], "already has a login"),
    (["organisation", "invite", "Bestaat niet", "--province", "limburg"], "no organisation of that name"),
    (["administrator", "create", "--province", "limburg", "--email", "ploeg@voorbeeld.be"], "another login"),
])
def test_a_refused_command_says_why_and_changes_nothing(run, cast, words, message):
    before = Organisation.select().count(), Account.select().count()
    code, output = run(*words)
    assert code == 1
    assert message in output
    assert (Organisation.select().count(), Account.select().count()) == before
    assert outbox.Mail.select().count() == 0


def test_an_unknown_province_is_refused_with_the_list(run):
    code, output = run("administrator", "create", "--province", "gent", "--email", "x@voorbeeld.be")
    assert code == 2
    assert "oost-vlaanderen" in output


def test_an_administrator_is_invited(run, app):
    code, output = run("administrator", "create", "--province", "limburg", "--email", "beheer@voorbeeld.be")
    assert code == 0
    account = Account.of_link("invitation", token_in(output, app.config["BASE_URL"]))
    assert (account.role, account.province, account.password_hash) == ("arbeidszorg:administrator", "limburg", None)


def test_without_app_key_an_invitation_is_refused_and_no_account_is_created(run):
    outbox.use(None)
    code, output = run("administrator", "create", "--province", "limburg", "--email", "beheer@voorbeeld.be")
    assert code == 1
    assert "app.key is missing" in output
    assert Account.select().count() == 0


def test_mail_is_delivered_and_refused_mail_is_reported(run, app, monkeypatch):
    outbox.post("ploeg@voorbeeld.be", "Dag", "link")
    assert run("mail", "deliver") == (0, "1 delivered\n")
    assert len(list((app.config["DATA_DIR"] / "mail").iterdir())) == 1

    def refuse(_settings):
        def send(*_mail):
            raise OSError("550 no such mailbox")
        return send

    monkeypatch.setattr("models.mail.postman.carrier", refuse)
    outbox.post("weg@voorbeeld.be", "Dag", "link")
    code, output = run("mail", "deliver")
    assert code == 0
    assert "0 delivered" in output
    assert "weg@voorbeeld.be was refused (attempt 1, the next at " in output
    assert "550 no such mailbox" in output
    assert "was refused" in run("init")[1]
