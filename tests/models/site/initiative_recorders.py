"""The functions of initiatives that write to the audit, for tests/models/test_both_or_neither.py."""
from models.site.initiatives import initiatives
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.picture import change_picture
from models.site.pictures.pictures import Change, uploaded
from tests.models.site.pictures import files

VERBS = {
    "Initiative.store": [
        lambda there: initiatives.change(
            there.organisation, Initiative().values | {"forms": "green"}, 1, there.account),
        lambda there: change_picture(
            there.organisation, Change(uploaded(files.JPEG, "Een tuin.", True)), 1, there.account),
        lambda there: initiatives.confirm(there.organisation, there.account),
        lambda there: initiatives.tick(there.organisation, True, there.administrator),
        lambda there: initiatives.hide(there.organisation, "Dubbel", there.administrator)],
}
