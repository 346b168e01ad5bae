"""The scenes of a login with several grants: the page that asks which, and the menu with the switch."""
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.accounts.grants import Grant
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from tests.journeys.tools.showing import Scene, at

SEVERAL, ROLES = "several", "/account/roles"


def in_role(path, place=0):
    """Choose the role with this place in the list, and open the page at this address."""
    def show(window, world):
        window.go(ROLES)
        with window.page.expect_event("load"):
            window.page.locator("main button").nth(place).click()
        at(path)(window, world)

    return show


def _form_of_another_role(window, world):
    """Post a form that was opened before another role was chosen in another tab."""
    window.expected.add(409)
    in_role("/organisation/edit", 1)(window, world)
    tab = window.context.new_page()
    tab.goto(ROLES)
    tab.locator("main button").first.click()
    tab.wait_for_url("**/dashboard")
    tab.close()
    window.page.get_by_label("Adres").fill("Dorp 1")
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Opslaan").click()


ROLE_SCENES = [
    Scene("account-roles", ROLES, SEVERAL, at(ROLES)),
    Scene("account-roles-switch", ROLES, SEVERAL, in_role(ROLES)),
    Scene("account-roles-form", ROLES, SEVERAL, _form_of_another_role),
    Scene("dashboard-roles", "/dashboard", SEVERAL, in_role("/dashboard")),
]


def roles_of(province, number):
    """A login of two organisations of the province; `number` makes its names unique."""
    names = (f"De Tuin {number}", f"Dienstencentrum Ons Huis {number}")
    first, second = (Organisation.create_new(name, province) for name in names)
    account = Account.new(ORGANISATION, first, email=f"tuin{number}@voorbeeld.be", password_hash="-")
    Grant.add(account.id, ORGANISATION, second)
    return {"several": SimpleNamespace(account=account)}
