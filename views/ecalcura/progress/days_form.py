"""The form with the days of a trimester: for each kind of facilities three fields and a tick."""
from wtforms import BooleanField

from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.trimesters.windows import Days, kinds_with_files
from views.ecalcura.fields import day_field
from views.shell.fields import BaseForm, version_field

# Name of a field, without its kind → its label.
FIELDS = {"entry": "Invoeren vanaf", "submit": "Indienen vanaf", "deadline": "Uiterste dag"}
NO_ENTRY = "Vul in vanaf welke dag invoeren kan."
CLOSE_INSTEAD = "Een trimester dat geopend is, kun je sluiten, niet leegmaken."
SUBMIT_ORDER = "Indienen begint niet voor invoeren."
DEADLINE_ORDER = "De uiterste dag ligt niet voor de dag waarop indienen begint."
NO_SUBMIT = "Vul ook in vanaf welke dag indienen kan."


def name_of(field, kind):
    """The name of a field of a kind."""
    return f"{field}_{kind}"


def days_form(there, proposed, version, closed):
    """The form; `there` is kind → window, `proposed` the deadline for a kind without one, `closed` the closed kinds."""
    fields = {"version": version_field()}
    for kind in kinds_with_files():
        label = kinds()[kind].label
        fields |= {name_of(field, kind): day_field(f"{label}: {words.lower()}") for field, words in FIELDS.items()}
        if kind in closed:
            fields[name_of("again", kind)] = BooleanField(f"{label}: opnieuw openen")
    return type("DaysForm", (BaseForm,), fields)(data={"version": version, **_stored(there, proposed)})


def _stored(there, proposed):
    found = {}
    for kind in kinds_with_files():
        days = there[kind].days if kind in there else (None, None, proposed)
        found |= dict(zip((name_of(field, kind) for field in FIELDS), days, strict=True))
    return found


def days_of(form, there, proposed):
    """Kind → the days that were typed, of the kinds to save; adds an error to each field that is wrong."""
    found = {}
    for kind in kinds_with_files():
        entry, submit, deadline = (form[name_of(field, kind)].data for field in FIELDS)
        again = name_of("again", kind)
        if kind in there and there[kind].closed and not (again in form and form[again].data):
            continue
        if kind not in there and entry is None and submit is None and deadline in (None, proposed):
            # Not opened for this kind: the deadline is as it was proposed.
            continue
        wrong = _wrong(entry, submit, deadline, kind in there)
        for field, text in wrong:
            form[name_of(field, kind)].errors = [*form[name_of(field, kind)].errors, text]
        if not wrong:
            found[kind] = Days(entry, submit, deadline)
    return found


def _wrong(entry, submit, deadline, is_there):
    """(field, message) of each field whose day cannot be."""
    if entry is None:
        return [("entry", CLOSE_INSTEAD if is_there else NO_ENTRY)]
    if deadline and submit is None:
        return [("submit", NO_SUBMIT)]
    if submit and submit < entry:
        return [("submit", SUBMIT_ORDER)]
    return [("deadline", DEADLINE_ORDER)] if deadline and deadline < submit else []
