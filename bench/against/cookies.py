"""Prints, in a process of the build to measure, cookies of new sessions: of one organisation, then of administrators.

`python -P cookies.py ORGANISATION_ID ADMINISTRATORS`, in the folder of the build, with its environment.
"""
import sys

import config
from app import create_app
from models.accounts.accounts import Account
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.organisations import Organisation


def main():
    """Print the cookies, a line each."""
    app = create_app(config.load())
    organisation = Organisation.get_by_id(int(sys.argv[1]))
    found = list(Account.of(organisation))
    own = found[0] if found else Account.new(
        ORGANISATION, organisation, email="gemeten@voorbeeld.be", password_hash="-")
    accounts = [own]
    for number in range(int(sys.argv[2])):
        email = f"teller{number}@voorbeeld.be"
        accounts.append(Account.by_email(email) or Account.new(
            ADMINISTRATOR, organisation.province, email=email, password_hash="-"))
    for account in accounts:
        print(_cookie(app, account))


def _cookie(app, account):
    browser = app.test_client()
    with browser.session_transaction(base_url=app.config["BASE_URL"]) as session:
        session["_user_id"] = Session.start(account, "Chromium op Linux")
        session["_fresh"] = True
        session["csrf_token"] = f"{account.id}.gemeten"
    return f"loket={browser.get_cookie('loket', '127.0.0.1').value}"


main()
