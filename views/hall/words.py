"""Dutch labels that several pages of an administrator share."""

MOVE_OVER = "Er is geen verhuizing meer die wacht."
# See `state_of` in models/accounts/logins.py; 'new' is an organisation without a login.
LOGIN_STATES = {
    "new": "nog niet uitgenodigd",
    "expired": "uitnodiging verlopen",
    "invited": "uitgenodigd",
    "active": "actief",
    "blocked": "geblokkeerd",
}
