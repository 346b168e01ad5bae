"""Signs in and answers requests in its own process, with the code of this build or of another one.

`python either_build.py PASSWORD` reads lines of JSON: a request, as in `bench.tools.builds.Request`, and how often
it is made in a row. It prints the seconds of processor time that they took, and the bytes of an answer.
"""
import io
import json
import logging
import os
import re
import sys
import time

from werkzeug.test import create_environ

from app import create_app


def main(password):
    """Answer until the input ends."""
    app = create_app({"TRUSTED_HOSTS": ["localhost"]})
    logging.basicConfig(filename=os.devnull, force=True)
    browsers, prepared = {}, {}
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        times, key, email = asked.pop("times"), line.partition('"times"')[0], asked.pop("email")
        if email not in browsers:
            browsers[email] = _sign_in(app, email, password)
        if key not in prepared:
            prepared[key] = _prepare(*browsers[email], **asked)
        environ, body = prepared[key]
        started = time.process_time()
        for _ in range(times):
            size = _answer(app, environ, body)
        print(time.process_time() - started, size, flush=True)


def _sign_in(app, email, password):
    """(value of the Cookie header, token for forms) of a browser that signed in."""
    browser = app.test_client()
    form = {"csrf_token": _token(browser.get("/login").text), "email": email, "password": password}
    answer = browser.post("/login", data=form)
    assert answer.status_code == 303, answer.status
    cookie = "; ".join(kept.partition(";")[0] for kept in answer.headers.getlist("Set-Cookie"))
    return cookie, _token(browser.get("/dashboard").text)


def _token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def _prepare(cookie, token, path, headers, form):
    """(the environ of the request, its body)."""
    posted = {"method": "POST", "data": {"csrf_token": token, **form}} if form else {}
    environ = create_environ(path, headers={"Cookie": cookie, **headers}, **posted)
    return environ, environ["wsgi.input"].read()


def _answer(app, environ, body):
    """The size of the answer, which is a page: a form that was refused is one too."""
    statuses = []
    answer = app({**environ, "wsgi.input": io.BytesIO(body)}, lambda status, *_: statuses.append(status))
    size = sum(map(len, answer))
    getattr(answer, "close", int)()  # an answer that is a list has nothing to close
    assert statuses[0][:3] in ("200", "422"), statuses[0]
    return size


if __name__ == "__main__":
    main(*sys.argv[1:])
