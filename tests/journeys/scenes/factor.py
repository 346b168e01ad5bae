"""The scenes of the second factor: at the door, and on 'Mijn login' of an administrator."""
import itertools

from models.accounts.accounts import Account
from models.accounts.second_factor import SecondFactor
from tests.journeys.tools.showing import Scene, at, sent
from tests.phones import Phone, factor_of

ADMINISTRATOR = "administrator"
CODE, SET_UP = "/login/code", "/login/factor"
_numbers = itertools.count(1)


def half_way(show, set_up=True):
    """What somebody sees who gave the right password, and still has to show the second factor, or to set it up."""
    def open_half_way(window, world):
        account = Account.create(role="administrator", province="limburg",
                                 email=f"codes{next(_numbers)}.{world.running.number}@voorbeeld.be")
        if set_up:
            factor_of(account)
        window.context.add_cookies([window.site.cookie(account, awaits_factor=True)])
        show(window, world)

    return open_half_way


def guarded(show):
    """What an administrator sees whose second factor is set up."""
    def open_guarded(window, world):
        if not SecondFactor.of(world.administrator.account):
            factor_of(world.administrator.account)
        show(window, world)

    return open_guarded


def _set_up(window, _world):
    """The recovery codes, shown once."""
    window.go(SET_UP)
    page = window.page
    page.get_by_label("Code uit je app").fill(Phone(page.locator("code.key").inner_text()).code())
    with page.expect_event("load"):
        page.get_by_role("button", name="Codes instellen").click()


def _recovery(window, _world):
    """The other form of the page, with a code that is none."""
    window.go(CODE)
    page = window.page
    page.get_by_text("Herstelcode gebruiken").click()
    page.get_by_label("Herstelcode", exact=True).fill("AAAA-BBBB")
    with page.expect_event("load"):
        page.get_by_role("button", name="Aanmelden met herstelcode").click()


FACTOR_SCENES = [
    Scene("login-code", CODE, None, half_way(at(CODE))),
    Scene("login-code-wrong", CODE, None, half_way(sent(CODE, "Aanmelden", code="x")), wrong=True),
    Scene("login-recovery-wrong", CODE, None, half_way(_recovery)),
    Scene("login-factor", SET_UP, None, half_way(at(SET_UP), set_up=False)),
    Scene("login-factor-wrong", SET_UP, None,
          half_way(sent(SET_UP, "Codes instellen", code="x"), set_up=False), wrong=True),
    Scene("login-factor-codes", SET_UP, None, half_way(_set_up, set_up=False)),
    Scene("account", "/account", ADMINISTRATOR, guarded(at("/account"))),
    Scene("account-factor", "/account/factor", ADMINISTRATOR, guarded(at("/account/factor"))),
    Scene("account-factor-wrong", "/account/factor", ADMINISTRATOR,
          guarded(sent("/account/factor", "Nieuw toestel gebruiken", code="x")), wrong=True),
    Scene("account-recovery-codes", "/account/recovery-codes", ADMINISTRATOR, guarded(at("/account/recovery-codes"))),
    Scene("account-recovery-codes-wrong", "/account/recovery-codes", ADMINISTRATOR,
          guarded(sent("/account/recovery-codes", "Nieuwe herstelcodes", code="x")), wrong=True),
    Scene("account-password-administrator", "/account/password", ADMINISTRATOR, at("/account/password")),
    Scene("account-email-administrator", "/account/email", ADMINISTRATOR, at("/account/email")),
]
