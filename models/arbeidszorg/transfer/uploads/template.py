"""The spreadsheet that an organisation fills in to import its clients: headings, and the answers to choose from."""
import itertools

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.periods import HEADINGS, HOURS
from models.arbeidszorg.register.questionnaire import TYPED, Question
from models.arbeidszorg.transfer.register_file.columns import NAME, OLD_NUMBER, OWN, columns
from models.files import spreadsheet
from models.files.spreadsheet import Book, Look, Sheet

TITLE = "Sjabloon om cliënten te importeren"
CLIENTS, ANSWERS = "Cliënten", "Antwoorden"
WIDTH, NAME_WIDTH = 24, 28
# Lines that are prepared for typing: dates, texts, and lists to choose from.
LINES = 2000
TYPED_AS = {"date": "een datum (dd/mm/jjjj)", "postcode": "vier cijfers"}


def template() -> bytes:
    """Return the template as XLSX. It has no example: nobody who was not meant is ever imported with it."""
    return spreadsheet.in_memory(TITLE, _fill)


def _fill(book: Book) -> None:
    asked = questionnaire.current()
    questions = {question.code: question for question in asked.questions}
    headings = columns(OWN)
    codes = [OLD_NUMBER, NAME, *(question.code for question in asked.of_client), *HEADINGS,
             *(question.code for question in asked.of_closing)]
    sheet = Sheet(book, CLIENTS, [NAME_WIDTH if code == NAME else WIDTH for code in codes])
    sheet.write(*((headings[code], Look.HEADING) for code in codes))
    sheet.freeze(2)
    chosen = [code for code in codes if code in questions and code not in TYPED]
    for place, code in enumerate(codes):
        if code in chosen:
            sheet.choose(place, LINES, ANSWERS, chosen.index(code), len(_offered(questions[code])))
        else:
            sheet.type_in(place, Look.DAY if code.endswith("_date") else None if code == HOURS else Look.TYPED)
    _answers(book, [questions[code] for code in chosen], [questions[code] for code in TYPED])


def _answers(book: Book, chosen: list[Question], typed: list[Question]) -> None:
    """Write the sheet with a column of answers for each question, and those with a typed answer at the right."""
    sheet = Sheet(book, ANSWERS, [WIDTH] * (len(chosen) + len(typed) + 1))
    sheet.write(*((question.column, Look.HEADING) for question in chosen + typed))
    options = [_offered(question) for question in chosen] + [
        [TYPED_AS[question.kind], *_offered(question)] for question in typed]
    for line in itertools.zip_longest(*options):
        sheet.write(*((cell, Look.TEXT) for cell in line))
    sheet.freeze(0)


def _offered(question: Question) -> list[str]:
    return [option.label for option in question.offered()]
