"""The people with the financial role in a facility: their addresses, and whether one of them is alone."""
from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.roles import FINANCIAL


def addresses(facility: Facility) -> list[str]:
    """Return the mail addresses of all who have the financial role in the facility now and are not blocked."""
    return sorted({account.email for account in _holders(facility) if account.email})


def is_alone(facility: Facility, account_id: int | None) -> bool:
    """Say whether nobody else with the financial role in the facility can sign in to confirm."""
    return not any(account.id != account_id and (account.password_hash or not account.local)
                   for account in _holders(facility))


def _holders(facility: Facility) -> list[Account]:
    return list(Account.select().where(Account.id.in_(Grant.holders(FINANCIAL, facility)), ~Account.blocked))
