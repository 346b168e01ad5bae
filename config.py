"""Every setting: its environment variable, its default, its meaning.

Unsafe settings are refused at the start, all in one message. docs/operator.md lists the same settings.
"""
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Signatures with a public key. One with a shared secret, or no signature at all, is never accepted.
CLIENT_AUTH = ("client_secret_basic", "client_secret_post")
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
# Where `make registers` answers.
SIMULATED = "http://127.0.0.1:8010"


class ConfigurationError(click.ClickException):
    """The application cannot start with these settings; the message has a line for each problem."""


def _flag(text):
    if text.lower() not in ("0", "1"):
        raise ValueError("0 or 1 is expected")
    return text == "1"


def _whole(text):
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("a number from 1 to 65535 is expected")
    return int(text)


def _days(text):
    if not text.isascii() or not text.isdigit() or int(text) > 365:
        raise ValueError("a number of days from 0 to 365 is expected")
    return int(text)


def _years(text):
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 100:
        raise ValueError("a number of years from 1 to 100 is expected")
    return int(text)


def _months(text):
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1200:
        raise ValueError("a number of months from 1 to 1200 is expected")
    return int(text)


def _step_starts(text):
    if text not in ("birthday", "first_of_month", "first_of_next_month"):
        raise ValueError("birthday, first_of_month or first_of_next_month is expected")
    return text


def _calculation_rounding(text):
    if text not in ("half_up", "half_even"):
        raise ValueError("half_up or half_even is expected")
    return text


def _email(text):
    name, _, domain = text.partition("@")
    if not name or "." not in domain or not text.isascii() or len(text.split()) != 1:
        raise ValueError("a mail address is expected")
    return text


def _path(text):
    return Path(text).expanduser().absolute()


def _words(text):
    return [word.lower() for word in text.replace(",", " ").split()]


def _url(text):
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("an address such as https://loket.voorbeeld.be is expected, without a path")
    return text.rstrip("/").lower()


def _issuer(text):
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("the address of the provider, without a query, is expected")
    return text


def _strengths(text):
    return text.replace(",", " ").split()


def _client_auth(text):
    if text not in CLIENT_AUTH:
        raise ValueError(f"{' or '.join(CLIENT_AUTH)} is expected")
    return text


def _service(text):
    parts = urlsplit(text)
    if not parts.hostname or parts.username or parts.query or parts.fragment or (
            parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in LOOPBACK)):
        raise ValueError("an https:// address is expected, or http:// on this machine, without a question mark")
    return text.rstrip("/")


def _database(text):
    if not text.startswith(("sqlite:///", "postgresql://")):
        raise ValueError("sqlite:////path/file.db or postgresql://user:password@host/name is expected")
    return text


def _security(text):
    if text not in ("starttls", "tls", "none"):
        raise ValueError("starttls, tls or none is expected")
    return text


@dataclass(frozen=True)
class Setting:
    """An environment variable. `read` turns its text into a value, or raises ValueError with what it expects."""

    name: str
    default: str
    meaning: str
    read: object = str


