"""The trimesters of a facility, by reference period: how far each is, and when it can be entered and submitted."""
from typing import NamedTuple

from models.database import today
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Place, Trimester, place_of
from models.ecalcura.trimesters.files import EMPTY, ENTRY, REOPENED, TrimesterFile
from models.ecalcura.trimesters.windows import TrimesterWindow


class Stage(NamedTuple):
    """A trimester of a facility. `file` and `window` are None as long as they have no row."""

    place: Place
    file: TrimesterFile | None
    window: TrimesterWindow | None

    @property
    def state(self) -> str:
        """The state of the file."""
        return self.file.state if self.file else EMPTY

    @property
    def is_now(self) -> bool:
        """Whether today lies in the trimester."""
        return self.place == place_of(today())

    @property
    def is_open(self) -> bool:
        """Whether data of it may be entered today."""
        if self.file and self.file.state == REOPENED:
            return self.file.is_open_again
        return self.window is not None and self.window.is_open and self.state in (EMPTY, ENTRY)

    @property
    def can_be_submitted(self) -> bool:
        """Whether its day of submitting has come, and it has not been submitted since."""
        if self.state not in (EMPTY, ENTRY):
            return self.state == REOPENED
        window = self.window
        return bool(window and window.is_open and window.submit_from and window.submit_from <= today())

    @property
    def is_late(self) -> bool:
        """Whether it is not submitted, and its deadline has passed."""
        return self.state in (EMPTY, ENTRY) and self.window is not None and self.window.is_late


def stages(facility: Facility) -> dict[int, list[Stage]]:
    """Return the four trimesters of each reference period that has any data, and of the present one; the newest first.

    A reference period is named by the year in which it begins.
    """
    files = {file.trimester.place: file for file in TrimesterFile.of(facility)}
    windows = {window.trimester.place: window for window in TrimesterWindow.of(facility)}
    periods = {place.period for place in (*files, *windows)} | {place_of(today()).period}
    return {period: [Stage(place, files.get(place), windows.get(place)) for place in _places(period)]
            for period in sorted(periods, reverse=True)}


def stage(facility: Facility, place: Place) -> Stage:
    """Return one trimester of a facility."""
    trimester = Trimester.known(*place)
    file = TrimesterFile.at(facility, trimester) if trimester else None
    return Stage(place, file if file and file.id else None,
                 TrimesterWindow.at(facility, trimester) if trimester else None)


def _places(period: int) -> list[Place]:
    return [Place(period, number) for number in range(1, 5)]
