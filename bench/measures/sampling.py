"""Measures where the time of a fragment goes: samples Loket in this process every millisecond of processor time."""
import collections
import logging
import re
import signal

from werkzeug.test import create_environ

from app import create_app
from bench.measures.dashboard import LARGE, PARTIAL, PATH
from bench.tools.figures import Figure
from bench.tools.registers import OF_200, PASSWORD, email_of, make

REQUESTS = 6_000
EVERY = 0.001
# (end of a file's name, function or None for any, label): a sample counts for the innermost of these that is running.
STAGES = (
    ("models/names.py", None, "Opening 25 names"),
    ("models/compiled.py", "rows", "The statements of the list"),
    ("models/arbeidszorg/register/dashboard.py", None, "The list's rows and counts"),
    ("models/accounts/sessions.py", "find", "The session's statement"),
    ("views/arbeidszorg/organisation/client_list.py", None, "What the template shows made ready"),
    ("flask/templating.py", None, "Filling the template"),
    ("views/shell/security.py", "_log_access", "The line in the log"),
    ("flask/sessions.py", None, "The cookie"),
    ("views/shell/security.py", "save_session", "The cookie"),
    ("views/shell/access.py", None, "Flask-Login and the guard"),
    ("flask_wtf/csrf.py", None, "Flask-WTF"),
    ("flask/app.py", None, "The rest of Flask, the view, headers"),
)


def run(workplace):
    """Measure, and return the shares, largest first."""
    register = make(workplace, LARGE)
    settings = {name: type(workplace)(folder) for name, folder in register.environment().items()}
    app = create_app({**settings, "TRUSTED_HOSTS": ["localhost"]})
    logging.basicConfig(filename=workplace / "sampling.log", force=True)
    environ = create_environ(PATH, headers={**PARTIAL, "Cookie": _cookie(app)})
    seen = collections.Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: seen.update([_stage(frame)]))
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    for _ in range(REQUESTS):
        answer = app(dict(environ), lambda *_: None)
        b"".join(answer)
        getattr(answer, "close", int)()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return [Figure(stage, f"{count / seen.total():.0%}") for stage, count in seen.most_common()]


def _cookie(app):
    browser = app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/login").text)[1]
    form = {"csrf_token": token, "email": email_of(OF_200), "password": PASSWORD}
    assert browser.post("/login", data=form).status_code == 303
    cookie = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{cookie.key}={cookie.value}"


def _stage(frame):
    while frame is not None:
        for file, function, stage in STAGES:
            if frame.f_code.co_filename.endswith(file) and function in (None, frame.f_code.co_name):
                return stage
        frame = frame.f_back
    return "Around Flask"