# An empty default means no value, or one that _derive takes from the other settings.
SETTINGS = (
    Setting("PRODUCTION", "0", "1 for real data: refuses unsafe settings and the demonstration", _flag),
    Setting("DATA_DIR", str(HERE / "instance" / "data"), "the folder of the database and of outgoing mail", _path),
    Setting("KEY_DIR", str(HERE / "instance" / "keys"), "the folder of the two keys, outside DATA_DIR", _path),
    Setting("PURGED_FILE", "", "the list of purged clients, outside DATA_DIR; default purged.csv in KEY_DIR", _path),
    Setting("DATABASE_URL", "", "sqlite:////path/file.db or postgresql://…; default loket.db in DATA_DIR", _database),
    Setting("HOST", "127.0.0.1", "the address to listen on", str.lower),
    Setting("PORT", "8000", "the port to listen on", _whole),
    Setting("BASE_URL", "", "the address that people type, used in mails; default HOST and PORT", _url),
    Setting("TRUSTED_HOSTS", "", "the host names to answer; default that of BASE_URL", _words),
    Setting("TLS_CERTIFICATE", "", "the certificate chain (PEM) for HTTPS", _path),
    Setting("TLS_KEY", "", "the key of the certificate (PEM, PKCS#8)", _path),
    Setting("WORKERS", "1", "processes that answer requests", _whole),
    Setting("THREADS", "4", "threads in each process", _whole),
    Setting("SMTP_HOST", "", "the mail server; without it mails are written to DATA_DIR/mail"),
    Setting("SMTP_PORT", "587", "the port of the mail server", _whole),
    Setting("SMTP_TLS", "starttls", "starttls, tls (from the first byte) or none", _security),
    Setting("SMTP_USER", "", "the login at the mail server, if it needs one"),
    Setting("SMTP_PASSWORD", "", "the password of that login"),
    Setting("MAIL_FROM", "Loket <loket@voorbeeld.be>", "the sender of the mails"),
    Setting("WINGS", "arbeidszorg", "the wings that are on, with spaces or commas between", _words),
    Setting("QUESTIONNAIRE", "",
            "another questionnaire file than models/arbeidszorg/register/questionnaire.toml", _path),
    Setting("CORRECTION_DAYS", "14", "days after an answer was given in which a change of it is a correction", _days),
    Setting("RETENTION_YEARS", "", "years after the end of the guidance in which a client is kept; default no term",
            _years),
    Setting("KEEP_STAFF_MONTHS", "",
            "eCalcura: months after the last contract in which an employee is kept; default no term", _months),
    Setting("KEEP_SUBMISSIONS_MONTHS", "",
            "eCalcura: months after the trimester in which what was submitted is kept; default no term", _months),
    Setting("KEEP_MESSAGES_MONTHS", "",
            "eCalcura: months after the last message in which an answered question is kept; default no term", _months),
    Setting("KEEP_DELIVERIES_MONTHS", "",
            "eCalcura: months after they ended in which files of certificates and contracts of physicians are kept; "
            "default no term", _months),
    Setting("DEADLINE_DAYS", "",
            "days after the end of a quarter that a form proposes as the last day to submit; default no proposal",
            _days),
    Setting("STEP_STARTS", "first_of_month",
            "the day on which a step of 45, 50 or 55 begins: birthday, first_of_month or first_of_next_month",
            _step_starts),
    Setting("CALCULATION_ROUNDING", "half_up", "how a line of a calculation is rounded to cents: half_up or half_even",
            _calculation_rounding),
    Setting("ECALCURA_QUESTIONS", "", "eCalcura: the mail address for other questions, shown beside messages", _email),
    Setting("OIDC_ISSUER", "", "the OpenID provider that signs people in from outside; default none", _issuer),
    Setting("OIDC_NAME", "je organisatie", "the name of the provider on the link 'Aanmelden met …'"),
    Setting("OIDC_CLIENT_ID", "", "the name that the provider knows Loket by"),
    Setting("OIDC_CLIENT_SECRET", "", "the secret that goes with it"),
    Setting("OIDC_PRIVATE_KEY", "", "in place of a secret: a file with a private key (PEM)", _path),
    Setting("OIDC_CLIENT_AUTH", "", "how the secret is sent: client_secret_basic or client_secret_post; default as the "
            "provider's metadata say", _client_auth),
    Setting("OIDC_CLAIMS", "", "the file (TOML) that says which claims are a role", _path),
    Setting("OIDC_SCOPES", "openid profile", "the scopes to ask for, with spaces between", _strengths),
    Setting("OIDC_ACR", "", "the values of the claim acr that are strong enough, with spaces between", _strengths),
    Setting("OIDC_ALGORITHMS", "RS256 PS256 ES256", "the algorithms by which the provider may sign", _strengths),
    Setting("REGISTERS_URL", "", "where the registers of persons are asked: https://…, or http:// on this machine; "
            "without it nothing answers", _service),
    Setting("REGISTERS_TOKEN", "", "the file with the token that is sent to the registers", _path),
    Setting("SIMULATED_REGISTERS", "0", "1 for registers of made-up people, by default on this machine", _flag),
    Setting("LOOKUPS_A_DAY", "60", "people whom one login may look up in a register in a day", _whole),
    Setting("OPERATOR_CONTACT", "", "shown where people need the operator: a mail address or telephone number"),
)


def load(overrides=None, environ=os.environ):
    """The settings as a dict: `overrides`, else the environment, else the default. Raises ConfigurationError."""
    settings, problems = {}, []
    for setting in SETTINGS:
        text = environ.get(setting.name, "").strip() or setting.default
        try:
            settings[setting.name] = setting.read(text) if text else None
        except ValueError as error:
            problems.append(f"{setting.name}: {error}")
    if problems:
        raise ConfigurationError("\n".join(problems))
    # Overrides have their types already, and may include settings of Flask itself.
    settings.update(overrides or {})
    problems = [*_problems(settings), *(_production_problems(settings) if settings["PRODUCTION"] else [])]
    if problems:
        raise ConfigurationError("\n".join(problems))
    _derive(settings)
    return settings


