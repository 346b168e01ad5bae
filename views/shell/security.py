"""Security of every response: headers, cookies, one access-log line, and an error page when a request fails.

The logs never hold user input: no path (it may hold a link's token), no query, no message of an exception (a database
quotes values in it). A line holds the route's rule, the id of the account and a reference number.
"""
import contextlib
import copy
import errno
import functools
import hashlib
import logging
import secrets
import sqlite3
import time
import traceback
from pathlib import Path
from urllib.parse import urlsplit

import peewee
from flask import Flask, abort, current_app, g, render_template, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from models import patience
from models.database import database
from views.shell import filters, lanes
from views.shell.ready.remembered import CACHING, KEEP, Remembered

ROOT = Path(__file__).parents[2]
CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))
HEADERS = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # Not no-referrer: Flask-WTF compares the referrer with the host, and would refuse every post over HTTPS.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
OVER_HTTPS = [("Strict-Transport-Security", "max-age=31536000; includeSubDomains")]
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

access_log = logging.getLogger("loket.access")
fault_log = logging.getLogger("loket.fault")


class Shell:
    """The outermost WSGI layer, around the application, the static files and the public pages that are kept."""

    def __init__(self, app, static_files, base_url, testing=False):
        self.app = app
        self.testing = testing
        self.static_files = static_files
        self.remembered = Remembered()
        # Taken from the settings only: X-Forwarded-Proto can be forged.
        self.scheme = urlsplit(base_url).scheme
        self.headers = HEADERS + (OVER_HTTPS if self.scheme == "https" else [])

    def __call__(self, environ, start_response):
        started = time.perf_counter()
        patience.queued(started - environ.get("loket.arrived", started))
        number = secrets.token_hex(4).upper()
        environ["wsgi.url_scheme"] = self.scheme
        environ["loket.reference"] = f"{number[:4]}-{number[4:]}"
        static_file = self.static_files.find(environ)

        def start(status, headers, exc_info=None):
            if made := environ.get(KEEP):
                made.status, made.headers = status, list(headers)
            if static_file is None:
                headers[:] = [header for header in headers if header[0] != "Cache-Control"]
                headers.append(("Cache-Control", environ.get(CACHING, "no-store")))
            headers.extend(self.headers)
            # A request that is handed over to another lane is answered, and logged, there.
            if "loket.hand_over" not in environ:
                _log_access(environ, static_file, status, started)
            return start_response(status, headers, exc_info)

        try:
            if static_file is not None:
                return self.static_files.serve(static_file, environ, start)
            if remembered := self.remembered.find(environ):
                return remembered.serve(environ, start)
            return self.remembered.keep(environ, self.app(environ, start))
        except Exception as error:
            if self.testing:
                raise
            log_fault(error, environ)
            start("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            return [f"Er ging iets mis. Nummer: {environ['loket.reference']}\n".encode()]


class Loket(Flask):
    """Flask, but its log never quotes an exception's message or a request's path."""

    jinja_environment = filters.Templates
    request_class = lanes.Incoming
    response_class = lanes.Outgoing

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.addresses = {}

    def log_exception(self, exc_info):
        """Log an exception that no view handled, without its message."""
        log_fault(exc_info[1], request.environ)

    def create_url_adapter(self, request):
        """Check the host, and take the address for its route: Flask looks at the host three times."""
        if request is None:
            return super().create_url_adapter(request)
        request.trusted_hosts = self.config["TRUSTED_HOSTS"]
        return MapAdapter(self.url_map, request.host, request.root_path, "", request.scheme, request.path,
                          request.method, request.query_string.decode(errors="replace"))

    def ensure_sync(self, func):
        """Take a function as it is: none here is async, and Flask would look at ten of them for each request."""
        return func

    def url_for(self, endpoint, **values):
        """Work the address of a page that takes no values out once: Loket has one host and no path of its own."""
        if endpoint.startswith(".") or any(value is not None for value in values.values()):
            return super().url_for(endpoint, **values)
        if endpoint not in self.addresses:
            self.addresses[endpoint] = super().url_for(endpoint)
        return self.addresses[endpoint]


class CookieSession(SecureCookieSessionInterface):
    """Flask's sessions in a cookie, with one signer for all requests."""

    def __init__(self, app):
        self.start = f"{app.config['SESSION_COOKIE_NAME']}="
        self.signer = URLSafeTimedSerializer(
            app.secret_key, salt="cookie", serializer=self.serializer,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256})
        lifetime = app.permanent_session_lifetime.total_seconds()
        # A browser sends the same cookie with each request.
        self.read = functools.lru_cache(maxsize=1024)(lambda value: _copied(self.signer.loads(value, lifetime)))

    def get_signing_serializer(self, app):
        return self.signer

    def open_session(self, app, request):
        """Read the session as Flask does, without taking the other cookies apart."""
        value = ""
        for cookie in request.environ.get("HTTP_COOKIE", "").split(";"):
            if (cookie := cookie.strip()).startswith(self.start):
                value = cookie[len(self.start):]
                break
        try:
            return self.session_class(self.read(value)())
        except BadSignature:
            return self.session_class()

    def save_session(self, app, session, response):
        # Most requests do not change it. No response is cached, so Flask's `Vary: Cookie` is not needed.
        if session.modified:
            super().save_session(app, session, response)


