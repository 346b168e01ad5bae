"""The roles of ecalcura. Each holds for one facility, from a day, until a day or open."""
import datetime

from models.accounts.roles import OF_PERSON, TENANT, Limits, Role

WING, FACILITY = "ecalcura", "facility"
LIMITS = Limits(datetime.timedelta(minutes=60), datetime.timedelta(hours=12), shortest_password=12, second_factor=True)


def _role(name: str) -> Role:
    return Role(WING, name, TENANT, LIMITS, tenant_kind=FACILITY, opens=OF_PERSON, addressed=True)


PRIVACY = _role("privacy")
FINANCIAL = _role("financial")
# Gives and ends the roles in the own facility.
ACCESS = _role("access")
# Is known at the facility and can sign in, but may do nothing there (docs/decisions/0119).
COLLEAGUE = _role("colleague")
ROLES = (PRIVACY, FINANCIAL, ACCESS, COLLEAGUE)
# The roles that are given on 'Toegang'.
GIVEN = (PRIVACY, FINANCIAL, ACCESS)
LABELS = {
    PRIVACY.code: "Beheer privacygevoelige gegevens",
    FINANCIAL.code: "Beheer financiële gegevens",
    ACCESS.code: "Toegangsbeheerder",
}
