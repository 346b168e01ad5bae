"""'Anonieme rijen': a year's clients as anonymous rows for analysis: a page that explains them, and files."""
from decimal import Decimal
from functools import partial

from flask import Blueprint, abort, render_template, request

from models.arbeidszorg.report.rows import AnonymousRows
from models.arbeidszorg.report.rows_file import as_csv, as_xlsx
from models.database import today
from views.arbeidszorg.report.report_request import report_request
from views.shell import downloads
from views.shell.access import open_to, signed_in
from views.shell.filters import day, moment, number, percentage
from views.shell.lanes import LONG, runs_in
from views.shell.progress import Work, page_of

blueprint = Blueprint("report_rows", __name__, url_prefix="/province/report")


@blueprint.get("/rows")
@open_to("arbeidszorg:administrator")
@runs_in(LONG)
def show():
    """Explain the rows of the requested year, and offer them as files."""
    requested = report_request(request.args, signed_in())
    work = Work(partial(AnonymousRows.make, requested.year or abort(404), requested.scope, today()))
    return page_of("arbeidszorg/report/rows.html", work, partial(_draw, requested), requested=requested)


@blueprint.get("/rows.csv")
@open_to("arbeidszorg:administrator")
@downloads.in_turn
def in_csv():
    """Download the rows as CSV."""
    return _download("csv", downloads.CSV, as_csv)


@blueprint.get("/rows.xlsx")
@open_to("arbeidszorg:administrator")
@downloads.in_turn
def in_xlsx():
    """Download the rows as a spreadsheet, with the explanation on a sheet of its own."""
    return _download("xlsx", downloads.XLSX, lambda rows: as_xlsx(rows, [*_notes(rows), *_method()]))


def _download(ending, content_type, write):
    requested = report_request(request.args, signed_in())
    rows = AnonymousRows.make(requested.year or abort(404), requested.scope, today())
    rows.taken(ending, by=signed_in())
    return downloads.streamed(write(rows), content_type, f"loket-anonieme-rijen-{rows.year}-{rows.scope}.{ending}")


def _draw(requested, rows):
    return render_template("arbeidszorg/report/_rows.html", requested=requested, **_values(rows))


def _values(rows):
    said = [(heading.label, number(times), percentage(round(Decimal(100 * times) / rows.count, 1)))
            for heading, times in rows.said() if rows.count]
    return {"rows": rows, "notes": list(_notes(rows)), "how": list(_method()), "said": said}


def _notes(rows):
    """The sentences about these rows."""
    yield f"De Vlaamse arbeidszorgmedewerker in beeld, {rows.year}, {rows.scope_label}: anonieme rijen."
    yield f"Opgemaakt op {moment(rows.made_at)}. Antwoorden en leeftijd zoals ze waren op {day(rows.reference_day)}."
    if rows.count:
        yield (f"{number(rows.count)} rijen, een voor elke cliënt die in {rows.year} begeleid werd. "
               f"In {_of(rows.coarser, rows.count)} staat minstens één antwoord niet of minder precies.")
    elif rows.withheld == 0:
        yield f"In {rows.year} werd er niemand begeleid."
    else:
        yield "Er is geen enkele rij te geven: het rapport zegt van geen enkele provincie en situatie hoeveel er zijn."
    if rows.withheld:
        yield (f"{number(rows.withheld)} cliënten hebben geen rij: het rapport zegt niet hoeveel er in hun provincie "
               "en situatie zijn.")


def _of(some, count):
    return "elke rij" if some == count else f"{number(some)} ervan"


def _method():
    """The sentences on how rows are made so that they identify nobody."""
    yield "Elke rij staat er minstens vijf keer, met in elke kolom hetzelfde. De laatste kolom zegt hoeveel keer."
    yield ("Dat heet k-anonimiteit, met k = 5: wie iemand kent en diens rij zoekt, vindt er minstens vijf gelijke. "
           "Meer belooft het niet: zeggen die vijf hetzelfde over iets dat je nog niet wist, dan weet je dat van alle "
           "vijf (er is geen l-diversiteit). En het houdt weinig over: hoeveel rijen nog een antwoord hebben, staat "
           "bij elke kolom.")
    yield ("De kolommen worden in hun volgorde bekeken. Rijen die tot daar gelijk zijn, houden hun antwoord als "
           "minstens vijf ervan hetzelfde antwoorden; bij de andere staat ‘Niet vermeld’. Blijven er zo een tot vier "
           "over, dan zwijgt ook het antwoord dat het minst voorkomt. Latere kolommen zijn daardoor vaker niet "
           "vermeld.")
    yield ("Een geboortejaar wordt eerst een periode van vijf jaar (1985-1989), dan blijft alleen de leeftijdsgroep "
           "over, en dan niets. Geboortejaren staan er alleen als het rapport van elke provincie alle leeftijdsgroepen "
           "toont.")
    yield "Van een postcode blijft de provincie over. Uren zijn in groepen. De organisatie staat er niet bij."
    yield ("Wat het jaarrapport bedekt met een *, is ook met deze rijen niet te berekenen. Om te weten hoeveel er van "
           "iets zijn, gebruik je daarom het rapport: in de rijen is een deel van de antwoorden niet vermeld.")
    yield "‘Niet ingevuld’ betekent dat niemand de vraag beantwoordde, ‘Onbekend’ dat dat het antwoord is."
