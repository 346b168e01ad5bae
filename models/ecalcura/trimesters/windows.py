"""When facilities of a kind may enter and submit a trimester, as the desk sets it."""
import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, locked, now, today, transaction
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.events import EcalcuraEvent
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.trimesters.calendar import Place, Trimester, capital
from models.errors import Refused, Stale


class _State:
    deadline_days: ClassVar[int | None] = None


class TrimesterWindow(BaseModel):
    """The days that the desk set for one kind of facilities and one trimester."""

    trimester = peewee.ForeignKeyField(Trimester)
    trimester_id: int
    kind = peewee.TextField()
    entry_from = peewee.DateField()
    # None: not known yet.
    submit_from = peewee.DateField(null=True)
    deadline = peewee.DateField(null=True)
    closed = peewee.BooleanField(default=False)
    version = peewee.IntegerField(default=1)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "trimester_window"
        primary_key = peewee.CompositeKey("trimester", "kind")

    @classmethod
    def of(cls, facility: Facility) -> "peewee.ModelSelect[TrimesterWindow]":
        """Select the windows for a facility with their trimesters, the oldest first; none after its merger."""
        found = cls.of_kind(facility.kind)
        return found.where(Trimester.first < facility.merged_on) if facility.merged_on else found

    @classmethod
    def of_kind(cls, kind: str) -> "peewee.ModelSelect[TrimesterWindow]":
        """Select the windows for a kind of facilities with their trimesters, the oldest first."""
        return cls.select(cls, Trimester).join(Trimester).where(cls.kind == kind).order_by(Trimester.first)

    @classmethod
    def at(cls, facility: Facility, trimester: Trimester) -> "TrimesterWindow | None":
        """Return the window for a facility and a trimester; None if the desk has not set it yet."""
        return cls.of(facility).where(Trimester.id == trimester.id).first()

    @property
    def days(self) -> "Days":
        """Its days."""
        return Days(self.entry_from, self.submit_from, self.deadline)

    @property
    def is_open(self) -> bool:
        """Whether facilities may enter data today."""
        return self.entry_from <= today() and not self.closed

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and self.deadline < today()


def before_merger() -> Any:
    """Return the condition that a facility has not merged when a trimester begins: it submits that trimester itself."""
    return Facility.merged_on.is_null() | (Facility.merged_on > Trimester.first)


def refuse_entry(window: TrimesterWindow | None, label: str) -> None:
    """Raise `Refused` if data of this trimester cannot be entered today; `window` is None if the desk set none."""
    if window is None:
        raise Refused(EcalcuraCode.TRIMESTER_UNOPENED, trimester=capital(label))
    if window.closed:
        raise Refused(EcalcuraCode.TRIMESTER_CLOSED, trimester=capital(label))
    if window.entry_from > today():
        raise Refused(EcalcuraCode.ENTRY_EARLY, trimester=label, day=window.entry_from)


def refuse_submitting(window: TrimesterWindow | None, label: str) -> None:
    """Raise `Refused` if this trimester cannot be submitted today; after the deadline it can."""
    refuse_entry(window, label)
    if window and window.submit_from is None:
        raise Refused(EcalcuraCode.SUBMIT_UNOPENED, trimester=label)
    if window and window.submit_from > today():
        raise Refused(EcalcuraCode.SUBMIT_EARLY, trimester=label, day=window.submit_from)


def kinds_with_files() -> list[str]:
    """Return the codes of the kinds of facilities that submit trimesters: those with a dossier of their own."""
    return [kind.code for kind in kinds().values() if not kind.under]


