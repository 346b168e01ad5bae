"""Checking the ID token of an OpenID provider, and the answer of its userinfo."""
from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jws import JWSRegistry

from models.accounts.outside.fetching import NotFetched, fetch
from models.accounts.outside.provider import Provider
from models.database import clock

Claims = Mapping[str, Any]

# Seconds that the clocks of Loket and of the provider may differ.
LEEWAY = 120
# OpenID Connect Core, section 2.
LONGEST_SUBJECT = 255


def claims_of(provider: Provider, id_token: str, nonce: str, access_token: str) -> Claims:
    """Return the claims of an ID token whose signature, issuer, audience, times, nonce and strength are right.

    Raises an error of joserfc, or ValueError, for any other.
    """
    # A parameter that is not known may be in its head, as OpenID Connect allows; but not one that must be understood.
    registry = JWSRegistry(algorithms=provider.algorithms, strict_check_header=False)
    try:
        token = jwt.decode(id_token, provider.keys(), registry=registry)
    except InvalidKeyIdError:
        token = jwt.decode(id_token, provider.keys(unknown=True), registry=registry)
    required: dict[str, Any] = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    if provider.strengths:
        required["acr"] = {"essential": True, "values": sorted(provider.strengths)}
    checked = CodeIDToken(token.claims, token.header, required, {
        "client_id": provider.client_id, "nonce": nonce, "access_token": access_token})
    checked.validate(int(clock().timestamp()), LEEWAY)
    # JSON has half pairs and NUL, which no database takes.
    if not (1 <= len(checked["sub"]) <= LONGEST_SUBJECT and checked["sub"].isprintable()) or not isinstance(
            checked.get("acr", ""), str):
        raise ValueError("no subject, or a strength that is no text")
    return dict(checked)


def with_userinfo(provider: Provider, claims: Claims, access_token: str) -> Claims:
    """Return the claims with those of userinfo, which must be of the same person; those of the ID token go first."""
    address = provider.metadata().userinfo
    if not address:
        raise NotFetched("the metadata has no userinfo")
    answer = fetch(address, headers={"Authorization": f"Bearer {access_token}"})
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict) or found.get("sub") != claims["sub"]:
        raise ValueError("userinfo of another person")
    return {**found, **claims}
