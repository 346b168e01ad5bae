"""Signs in, then answers requests in its own process; written for the build before migration 0004 as well as this one.

`python either_build.py ADDRESS PASSWORD` reads lines such as 'whole 10', 'partial 10' and 'find 10' (the name of a
request and how often), and prints the seconds of processor time that they took.
"""
import logging
import os
import re
import sys
import time

from werkzeug.test import create_environ

from app import create_app
from models.accounts.sessions import Session

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def main(email, password):
    """Answer until the input ends."""
    app = create_app({"TRUSTED_HOSTS": ["localhost"]})
    logging.basicConfig(filename=os.devnull, force=True)
    cookie, token = _sign_in(app, email, password)
    whole = create_environ("/dashboard", headers={"Cookie": cookie})
    partial = create_environ("/dashboard", headers={"Cookie": cookie, **PARTIAL})
    requests = {"whole": lambda: _get(app, whole), "partial": lambda: _get(app, partial),
                "find": lambda: Session.find(token)}
    for request in requests.values():
        assert request()
    print("ready", flush=True)
    for line in sys.stdin:
        what, times = line.split()
        started = time.process_time()
        for _ in range(int(times)):
            requests[what]()
        print(time.process_time() - started, flush=True)


def _sign_in(app, email, password):
    """(value of the Cookie header, token of the session)."""
    browser = app.test_client()
    form = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/login").text)[1]
    answer = browser.post("/login", data={"csrf_token": form, "email": email, "password": password})
    assert answer.status_code == 303, answer.status
    with browser.session_transaction() as session:
        token = session["_user_id"]
    kept = browser.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{kept.key}={kept.value}", token


def _get(app, environ):
    statuses = []
    answer = app(dict(environ), lambda status, *_: statuses.append(status))
    body = b"".join(answer)
    answer.close()
    assert statuses[0].startswith("200"), statuses[0]
    return body


if __name__ == "__main__":
    main(*sys.argv[1:])
