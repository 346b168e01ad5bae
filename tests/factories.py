"""Makes clients and periods through the models. All people are invented."""
import datetime
import itertools
from decimal import Decimal

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.arbeidszorg.deletion import kept_rows
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.register import clients, questionnaire
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.database import today

NAMES_KEY = bytes(range(32))

ANSWERS = {
    "birth_date": datetime.date(1985, 7, 14),
    "gender": "female",
    "marital_status": "legally-cohabiting",
    "home_postcode": "9000",
    "work_postcode": "9050",
    "main_problem": "judicial",
    "living_situation": "alone-children",
    "education": "lower-secondary",
    "referrer": "employment",
    "income": "disability-allowance",
    "method": "individual-internal",
}
_keys = itertools.count(1)


def account_with(role, to, **values):
    """An account with a role since long ago: tests set the clock back."""
    account = Account.create(**values)
    Grant.add(account.id, role, to, since=datetime.datetime(2000, 1, 1))  # noqa: DTZ001 - as moments are stored
    return account


def ask(asked):
    """Make this the questionnaire of the application and of its database, as `init` and `serve` do."""
    questionnaire.use(asked)
    clients.apply_questionnaire(asked, kept_rows.options_in_use)


def client_of(login, name="", **answers):
    """A client of this organisation with every question answered, except those given as None."""
    others = {question.code: question.options[0].code for question in questionnaire.current().of_client}
    given = {code: answer for code, answer in {**others, **ANSWERS, **answers}.items() if answer is not None}
    return Client.register(login.organisation, given, name, f"form-{next(_keys)}", login.account)


def period_of(client, login, start=None, end=None, hours="12.5", reason=None, outlook=None):
    """A guidance period, by default a running one that started 30 days ago; `end` closes it."""
    start = start or today() - datetime.timedelta(days=30)
    if end:
        reason, outlook = reason or "paid-work", outlook or "higher"
    return Period.add(client, Decimal(hours), start, end, reason, outlook, f"form-{next(_keys)}", login.account)


def deleted(client, by=None, reason="double"):
    """Delete a client without a request, as an administrator does; returns the Deletion."""
    return Deletion.make(client, reason, by)


def long_ago(client, years=20):
    """Let this client have been registered this number of years earlier; returns it as it is then."""
    Client.update(created_at=client.created_at - datetime.timedelta(days=366 * years)).where(
        Client.number == client.number).execute()
    return Client.get_by_id(client.number)


def days(number):
    """The date this number of days from today; a negative number is in the past."""
    return today() + datetime.timedelta(days=number)


def typed(answers=ANSWERS):
    """The answers as text for the form's fields."""
    fields = {}
    for code, answer in answers.items():
        fields[code] = f"{answer:%d/%m/%Y}" if isinstance(answer, datetime.date) else answer
    return fields


def missing(client):
    """The codes of the questions without an answer of this client."""
    return [question.code for question in questionnaire.current().of_client if question.code not in client.answers()]


def changed(**answers):
    """These answers as the edit form posts them, each because the situation changed."""
    return answers | {f"why_{code}": "changed" for code in answers}


def mistaken(**answers):
    """These answers as the edit form posts them, each because the old answer was never true."""
    return answers | {f"why_{code}": "mistake" for code in answers}
