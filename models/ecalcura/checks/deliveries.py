"""The checks of a facility's deliveries in a trimester: resident data, and days without a physician."""
from collections.abc import Iterator

from models.ecalcura.checks.codes import Check
from models.ecalcura.deliveries import residents
from models.ecalcura.deliveries.physicians import CraContract, gaps
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester


def of(facility: Facility, trimester: Trimester) -> Iterator[Check]:
    """Find the sums of resident data that are wrong (V29), and the days between two physicians (V30)."""
    for difference in residents.differences(facility, trimester, residents.counts_of(facility, trimester)):
        yield Check("V29", values=difference._asdict())
    for first, last in gaps(list(CraContract.of(facility))):
        if trimester.touches(first, last):
            yield Check("V30", values={"first": first, "last": last})
