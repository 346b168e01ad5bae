"""The words for the imports of an organisation: in the list, on the dashboard, and for their outcome."""
from models.arbeidszorg.transfer.uploads.uploads import DONE, RUNNING
from models.days import local
from views.shell import filters


def some(count, one, more):
    """A number with its noun: '1 cliënt', '1.234 cliënten'."""
    return f"{filters.number(count)} {one if count == 1 else more}"


def came_of(upload):
    """The result of a started import, in a few words."""
    if upload.shown_state == RUNNING:
        return "bezig"
    if upload.shown_state != DONE:
        return "niet geïmporteerd"
    counts = upload.numbers
    parts = [some(counts["clients"], "nieuwe cliënt", "nieuwe cliënten"),
             some(counts["periods"], "nieuwe periode", "nieuwe periodes")]
    if counts["completed"]:
        parts.append(some(counts["completed"], "cliënt aangevuld", "cliënten aangevuld"))
    if counts["refused"]:
        parts.append(some(counts["refused"], "rij geweigerd", "rijen geweigerd"))
    return ", ".join(parts)


def notice(upload):
    """A sentence about the import that a browser started and left."""
    began = f"Je import van {local(upload.started_at):%H:%M}"
    if upload.shown_state == DONE:
        return f"{began} is klaar: {came_of(upload)}."
    return f"{began} is nog bezig." if upload.shown_state == RUNNING else f"{began} is niet gelukt."


def facts(counts):
    """(what, how many) for each number of an outcome; nothing for a file that was refused whole."""
    if not counts:
        return []
    running = f", waarvan {filters.number(counts['open_periods'])} lopend" if counts["open_periods"] else ""
    return [
        ("Rijen in het bestand", filters.number(counts["rows"])),
        ("Nieuwe cliënten", filters.number(counts["clients"])),
        ("Nieuwe begeleidingsperiodes", filters.number(counts["periods"]) + running),
        ("Cliënten aangevuld", filters.number(counts["completed"])),
        ("Rijen die er al stonden", filters.number(counts["known"])),
        ("Geweigerde rijen", filters.number(counts["refused"])),
        ("Opmerkingen", filters.number(counts["remarked"])),
    ]


def changes_anything(counts):
    """Whether the import adds anything."""
    return bool(counts) and counts["rows"] > counts["known"] + counts["refused"]
