"""The functions of editions that write to the audit, for tests/models/test_both_or_neither.py."""
import datetime

from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.public_editions import PublicEdition, hide_edition
from models.database import today
from tests.factories import client_of, period_of


def rows(cast):
    """An edition of this year, and one of last year that everybody reads."""
    period_of(client_of(cast.ploeg), cast.ploeg, datetime.date(today().year - 1, 3, 1))
    hidden, public = (Edition.publish(today().year - ago, "oost-vlaanderen", "", cast.administrator, today())
                      for ago in (0, 1))
    PublicEdition.keep(public, b"tabellen", cast.administrator)
    return {"edition": hidden, "public_edition": public}


VERBS = {
    "Edition._keep": [
        lambda there: Edition.publish(today().year, "oost-vlaanderen", "", there.administrator, today())],
    "PublicEdition.keep": [lambda there: PublicEdition.keep(there.edition, b"tabellen", there.administrator)],
    "hide_edition": [lambda there: hide_edition(there.public_edition, there.administrator)],
}
