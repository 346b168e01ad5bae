"""The words on an edition's pages: its publisher, the figures that differ from today's, and the reasons."""
from models.arbeidszorg.deletion.trash import LABELS
from models.organisations import PROVINCES
from views.shell import filters

TOTALS = {
    "clients": "Actieve arbeidszorgmedewerkers",
    "closings": "Stopzettingen",
    "incomplete": "Onvolledige registraties",
    "mean_age": "Gemiddelde leeftijd",
}
WHY = {
    "late-clients": "Cliënten die later geregistreerd werden",
    "late-periods": "Cliënten met een begeleidingsperiode die later toegevoegd werd",
    "changed-periods": "Cliënten met een begeleidingsperiode die gewijzigd werd",
    "changed-answers": "Cliënten met een antwoord dat verbeterd of aangevuld werd",
    "deleted": "Cliënten die verwijderd werden",
    "restored": "Cliënten die uit de prullenbak teruggezet werden",
    "merged": "Cliënten die dubbel geregistreerd waren en samengevoegd werden",
    "unmerged": "Cliënten waarvan het samenvoegen ongedaan gemaakt werd",
    "moved": "Cliënten die naar een andere organisatie verhuisden",
    "withdrawn": "Cliënten met een begeleidingsperiode die verkeerd toegevoegd was en ingetrokken werd",
    "taken-back": "Cliënten met een ingetrokken begeleidingsperiode die teruggezet werd",
    "import-undone": "Cliënten van een import die teruggedraaid werd",
    "sectors": "Organisaties die in een andere sector kwamen",
}
FEW = "1 tot 4"


def publisher(edition, own):
    """The publisher of an edition: a colleague by e-mail address, another province's administrator by province."""
    by = edition.account
    if by is None:
        return "de helpdesk van Loket"
    return by.email or "een collega" if by.province == own else f"de beheerder van {PROVINCES[by.province]}"


def changes(edition, own, since, reasons, now):
    """The values of `arbeidszorg/report/_edition_changes.html`.

    `own` is the reader's province, `since` a `Since`, `reasons` its `Reasons` and `now` the report of today.
    """
    return {
        "since": since,
        "moved_to": now.reference_day if now.reference_day != edition.reference_day else None,
        "made_at": now.made_at,
        "totals": [(TOTALS[code], _text(one.then), _text(one.now)) for code, one in since.totals],
        "tables": [(table, len(table.columns) > 1,
                    [(one.row, one.column, _text(one.then), _text(one.now)) for one in differences])
                   for table, differences in since.tables],
        "reasons": [
            (WHY[reason], PROVINCES[province], FEW if cell.hidden else filters.number(cell.count))
            for reason, cells in reasons.counts.items() for province, cell in cells.items() if cell.count != 0],
        "own": PROVINCES[own],
        "deletions": [(one, LABELS[one.reason], _years(one)) for one in reasons.deletions],
    }


def _text(figure):
    """A count or a mean as text; a dash for None, which is a row that the report lacks."""
    if figure is None:
        return "–"
    return filters.number(figure) if isinstance(figure, int) else str(figure).replace(".", ",")


def _years(deletion):
    """The years of guidance as text."""
    if deletion.first_year == deletion.last_year:
        return str(deletion.first_year)
    return f"{deletion.first_year}–{deletion.last_year or 'nu'}"
