"""The server of the journeys, started by the operator's command on temporary folders."""
import datetime
import ipaddress
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import config
from app import WINGS, create_app
from models import database, names
from models.accounts import second_factor
from models.accounts.sessions import Session
from models.arbeidszorg.register import questionnaire
from models.mail import outbox, postman
from tests.conftest import QUESTIONNAIRE

# For journeys that depend on cookies, referrers or the browser's cache, which differ with and without TLS.
BOTH = pytest.mark.parametrize("site", ["https", "http"], indirect=True)
ROOT = Path(__file__).parents[3]
START = 90


class Site:
    """A running server at `url`; `connect()` binds the models of this process to its database, keys and questions."""

    def __init__(self, folder, secure, options=(), questions=QUESTIONNAIRE, more=None):
        self.folder = folder
        self.secure = secure
        self.options = options
        self.data_dir = folder / "data"
        self.key_dir = folder / "keys"
        # Over TLS it has a host name, because Chromium ignores HSTS from an IP address.
        self.url = f"https://localhost:{_free_port()}" if secure else f"http://127.0.0.1:{_free_port()}"
        self.database_url = f"sqlite:///{self.data_dir / 'loket.db'}"
        self.cookie_name = "__Host-loket" if secure else "loket"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in _SETTINGS},
            "DATA_DIR": str(self.data_dir), "KEY_DIR": str(self.key_dir), "HOST": "127.0.0.1",
            "PORT": self.url.rpartition(":")[2], "BASE_URL": self.url, "QUESTIONNAIRE": str(questions),
            "RETENTION_YEARS": "10", "KEEP_STAFF_MONTHS": "120", "WINGS": ",".join(WINGS), **(more or {}),
        }
        if secure:
            certificate, key = make_certificate(folder)
            self.environment |= {"TLS_CERTIFICATE": str(certificate), "TLS_KEY": str(key)}

    def __enter__(self):
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                _flask("serve", *self.options), cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        # The same application in this process, to use its routes, cookies and keys.
        self.app = create_app(config.load(environ=self.environment))
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self):
        context = ssl._create_unverified_context()  # noqa: S323 - the certificate was made just now by make_certificate
        until = time.monotonic() + START
        while self.process.poll() is None and time.monotonic() < until:
            try:
                urllib.request.urlopen(self.url + "/login", context=context, timeout=5).close()  # noqa: S310
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log()}")

    def log(self):
        """The output of the server so far."""
        return (self.folder / "server.log").read_text()

    def connect(self):
        """Bind the models of this process to the register of this site."""
        database.connect(self.database_url)
        questionnaire.use(questionnaire.load(Path(self.environment["QUESTIONNAIRE"])))
        keys = self.app.extensions["keys"]
        names.use(keys.names)
        outbox.use(keys.app)
        second_factor.use(keys.app)

    def flask(self, *words):
        """Run an operator's command on this register; returns its output."""
        result = subprocess.run(
            _flask(*words), cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def mails(self, recipient):
        """The files of the mails to this address, oldest first."""
        files = sorted((self.data_dir / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [path for path in files if f"To: {recipient}\n" in path.read_text()]

    def deliver(self):
        """Deliver pending mails now; the server does so every five seconds."""
        outbox.deliver(postman.carrier(self.app.config))

    def cookie(self, account, awaits_factor=False):
        """The cookie of a new session of this account; with `awaits_factor`, of one that still needs the code."""
        browser = self.app.test_client()
        with browser.session_transaction(base_url=self.url) as session:
            token = Session.start(account, "Chromium op Linux", awaits_factor)
            session["waiting" if awaits_factor else "_user_id"] = token
            session["_fresh"] = True
            session["csrf_token"] = f"{account.id}.{os.urandom(20).hex()}"
        value = browser.get_cookie(self.cookie_name, urlsplit(self.url).hostname).value
        return {"name": self.cookie_name, "value": value, "url": self.url,
                "httpOnly": True, "secure": self.secure, "sameSite": "Lax"}


_SETTINGS = {setting.name for setting in config.SETTINGS}


def _flask(*words):
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def make_certificate(folder):
    """Make a self-signed certificate for this machine; returns the paths of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    moment = datetime.datetime.now(datetime.UTC)
    addresses = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - datetime.timedelta(days=1)).not_valid_after(moment + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(addresses), critical=False)
        .sign(key, hashes.SHA256()))
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return certificate_path, key_path
