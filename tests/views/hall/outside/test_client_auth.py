"""How Loket proves itself with its secret: as the provider's metadata say, unless OIDC_CLIENT_AUTH says otherwise."""
import base64

import pytest

from tests.tools.provider import CLIENT_ID, SECRET

BASIC = f"Basic {base64.b64encode(f'{CLIENT_ID}:{SECRET}'.encode()).decode()}"


@pytest.fixture
def settings(settings, request):
    return {**settings, **getattr(request, "param", {})}


@pytest.fixture
def proofs(provider):
    """(the header, the secret in the form) of each request for a token."""
    seen, token = [], provider.token

    def watched(form, authorization):
        seen.append((authorization, form.get("client_secret")))
        return token(form, BASIC)

    provider.token = watched
    return seen


def test_a_provider_that_offers_both_gets_the_secret_in_the_header(visitor, page, provider, proofs):
    provider.of_metadata = lambda right: {
        **right, "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}
    visitor.sign_in()
    page.get("/ecalcura/990001")
    assert proofs == [(BASIC, None)]


@pytest.mark.parametrize("settings", [{"OIDC_CLIENT_AUTH": "client_secret_post"}], indirect=True)
def test_a_provider_that_registered_loket_for_post_gets_the_secret_in_the_form(visitor, page, provider, proofs):
    provider.of_metadata = lambda right: {
        **right, "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}
    visitor.sign_in()
    page.get("/ecalcura/990001")
    [(header, secret)] = proofs
    assert (header or "", secret) == ("", SECRET)


@pytest.mark.parametrize("settings", [{"OIDC_CLIENT_AUTH": "client_secret_basic"}], indirect=True)
def test_the_setting_counts_more_than_the_metadata(visitor, page, provider, proofs):
    provider.of_metadata = lambda right: {**right, "token_endpoint_auth_methods_supported": ["client_secret_post"]}
    visitor.sign_in()
    assert proofs == [(BASIC, None)]


def test_the_doctor_says_that_the_provider_does_not_answer_or_is_another(app, provider, cast):
    run = app.test_cli_runner().invoke
    assert run(args=["doctor"]).output == "no problem found\n"
    app.extensions["outside"][0]._metadata = None
    provider.of_metadata = lambda right: {**right, "issuer": "https://elders.voorbeeld.be"}
    found = run(args=["doctor"])
    assert (found.exit_code, found.output) == (
        1, "OIDC_ISSUER: the provider's metadata cannot be used: the metadata is of another issuer\n")
    app.extensions["outside"][0]._failed = -100
    provider.faults["/.well-known/openid-configuration"] = "no JSON"
    assert "cannot be used: no JSON" in run(args=["doctor"]).output
