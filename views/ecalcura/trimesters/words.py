"""The words for the states of trimesters, and for the differences between two versions."""
from models.database import today
from models.ecalcura.submissions import changes, tables
from models.ecalcura.trimesters.files import CLOSED, EMPTY, ENTRY, REOPENED, SUBMITTED
from views.shell import filters

# State → its words, and the class of the shape beside them in ecalcura.css.
STATES = {
    EMPTY: ("nog leeg", "todo"),
    ENTRY: ("in invoer", "busy"),
    SUBMITTED: ("ingediend", "done"),
    REOPENED: ("heropend", "todo"),
    CLOSED: ("afgesloten", "done"),
}
LATE = ("te laat", "wrong")
NOT_OPEN = ("nog niet open", "later")
NEVER_OPEN = ("niet geopend", "later")
SHUT = ("niet ingediend, afgesloten", "wrong")

PARTS = {
    "facility": "Voorziening", "employee": "Medewerker", "contract": "Contract", "terms": "Gewijzigde uren",
    "choice": "Keuze", "replacement": "Vervanging", "irregular_work": "Verklaring 200 uren",
    "performance": "Prestaties", "residents": "Bewonersgegevens",
}
KINDS = {changes.ADDED: "toegevoegd", changes.REMOVED: "verwijderd", changes.CHANGED: "gewijzigd"}
FIELDS = {
    "number": "Nummer", "family": "Naam", "first": "Voornaam", "birth": "Geboortedatum",
    "deceased_on": "Overleden op", "reference_date": "Rekendatum", "role": "Rol", "qualification_label": "Kwalificatie",
    "statute_label": "Statuut", "start": "Begin", "until": "Tot en met", "since": "Vanaf", "hours": "Uren",
    "full_time": "Voltijds per week", "acquired_step": "Verworven recht tot stap", "qualification_state": "Visum",
    "kind": "Keuze", "replaced": "Vervangt", "act_on": "Akte van", "last": "Laatste dag",
    "nothing_to_enter": "Niets aan te geven", "name": "Naam", "kind_label": "Soort", "organisation": "Organisatie",
    "hco": "HCO-nummer", "riziv": "RIZIV-nummer", "kbo": "KBO-nummer", "street": "Straat", "postcode": "Postcode",
    "town": "Gemeente", "province": "Provincie", "places": "Erkende plaatsen", "agreement": "Overeenkomst",
    "amount": "Aantal",
}
FIRST_OF_WORK = "Eerste dag"
DAYS = {"birth", "deceased_on", "reference_date", "start", "until", "since", "act_on", "first_day", "last"}
VALUES = {"role": tables.ROLES, "qualification_state": tables.QUALIFICATION_STATES}


def state(stage):
    """(words, class) of the state of a trimester."""
    if stage.is_late and not stage.window.closed:
        return LATE
    if stage.state in (EMPTY, ENTRY) and not stage.is_open:
        if stage.window and stage.window.closed:
            return SHUT
        return NEVER_OPEN if stage.window is None and stage.place.last < today() else NOT_OPEN
    return STATES[stage.state]


def when(stage, submitted_on=None):
    """A short sentence with the day that matters for a trimester now; '' if there is no such day."""
    file, window = stage.file, stage.window
    if stage.state in (SUBMITTED, CLOSED):
        return f"op {filters.day(submitted_on)}" if submitted_on else ""
    if stage.state == REOPENED:
        return f"aanpassen tot en met {filters.day(file.reopened_until)}" if file.reopened_until else ""
    if window is None or window.closed:
        return ""
    if window.entry_from > today():
        return f"invoeren vanaf {filters.day(window.entry_from)}"
    if window.submit_from is None:
        return "dag van indienen nog niet bekend"
    if window.submit_from > today():
        return f"indienen vanaf {filters.day(window.submit_from)}"
    return f"uiterste dag {filters.day(window.deadline)}" if window.deadline else "indienen kan nu"


def of_change(change, kinds):
    """The cells of a difference: employee, what, field, value before and after. `kinds`: the prestaties by code."""
    part = PARTS[change.part]
    row = " · ".join(_row_part(value, kinds) for value in change.row)
    return (change.employee or "–", f"{part}{': ' if row else ''}{row}",
            KINDS[change.kind] if change.kind != changes.CHANGED else _field(change),
            _value(change, change.before), _value(change, change.after))


def _row_part(value, kinds):
    if isinstance(value, int):
        return f"{value} jaar"
    return kinds.get(value) or (filters.day(tables.day(value)) if _is_day(value) else value)


def _is_day(value):
    return len(value) == len("2026-01-31") and value[4] == value[7] == "-" and value.replace("-", "").isdigit()


def _field(change):
    return FIRST_OF_WORK if (change.part, change.field) == ("irregular_work", "first") else FIELDS[change.field]


def _value(change, value):
    if value is None:
        return "–" if change.kind == changes.CHANGED else ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if change.field in ("hours", "full_time"):
        return filters.short(tables.hours(value))
    if change.field == "number":
        return tables.masked(value)
    if change.field == "kind" and change.part == "choice":
        return tables.CHOICES[value]
    if isinstance(value, str) and _is_day(value):
        return filters.day(tables.day(value))
    return VALUES.get(change.field, {}).get(value, value)
