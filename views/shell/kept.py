"""Forms that cannot be saved now: the typed values are kept, and only their author sees them again.

After the session ended they wait for the next sign-in; while another holds the lock they are shown at once (`_busy`).

The values travel encrypted in the sign-in page and come back when it is posted; the server stores nothing. The form's
signed CSRF token names the author's account, so this also works after signing out, or signing in again, in another tab
(docs/decisions/0001-forms-sent-too-late.md).
"""
import base64
import binascii
import json
import time

import peewee
from flask import current_app, make_response, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import ServiceUnavailable

from models.errors import Unreadable
from models.keys import derive, seal, unseal
from models.patience import is_busy
from views.shell import access, pages
from views.shell.access import MADE_BY, RoleNeeded, SessionEnded, audiences_of, is_htmx, send_to_sign_in, signed_in
from views.shell.audiences import is_beside
from views.shell.security import error_page

LIFETIME = 12 * 60 * 60
LARGEST = 100_000
# A code of the second factor expires with the page that asked for it.
CODES = {"code", "new_code", "recovery_code"}
# Sealed values, which go along only when the form goes straight back to the same browser.
SEALED = {"kept", "candidate"}
NEVER_KEPT = {"csrf_token"} | CODES | SEALED
# Seconds after which a browser or program may try again, when another held the lock.
RETRY_AFTER = 15
# In a form with a file, which cannot be carried along.
BUSY = "Loket is nu bezig met iets groots. Er is niets gewijzigd. Kies het bestand zo dadelijk opnieuw."
EXPIRED = "Je sessie was verlopen. Meld je opnieuw aan; wat je typte is er nog."
OTHER_LOGIN = "Dit formulier hoort bij een andere login. Meld je daarmee aan; wat je typte is er nog."


def init_app(app, app_key, sign_in_page, roles_page):
    """Handle forms posted too late; `sign_in_page(message, kept, status)` renders the sign-in page.

    `roles_page(made_by, kept, status)` renders the page that asks which role, for a form of the grant `made_by`.

    Without `app_key` no values can be encrypted, so none are kept.
    """
    app.extensions["kept"] = (derive(app_key, "kept forms") if app_key else None, sign_in_page, roles_page)
    app.register_error_handler(SessionEnded, _after_the_session)
    app.register_error_handler(RoleNeeded, _in_another_role)
    app.register_error_handler(CSRFError, _refused_token)
    app.register_error_handler(peewee.OperationalError, _busy)


def sealed_form():
    """The encrypted form that this sign-in request carries, '' without one; a page shown again carries it on."""
    return request.form.get("kept", "")


def resume(account):
    """After signing in or choosing a role: a page that posts this account's kept form again; None without a form."""
    form = kept_form(account)
    return _resume_page(*form) if form else None


def kept_form(account):
    """This account's kept form as (path, [(name, value), ...]); None if the request carries none of this account.

    A form of an account with several grants is of one of them. That one is chosen if none is yet; a form of another
    grant than the one chosen is not kept.
    """
    form = _unseal(sealed_form(), account.account_id)
    made_by = _made_by(form[1]) if form else None
    if made_by and account.grant_id is None and access.choose(made_by):
        account = signed_in()
    beside = [grant.id for grant in account.grants if is_beside(account, grant)]
    return form if made_by in (None, account.grant_id, *beside) else None


def _made_by(typed):
    """The id of the grant by which the page of this form was made; None if the form does not say."""
    value = dict(typed).get(MADE_BY, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _after_the_session(_error):
    """Answer a form with a valid token whose session has ended."""
    return _sign_in_page(EXPIRED, 401) or redirect(url_for("auth.login"), 303)


def _in_another_role(_error):
    """Answer a form that is not of the role that is chosen, or that was posted before one is."""
    key, _, roles_page = current_app.extensions["kept"]
    typed = _typed()
    if key is None or not typed:
        return redirect(url_for("account.roles"), 303)
    sealed = _seal(key, signed_in().account_id, request.path, typed)
    return roles_page(made_by=_made_by(typed), kept=sealed, status=409)


def _refused_token(error):
    """Refuse a form without a token or with one of another session, but keep its values."""
    account = signed_in()
    if is_htmx():
        return error_page(error) if account else send_to_sign_in()
    if "anyone" in audiences_of(request.endpoint):
        return error_page(error)
    if account is None:
        return _sign_in_page(EXPIRED, 401) or error_page(error)
    if account.account_id != _author():
        return _sign_in_page(OTHER_LOGIN, 400) or error_page(error)
    typed = _typed()
    return _resume_page(request.path, typed, 400) if typed else error_page(error)


def _busy(error):
    """Answer a request that could not get a lock in time: nothing has changed, and its form can be posted again."""
    if not is_busy(error):
        raise error
    if request.method == "POST":
        path, typed = request.full_path.removesuffix("?"), _fields(SEALED)
        secret = any("password" in name or name in CODES for name in request.form)
        answer = pages.render("shell/errors/busy.html", status=503, path=path, typed=typed, secret=secret)
    else:
        answer = make_response(error_page(ServiceUnavailable()))
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _sign_in_page(message, status):
    key, sign_in_page, _ = current_app.extensions["kept"]
    author, typed = _author(), _typed()
    if key is None or author is None or not typed:
        return None
    return sign_in_page(message=message, kept=_seal(key, author, request.path, typed), status=status)


def _resume_page(path, typed, status=200):
    return pages.render("hall/auth/kept.html", status=status, path=path, typed=typed)


def _author():
    """The id of the account that the posted form was made for, from its signed token; None without a valid one."""
    signer = URLSafeTimedSerializer(current_app.secret_key, salt="wtf-csrf-token")
    try:
        number = str(signer.loads(request.form.get("csrf_token", ""))).partition(".")[0]
    except BadData:
        return None
    return int(number) if number.isdigit() else None


def _fields(more=()):
    """The posted fields as (name, value) pairs, without passwords and codes; with the sealed ones in `more`."""
    return [(name, value) for name, value in request.form.items(multi=True)
            if name in more or (name not in NEVER_KEPT and "password" not in name)]


def _typed():
    """The posted fields, empty if they are too large to travel with the sign-in page."""
    typed = _fields()
    return typed if sum(len(name) + len(value) for name, value in typed) <= LARGEST else []


def _seal(key, account_id, path, typed):
    content = json.dumps([int(time.time()), path, typed]).encode()
    return base64.urlsafe_b64encode(seal(key, content, _context(account_id))).decode()


def _unseal(sealed, account_id):
    key, *_ = current_app.extensions["kept"]
    if key is None or not sealed:
        return None
    try:
        content = unseal(key, base64.urlsafe_b64decode(sealed.encode()), _context(account_id))
    except (Unreadable, binascii.Error):
        return None
    sealed_at, path, typed = json.loads(content)
    return (path, typed) if 0 <= time.time() - sealed_at <= LIFETIME else None


def _context(account_id):
    return f"account {account_id}".encode()
