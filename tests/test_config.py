"""The settings: their defaults, their values, and what production refuses."""
import re

import pytest

import config

SAFE = {
    "PRODUCTION": "1", "BASE_URL": "https://loket.provincie.be", "TRUSTED_HOSTS": "loket.provincie.be",
    "DATA_DIR": "/srv/loket/data", "KEY_DIR": "/srv/loket/keys", "OPERATOR_CONTACT": "helpdesk@provincie.be",
    "MAIL_FROM": "Loket <loket@provincie.be>",
}
PROVIDER = {
    "OIDC_ISSUER": "https://aanmelden.provincie.be/op", "OIDC_CLIENT_ID": "loket", "OIDC_CLIENT_SECRET": "geheim",
    "OIDC_CLAIMS": "/srv/loket/claims.toml", "OIDC_ACR": "eid itsme",
}


def test_the_default_settings_listen_on_loopback():
    settings = config.load(environ={})
    assert settings["BASE_URL"] == "http://127.0.0.1:8000"
    assert settings["TRUSTED_HOSTS"] == ["127.0.0.1", "localhost", "127.0.0.1"]
    assert settings["DATABASE_URL"].startswith("sqlite:///")
    assert settings["DATABASE_URL"].endswith("/instance/data/loket.db")
    assert not settings["KEY_DIR"].is_relative_to(settings["DATA_DIR"])


def test_an_empty_variable_gives_the_default():
    assert config.load(environ={"PORT": "", "DATA_DIR": " "})["PORT"] == 8000


def test_settings_of_the_caller_override_the_environment(tmp_path):
    settings = config.load({"DATA_DIR": tmp_path, "TESTING": True}, environ={"DATA_DIR": "/elsewhere"})
    assert settings["DATABASE_URL"] == f"sqlite:///{tmp_path}/loket.db"


def test_a_path_does_not_depend_on_the_current_folder():
    assert config.load(environ={"DATA_DIR": "data"})["DATA_DIR"].is_absolute()


def test_production_accepts_safe_settings():
    settings = config.load(environ=SAFE)
    assert settings["PRODUCTION"] is True
    assert settings["TRUSTED_HOSTS"] == ["loket.provincie.be"]


def test_production_accepts_a_provider():
    settings = config.load(environ=SAFE | PROVIDER)
    assert settings["OIDC_ACR"] == ["eid", "itsme"]
    assert settings["OIDC_SCOPES"] == ["openid", "profile"]
    assert settings["OIDC_ALGORITHMS"] == ["RS256", "PS256", "ES256"]


