"""The functions of site that write to the audit, for tests/models/test_both_or_neither.py."""
from models.site import contacts
from models.site.contacts import Ticks


def _show(there):
    """Let the administrator show a telephone number to everybody."""
    there.administrator.save_values(contact_telephone="09 000 00 10")
    contacts.show(there.administrator.id, Ticks(telephone=True), by=there.administrator)


VERBS = {
    "show": [_show],
}
