"""The roles of arbeidszorg: an organisation, which has one login, and an administrator of a province."""
import datetime

from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE, PROVINCE, TENANT, Limits, Role

WING = "arbeidszorg"
ORGANISATION = Role(
    WING, "organisation", TENANT,
    Limits(datetime.timedelta(minutes=60), datetime.timedelta(hours=12), shortest_password=12, second_factor=False),
    tenant_kind="organisation", opens=OF_ORGANISATION, single=True)
# Whoever administers can meet no name: no account has both roles.
ADMINISTRATOR = Role(
    WING, "administrator", PROVINCE,
    Limits(datetime.timedelta(minutes=15), datetime.timedelta(hours=8), shortest_password=15, second_factor=True),
    opens=OF_PROVINCE, excludes=(ORGANISATION.name,))
ROLES = (ORGANISATION, ADMINISTRATOR)
