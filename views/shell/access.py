"""Access: each route declares its audiences and refuses everybody else. Also: the account that is signed in.

The cookie holds a random token; each request looks up in the database whether the token is valid and whose it is.
"""
import functools
import secrets
from urllib.parse import urlsplit

from flask import abort, current_app, g, make_response, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.exceptions import Conflict, Unauthorized
from werkzeug.routing import IntegerConverter

from models.accounts.sessions import Session
from views.shell.audiences import ANYONE, CHOOSING, OF_HALL, SIGNED_IN, address_in, opening, switch
from views.shell.fields import LARGEST_INTEGER

# The field of a form with the grant by which its page was made, for an account with several.
MADE_BY = "made_by_grant"

manager = LoginManager()
# The token is random and lives in the database; a changed address or browser is not a sign of theft.
manager.session_protection = None
# Flask-Login computes a digest of address and browser at each request; nothing here uses it.
manager._session_identifier_generator = str


class SessionEnded(Unauthorized):
    """A form was posted while nobody is signed in; views/shell/kept.py handles it."""


class RoleNeeded(Conflict):
    """A form was posted without a role, or in another role than it was made for; views/shell/kept.py handles it."""


class RowNumber(IntegerConverter):
    """Converts a number in an address; a number too large for a row's id does not match, so it gives a 404."""

    def __init__(self, url_map, **options):
        super().__init__(url_map, **{"max": LARGEST_INTEGER, **options})


class Visitor(UserMixin):
    """The user object that Flask-Login needs: the cookie's token, and the account that the database has for it."""

    def __init__(self, token, account):
        self.token = token
        self.account = account

    def get_id(self):
        return self.token


@manager.user_loader
def _visitor(token):
    account = Session.find(token)
    return Visitor(token, account) if account else None


def init_app(app, audiences):
    """Check the audience of each request, and give templates `account` and `audience`."""
    app.extensions["audiences"] = {audience.role.code: audience for audience in audiences}
    # Instead of init_app: without 'remember me' no cookie has to be written after each request.
    app.login_manager = manager
    app.before_request(guard)
    app.url_map.converters["int"] = RowNumber
    # Do not query here: an error page must work without the database.
    app.context_processor(_account_and_audience)
    app.jinja_env.globals.update(made_by=_made_by, address_of=address_of, switch=_switch)
    app.jinja_env.globals["csrf_token"] = _csrf_tokens(app.secret_key)


def open_to(*audiences):
    """Declare the audiences (audiences.py) that may call a view; place it below the route's own decorator."""
    if not audiences:
        raise ValueError("open_to: an audience is expected")

    def declare(view):
        view.open_to = frozenset(audiences)
        return view

    return declare


def audiences_of(endpoint):
    """The audiences that may call the view at `endpoint`: an empty set if it declares none."""
    return getattr(current_app._get_current_object().view_functions[endpoint], "open_to", frozenset())


