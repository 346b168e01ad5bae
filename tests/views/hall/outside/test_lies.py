"""A provider, or somebody between, whose answers are wrong: each is refused in plain words, and signs nobody in."""
import json
import random
import time
from urllib.parse import urlencode

import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter
from joserfc.util import urlsafe_b64encode

from models.accounts.identities import Identity
from models.accounts.sessions import Session
from tests.page import text_of
from tests.views.hall.outside.conftest import FAILED, is_refused, query_of

OTHER = RSAKey.generate_key(2048, auto_kid=True)
HOUR = 3600
DEEP = b"[" * 5_000


def claims(**changed):
    """A lie about claims: each value is put in its place, and a claim with None is left out."""
    def lie(right):
        return {name: value for name, value in {**right, **changed}.items() if value is not None}

    return lambda provider: setattr(provider, "of_claims", lie)


def later(**seconds):
    """A lie about moments: seconds from now."""
    return lambda provider: setattr(provider, "of_claims", lambda right: {
        **right, **{name: int(time.time()) + value for name, value in seconds.items()}})


def signed(function):
    """A lie about the signature: a function of the provider and the claims."""
    return lambda provider: setattr(provider, "signed", lambda right: function(provider, right))


def token(**changed):
    """A lie about the answer to a code."""
    return lambda provider: setattr(provider, "of_token", lambda right: {
        name: value for name, value in {**right, **changed}.items() if value is not None})


def unsigned(provider, right, algorithm="none"):
    head, body, _ = provider_token(provider, right).split(".")
    return f"{_base64({'alg': algorithm, 'kid': provider.key.kid})}.{body}."


def provider_token(provider, right):
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, right, provider.key)


def _base64(content):
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


def with_public_key_as_secret(provider, right):
    return jwt.encode({"alg": "HS256", "kid": provider.key.kid}, right, OctKey.import_key(provider.key.as_pem(False)),
                      algorithms=["HS256"])


def tampered(provider, right):
    head, body, signature = provider_token(provider, right).split(".")
    return f"{head}.{_base64({**right, 'sub': 'somebody-else'})}.{signature}"


def with_key_in_header(provider, right):
    header = {"alg": "RS256", "kid": OTHER.kid, "jwk": OTHER.as_dict(private=False)}
    return jwt.encode(header, right, OTHER)


def with_the_secret(provider, right):
    return jwt.encode({"alg": "HS256"}, right, OctKey.import_key("demonstratie"), algorithms=["HS256"])


def with_head(provider, right, **more):
    head = {"alg": "RS256", "kid": provider.key.kid, **more}
    lenient = JWSRegistry(strict_check_header=False, header_registry={"x": HeaderParameter("x", "int")})
    return jwt.encode(head, right, provider.key, registry=lenient)


def as_ascii(**changed):
    """A lie about claims with signs that JSON can only write as \\ud800."""
    return signed(lambda provider, right: jws.serialize_compact(
        {"alg": "RS256", "kid": provider.key.kid}, json.dumps({**right, **changed}).encode(), provider.key))


