"""The mails of the hall, in plain Dutch: each function returns a subject and a body."""
import datetime
from collections.abc import Callable, Iterable
from typing import Any

from models.days import local
from models.mail import texts

Letter = tuple[str, str]  # subject, body
Contacts = Callable[[str], Iterable[Iterable[str]]]  # a province -> name, telephone and address of each administrator

_base_url, _operator = "http://127.0.0.1:8000", ""
_contacts: Contacts | None = None


def use(base_url: str, contacts: Contacts | None = None, operator: str | None = "") -> None:
    """Set the address that links begin with, and how to reach a province's administrators and the operator."""
    global _base_url, _contacts, _operator
    _base_url, _contacts, _operator = base_url.rstrip("/"), contacts, operator or ""


def link(kind: str, token: str) -> str:
    """Return the address of a one-time link."""
    return f"{_base_url}/{kind}/{token}"


def invitation(email: str, organisation: str | None, token: str) -> Letter:
    """Invite the login of an organisation (its name), or an administrator, to choose a password."""
    if organisation:
        whom = f"{organisation} kan voortaan registreren in Loket."
    else:
        whom = "Je bent voortaan provinciebeheerder in Loket. Bij je eerste aanmelding heb je ook je telefoon nodig."
    return invitation_of(email, whom, token)


def invitation_of(email: str, whom: str, token: str) -> Letter:
    """Invite a login to choose a password; `whom` is a sentence on what it is for."""
    return "Uitnodiging voor Loket", body(texts.INVITATION, whom=whom, email=email, link=link("invitation", token))


def body(text: str, **values: Any) -> str:
    """Return the body of a letter: its text, which `values` and the address of Loket (`base_url`) fill in."""
    return (text + texts.SIGNATURE).format(base_url=_base_url, **values)


def password(email: str, token: str) -> Letter:
    """Send the link to choose a new password to somebody who asked for it."""
    return "Een nieuw wachtwoord voor Loket", body(texts.RESET, email=email, link=link("password", token))


def password_changed(email: str, province: str | None = None) -> Letter:
    """Tell that the password was changed."""
    return "Je wachtwoord van Loket is gewijzigd", body(texts.RESET_DONE, email=email, whom=_whom(province))


def email_confirmation(email: str, token: str) -> Letter:
    """Ask the new address of a login to confirm it."""
    return "Bevestig je e-mailadres voor Loket", body(texts.EMAIL_CONFIRMATION, email=email, link=link("email", token))


def email_in_use(email: str) -> Letter:
    """Tell an address that a login asked for it, and that another login has it."""
    return "Dit e-mailadres is al in gebruik in Loket", body(texts.EMAIL_IN_USE, email=email)


def email_requested(email: str) -> Letter:
    """Tell the old address that another one was asked for."""
    return "Een ander e-mailadres voor Loket gevraagd", body(texts.EMAIL_REQUESTED, email=email)


def email_changed(old_email: str, province: str | None = None) -> Letter:
    """Tell the old address that the login has another one."""
    return "Je e-mailadres van Loket is gewijzigd", body(
        texts.EMAIL_CHANGED, old_email=old_email, whom=_whom(province))


def login_blocked(email: str, province: str | None = None) -> Letter:
    """Tell that the login was blocked."""
    return "Je login van Loket is geblokkeerd", body(texts.LOGIN_BLOCKED, email=email, whom=_whom(province))


def login_unblocked(email: str) -> Letter:
    """Tell that the login was unblocked."""
    return "Je login van Loket is niet meer geblokkeerd", body(texts.LOGIN_UNBLOCKED, email=email)


def password_offered(email: str, token: str) -> Letter:
    """Send the link to choose a new password for which somebody else asked: an administrator or the operator."""
    return "Kies een nieuw wachtwoord voor Loket", body(
        texts.PASSWORD_OFFERED, email=email, link=link("password", token))


def move_asked(organisation: str, province: str, old_email: str, new_email: str, moment: datetime.datetime) -> Letter:
    """Tell the old address that the login will move, and how to cancel that."""
    return "Je login van Loket verhuist binnenkort", body(
        texts.MOVE_ASKED, organisation=organisation, old_email=old_email, new_email=new_email, moment=_words(moment),
        whom=_whom(province))


def move_coming(organisation: str, province: str, new_email: str, moment: datetime.datetime) -> Letter:
    """Tell the new address that the login will move to it."""
    return "Dit wordt een login van Loket", body(
        texts.MOVE_COMING, organisation=organisation, new_email=new_email, moment=_words(moment), whom=_whom(province))


def move_cancelled(organisation: str, new_email: str, reason: str) -> Letter:
    """Tell that the move was cancelled; `reason` is one of texts.MOVE_REASONS."""
    return "De verhuizing van een login van Loket gaat niet door", body(
        texts.MOVE_CANCELLED, organisation=organisation, new_email=new_email, reason=texts.MOVE_REASONS[reason])


def login_moved(organisation: str, new_email: str) -> Letter:
    """Tell the new address that the login has moved to it."""
    return "Dit is nu een login van Loket", body(texts.LOGIN_MOVED, organisation=organisation, new_email=new_email)


def _words(moment: datetime.datetime) -> str:
    return f"{local(moment):%d/%m/%Y om %H:%M}"


def factor(change: str, email: str, **values: Any) -> Letter:
    """Tell that the second factor changed; `change` is one of texts.FACTOR_CHANGES."""
    subject, what = texts.FACTOR_CHANGES[change]
    return subject, body(texts.FACTOR, what=what.format(email=email, **values))


def _whom(province: str | None) -> str:
    """Return the end of a sentence on where to find help: an administrator of this province, or else the operator."""
    found = _contacts(province) if _contacts and province else []
    if not found:
        return f"de helpdesk van Loket: {_operator}" if _operator else "de helpdesk van Loket."
    return "de beheerder van je provincie:\n\n" + "\n".join(f"    {', '.join(filter(None, one))}" for one in found)
