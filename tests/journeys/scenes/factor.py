"""The scenes of the second factor: while signing in, and on 'Mijn login' of an administrator."""
import itertools

from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor
from models.arbeidszorg.roles import ADMINISTRATOR as ROLE
from tests.journeys.tools.showing import Scene, at, sent
from tests.phones import Phone, factor_of

ADMINISTRATOR = "administrator"
CODE, SET_UP = "/login/code", "/login/factor"
_numbers = itertools.count(1)


def at_second_step(show, set_up=True):
    """A scene after the password: the administrator must give a code, or set up the second factor if not `set_up`."""
    def open_second_step(window, world):
        account = Account.new(ROLE, "limburg",
                                 email=f"codes{next(_numbers)}.{world.running.number}@voorbeeld.be")
        if set_up:
            factor_of(account)
        window.context.add_cookies([window.site.cookie(account, awaits_factor=True)])
        show(window, world)

    return open_second_step


def with_factor(show):
    """A scene of an administrator whose second factor is set up."""
    def open_with_factor(window, world):
        if not SecondFactor.of(world.administrator.account):
            factor_of(world.administrator.account)
        show(window, world)

    return open_with_factor


def _set_up(window, _world):
    """Set up the second factor, so that the page shows the recovery codes."""
    window.go(SET_UP)
    page = window.page
    page.get_by_label("Code uit je app").fill(Phone(page.locator("code.key").inner_text()).code())
    with page.expect_event("load"):
        page.get_by_role("button", name="Codes instellen").click()


def _recovery(window, _world):
    """Post the form for a recovery code with a wrong code."""
    window.go(CODE)
    page = window.page
    page.get_by_text("Herstelcode gebruiken").click()
    page.get_by_label("Herstelcode", exact=True).fill("AAAA-BBBB")
    with page.expect_event("load"):
        page.get_by_role("button", name="Aanmelden met herstelcode").click()


FACTOR_SCENES = [
    Scene("login-code", CODE, None, at_second_step(at(CODE))),
    Scene("login-code-wrong", CODE, None, at_second_step(sent(CODE, "Aanmelden", code="x")), wrong=True),
    Scene("login-recovery-wrong", CODE, None, at_second_step(_recovery)),
    Scene("login-factor", SET_UP, None, at_second_step(at(SET_UP), set_up=False)),
    Scene("login-factor-wrong", SET_UP, None,
          at_second_step(sent(SET_UP, "Codes instellen", code="x"), set_up=False), wrong=True),
    Scene("login-factor-codes", SET_UP, None, at_second_step(_set_up, set_up=False)),
    Scene("account", "/account", ADMINISTRATOR, with_factor(at("/account"))),
    Scene("account-factor", "/account/factor", ADMINISTRATOR, with_factor(at("/account/factor"))),
    Scene("account-factor-wrong", "/account/factor", ADMINISTRATOR,
          with_factor(sent("/account/factor", "Nieuw toestel gebruiken", code="x")), wrong=True),
    Scene("account-recovery-codes", "/account/recovery-codes", ADMINISTRATOR,
          with_factor(at("/account/recovery-codes"))),
    Scene("account-recovery-codes-wrong", "/account/recovery-codes", ADMINISTRATOR,
          with_factor(sent("/account/recovery-codes", "Nieuwe herstelcodes", code="x")), wrong=True),
    Scene("account-password-administrator", "/account/password", ADMINISTRATOR, at("/account/password")),
    Scene("account-email-administrator", "/account/email", ADMINISTRATOR, at("/account/email")),
]