LIES = {
    "another issuer": claims(iss="https://elders.voorbeeld.be"),
    "no issuer": claims(iss=None),
    "another audience": claims(aud="een-andere-toepassing"),
    "another audience that names us as the party": claims(aud="een-andere-toepassing", azp="loket"),
    "no audience": claims(aud=None),
    "an audience of several without ours": claims(aud=["x", "y"]),
    "an audience of several that names no party": claims(aud=["loket", "x"]),
    "another authorized party": claims(azp="een-andere-toepassing"),
    "no subject": claims(sub=None),
    "an empty subject": claims(sub=""),
    "a subject that is no text": claims(sub=17),
    "a very long subject": claims(sub="x" * 400),
    "a subject with half a pair": as_ascii(sub="\ud800"),
    "a subject with NUL": as_ascii(sub="piet\0"),
    "expired": later(exp=-121),
    "no end": claims(exp=None),
    "an end that is no number": claims(exp="morgen"),
    "issued later than now": later(iat=125, exp=HOUR),
    "not valid yet": later(nbf=125, exp=HOUR),
    "no moment of issue": claims(iat=None),
    "another nonce": claims(nonce="x" * 43),
    "no nonce": claims(nonce=None),
    "not signed": signed(unsigned),
    "not signed, written otherwise": signed(lambda provider, right: unsigned(provider, right, "None")),
    "signed with the public key as a secret": signed(with_public_key_as_secret),
    "signed with the secret": signed(with_the_secret),
    "signed with a key of its own header": signed(with_key_in_header),
    "signed with another key": signed(lambda provider, right: jwt.encode(
        {"alg": "RS256", "kid": provider.key.kid}, right, OTHER)),
    "changed after signing": signed(tampered),
    "an algorithm that is not in the setting": signed(lambda provider, right: jwt.encode(
        {"alg": "RS512", "kid": provider.key.kid}, right, provider.key, algorithms=["RS512"])),
    "a parameter that must be understood and is not": signed(lambda provider, right: with_head(
        provider, right, crit=["x"], x=1)),
    "a head nested too deep": signed(lambda provider, right: f"{urlsafe_b64encode(DEEP).decode()}.e30.x"),
    "claims nested too deep": signed(lambda provider, right: jws.serialize_compact(
        {"alg": "RS256", "kid": provider.key.kid}, DEEP, provider.key)),
    "no token": signed(lambda provider, right: "x"),
    "an empty token": signed(lambda provider, right: ""),
    "a token of three points": signed(lambda provider, right: "..."),
    "no ID token": token(id_token=None),
    "an ID token that is no text": token(id_token=["x"]),
    "no access token": token(access_token=None),
    "an error": token(error="server_error", error_description="Piet Roels"),
    "another hash of the access token": claims(at_hash="x"),
    "a scope that is left out": token(scope="openid"),
    "metadata of another issuer": lambda provider: setattr(
        provider, "of_metadata", lambda right: {**right, "issuer": "https://elders.voorbeeld.be"}),
    "keys that are no list": lambda provider: setattr(provider, "of_keys", lambda right: {"keys": "x"}),
    "no keys": lambda provider: setattr(provider, "of_keys", lambda right: {"keys": []}),
    "a key that is a secret": lambda provider: setattr(provider, "of_keys", lambda right: {
        "keys": [OctKey.import_key("demonstratie").as_dict()]}),
    "a key without parts": lambda provider: setattr(provider, "of_keys", lambda right: {
        "keys": [{"kty": "RSA", "kid": provider.key.kid}]}),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_wrong_answer_is_refused_in_plain_words(visitor, page, provider, lie, caplog):
    lie(provider)
    if "issuer" in provider.metadata() and provider.metadata()["issuer"] != provider.issuer:
        page.get("/login/outside", 303)
    else:
        visitor.sign_in()
    is_refused(page)
    assert "sign-in from outside refused: " in caplog.text
    for secret in ("Piet", "Roels", "9f1c-piet", "990001", "Personeel", *provider.tokens):
        assert secret not in caplog.text


@pytest.mark.parametrize("lie", [later(exp=-110), later(iat=110, nbf=110, exp=HOUR), claims(azp="loket"),
                                 signed(lambda provider, right: with_head(provider, right, client_id="loket")),
                                 claims(aud=["loket"]), claims(aud=["loket", "x"], azp="loket"), token(scope=None)])
def test_two_minutes_several_audiences_and_more_in_the_head_are_accepted(visitor, page, provider, lie):
    lie(provider)
    visitor.sign_in()
    page.get("/ecalcura/990001")


# A4: 100 of 100

@pytest.mark.parametrize("lie", ["tampered", "replayed", "audience"])
def test_a_hundred_of_a_hundred_are_refused(visitor, page, provider, lie):
    chosen = random.Random(1)

    def changed(right):
        """The token with one character changed, of the head, the content or the signature."""
        whole = provider_token(provider, right)
        place = chosen.randrange(len(whole) - 1)
        other = "B" if whole[place] != "B" else "C"
        return whole[:place] + other + whole[place + 1:]

    if lie == "tampered":
        provider.signed = changed
    if lie == "audience":
        provider.of_claims = lambda right: {**right, "aud": f"toepassing-{chosen.randrange(10**6)}"}
    if lie == "replayed":
        answer = visitor.pick(visitor.go())
        page.get(answer, 303)
        page.get("/ecalcura/990001")
        page.post("/account/sessions/end", form="/account/roles")
        browser = page.browser
    for _ in range(100):
        if lie == "replayed":
            # Also with the state of a new sign-in of the same browser.
            page.browser = browser
            state = query_of(visitor.go())["state"]
            code = query_of(answer)["code"]
            for path in (answer, f"/login/outside/answer?{urlencode({'state': state, 'code': code})}"):
                assert page.browser.get(path).location == "/login"
        else:
            visitor.sign_in()
            assert page.response.location == "/login"
    assert Session.select().where(Session.ended_at.is_null()).count() == 0
    assert Identity.select().count() == (lie == "replayed")


# Algorithms and keys

@pytest.mark.parametrize(("algorithm", "key"), [
    ("ES256", ECKey.generate_key("P-256", auto_kid=True)), ("PS256", OTHER), ("RS256", OTHER)])
def test_the_algorithms_of_the_setting_are_accepted(visitor, page, provider, algorithm, key):
    provider.of_keys = lambda right: {"keys": [key.as_dict(private=False), {"kty": "AKP", "kid": "new"}, "x"]}
    provider.signed = lambda right: jwt.encode({"alg": algorithm, "kid": key.kid}, right, key, algorithms=[algorithm])
    visitor.sign_in()
    page.get("/ecalcura/990001")


def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_used(visitor, page, provider, monkeypatch):
    visitor.sign_in()
    page.forget()
    provider.key = RSAKey.generate_key(2048, auto_kid=True)
    visitor.sign_in()
    assert FAILED in text_of(page.follow())
    monkeypatch.setattr("models.accounts.outside.provider.AGAIN", -1)
    visitor.sign_in()
    page.get("/ecalcura/990001")


# The strength

class TestStrength:
    @pytest.fixture
    def settings(self, settings):
        return {**settings, "OIDC_ACR": ["eid", "itsme"]}

    @pytest.mark.parametrize("acr", [None, "", "wachtwoord", "EID", ["eid"], 1])
    def test_a_sign_in_that_is_too_weak_is_refused(self, visitor, page, provider, acr):
        claims(acr=acr)(provider)
        visitor.sign_in()
        is_refused(page)

    @pytest.mark.parametrize("acr", ["eid", "itsme"])
    def test_a_sign_in_that_is_strong_enough_is_accepted(self, visitor, page, provider, acr):
        claims(acr=acr)(provider)
        visitor.sign_in()
        page.get("/ecalcura/990001")
