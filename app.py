"""The whole application, put together."""
import functools
import logging
import os
import secrets
import threading

from flask_wtf import CSRFProtect

import commands
import config
from models import keys, names
from models.accounts import second_factor
from models.accounts.administrators import contacts
from models.accounts.moves import LoginMove
from models.accounts.second_factor import SecondFactor
from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.register import questionnaire
from models.database import connect, pending_migrations
from models.errors import Unreachable
from models.mail import letters, outbox, postman
from models.upkeep.chores import keep_doing
from views.arbeidszorg.messages import MESSAGES
from views.arbeidszorg.organisation import clients, exports, periods
from views.arbeidszorg.province import clients as province_clients
from views.arbeidszorg.province import deletions, overview
from views.arbeidszorg.report import downloads, editions, reports, rows
from views.hall import account, administrators, auth, log, log_words, organisation, organisation_log, organisations
from views.shell import access, filters, kept, messages, pages, security
from views.shell.static import StaticFiles

PARTS = (
    pages, auth, account, organisation, clients, periods, exports, overview, organisations, administrators, log,
    organisation_log, deletions, province_clients, reports, downloads, rows, editions)


def create_app(settings=None):
    """The application; what is in `settings` counts before the environment (config.py)."""
    security.configure_logging()
    app = security.Loket(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=256 * 1024, **config.load(settings))
    # Whatever is made from here on, data and keys, is for this user alone.
    os.umask(0o077)
    try:
        app_key = open_register(app)
    except OSError as error:
        raise config.ConfigurationError(f"DATA_DIR and KEY_DIR must be folders to write in: {error}") from error
    # Without the key people can still sign in, until the next start.
    app.secret_key = keys.derive(app_key or secrets.token_bytes(keys.LENGTH), "cookies")

    security.init_app(app, StaticFiles(app.config["TRUSTED_HOSTS"]))
    CSRFProtect(app)
    access.init_app(app)
    kept.init_app(app, app_key, auth.sign_in_page)
    filters.init_app(app)
    messages.add(MESSAGES)
    log_words.use(field=questionnaire.heading, reason=REASONS.get)
    app.jinja_env.globals["operator_contact"] = app.config["OPERATOR_CONTACT"] or ""
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    access.check_declarations(app)
    commands.init_app(app)
    return app


def create_worker():
    """What each process of the server runs: the application, and a thread for what is done beside the requests."""
    app = create_app()
    if pending_migrations():
        raise config.ConfigurationError("the database is not up to date: run `flask --app app init`")
    chores = {
        "mail": functools.partial(outbox.deliver, postman.carrier(app.config)),
        "moved logins": LoginMove.carry_out,
    }
    threading.Thread(target=keep_doing, args=(chores, threading.Event()), name="chores", daemon=True).start()
    return app


def open_register(app):
    """Connect the models to their database, keys and questionnaire; says which keys cannot be used. The app's key."""
    app.config["DATA_DIR"].mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        database = connect(app.config["DATABASE_URL"])
        questionnaire.use(questionnaire.load(app.config["QUESTIONNAIRE"]))
    except Unreachable as error:
        raise config.ConfigurationError(f"the database of DATABASE_URL cannot be opened: {error}") from error
    except questionnaire.QuestionnaireError as error:
        raise config.ConfigurationError(str(error)) from error
    has_slots = database.table_exists("name_key") and names.opens(None) is not None
    found = keys.Keys.load_or_make(app.config["KEY_DIR"], has_slots)
    if found.names and has_slots and not names.opens(found.names):
        found.problems.append(f"{app.config['KEY_DIR']}/names.key is not this database's: names are unreadable.")
    if found.app and database.table_exists("mail") and outbox.opens(found.app) is False:
        found.problems.append(f"{app.config['KEY_DIR']}/app.key is not this database's: waiting mails stay unsent.")
    second_factor.use(found.app)
    if found.app and database.table_exists("second_factor") and (unreadable := SecondFactor.unreadable()):
        found.problems.append(f"{app.config['KEY_DIR']}/app.key is not this database's: the codes of {unreadable} "
                              "administrators cannot be checked, only their recovery codes.")
    database.close()
    for problem in found.problems:
        logging.getLogger("loket.keys").error(problem)
    app.extensions["keys"] = found
    names.use(found.names)
    outbox.use(found.app)
    letters.use(app.config["BASE_URL"], contacts, app.config["OPERATOR_CONTACT"])
    return found.app
