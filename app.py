"""The application: its settings, models, pages and commands put together."""
import functools
import os
import secrets
import threading
from types import SimpleNamespace

from flask_wtf import CSRFProtect

import commands
import config
from commands import arbeidszorg
from commands.arbeidszorg import preparing
from commands.arbeidszorg.refusals import REFUSALS
from models import keys
from models.accounts import roles
from models.accounts.moves import LoginMove
from models.arbeidszorg.deletion.requests import REASONS
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.roles import ROLES
from models.arbeidszorg.transfer import demonstration
from models.database import pending_migrations
from models.errors import CannotStart
from models.mail import outbox, postman
from models.upkeep.chores import keep_doing
from models.upkeep.opening import open_register
from views.arbeidszorg.messages import MESSAGES
from views.arbeidszorg.organisation import clients, exports, periods
from views.arbeidszorg.province import clients as province_clients
from views.arbeidszorg.province import deletions, overview
from views.arbeidszorg.province.organisation_columns import COLUMNS
from views.arbeidszorg.report import downloads, editions, reports, rows
from views.hall import account, administrators, auth, log, log_words, organisation, organisation_log, organisations
from views.shell import access, filters, kept, messages, pages, security
from views.shell.static import StaticFiles

PARTS = (
    pages, auth, account, organisation, clients, periods, exports, overview, organisations, administrators, log,
    organisation_log, deletions, province_clients, reports, downloads, rows, editions)
STARTS = (questionnaire.start,)
ARBEIDSZORG = SimpleNamespace(
    prepare=preparing.prepare, demonstration=demonstration.fill, organisation_columns=COLUMNS)


def create_app(settings=None):
    """Create the application; `settings` override the environment (config.py)."""
    security.configure_logging()
    app = security.Loket(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=256 * 1024, **config.load(settings))
    # Files created from here on, data and keys, are readable by this user only.
    os.umask(0o077)
    roles.use(ROLES)
    try:
        found = app.extensions["keys"] = open_register(app.config, STARTS)
    except CannotStart as error:
        raise config.ConfigurationError(str(error)) from error
    # Without the key people can still sign in, until the next start.
    app.secret_key = keys.derive(found.app or secrets.token_bytes(keys.LENGTH), "cookies")

    security.init_app(app, StaticFiles(app.config["TRUSTED_HOSTS"]))
    CSRFProtect(app)
    access.init_app(app)
    kept.init_app(app, found.app, auth.sign_in_page)
    filters.init_app(app)
    messages.add(MESSAGES)
    log_words.use(field=questionnaire.heading, reason=REASONS.get)
    app.jinja_env.globals["operator_contact"] = app.config["OPERATOR_CONTACT"] or ""
    for part in PARTS:
        app.register_blueprint(part.blueprint)
    access.check_declarations(app)
    app.extensions["wings"] = (ARBEIDSZORG,)
    commands.init_app(app, arbeidszorg.COMMANDS, REFUSALS)
    return app


def create_worker():
    """Create the application for a server process, and start the thread of its background chores."""
    app = create_app()
    if pending_migrations():
        raise config.ConfigurationError("the database is not up to date: run `flask --app app init`")
    chores = {
        "mail": functools.partial(outbox.deliver, postman.carrier(app.config)),
        "moved logins": LoginMove.carry_out,
    }
    threading.Thread(target=keep_doing, args=(chores, threading.Event()), name="chores", daemon=True).start()
    return app
