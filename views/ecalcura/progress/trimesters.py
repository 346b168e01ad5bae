"""'Trimesters' of the desk: the days of each trimester by kind, closing one, and the requests to reopen that wait."""
from flask import Blueprint, request, url_for
from wtforms import SelectMultipleField
from wtforms.validators import DataRequired

from models.database import today
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.trimesters import reopening, windows
from models.ecalcura.trimesters.calendar import Place, place_of
from models.errors import Refused, Stale
from views.ecalcura.progress.days_form import FIELDS, days_form, days_of, name_of
from views.ecalcura.trimesters import versions
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.fields import BaseForm

blueprint = Blueprint("desk_trimesters", __name__, url_prefix="/ecalcura/desk/trimesters")

ONE = "/<int:period>/<int:number>"
CHANGED = "Een collega wijzigde intussen deze dagen. Wat je typte, staat er nog. Kijk het na en sla opnieuw op."
# The reference periods around today whose days can be set.
BEFORE, AFTER = 3, 1


class CloseForm(BaseForm):
    kinds = SelectMultipleField("Soorten", [DataRequired("Vink minstens één soort aan.")])


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the requests to reopen that wait, and the trimesters of a reference period with their days."""
    now = place_of(today()).period
    period = request.args.get("period", now, type=int)
    period = period if now - BEFORE <= period <= now + AFTER else now
    return pages.render(
        "ecalcura/progress/trimesters.html", period=period, requests=reopening.requests(),
        periods=[(f"{one}–{one + 1}", url_for("desk_trimesters.index", period=one), one == period)
                 for one in range(now - BEFORE, now + AFTER + 1)],
        trimesters=[_summary(Place(period, number)) for number in range(1, 5)])


def _summary(place):
    """(label, address, its state in words) of a trimester."""
    there = windows.windows_of(place)
    open_, closed = (sum(window.closed is value for window in there.values()) for value in (False, True))
    said = [f"{number} van {len(windows.kinds_with_files())} soorten {words}"
            for number, words in ((open_, "met dagen"), (closed, "gesloten")) if number]
    return (place.label, url_for("desk_trimesters.days", period=place.period, number=place.number),
            ", ".join(said) or "nog niet geopend")


@blueprint.route(ONE, methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def days(period, number):
    """Set for each kind from which days a trimester is entered and submitted, and until which day."""
    place = versions.place_of(period, number)
    there, proposed = windows.windows_of(place), windows.proposed_deadline(place)
    closed = {kind for kind, window in there.items() if window.closed}
    form, notice = days_form(there, proposed, windows.version_of(there.values()), closed), None
    if form.validate_on_submit():
        typed = days_of(form, there, proposed)
        if not form.errors:
            try:
                changed = windows.set_days(place, typed, form.version.data, signed_in())
            except Stale:
                notice, there = CHANGED, windows.windows_of(place)
                form.version.data, form.version.raw_data = windows.version_of(there.values()), None
            except Refused as refused:
                form.refuse(None, refused)
            else:
                return pages.back_to("desk_trimesters.days", _said(changed), period=period, number=number)
    return pages.render(
        "ecalcura/progress/days.html", status=409 if notice else 422 if form.errors else 200, place=place,
        form=form, notice=notice, rows=[_row(kind, there.get(kind), form) for kind in windows.kinds_with_files()],
        columns=["Soort", *FIELDS.values(), "Stand"], can_close=any(not one.closed for one in there.values()))


def _said(changed):
    if not changed:
        return "Er was niets gewijzigd."
    return f"Opgeslagen voor: {', '.join(kinds()[kind].label.lower() for kind in changed)}."


def _row(kind, window, form):
    """The cells of a kind: its label, the names of its fields, its state, and its days as they are stored."""
    again = name_of("again", kind)
    return {
        "label": kinds()[kind].label, "fields": [(name_of(field, kind), label) for field, label in FIELDS.items()],
        "state": _state(window), "again": again if again in form else None,
        "stored": " · ".join(filters.day(day) or "–" for day in window.days) if window else "geen dagen",
    }


def _state(window):
    """(words, class of the shape) of a window."""
    if window is None:
        return "nog niet geopend", "later"
    if window.closed:
        return "gesloten", "done"
    return ("open", "busy") if window.is_open else (f"open vanaf {filters.day(window.entry_from)}", "later")


@blueprint.route(f"{ONE}/close", methods=["GET", "POST"])
@open_to("ecalcura:dossier")
def close(period, number):
    """Ask for which kinds a trimester is closed, and close it."""
    place = versions.place_of(period, number)
    open_ = [kind for kind, window in windows.windows_of(place).items() if not window.closed]
    form = CloseForm(data={"kinds": open_})
    form.kinds.choices = [(kind, kinds()[kind].label) for kind in windows.kinds_with_files()]
    if form.validate_on_submit():
        closed = windows.close_trimester(place, form.kinds.data, signed_in())
        said = f"{place.label[0].upper()}{place.label[1:]} is gesloten." if closed else "Dit trimester was al gesloten."
        return pages.back_to("desk_trimesters.days", said, period=period, number=number)
    return pages.render(
        "ecalcura/progress/close.html", status=422 if form.errors else 200, place=place, form=form,
        choices=[(kind, label) for kind, label in form.kinds.choices if kind in open_])
