"""Whether two accounts are of one person, for what takes two people."""
from models.accounts.accounts import Account
from models.accounts.identities import Identity


def is_same_person(account_id: int, other_id: int | None) -> bool:
    """Say whether two accounts are one, or have one address; the operator, who has no account, is neither.

    Somebody who comes back after all roles ended, or whom another service signs in from now on, gets a second account
    with the address of the first. Two accounts that a service signs in are of two people, also with a shared mailbox.
    """
    if other_id is None or account_id == other_id:
        return other_id is not None
    ids = (account_id, other_id)
    emails = {account.email for account in Account.select().where(Account.id.in_(ids))}
    outside = {identity.account_id for identity in Identity.select().where(Identity.account_id.in_(ids))}
    return len(emails) == 1 and None not in emails and len(outside) < len(ids)
