"""The role of site: an editor, who keeps the pages that belong to Flanders as a whole."""
import datetime

from models.accounts.roles import OF_PERSON, WHOLE, Limits, Role

WING = "site"
# An administrator of a province has this grant beside the own one: docs/decisions/0152.
EDITOR = Role(
    WING, "editor", WHOLE,
    Limits(datetime.timedelta(minutes=15), datetime.timedelta(hours=8), shortest_password=15, second_factor=True),
    opens=OF_PERSON, beside=True)
