"""The rival of the import: read the CSV, look up the codes, write the same rows with sqlite3. Only the database checks
rules; no row is refused and nothing is reported."""
import csv
import sqlite3

from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.arbeidszorg.register.questionnaire import TYPED
from models.arbeidszorg.transfer.register_file.columns import HOURS, OLD, columns
from models.database import PRAGMAS, now
from models.organisations import PROVINCES

INSERTS = (
    "INSERT INTO tenant (id, wing, kind) VALUES (?, 'arbeidszorg', 'organisation')",
    "INSERT INTO organisation (id, province, name, email, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO client (number, organisation_id, old_number, old_number_rank, old_number_key, birth_date,"
    " birth_date_unknown, home_postcode, work_postcode, incomplete, created_at, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO answer (client_number, question, option) VALUES (?, ?, ?)",
    "INSERT INTO period (client_number, hours, start_date, end_date, closing_reason, outlook, created_at, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
)
PROVINCE, ORGANISATION, EMAIL, OLD_NUMBER = range(4)
INDEXES = {code: index for index, code in enumerate(columns(OLD))}


class Plain:
    """Collects the rows to insert, from the rows of a file."""

    def __init__(self):
        questions = questionnaire.current()
        self.moment = now()
        self.provinces = {label: code for code, label in PROVINCES.items()}
        self.questions = [(INDEXES[question.code], question) for question in questions.of_client
                          if question.code in INDEXES]
        self.lacks_questions = len(self.questions) < len(questions.of_client)
        self.period = INDEXES[HOURS]
        self.closing = [question.codes for question in questions.of_closing]
        self.organisations, self.clients, self.rows = {}, {}, ([], [], [], [], [])

    def take(self, cells):
        """Add one row of the file."""
        key = cells[PROVINCE], cells[ORGANISATION]
        organisation = self.organisations.get(key)
        if organisation is None:
            organisation = self.organisations[key] = len(self.organisations) + 1
            self.rows[0].append((organisation,))
            self.rows[1].append(
                (organisation, self.provinces[key[0]], key[1], cells[EMAIL], self.moment, self.moment))
        number = self.clients.get((organisation, cells[OLD_NUMBER]))
        if number is None:
            number = self.clients[organisation, cells[OLD_NUMBER]] = len(self.clients) + 1
            self._client(number, organisation, cells)
        if cells[self.period]:
            self._period(number, *cells[self.period:])

    def _client(self, number, organisation, cells):
        typed, missing = {}, self.lacks_questions
        for index, question in self.questions:
            text = cells[index]
            missing = missing or not text
            if question.code in TYPED:
                typed[question.code] = question.codes.get(text, text) or None
            elif text:
                self.rows[3].append((number, question.code, question.codes[text]))
        born = typed["birth_date"]
        unknown = born == "unknown"
        self.rows[2].append((
            number, organisation, cells[OLD_NUMBER], *old_number_sort(cells[OLD_NUMBER]),
            None if unknown or not born else _day(born), unknown, typed["home_postcode"], typed["work_postcode"],
            missing, self.moment, self.moment))

    def _period(self, number, hours, start, end, *closing):
        whole, _, part = hours.partition(",")
        chosen = [codes[text] if text else None for codes, text in zip(self.closing, closing, strict=True)]
        hundredths = int(whole) * 100 + int(part.ljust(2, "0"))
        self.rows[4].append(
            (number, hundredths, _day(start), _day(end) if end else None, *chosen, self.moment, self.moment))


def plain_import(source, path):
    """Import the file `source` into the database at `path`."""
    register = sqlite3.connect(path, isolation_level=None)
    for name, value in PRAGMAS.items():
        setting = f"PRAGMA {name} = {value}"
        register.execute(setting)
    plain = Plain()
    with source.open(encoding="cp1252", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        for cells in rows:
            plain.take(cells)
    register.execute("BEGIN IMMEDIATE")
    for insert, made in zip(INSERTS, plain.rows, strict=True):
        register.executemany(insert, made)
    register.execute("COMMIT")
    register.close()


def _day(text):
    return f"{text[6:]}-{text[3:5]}-{text[:2]}"
