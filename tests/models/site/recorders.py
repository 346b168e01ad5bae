"""The functions of site that write to the audit, for tests/models/test_both_or_neither.py."""
from models.database import today
from models.site import contacts, fixed_pages
from models.site.contacts import Ticks
from models.site.fixed_pages import PRIVACY


def _show(there):
    """Let the administrator show a telephone number to everybody."""
    there.administrator.save_values(contact_telephone="09 000 00 10")
    contacts.show(there.administrator.id, Ticks(telephone=True), by=there.administrator)


VERBS = {
    "save": [lambda there: fixed_pages.save(PRIVACY, "Wij bewaren niets.", today(), 0, there.administrator)],
    "show": [_show],
}
