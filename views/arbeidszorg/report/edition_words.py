"""What the pages of an edition say: who published it, what is counted otherwise by now, and why."""
from models.arbeidszorg.deletion.requests import REASONS
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
    "sectors": "Organisaties die in een andere sector kwamen",
}
FEW = "1 tot 4"


def publisher(edition, own):
    """Who published an edition: a colleague by the address of the login, an administrator elsewhere by the province."""
    by = edition.account
    if by is None:
        return "wie Loket beheert"
    return by.email if by.province == own else f"de beheerder van {PROVINCES[by.province]}"


def changes(edition, own, since, reasons, now):
    """For `arbeidszorg/report/_edition_changes.html`, of a `Since` and its `Reasons`."""
    return {
        "since": since,
        "moved_to": now.reference_day if now.reference_day != edition.reference_day else None,
        "made_at": now.made_at,
        "totals": [(TOTALS[what], _read(one.then), _read(one.now)) for what, one in since.totals],
        "tables": [(table, len(table.columns) > 1,
                    [(one.row, one.column, _read(one.then), _read(one.now)) for one in differences])
                   for table, differences in since.tables],
        "reasons": [
            (WHY[reason], PROVINCES[place], FEW if cell.hidden else filters.number(cell.count))
            for reason, cells in reasons.counts.items() for place, cell in cells.items() if cell.count != 0],
        "own": PROVINCES[own],
        "deletions": [(one, REASONS[one.reason], _years(one)) for one in reasons.deletions],
    }


def _read(figure):
    """A count, a mean, or nothing where there is no such row."""
    if figure is None:
        return "–"
    return filters.number(figure) if isinstance(figure, int) else str(figure).replace(".", ",")


def _years(deletion):
    """The years of guidance in words."""
    if deletion.first_year == deletion.last_year:
        return str(deletion.first_year)
    return f"{deletion.first_year}–{deletion.last_year or 'nu'}"
