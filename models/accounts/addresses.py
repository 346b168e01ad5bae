"""The e-mail address of a login: asking for another one, and confirming it by the link that is mailed to it."""
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.audit import Event, record
from models.database import refusing, transaction
from models.errors import Code, Refused
from models.mail import letters, outbox
from models.mail.addresses import clean_email


def request(account: Account, new: str, password: str) -> None:
    """Ask for another address: mail a link to the new address, and a notice to the old one.

    Only a mail tells that another login has the new address: the page does not. Raises `Refused` for a wrong password,
    and for the address that the account has already.
    """
    new = clean_email(new)
    account.check_password(password)
    if new == account.email:
        raise Refused(Code.EMAIL_SAME)
    with transaction():
        if Account.by_email(new):
            outbox.post(new, *letters.email_in_use(new))
        else:
            token = OneTimeLink.make(account, "email", new_email=new)
            outbox.post(new, *letters.email_confirmation(new, token))
        outbox.post(account.email, *letters.email_requested(account.email))
        record(Event.EMAIL_REQUESTED, by=account)


def confirm(token: str) -> Account:
    """Give the account of this link its new address, mail the old one, and end links that were mailed to it.

    Raises `Refused` if the link does not work, and if another login has the address by now.
    """
    account = Account.of_link("email", token)
    if not account:
        raise Refused(Code.LINK)
    old_email = account.email
    with transaction(), refusing(email=Code.EMAIL_TAKEN):
        account.save_values(email=OneTimeLink.use("email", token).new_email)
        OneTimeLink.revoke(account)
        outbox.post(old_email, *letters.email_changed(old_email, account.helped_in()))
        record(Event.EMAIL_CHANGED, by=account)
    return account
