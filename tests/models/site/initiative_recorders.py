"""The functions of initiatives that write to the audit, for tests/models/test_both_or_neither.py."""
from models.site.initiatives import initiatives
from models.site.initiatives.initiatives import Initiative

VERBS = {
    "Initiative.store": [
        lambda there: initiatives.change(
            there.organisation, Initiative().values | {"forms": "green"}, 1, there.account),
        lambda there: initiatives.confirm(there.organisation, there.account),
        lambda there: initiatives.tick(there.organisation, True, there.administrator),
        lambda there: initiatives.hide(there.organisation, "Dubbel", there.administrator)],
}
