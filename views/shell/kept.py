"""Forms that are sent after the session ended: nothing of what was typed is lost, and nobody else sees it.

What was typed travels sealed in the sign-in page and comes back with the sign-in itself; the server keeps nothing.
Whose form it was stands in the form's own CSRF token, which we signed: so it works too after signing out, or signing
in anew, in another tab (docs/decisions/0001-forms-sent-too-late.md).
"""
import base64
import binascii
import json
import time

from flask import current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer

from models.errors import Unreadable
from models.keys import derive, seal, unseal
from views.shell import pages
from views.shell.access import SessionEnded, audiences_of, is_htmx, send_to_sign_in, signed_in
from views.shell.security import error_page

LIFETIME = 12 * 60 * 60
LARGEST = 100_000
# Codes of the second factor work for a minute, and no longer than the page that asked for them.
NEVER_KEPT = {"csrf_token", "kept", "code", "new_code", "recovery_code", "candidate"}
EXPIRED = "Je sessie was verlopen. Meld je opnieuw aan; wat je typte is er nog."
OTHER_LOGIN = "Dit formulier hoort bij een andere login. Meld je daarmee aan; wat je typte is er nog."


def init_app(app, app_key, sign_in_page):
    """`sign_in_page(message, kept, status)` makes the sign-in page; without `app_key` nothing can be kept."""
    app.extensions["kept"] = (derive(app_key, "kept forms") if app_key else None, sign_in_page)
    app.register_error_handler(SessionEnded, _after_the_session)
    app.register_error_handler(CSRFError, _refused_token)


def carried():
    """What this sign-in carries along, sealed; '' when nothing. It goes into the page again when the sign-in fails."""
    return request.form.get("kept", "")


def resume(account_id):
    """After signing in: the page that goes on with what this account had typed, None when there is nothing of it."""
    found = opened(account_id)
    return _resume_page(*found) if found else None


def opened(account_id):
    """What this account had typed and for which address: (path, pairs); None when there is nothing of it."""
    return _unseal(carried(), account_id)


def _after_the_session(_error):
    """A form with a good token, but the session is over."""
    return _sign_in_page(EXPIRED, 401) or redirect(url_for("auth.login"), 303)


def _refused_token(error):
    """A form without a token, or with one of another session: refused, whatever it asks; what was typed is kept."""
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


def _sign_in_page(message, status):
    key, sign_in_page = current_app.extensions["kept"]
    author, typed = _author(), _typed()
    if key is None or author is None or not typed:
        return None
    return sign_in_page(message=message, kept=_seal(key, author, request.path, typed), status=status)


def _resume_page(path, typed, status=200):
    return pages.render("hall/auth/kept.html", status=status, path=path, typed=typed)


def _author():
    """The account that the posted form was made for, by the token that we signed into it; else None."""
    signer = URLSafeTimedSerializer(current_app.secret_key, salt="wtf-csrf-token")
    try:
        number = str(signer.loads(request.form.get("csrf_token", ""))).partition(".")[0]
    except BadData:
        return None
    return int(number) if number.isdigit() else None


def _typed():
    """The posted fields as (name, value) pairs, passwords left out; empty where nothing would be lost."""
    typed = [(name, value) for name, value in request.form.items(multi=True)
             if name not in NEVER_KEPT and "password" not in name]
    return typed if sum(len(name) + len(value) for name, value in typed) <= LARGEST else []


def _seal(key, account_id, path, typed):
    content = json.dumps([int(time.time()), path, typed]).encode()
    return base64.urlsafe_b64encode(seal(key, content, _context(account_id))).decode()


def _unseal(sealed, account_id):
    key, _sign_in_page = current_app.extensions["kept"]
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