@pytest.mark.parametrize(("change", "named"), [
    ({"BASE_URL": "http://loket.provincie.be"}, "BASE_URL"),
    ({"BASE_URL": ""}, "BASE_URL"),
    ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
    ({"TRUSTED_HOSTS": "elders.provincie.be"}, "TRUSTED_HOSTS"),
    ({"KEY_DIR": "/srv/loket/data/keys"}, "KEY_DIR"),
    ({"PURGED_FILE": "/srv/loket/data/purged.csv"}, "PURGED_FILE"),
    ({"OPERATOR_CONTACT": ""}, "OPERATOR_CONTACT"),
    ({"MAIL_FROM": ""}, "MAIL_FROM"),
    ({"HOST": "192.0.2.7"}, "HOST"),
    ({"SIMULATED_REGISTERS": "1"}, "SIMULATED_REGISTERS"),
    ({"TLS_CERTIFICATE": "/srv/loket/cert.pem"}, "TLS_KEY"),
    ({"SMTP_HOST": "mail.provincie.be", "SMTP_TLS": "none"}, "SMTP_TLS"),
    (PROVIDER | {"OIDC_ISSUER": "http://aanmelden.provincie.be"}, "OIDC_ISSUER"),
    (PROVIDER | {"OIDC_ISSUER": "http://127.0.0.1:8090"}, "OIDC_ISSUER"),
    (PROVIDER | {"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID"),
    (PROVIDER | {"OIDC_CLAIMS": ""}, "OIDC_CLAIMS"),
    (PROVIDER | {"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
    (PROVIDER | {"OIDC_PRIVATE_KEY": "/srv/loket/keys/oidc.pem"}, "OIDC_PRIVATE_KEY"),
    (PROVIDER | {"OIDC_CLIENT_AUTH": "post"}, "OIDC_CLIENT_AUTH"),
    (PROVIDER | {"OIDC_CLIENT_AUTH": "client_secret_post", "OIDC_CLIENT_SECRET": "",
                 "OIDC_PRIVATE_KEY": "/srv/loket/keys/oidc.pem"}, "OIDC_CLIENT_AUTH"),
    (PROVIDER | {"OIDC_SCOPES": "profile"}, "OIDC_SCOPES"),
    (PROVIDER | {"OIDC_ALGORITHMS": "RS256 none"}, "OIDC_ALGORITHMS"),
    (PROVIDER | {"OIDC_ALGORITHMS": "HS256"}, "OIDC_ALGORITHMS"),
    (PROVIDER | {"OIDC_ACR": ""}, "OIDC_ACR"),
])
def test_production_refuses_unsafe_settings(change, named):
    with pytest.raises(config.ConfigurationError, match=named):
        config.load(environ=SAFE | change)


@pytest.mark.parametrize("flag", ["DEBUG", "TESTING"])
def test_production_refuses_the_settings_of_developers(flag):
    with pytest.raises(config.ConfigurationError, match=flag):
        config.load({flag: True}, environ=SAFE)


def test_only_production_listens_to_other_machines():
    tls = {"TLS_CERTIFICATE": "/srv/cert.pem", "TLS_KEY": "/srv/key.pem"}
    assert config.load(environ=SAFE | tls | {"HOST": "192.0.2.7"})["HOST"] == "192.0.2.7"
    with pytest.raises(config.ConfigurationError, match="PRODUCTION"):
        config.load(environ=tls | {"HOST": "192.0.2.7"})


@pytest.mark.parametrize(("name", "text"), [
    ("PORT", "80a"), ("PORT", "0"), ("PORT", "70000"), ("PORT", "²"), ("PRODUCTION", "ja"), ("BASE_URL", "loket.be"),
    ("BASE_URL", "ftp://loket.be"), ("BASE_URL", "https://loket.be/pad"), ("SMTP_TLS", "ssl"),
    ("STEP_STARTS", "monday"), ("DEADLINE_DAYS", "366"), ("CALCULATION_ROUNDING", "down"),
    ("ECALCURA_QUESTIONS", "vraag het ons"),
    ("ECALCURA_QUESTIONS", "vragen@voorbeeld"),
    ("OIDC_ISSUER", "aanmelden.be"), ("OIDC_ISSUER", "https://aanmelden.be/?x=1"),
    ("REGISTERS_URL", "http://registers.voorbeeld.be"), ("REGISTERS_URL", "registers.voorbeeld.be"),
    ("REGISTERS_URL", "https://loket@registers.voorbeeld.be"), ("REGISTERS_URL", "https://registers.voorbeeld.be/?n=1"),
    ("LOOKUPS_A_DAY", "0"), ("RETENTION_YEARS", "0"), ("RETENTION_YEARS", "101"), ("RETENTION_YEARS", "tien"),
    ("KEEP_STAFF_MONTHS", "0"), ("KEEP_SUBMISSIONS_MONTHS", "1201"), ("KEEP_MESSAGES_MONTHS", "5 jaar"),
    ("KEEP_DELIVERIES_MONTHS", "-1"),
])
def test_an_invalid_value_is_refused_with_the_name_of_its_setting(name, text):
    with pytest.raises(config.ConfigurationError, match=f"^{name}: "):
        config.load(environ={name: text})


def test_registers_are_asked_over_https_or_on_this_machine():
    for address in ("https://registers.voorbeeld.be/rrn", "http://127.0.0.1:8010", "http://localhost:8010"):
        assert config.load(environ={"REGISTERS_URL": f"{address}/"})["REGISTERS_URL"] == address
    assert config.load(environ={})["REGISTERS_URL"] is None
    assert config.load(environ={"SIMULATED_REGISTERS": "1"})["REGISTERS_URL"] == config.SIMULATED


def test_all_faults_are_reported_at_once():
    with pytest.raises(config.ConfigurationError) as refused:
        config.load(environ={"PRODUCTION": "1"})
    named = set(re.findall(r"^[A-Z_]+", str(refused.value), re.MULTILINE))
    assert {"BASE_URL", "TRUSTED_HOSTS", "OPERATOR_CONTACT"} <= named
