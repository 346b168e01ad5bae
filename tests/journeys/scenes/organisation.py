"""The scenes of an administrator's pages of an organisation, in each state of its login; and of a pending move."""
from types import SimpleNamespace

from models.accounts import logins
from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.moves import LoginMove
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from tests.journeys.tools.showing import Scene, at, sent, stale

ADMINISTRATOR, MOVING = "administrator", "moving"
RULE = "/province/organisations/<int:organisation_id>"
ACTIVE = "/province/organisations/{active.organisation.id}"


def _change(world):
    organisation = Organisation.get_by_id(world.active.organisation.id)
    organisation.update_contact(
        f"Kerkstraat {organisation.version}", "09 000 00 12", "", organisation.version, world.active.account)


ORGANISATION_SCENES = [
    Scene("province-organisation-new", "/province/organisations/new", ADMINISTRATOR, at("/province/organisations/new")),
    Scene("province-organisation-new-wrong", "/province/organisations/new", ADMINISTRATOR,
          sent("/province/organisations/new", "Opslaan", name="De Nieuwe", email="geen adres"), wrong=True),
    Scene("province-organisation", RULE, ADMINISTRATOR, at(ACTIVE)),
    Scene("province-organisation-uninvited", RULE, ADMINISTRATOR,
          at("/province/organisations/{uninvited.id}")),
    Scene("province-organisation-invited", RULE, ADMINISTRATOR,
          at("/province/organisations/{invited.organisation.id}")),
    Scene("province-organisation-invite-wrong", RULE, ADMINISTRATOR,
          sent("/province/organisations/{invited.organisation.id}", "Opnieuw uitnodigen", email="geen adres")),
    Scene("province-organisation-expired", RULE, ADMINISTRATOR,
          at("/province/organisations/{expired.organisation.id}")),
    Scene("province-organisation-blocked", RULE, ADMINISTRATOR,
          at("/province/organisations/{blocked.organisation.id}")),
    Scene("province-organisation-moving", RULE, ADMINISTRATOR, at("/province/organisations/{moving.organisation.id}")),
    Scene("province-organisation-edit", f"{RULE}/edit", ADMINISTRATOR, at(f"{ACTIVE}/edit")),
    Scene("province-organisation-edit-wrong", f"{RULE}/edit", ADMINISTRATOR,
          sent(f"{ACTIVE}/edit", "Opslaan", website="geen website"), wrong=True),
    Scene("province-organisation-edit-stale", f"{RULE}/edit", ADMINISTRATOR,
          stale(f"{ACTIVE}/edit", _change, address="Dorp 1", website="www.voorbeeld.be/werf")),
    Scene("province-organisation-move", f"{RULE}/move", ADMINISTRATOR, at(f"{ACTIVE}/move")),
    Scene("province-organisation-move-wrong", f"{RULE}/move", ADMINISTRATOR,
          sent(f"{ACTIVE}/move", "Login verhuizen", email="geen adres"), wrong=True),
    Scene("dashboard-moving", "/dashboard", MOVING, at("/dashboard")),
    Scene("organisation-moving", "/organisation", MOVING, at("/organisation")),
]


def organisations_of(administrator, number):
    """An organisation for each state of a login; `number` makes their names unique."""
    def made(name, **values):
        organisation = Organisation.create_new(
            f"{name} {number}", administrator.province, sector="welfare", address="Dorp 12, 9000 Gent",
            telephone="09 000 00 11", website="https://www.voorbeeld.be", by=administrator)
        email = f"{name.split()[-1].lower()}{number}@voorbeeld.be"
        account = Account.new(ORGANISATION, organisation, email=email, **values)
        return SimpleNamespace(organisation=organisation, account=account)

    logins_of = {
        "active": made("De Werf", password_hash="-"), "invited": made("De Brug"), "expired": made("De Kade"),
        "blocked": made("De Sluis", password_hash="-", blocked=True), "moving": made("De Haven", password_hash="-")}
    OneTimeLink.make(logins_of["invited"].account, "invitation")
    LoginMove.ask(logins_of["moving"].account, f"nieuwehaven{number}@voorbeeld.be", by=administrator)
    uninvited = logins.make_organisation(
        administrator.province, {"name": f"Het Veer {number}"}, f"veer{number}@voorbeeld.be", False, administrator)
    return {**logins_of, "uninvited": uninvited}
