"""The messages for a spreadsheet that somebody fills in and sends: of the whole file, and of one row of it."""
from enum import StrEnum

from models.files.reading.errors import FileCode

_AGAIN = "Download het sjabloon opnieuw, vul het in en bewaar het als Excel-werkmap (.xlsx)."
FILE_MESSAGES: dict[StrEnum, str] = {
    FileCode.FILE_NONE: "Dit bestand is er niet.",
    FileCode.FILE_UNREADABLE: "Het bestand kan niet gelezen worden.",
    FileCode.FILE_EMPTY: "Het bestand is leeg.",
    FileCode.FILE_EXCEL: "Dit is een ander rekenblad (XLS, XLSB of ODS). Bewaar het als Excel-werkmap (.xlsx).",
    FileCode.FILE_LOCKED: "Dit rekenblad heeft een wachtwoord. Bewaar het zonder wachtwoord.",
    FileCode.FILE_LARGE: f"Uitgepakt is dit rekenblad te groot. {_AGAIN}",
    FileCode.FILE_SPREADSHEET: f"Dit rekenblad is beschadigd, of is er geen. {_AGAIN}",
    FileCode.FILE_WIDE: f"Dit bestand heeft een onbekende tekenset. {_AGAIN}",
    FileCode.FILE_BINARY: f"Dit is geen rekenblad. {_AGAIN}",
    FileCode.FILE_LINE: f"Dit is geen rekenblad. {_AGAIN}",
    FileCode.FILE_ENCODING: f"Dit bestand heeft een onbekende tekenset. {_AGAIN}",
    FileCode.FILE_HEADING: f"De kolomnamen van het sjabloon ontbreken. {_AGAIN}",
    FileCode.ROW_QUOTES: "De aanhalingstekens in deze rij kloppen niet.",
    FileCode.ROW_COLUMNS: "Deze rij heeft meer cellen dan er kolommen zijn.",
    FileCode.CELL_ERROR: "In een cel staat een fout van Excel, zoals #VERW!.",
    FileCode.CELL_FORMULA: "De uitkomst van een formule is niet opgeslagen. Vervang de formule door haar waarde.",
}
