"""The editions that everybody may read, as the hall hands them to the wing with the public pages."""
from functools import partial

from models.arbeidszorg.report.public_editions import PublicEdition
from models.days import local_day
from views.arbeidszorg.report.page import file_name
from views.hall.wing import Report

TITLE = "Jaarrapport {year}: {scope}"
SENTENCE = "De Vlaamse arbeidszorgmedewerker in beeld: de tabellen over {year} in {scope}."


def reports():
    """Return the public editions, the newest first."""
    return [Report(
        TITLE.format(year=edition.year, scope=edition.scope_label),
        SENTENCE.format(year=edition.year, scope=edition.scope_label), local_day(published_at), edition.shown_at,
        f"{file_name(edition, 'tabellen')}.xlsx", "xlsx", size, edition.sha256,
        partial(PublicEdition.file, edition.edition_id)) for edition, size, published_at in PublicEdition.listed()]