def _copied(content):
    """The function that copies what a session holds, for a view may change it; only messages are lists."""
    deep = any(type(value) in (list, dict) for value in content.values())
    return functools.partial(copy.deepcopy, content) if deep else content.copy


def init_app(app, static_files):
    """Set up cookies, error pages and the reference number of each request, and wrap the application in Shell."""
    secure = app.config["BASE_URL"].startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-loket" if secure else "loket",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PROVIDE_AUTOMATIC_OPTIONS=False,
        # A form left open for hours still posts: its token is valid as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
        # _before_each_view asks for the check.
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    app.session_interface = CookieSession(app)
    app.jinja_env.globals["static_url"] = static_files.url
    app.before_request(_before_each_view)
    app.register_error_handler(HTTPException, error_page)
    app.wsgi_app = Shell(app.wsgi_app, static_files, app.config["BASE_URL"], app.testing)


def clear_browser(response):
    """Add the header that makes the browser drop its cached pages; for signing out."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def error_page(error):
    """The page for a failed request, which shows only its reference number; status 507 if the disk is full."""
    fault = getattr(error, "original_exception", None)
    status = 507 if fault and _disk_is_full(fault) else error.code
    if fault and any(isinstance(cause, peewee.DatabaseError) for cause in _causes(fault)):
        # This thread keeps its connection: close it, so that the next request opens a fresh one.
        with contextlib.suppress(peewee.DatabaseError):
            database.close()
    headers = {"Allow": ", ".join(sorted(error.valid_methods))} if getattr(error, "valid_methods", None) else {}
    most = request.max_content_length if request.endpoint else 0
    return render_template("shell/errors/error.html", status=status, reference=g.reference,
                           most_megabytes=most // 2**20), status, headers


def log_fault(error, environ):
    """Log the types of an exception and its causes and where they arose; never a message, which may quote a name."""
    causes = "; ".join(f"{_kind(cause)} at {_frames(cause)}" for cause in _causes(error))
    fault_log.error("ref=%s %s: %s", environ["loket.reference"], environ.get("loket.route", "-"), causes)


def _before_each_view():
    """Note the route for the log, and check the CSRF token of each request but those that change nothing."""
    here = request._get_current_object()
    g._get_current_object().reference = here.environ["loket.reference"]
    here.environ["loket.route"] = here.url_rule.rule if here.url_rule else "-"
    # The front did not take the body of the request: it is too large, or came too slowly.
    if refused := here.environ.get("loket.refused"):
        abort(refused)
    if here.method not in SAFE_METHODS:
        _drop_an_invalid_referrer()
        current_app.extensions["csrf"].protect(apply_exemptions=True)


def _drop_an_invalid_referrer():
    # Flask-WTF parses it and would fail on 'https://['; without a referrer it refuses the post.
    try:
        urlsplit(request.referrer or "")
    except ValueError:
        del request.environ["HTTP_REFERER"]


def _log_access(environ, static_file, status, started):
    method = environ["REQUEST_METHOD"]
    access_log.info(
        "%s %s %s %.1fms account=%s ref=%s", method if method in METHODS else "-",
        "/static/" if static_file is not None else environ.get("loket.route", "-"), status[:3],
        (time.perf_counter() - started) * 1000, environ.get("loket.account") or "-", environ["loket.reference"],
    )


def _causes(error):
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def _kind(error):
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name} ({code})" if code else name


def _frames(error):
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames)) or "-"


def _short(filename):
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])


def _disk_is_full(error):
    return any(
        getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
        or getattr(cause, "sqlite_errorcode", None) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
        or getattr(cause, "sqlstate", None) == "53100"
        for cause in _causes(error)
    )
