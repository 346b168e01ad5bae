"""The application: its settings, models, pages and commands put together with those of the wings that are on."""
import functools
import importlib
import os
import secrets
import sys
import threading

from flask_wtf import CSRFProtect

import commands
import config
from models import audit, keys, patience
from models.accounts import roles
from models.accounts.moves import LoginMove
from models.accounts.outside.provider import Provider
from models.accounts.outside.unfinished import UnfinishedSignIn
from models.database import database, pending_migrations, use_migrations
from models.errors import CannotStart
from models.mail import outbox, postman
from models.upkeep import memory
from models.upkeep.chores import keep_doing
from models.upkeep.log_lines import configure_logging
from models.upkeep.opening import open_register
from views.hall import account, administrators, auth, log, log_words, organisation, organisation_log, organisations
from views.hall.outside import outside
from views.hall.wing import audiences, help_topic, home
from views.shell import access, filters, kept, lanes, messages, pages, security
from views.shell.front.bridge import Front
from views.shell.static import StaticFiles

# Each has its record in wings/NAME.py. The setting WINGS says which are on; the others are not even imported.
WINGS = ("arbeidszorg", "ecalcura", "site")
HALL = (pages, auth, outside, account, organisation, organisations, administrators, log, organisation_log)


def create_app(settings=None):
    """Create the application; `settings` override the environment (config.py)."""
    configure_logging()
    app = security.Loket(__name__, static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=256 * 1024, **config.load(settings))
    wings = app.extensions["wings"] = records(app.config["WINGS"])
    # Files created from here on, data and keys, are readable by this user only.
    os.umask(0o077)
    use_migrations(wing.migrations for wing in wings if wing.migrations)
    try:
        elsewhere = outside.init_app(app, Provider.of(app.config), wings)
        roles.use((audience.role for wing in wings for audience in wing.audiences), elsewhere)
        found = app.extensions["keys"] = open_register(app.config, [start for wing in wings for start in wing.starts])
    except CannotStart as error:
        raise config.ConfigurationError(str(error)) from error
    # Without the key people can still sign in, until the next start.
    app.secret_key = keys.derive(found.app or secrets.token_bytes(keys.LENGTH), "cookies")

    security.init_app(app, StaticFiles(app.config["TRUSTED_HOSTS"]))
    CSRFProtect(app)
    access.init_app(app, audiences(wings))
    app.extensions["home"] = home(wings)
    app.before_request(lanes.hand_over)
    kept.init_app(app, found.app, auth.sign_in_page, account.roles_page)
    filters.init_app(app)
    app.jinja_env.globals["help_topic"] = help_topic(wings)
    app.jinja_env.globals["operator_contact"] = app.config["OPERATOR_CONTACT"] or ""
    for blueprint in [part.blueprint for part in HALL] + [part for wing in wings for part in wing.blueprints]:
        app.register_blueprint(blueprint)
    for wing in wings:
        messages.add(wing.messages)
    log_words.init_app(app, {wing.name: wing.log_words for wing in wings})
    access.check_declarations(app)
    commands.init_app(app, wings)
    return app


def records(names):
    """The records of these wings, in the order of WINGS."""
    if unknown := set(names) - set(WINGS):
        raise config.ConfigurationError(f"WINGS: {', '.join(sorted(unknown))}: expected are {', '.join(WINGS)}")
    return [importlib.import_module(f"wings.{name}").WING for name in WINGS if name in names]


def create_worker():
    """Create the application for a server process, behind its front, and start the thread of its background chores."""
    # A thread that counts or writes a file leaves the interpreter to the pages after a millisecond, not five.
    sys.setswitchinterval(0.001)
    app = create_app()
    memory.leave_garbage_to_chore()
    patience.for_requests(app.config["THREADS"])
    if pending_migrations():
        raise config.ConfigurationError("the database is not up to date: run `flask --app app init`")
    chores = {
        "mail": functools.partial(outbox.deliver, postman.carrier(app.config)),
        "moved logins": LoginMove.carry_out,
        "late audit entries": audit.store_late,
        "memory": memory.giver(),
        "unfinished sign-ins": UnfinishedSignIn.remove_old,
    }
    for wing in app.extensions["wings"]:
        chores |= wing.chores
    threading.Thread(target=keep_doing, args=(chores, threading.Event()), name="chores", daemon=True).start()
    return Front(app, app.config["DATA_DIR"], app.config["THREADS"], tidy=database.close)
