"""Makes a register of the old register's real file, with a login for each organisation and an administrator."""
import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import peewee

from app import create_app
from bench.tools import old_register
from bench.tools.registers import PASSWORD, Register, email_of
from bench.tools.servers import ROOT
from models.accounts.accounts import Account
from models.accounts.passwords import hash_password
from models.accounts.sessions import Session
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.database import database, transaction
from models.organisations import Organisation

FILE = ROOT.parent / "shared" / "data" / "oud_register.csv"
# Without that file, one of our own of this size.
CLIENTS = 20_000
PROVINCE = "antwerpen"
ADMINISTRATOR_EMAIL = "beheer@voorbeeld.be"


@dataclass(frozen=True)
class Visitors:
    """The largest organisation's login with a client's number, and an administrator: their Cookie headers."""

    organisation_id: int
    number: int
    organisation: str
    administrator: str
    seen_without_name: int


def make(workplace):
    """Import the file into a new register and give each organisation a login; returns the register."""
    register = Register(Path(workplace) / "register-real", 0)
    if (register.folder / "made").exists():
        return register
    shutil.rmtree(register.folder, ignore_errors=True)
    register.database.parent.mkdir(parents=True)
    source = FILE
    if not source.exists():
        source = register.folder / "old.csv"
        old_register.write(source, CLIENTS)
    command(register, "init")
    import_file(register, source)
    with _application(register), transaction():
        password = hash_password(PASSWORD)
        for organisation in Organisation.select():
            Account.new(ORGANISATION, organisation, email=email_of(organisation.id), password_hash=password)
        Account.new(ADMINISTRATOR, PROVINCE, email=ADMINISTRATOR_EMAIL, password_hash=password)
    (register.folder / "made").touch()
    return register


def copy(register, folder):
    """Copy the register, so that what is measured does not change it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(register.folder, folder)
    return Register(folder, 0)


def command(register, *words):
    """Run a command of Loket on the register, to its end."""
    subprocess.run(_command(*words), check=True, cwd=ROOT, env=_environment(register), capture_output=True)


def import_file(register, source):
    """Import a file into the register, to its end."""
    command(register, "register", "import", "--report", str(register.folder), str(source))


def importing(register, source):
    """Start the import of a file into the register, and return its process."""
    return subprocess.Popen(
        _command("register", "import", "--report", str(register.folder), str(source)), cwd=ROOT,
        env=_environment(register), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sign_in(register):
    """Start a session of the largest organisation, and one of the administrator."""
    with _application(register) as app:
        largest = (Client.select(Client.organisation).group_by(Client.organisation)
                   .order_by(peewee.fn.COUNT(Client.number).desc()).tuples().first())[0]
        number = Client.select(Client.number).where(Client.organisation == largest).limit(1).scalar()
        administrator = Account.get(Account.email == ADMINISTRATOR_EMAIL)
        seen = (Client.select(Client.number).join(Organisation).where(Organisation.province == PROVINCE)
                .limit(1).scalar())
        return Visitors(largest, number, _cookie(app, Account.get(Account.email == email_of(largest))),
                        _cookie(app, administrator), seen)


def _cookie(app, account):
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie |= {"_user_id": Session.start(account), "_fresh": True, "csrf_token": f"{account.id}.bench"}
    name = app.config["SESSION_COOKIE_NAME"]
    return f"{name}={browser.get_cookie(name).value}"


@contextlib.contextmanager
def _application(register):
    """The application on this register, within this process."""
    settings = {name: Path(folder) for name, folder in register.environment().items()}
    yield create_app({**settings, "TRUSTED_HOSTS": ["localhost"]})
    database.close()


def _command(*words):
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def _environment(register):
    return {"PATH": os.environ["PATH"], **register.environment()}
