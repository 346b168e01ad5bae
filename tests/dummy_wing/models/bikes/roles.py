"""The role of bikes: the keeper of a shed."""
import datetime

from models.accounts.roles import TENANT, Limits, Role

SHED = "shed"
KEEPER = Role(
    "bikes", "keeper", TENANT,
    Limits(datetime.timedelta(minutes=30), datetime.timedelta(hours=8), shortest_password=14, second_factor=False),
    tenant_kind=SHED)
