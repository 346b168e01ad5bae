"""What the pages of an administrator call things."""

MOVE_OVER = "Er is geen verhuizing meer die wacht."
# See models/accounts/logins.py: state_of; 'new' is an organisation that has no login yet.
LOGIN_STATES = {
    "new": "nog niet uitgenodigd",
    "expired": "uitnodiging verlopen",
    "invited": "uitgenodigd",
    "active": "actief",
    "blocked": "geblokkeerd",
}
