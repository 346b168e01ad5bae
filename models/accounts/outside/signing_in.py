"""Signing in by an OpenID provider: the code flow with PKCE, state and nonce, from the link to the checked claims."""
import logging
from collections.abc import Mapping
from typing import NamedTuple

from authlib.common.errors import AuthlibBaseError
from joserfc.errors import JoseError

from models.accounts.outside.fetching import NotFetched
from models.accounts.outside.provider import Provider
from models.accounts.outside.tokens import Claims, claims_of, with_userinfo
from models.accounts.outside.unfinished import UnfinishedSignIn
from models.errors import Code, Refused

# The errors of the libraries, and of reading an answer that is not as it should be.
FAILURES = (AuthlibBaseError, JoseError, NotFetched, ValueError, KeyError, TypeError, AttributeError, OverflowError,
            RecursionError)

log = logging.getLogger("loket.outside")


class Person(NamedTuple):
    """The provider's answer about a person: all of it is checked. `next` is the page to go on to."""

    issuer: str
    subject: str
    claims: Claims
    next: str


def begin(provider: Provider, browser: str, next_page: str) -> str:
    """Return the address of the provider to go to, for this browser. Raises `Refused` if the provider is silent."""
    try:
        address = provider.metadata().authorization
    except FAILURES as error:
        raise _refused("the provider cannot be reached", error) from error
    state, row = UnfinishedSignIn.begin(browser, next_page)
    url: str = provider.client().create_authorization_url(address, state, row.verifier, nonce=row.nonce)[0]
    return url


def finish(provider: Provider, browser: str, answer: Mapping[str, str]) -> Person:
    """Return the person of an answer that the provider sent this browser with. Raises `Refused` for any other."""
    row = UnfinishedSignIn.take(answer.get("state", ""), browser)
    if row is None:
        raise _refused("no such sign-in in this browser")
    if "error" in answer or not answer.get("code"):
        raise _refused("the provider did not sign in")
    try:
        _check_sender(provider, answer)
        tokens = provider.client().fetch_token(
            provider.metadata().token, code=answer["code"], code_verifier=row.verifier,
            grant_type="authorization_code")
        _check_scope(provider, tokens)
        access_token = str(tokens["access_token"])
        claims = claims_of(provider, tokens["id_token"], row.nonce, access_token)
        if provider.asks_userinfo:
            claims = with_userinfo(provider, claims, access_token)
    except FAILURES as error:
        raise _refused("the provider's answer is wrong", error) from error
    return Person(provider.issuer, claims["sub"], claims, row.next)


def _check_sender(provider: Provider, answer: Mapping[str, str]) -> None:
    if answer.get("iss", provider.issuer) != provider.issuer or (
            provider.metadata().names_itself and "iss" not in answer):
        raise ValueError("an answer of another issuer")


def _check_scope(provider: Provider, tokens: Mapping[str, object]) -> None:
    """Refuse if the provider left out a scope: it drops one that it does not know in silence."""
    granted = tokens.get("scope")
    if granted is not None and set(provider.scopes) - set(str(granted).split()):
        raise ValueError("a scope of OIDC_SCOPES is not granted")


def _refused(reason: str, error: BaseException | None = None) -> Refused:
    """Log why nobody signed in, for the operator: the kind of error, never its message, which may quote a claim."""
    log.warning("sign-in from outside refused: %s%s", reason, f" ({_kind(error)})" if error else "")
    return Refused(Code.OUTSIDE)


def _kind(error: BaseException) -> str:
    # The name of a claim or of an OAuth error is no value.
    claim = getattr(error, "claim", None)
    words = str(error) if isinstance(error, NotFetched) else claim if isinstance(claim, str) else ""
    return f"{type(error).__name__}{': ' if words else ''}{words}"
