"""Who may call a route: declared on the route, refused by default. And the account that is signed in.

The cookie holds a random token; whether it is good, and whose it is, is read from the database on each request.
"""
import secrets
from urllib.parse import urlsplit

from flask import abort, current_app, g, make_response, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.exceptions import Unauthorized
from werkzeug.routing import IntegerConverter

from models.accounts.sessions import Session
from views.shell.fields import LARGEST_INTEGER

AUDIENCES = {"anyone", "organisation", "administrator"}

manager = LoginManager()
# The token is random and lives in the database; an address or browser that changes is no sign of theft.
manager.session_protection = None
# Nothing asks for the digest of address and browser that Flask-Login makes all the same, at each request.
manager._session_identifier_generator = str


class SessionEnded(Unauthorized):
    """A form was sent, and nobody is signed in: views/shell/kept.py answers it."""


class RowNumber(IntegerConverter):
    """A number in an address: one that no row can have is no address."""

    def __init__(self, url_map, **options):
        super().__init__(url_map, **{"max": LARGEST_INTEGER, **options})


class Visitor(UserMixin):
    """What Flask-Login asks of a user: the cookie's token, and what the database says of it."""

    def __init__(self, token, account):
        self.token = token
        self.account = account

    def get_id(self):
        return self.token


@manager.user_loader
def _visitor(token):
    account = Session.find(token)
    return Visitor(token, account) if account else None


def init_app(app):
    manager.init_app(app, add_context_processor=False)
    app.before_request(guard)
    app.url_map.converters["int"] = RowNumber
    # No look-up here: an error page must not need the database.
    app.context_processor(lambda: {"account": g.get("account")})


def open_to(*audiences):
    """Declare who may call a view; it stands below the route's own decorator."""
    if not audiences or not AUDIENCES.issuperset(audiences):
        raise ValueError(f"open_to {audiences}: one or more of {sorted(AUDIENCES)} is expected")

    def declare(view):
        view.open_to = frozenset(audiences)
        return view

    return declare


def audiences_of(endpoint):
    """Who may call the view at `endpoint`: nobody, where it does not say."""
    return getattr(current_app.view_functions[endpoint], "open_to", frozenset())


def check_declarations(app):
    """Raise where a view does not say who may call it."""
    undeclared = [endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if undeclared:
        raise RuntimeError(f"no @open_to on the views of {sorted(undeclared)}")


def guard():
    """Before each view: None lets the request through, anything else is the answer."""
    if request.endpoint is None:
        return None  # an unknown address or method: Flask answers that by itself
    audiences = audiences_of(request.endpoint)
    if "anyone" in audiences:
        return None
    account = signed_in()
    if account is None:
        return _sign_in_first()
    if account.role not in audiences:
        abort(403)
    return None


def signed_in():
    """The account that this request is made by, None when nobody is signed in."""
    if "account" not in g:
        # The object itself: through the proxy each attribute is a look-up of its own.
        g.account = getattr(current_user._get_current_object(), "account", None)
        request.environ["loket.account"] = g.account.account_id if g.account else None
    return g.account


def current_token():
    """The token of this browser's session, also of one that awaits the second factor; None when there is none."""
    return current_user.token if current_user.is_authenticated else session.get("waiting")


def wait(token):
    """Let this browser show the second factor for the session of `token`, which opens nothing yet."""
    sign_out()
    # A place of its own in the cookie: what waits is never taken for who is signed in.
    session["waiting"] = token


def waiting():
    """Who gave the right password in this browser and still has to show the second factor; None when nobody."""
    token = session.get("waiting")
    return Session.find_waiting(token) if token else None


def sign_in(token):
    """Let this browser go on as the session of `token`; everything in its cookie is new. Returns the account."""
    sign_out()
    login_user(_visitor(token))
    # The account's number in it tells, when a form comes back too late, whose form it was (views/shell/kept.py).
    session["csrf_token"] = f"{signed_in().account_id}.{secrets.token_hex(20)}"
    return signed_in()


def sign_out():
    """Forget in this browser who was signed in; ending the session itself is models/accounts/sessions.py's."""
    session.clear()
    for name in ("csrf_token", "account", "_login_user"):
        g.pop(name, None)


def safe_next(value, default="/"):
    """`value` where it is a path of this application, else `default`: nobody is sent elsewhere after signing in."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value or not value.isprintable():
        return default
    return value


def is_htmx():
    """Whether htmx asks, so that what is answered goes into the page that is there."""
    return "HX-Request" in request.headers


def send_to_sign_in():
    """htmx would put a sign-in page inside the list: send the browser itself there, and then back to where it is."""
    try:
        current = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # 'http://[' is no address
        current = urlsplit("")
    answer = make_response("", 401, {"Content-Type": "text/plain; charset=utf-8"})
    answer.headers["HX-Redirect"] = _login_url(current.path, current.query)
    return answer


def _sign_in_first():
    if is_htmx():
        return send_to_sign_in()
    if request.method in ("GET", "HEAD"):
        return redirect(_login_url(request.path, request.query_string.decode("ascii", "replace")), 303)
    raise SessionEnded


def _login_url(path, query):
    back = safe_next(f"{path}?{query}" if query else path)
    return url_for("auth.login") if back == "/" else url_for("auth.login", next=back)