def _derive(settings):
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{settings['DATA_DIR'] / 'loket.db'}"
    settings["PURGED_FILE"] = settings["PURGED_FILE"] or settings["KEY_DIR"] / "purged.csv"
    scheme = "https" if settings["TLS_CERTIFICATE"] else "http"
    settings["BASE_URL"] = settings["BASE_URL"] or f"{scheme}://{settings['HOST']}:{settings['PORT']}"
    if settings["SIMULATED_REGISTERS"]:
        settings["REGISTERS_URL"] = settings["REGISTERS_URL"] or SIMULATED
    if not settings["TRUSTED_HOSTS"]:
        settings["TRUSTED_HOSTS"] = [urlsplit(settings["BASE_URL"]).hostname, "localhost", "127.0.0.1"]


def _problems(settings):
    if bool(settings["TLS_CERTIFICATE"]) != bool(settings["TLS_KEY"]):
        yield "TLS_CERTIFICATE and TLS_KEY go together: give both or neither"
    if settings["HOST"] not in LOOPBACK and not settings["TLS_CERTIFICATE"]:
        yield f"HOST is {settings['HOST']}: outside loopback HTTPS is needed, so give TLS_CERTIFICATE and TLS_KEY"
    if settings["HOST"] not in LOOPBACK and not settings["PRODUCTION"]:
        yield f"HOST is {settings['HOST']}: only PRODUCTION=1 listens to other machines"
    yield from _provider_problems(settings)
    if settings["SMTP_HOST"] and settings["SMTP_TLS"] == "none" and settings["SMTP_HOST"] not in LOOPBACK:
        yield "SMTP_TLS is none: mails and the links in them would travel unencrypted to another machine"


def _provider_problems(settings):
    issuer = settings["OIDC_ISSUER"]
    if not issuer:
        return
    if urlsplit(issuer).scheme != "https" and (settings["PRODUCTION"] or urlsplit(issuer).hostname not in LOOPBACK):
        yield "OIDC_ISSUER: an https:// address is needed"
    for name in ("OIDC_CLIENT_ID", "OIDC_CLAIMS"):
        if not settings[name]:
            yield f"{name}: needed beside OIDC_ISSUER"
    if bool(settings["OIDC_CLIENT_SECRET"]) == bool(settings["OIDC_PRIVATE_KEY"]):
        yield "OIDC_CLIENT_SECRET, OIDC_PRIVATE_KEY: exactly one of both is needed beside OIDC_ISSUER"
    if settings["OIDC_CLIENT_AUTH"] and settings["OIDC_PRIVATE_KEY"]:
        yield "OIDC_CLIENT_AUTH: for a secret only, and OIDC_PRIVATE_KEY takes its place"
    if "openid" not in settings["OIDC_SCOPES"]:
        yield "OIDC_SCOPES: 'openid' must be among them"
    if not settings["OIDC_ALGORITHMS"] or set(settings["OIDC_ALGORITHMS"]) - ALGORITHMS:
        yield f"OIDC_ALGORITHMS: expected are {', '.join(sorted(ALGORITHMS))}"
    if settings["PRODUCTION"] and not settings["OIDC_ACR"]:
        yield "OIDC_ACR: production needs the values of acr that are strong enough, such as eID and itsme"


def _production_problems(settings):
    base_url, hosts = settings["BASE_URL"] or "", settings["TRUSTED_HOSTS"]
    if not base_url.startswith("https://"):
        yield "BASE_URL: production needs the https:// address that people type"
    if not hosts:
        yield "TRUSTED_HOSTS: production needs the host names to answer, such as loket.voorbeeld.be"
    elif urlsplit(base_url).hostname not in hosts:
        yield "TRUSTED_HOSTS: the host of BASE_URL is not among them"
    if settings["KEY_DIR"].is_relative_to(settings["DATA_DIR"]):
        yield "KEY_DIR is inside DATA_DIR: a backup of the data would hold the keys"
    if settings["PURGED_FILE"] and settings["PURGED_FILE"].is_relative_to(settings["DATA_DIR"]):
        yield "PURGED_FILE is inside DATA_DIR: restoring a backup of the data would put an older list back"
    if not settings["OPERATOR_CONTACT"]:
        yield "OPERATOR_CONTACT: production needs the mail address or telephone number of the operator"
    if settings["SIMULATED_REGISTERS"]:
        yield "SIMULATED_REGISTERS is 1: production asks real registers about real people"
    if settings["MAIL_FROM"].rstrip(">").endswith("@voorbeeld.be"):
        yield "MAIL_FROM: production needs a real address"
    if settings.get("DEBUG") or settings.get("TESTING"):
        yield "DEBUG and TESTING must be off in production"