def open_trimester(place: Place, of_kinds: Collection[str], entry_from: datetime.date,
                   submit_from: datetime.date | None = None, deadline: datetime.date | None = None,
                   by: Actor | None = None) -> Trimester:
    """Set the days of a trimester for these kinds, or change them, and record it; a closed window opens again.

    Raises `Refused` for days in the wrong order.
    """
    if submit_from and submit_from < entry_from or deadline and (submit_from is None or deadline < submit_from):
        raise Refused(EcalcuraCode.WINDOW_DAYS)
    days = {"entry_from": entry_from, "submit_from": submit_from, "deadline": deadline}
    values = {**days, "closed": False}
    with transaction():
        trimester = Trimester.get_or_make(*place)
        for kind in sorted(of_kinds):
            TrimesterWindow.insert(trimester=trimester, kind=kind, changed_at=now(), **values).on_conflict(
                conflict_target=[TrimesterWindow.trimester, TrimesterWindow.kind],
                update=values | {"changed_at": now(), "version": TrimesterWindow.version + 1}).execute()
        record(EcalcuraEvent.TRIMESTER_OPENED, by=by, subject=trimester.subject, kinds=sorted(of_kinds),
               days={name: str(day) for name, day in days.items() if day})
    return trimester


class Days(NamedTuple):
    """The days of a kind in a trimester."""

    entry_from: datetime.date
    submit_from: datetime.date | None = None
    deadline: datetime.date | None = None


def windows_of(place: Place) -> "dict[str, TrimesterWindow]":
    """Return kind → its window in a trimester, of the kinds that have one."""
    found = TrimesterWindow.select(TrimesterWindow, Trimester).join(Trimester).where(
        Trimester.period == place.period, Trimester.number == place.number)
    return {window.kind: window for window in found}


def version_of(windows: "Iterable[TrimesterWindow]") -> int:
    """Return a number that rises with each change of the days of a trimester; 1 before the first one."""
    return 1 + sum(window.version for window in windows)


def set_days(place: Place, days: Mapping[str, Days], version: int, by: Actor) -> list[str]:
    """Set the days of a trimester by kind, and return the kinds whose days changed or that are open again.

    Raises `Stale` if somebody changed days after the page with this `version` was made, and `Refused` for days in the
    wrong order. Kinds that get the same days are recorded together.
    """
    with transaction():
        trimester, there = Trimester.held(*place), windows_of(place)
        if version_of(there.values()) != version:
            raise Stale(trimester)
        changed: dict[Days, list[str]] = {}
        for kind, wanted in days.items():
            if kind not in there or there[kind].closed or there[kind].days != wanted:
                changed.setdefault(wanted, []).append(kind)
        for wanted, kinds_of_it in changed.items():
            open_trimester(place, kinds_of_it, *wanted, by=by)
    return sorted(kind for kinds_of_it in changed.values() for kind in kinds_of_it)


def proposed_deadline(place: Place) -> datetime.date | None:
    """Return the deadline that the form proposes, by the setting DEADLINE_DAYS; None without it."""
    return None if _State.deadline_days is None else place.last + datetime.timedelta(days=_State.deadline_days)


def start(settings: Mapping[str, Any]) -> None:
    """Use the setting; for the start of the application."""
    _State.deadline_days = settings["DEADLINE_DAYS"]


def close_trimester(place: Place, of_kinds: Collection[str], by: Actor | None = None) -> int:
    """Refuse entry and submission of a trimester for these kinds from now on, and record it; return how many closed."""
    with transaction():
        trimester = Trimester.get_or_make(*place)
        windows = locked(TrimesterWindow.select().where(
            TrimesterWindow.trimester == trimester, TrimesterWindow.kind.in_(list(of_kinds)),
            ~TrimesterWindow.closed))
        closed = [window.kind for window in windows]
        if closed:
            TrimesterWindow.update(closed=True, changed_at=now(), version=TrimesterWindow.version + 1).where(
                TrimesterWindow.trimester == trimester, TrimesterWindow.kind.in_(closed)).execute()
            record(EcalcuraEvent.TRIMESTER_CLOSED, by=by, subject=trimester.subject, kinds=sorted(closed))
    return len(closed)
