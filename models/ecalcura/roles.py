"""The roles of ecalcura: of a facility, each from a day, until a day or open; and of the desk, for all facilities."""
import datetime

from models.accounts.roles import OF_PERSON, TENANT, WHOLE, Limits, Role

WING, FACILITY = "ecalcura", "facility"
LIMITS = Limits(datetime.timedelta(minutes=60), datetime.timedelta(hours=12), shortest_password=12, second_factor=True)
DESK_LIMITS = Limits(
    datetime.timedelta(minutes=15), datetime.timedelta(hours=8), shortest_password=15, second_factor=True)


def _role(name: str) -> Role:
    return Role(WING, name, TENANT, LIMITS, tenant_kind=FACILITY, opens=OF_PERSON, addressed=True)


PRIVACY = _role("privacy")
FINANCIAL = _role("financial")
# Gives and ends the roles in the own facility.
ACCESS = _role("access")
# Is known at the facility and can sign in, but may do nothing there (docs/decisions/0119).
COLLEAGUE = _role("colleague")
# The roles that are given on 'Toegang'.
GIVEN = (PRIVACY, FINANCIAL, ACCESS)


def _desk_role(name: str) -> Role:
    """A role at the desk: nobody has it beside a role in a facility, whose data the desk checks and pays for."""
    return Role(WING, name, WHOLE, DESK_LIMITS, opens=OF_PERSON,
                excludes=tuple(role.name for role in (*GIVEN, COLLEAGUE)))


# Checks the dossiers of all facilities, and sees names (docs/decisions/0135).
DOSSIER = _desk_role("dossier")
# Calculates; sees sums and no person.
CALCULATOR = _desk_role("calculator")
DESK = (DOSSIER, CALCULATOR)
ROLES = (*GIVEN, COLLEAGUE, *DESK)
LABELS = {
    PRIVACY.code: "Beheer privacygevoelige gegevens",
    FINANCIAL.code: "Beheer financiële gegevens",
    ACCESS.code: "Toegangsbeheerder",
}
DESK_LABELS = {DOSSIER.code: "Dossierbeheerder", CALCULATOR.code: "Rekenaar"}
