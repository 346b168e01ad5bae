"""The texts of the mails, and the addresses that they may be sent to."""
import datetime
import re

import pytest

from models.errors import Refused
from models.mail import letters, texts
from models.mail.addresses import clean_email


@pytest.mark.parametrize("letter", [
    letters.password("a@voorbeeld.be", "T"), letters.password_changed("a@voorbeeld.be"),
    letters.email_confirmation("a@voorbeeld.be", "T"), letters.email_in_use("a@voorbeeld.be"),
    letters.email_requested("a@voorbeeld.be"), letters.email_changed("a@voorbeeld.be"),
    *(letters.factor(change, "a@voorbeeld.be", left=9) for change in texts.FACTOR_CHANGES),
])
def test_a_letter_is_short_and_says_what_to_do_when_it_is_unexpected(letter):
    subject, body = letter
    assert len(subject) <= 60
    assert body.startswith("Dag,\n")
    assert "{" not in body
    assert "Heb je niets gevraagd?" in body or "Weet jij hier niets van" in body
    assert max(map(len, body.splitlines())) <= 120


MOMENT = datetime.datetime(2026, 3, 30, 9, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("letter", "told"), [
    (letters.login_blocked("a@voorbeeld.be"), "Vraag het aan de helpdesk van Loket."),
    (letters.login_unblocked("a@voorbeeld.be"), "je kan hem weer gebruiken"),
    (letters.password_offered("a@voorbeeld.be", "T"), "blijft het wat het is"),
    (letters.move_asked("De {Ploeg}", "limburg", "a@voorbeeld.be", "b@voorbeeld.be", MOMENT), "Klopt dit niet?"),
    (letters.move_coming("De {Ploeg}", "limburg", "b@voorbeeld.be", MOMENT), "Nu hoef je niets te doen."),
    (letters.login_moved("De {Ploeg}", "b@voorbeeld.be"), "Het wachtwoord is niet veranderd."),
    *((letters.move_cancelled("De {Ploeg}", "b@voorbeeld.be", reason), "Er verandert niets.")
      for reason in texts.MOVE_REASONS),
])
def test_a_letter_about_an_act_of_an_administrator_is_short_and_says_its_effect(letter, told):
    subject, body = letter
    assert len(subject) <= 60
    assert body.startswith("Dag,\n")
    assert told in body
    assert "{" not in body.replace("{Ploeg}", "")
    assert max(map(len, body.splitlines())) <= 120


def move_asked(email, province):
    return letters.move_asked("De Ploeg", province, email, "b@voorbeeld.be", MOMENT)


def move_coming(email, province):
    return letters.move_coming("De Ploeg", province, email, MOMENT)


@pytest.mark.parametrize(
    "letter", [letters.password_changed, letters.email_changed, letters.login_blocked, move_asked, move_coming])
def test_a_letter_that_refers_to_administrators_says_how_to_reach_them(letter):
    reached = {"limburg": [("Lies {Maes}", "09 1", ""), ("", "", "b@voorbeeld.be")], "antwerpen": []}
    letters.use("https://loket.voorbeeld.be", reached.get, "helpdesk@voorbeeld.be")
    try:
        body = letter("a@voorbeeld.be", "limburg")[1]
        assert "de beheerder van je provincie:\n\n    Lies {Maes}, 09 1\n    b@voorbeeld.be\n" in body
        for province in ("antwerpen", None):
            body = letter("a@voorbeeld.be", province)[1]
            assert "de helpdesk van Loket: helpdesk@voorbeeld.be\n" in body
            assert "provincie" not in body
    finally:
        letters.use("https://loket.voorbeeld.be")


@pytest.mark.parametrize("email", [
    "", "ploeg", "ploeg@", "@voorbeeld.be", "ploeg@voorbeeld", "a@b@voorbeeld.be", "ploeg @voorbeeld.be",
    "ploeg@voorbeeld.be\r\nBcc: dief@voorbeeld.be", "ploeg@voorbeeld.be\n", "\rploeg@voorbeeld.be",
    "pl\x00eg@voorbeeld.be", "Ploeg <ploeg@voorbeeld.be>", "x" * 300 + "@voorbeeld.be",
])
def test_an_invalid_address_is_refused(email):
    with pytest.raises(Refused, match="email"):
        clean_email(email)


def test_an_address_is_stored_trimmed_and_in_lower_case():
    assert clean_email(" Ploeg+Loket@Voorbeeld.BE ") == "ploeg+loket@voorbeeld.be"


def test_a_request_that_may_be_the_operators_is_not_ascribed_to_an_administrator():
    for _, body in (letters.password_offered("a@voorbeeld.be", "T"), move_asked("a@voorbeeld.be", None),
                    move_coming("a@voorbeeld.be", None)):
        assert not re.search("(een|je) beheerder vroeg", body, re.IGNORECASE)


def test_the_invitation_of_an_administrator_mentions_the_phone():
    assert "telefoon" in letters.invitation("beheer@voorbeeld.be", None, "T")[1]
    assert "telefoon" not in letters.invitation("ploeg@voorbeeld.be", "De Ploeg", "T")[1]