def check_declarations(app):
    """Raise RuntimeError if a view declares no audience, or one of neither the hall nor a wing that is on."""
    known = OF_HALL.union(app.extensions["audiences"])
    undeclared = [endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if undeclared:
        raise RuntimeError(f"no @open_to on the views of {sorted(undeclared)}")
    if unknown := {endpoint: names for endpoint, view in app.view_functions.items() if (names := view.open_to - known)}:
        raise RuntimeError(f"@open_to names unknown audiences: {unknown}")


def guard():
    """Run before each view: return None to let the request through, or the response to send instead."""
    endpoint = request._get_current_object().endpoint
    if endpoint is None:
        return None  # an unknown address or method: Flask answers with 404 or 405
    names = audiences_of(endpoint)
    if ANYONE in names:
        return None
    account = signed_in()
    if account is None:
        return _sign_in_first()
    if address := address_in(audiences(), names):
        return _act_by_address(account, names, address)
    if SIGNED_IN in names:
        return None if account.grant_id or endpoint in CHOOSING else _choose_first()
    if account.grant_id is None:
        return _choose_first()
    if by := opening(audiences(), account, names):
        g.account = account.by(by)
    if _is_of_another_grant():
        return _choose_first()
    return None if by else abort(403)


def _act_by_address(account, names, address):
    """Let the account act by its grant in the tenant that the address names; else the wing answers."""
    held = [grant for grant in account.grants if address_in(audiences(), [grant.role]) is address]
    value = request.view_args.get(address.argument)
    tenant = None if value is None else address.tenant_of(value)
    by = next((grant for grant in held if grant.role in names and (value is None or grant.tenant_id == tenant)), None)
    if by is None:
        return address.refuse(held, value, names)
    g.account, g.tenant_in_address = account.by(by), value
    return None


def address_of(item):
    """The address of a menu's item for the account that is signed in, in the tenant in which it acts."""
    address = audience().address
    if address is None or not current_app.url_map.is_endpoint_expecting(item.endpoint, address.argument):
        return url_for(item.endpoint)
    if g.get("tenant_in_address") is None:
        g.tenant_in_address = address.value_of(signed_in().tenant_id)
    return url_for(item.endpoint, **{address.argument: g.tenant_in_address})


def _switch():
    return switch(audiences(), signed_in())


def _csrf_tokens(secret_key):
    """The function that gives a form its token, as Flask-WTF signs it: once for each session, and remembered."""
    signed = functools.lru_cache(maxsize=1024)(URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").dumps)
    return lambda: signed(session["csrf_token"]) if "csrf_token" in session else generate_csrf()


def _made_by():
    """(name, value) of the field that a form of an account with several grants carries; None for any other.

    A form whose address names the tenant needs none: no other tab can lead it to another tenant.
    """
    account = g.get("account")
    if not account or not account.grant_id or len(account.grants) < 2 or address_in(audiences(), [account.role]):
        return None
    return MADE_BY, account.grant_id


def _is_of_another_grant():
    """Whether a form is posted that was made before another role was chosen, in another tab: it is not of this role."""
    here = request._get_current_object()
    made_by = here.form.get(MADE_BY) if here.method == "POST" else None
    return made_by is not None and made_by != str(signed_in().grant_id)


def _choose_first():
    """Send somebody with several roles to the page that asks which one, and from there back to this page."""
    if is_htmx():
        return _load_whole(url_for(CHOOSING[0], next=_back_to_shown()))
    if request.method in ("GET", "HEAD"):
        return redirect(url_for(CHOOSING[0], next=safe_next(request.full_path.rstrip("?"), None)), 303)
    raise RoleNeeded


def signed_in():
    """The account that makes this request; None when nobody is signed in."""
    # Take the objects themselves: each attribute that is read through a proxy is a look-up of its own.
    here = g._get_current_object()
    if "account" not in here:
        here.account = account = getattr(current_user._get_current_object(), "account", None)
        request._get_current_object().environ["loket.account"] = account.account_id if account else None
    return here.account


def _account_and_audience():
    account = g._get_current_object().get("account")
    return {"account": account, "audience": _audience_of(account)}


def audiences():
    """The audiences of the wings that are on, by the code of their role."""
    return current_app._get_current_object().extensions["audiences"]


def audience():
    """The audience of the account that is signed in; None when nobody is, or when the wing of its role is off."""
    return _audience_of(signed_in())


def _audience_of(account):
    return audiences().get(account.role) if account else None


def current_token():
    """The token of this browser's session, even if it still awaits the second factor; None without a session."""
    return current_user.token if current_user.is_authenticated else session.get("waiting")


def wait(token):
    """Remember the session of `token` while this browser is asked for the second factor; it gives no access yet."""
    sign_out()
    # A separate key in the cookie, so that a waiting session is never mistaken for a signed-in one.
    session["waiting"] = token


def waiting():
    """The account that gave its password in this browser and still owes the second factor; None without one."""
    token = session.get("waiting")
    return Session.find_waiting(token) if token else None


def sign_in(token):
    """Sign this browser in with the session of `token`, replacing everything in its cookie; return the account."""
    sign_out()
    login_user(_visitor(token))
    # It starts with the account's id, which tells whose form it was when a form is posted too late (kept.py).
    session["csrf_token"] = f"{signed_in().account_id}.{secrets.token_hex(20)}"
    return signed_in()


def choose(grant_id):
    """Let this browser's session act by this grant of its account; return False for any other grant."""
    chosen = Session.choose(current_token(), grant_id)
    if chosen:
        g.account = Session.find(current_token())
    return chosen


def sign_out():
    """Clear this browser's cookie; models/accounts/sessions.py ends the session itself."""
    session.clear()
    for name in ("csrf_token", "account", "_login_user"):
        g.pop(name, None)


def safe_next(value, default="/"):
    """`value` if it is a path of this application, else `default`: signing in never redirects elsewhere."""
    if not value or not value.startswith("/") or value.startswith("//") or "\\" in value or not value.isprintable():
        return default
    return value


def is_htmx():
    """Whether htmx made the request, so that the response is swapped into the current page."""
    return "HX-Request" in request.headers


def send_to_sign_in():
    """Make htmx load the sign-in page as a whole, which leads back here; it would else swap it into the list."""
    return _load_whole(_login_url(_back_to_shown()))


def _back_to_shown():
    """The path and query of the page that htmx is on; None if it does not say."""
    try:
        current = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:  # 'http://[' is not a valid address
        return None
    return safe_next(f"{current.path}?{current.query}" if current.query else current.path, None)


def _load_whole(url):
    answer = make_response("", 401, {"Content-Type": "text/plain; charset=utf-8"})
    answer.headers["HX-Redirect"] = url
    return answer


def _sign_in_first():
    if is_htmx():
        return send_to_sign_in()
    if request.method in ("GET", "HEAD"):
        query = request.query_string.decode("ascii", "replace")
        return redirect(_login_url(safe_next(f"{request.path}?{query}" if query else request.path, None)), 303)
    raise SessionEnded


def _login_url(back):
    return url_for("auth.login", next=None if back == "/" else back)
