"""The variables by which the yearly report divides clients and closings, and the category of each answer."""
import datetime
from dataclasses import dataclass

from models.arbeidszorg.register import places, questionnaire
from models.arbeidszorg.register.answers import UNKNOWN
from models.organisations import SECTORS

MISSING = "missing"
ACTIVE = "active"
AGE, HOURS, LENGTH, WORK_PLACE, SECTOR = "age", "hours", "length", "work_place", "sector"
# An age is made of a birth date, a province of work of a postcode.
BIRTH_DATE, WORK_POSTCODE = "birth_date", "work_postcode"
HOME_POSTCODE = "home_postcode"  # used by the anonymous rows only
# Whether a client may be one person with a client of another organisation (shared.py).
SHARED, OWN_PROVINCE, OTHER_PROVINCE, NOT_SHARED = "shared", "own-province", "other-province", "no"
# A mark after a year of birth: this year's birthday is still to come.
TO_COME = "+"

# (code, label, upper bound; None for the last band): ages in years, hours in hundredths, lengths in whole months.
Band = tuple[str, str, int | None]
_AGES: tuple[Band, ...] = (
    ("under-25", "Jonger dan 25", 24),
    ("25-34", "25 tot en met 34", 34),
    ("35-44", "35 tot en met 44", 44),
    ("45-54", "45 tot en met 54", 54),
    ("55-64", "55 tot en met 64", 64),
    ("65-over", "65 en ouder", None),
)
OLDEST = 120
_HOURS: tuple[Band, ...] = (
    ("up-to-4", "Tot en met 4 uur", 400),
    ("4-8", "Meer dan 4 tot en met 8 uur", 800),
    ("8-12", "Meer dan 8 tot en met 12 uur", 1200),
    ("12-20", "Meer dan 12 tot 20 uur", 1999),
    ("20-over", "20 uur en meer", None),
)
_LENGTHS: tuple[Band, ...] = (
    ("under-3-months", "Minder dan 3 maanden", 2),
    ("3-6-months", "3 tot 6 maanden", 5),
    ("6-12-months", "6 maanden tot een jaar", 11),
    ("1-2-years", "1 tot 2 jaar", 23),
    ("2-5-years", "2 tot 5 jaar", 59),
    ("5-years-over", "5 jaar en meer", None),
)
# In the order of chapter 2. Codes without a variable below are questions; a questionnaire file may lack them.
_OF_CLIENTS = (WORK_PLACE, SECTOR, "gender", AGE, "living_situation", "income", "main_problem", "education",
               "paid_work", "referrer", HOURS, "compensation", "subsidy")
NOT_ANSWERED = {UNKNOWN: "Onbekend", MISSING: "Niet ingevuld"}


@dataclass(frozen=True)
class Variable:
    """A variable of the report; `categories` maps each code to its label, in the order in which they are shown."""

    code: str
    label: str
    categories: dict[str, str]


def of_clients() -> list[Variable]:
    """Return the variables of clients, in the report's order."""
    questions = {question.code: question for question in questionnaire.current().of_client}
    ready = {
        WORK_PLACE: Variable(WORK_PLACE, "Provincie van tewerkstelling", places.LABELS | NOT_ANSWERED),
        SECTOR: Variable(SECTOR, "Sector", SECTORS | {MISSING: NOT_ANSWERED[MISSING]}),
        AGE: Variable(AGE, "Leeftijd", _labels(_AGES) | NOT_ANSWERED),
        HOURS: Variable(HOURS, "Aantal uren per week", _labels(_HOURS)),
    }
    return [ready.get(code) or _of_question(questions[code], missing=True) for code in _OF_CLIENTS
            if code in ready or code in questions]


def of_closings() -> list[Variable]:
    """Return the variables of closings, in the report's order."""
    length = Variable(LENGTH, "Duur van de periode", _labels(_LENGTHS))
    return [length, *(_of_question(question) for question in questionnaire.current().of_closing)]


def questions() -> list[str]:
    """Return the codes of the questions whose answer is the category itself."""
    return [variable.code for variable in of_clients() if variable.code not in (WORK_PLACE, SECTOR, AGE, HOURS)]


def situations() -> dict[str, str]:
    """Return a client's situations at the end of a year, still active or stopped with an outlook: code → label."""
    return {ACTIVE: "Nog actief"} | questionnaire.current()["outlook"].labels


def reference_day(year: int, today: datetime.date) -> datetime.date:
    """Return the day whose answers count in a year: its last day, or today in the running year."""
    return min(datetime.date(year, 12, 31), today)


def age_band(years: int) -> str:
    """Return the band of an age in whole years."""
    return _band(_AGES, years)


def age_bounds() -> dict[str, tuple[int, int]]:
    """Return the lowest and the highest age of each band."""
    oldest = [most or OLDEST for *_, most in _AGES]
    youngest = [0, *(most + 1 for most in oldest[:-1])]
    return dict(zip(_labels(_AGES), zip(youngest, oldest, strict=True), strict=True))


def hours_band(hundredths: int) -> str:
    """Return the band of hours a week, given in hundredths of an hour."""
    return _band(_HOURS, hundredths)


def length_band(start: datetime.date, end: datetime.date) -> str:
    """Return the band of a period's length; its first and its last day both count."""
    return _band(_LENGTHS, _whole_months(start, end + datetime.timedelta(days=1)))


class Categories:
    """The category of each answer, for a report that counts the answers of `day`."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day
        self.known: dict[tuple[str, str], tuple[str, str] | None] = {}
        self.codes = {variable.code for variable in of_clients()}

    def of(self, question: str, answer: str) -> tuple[str, str] | None:
        """Return (variable, category); None for a question that is not a variable, as one of an older questionnaire."""
        if (question, answer) not in self.known:
            self.known[question, answer] = self._of(question, answer)
        return self.known[question, answer]

    def age(self, birth: str) -> int:
        """Return the age on `day` in whole years; `birth` is a year of birth, with TO_COME where that applies."""
        running = (self.day.month, self.day.day) != (12, 31)
        return self.day.year - int(birth[:4]) - (running and birth.endswith(TO_COME))

    def _of(self, question: str, answer: str) -> tuple[str, str] | None:
        if question == WORK_POSTCODE:
            return WORK_PLACE, places.place_of(answer, self.day) or MISSING
        if question == BIRTH_DATE:
            return AGE, answer if answer == UNKNOWN else age_band(self.age(answer))
        if question == HOURS:
            return HOURS, hours_band(int(answer))
        return (question, answer) if question in self.codes else None


def _whole_months(start: datetime.date, end: datetime.date) -> int:
    """Count full months. A month ends on the same day of the next one or, if that day does not exist, the day after."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _band(bands: tuple[Band, ...], value: int) -> str:
    return next(code for code, _, most in bands if most is None or value <= most)


def _labels(bands: tuple[Band, ...]) -> dict[str, str]:
    return {code: label for code, label, _ in bands}


def _of_question(question: questionnaire.Question, missing: bool = False) -> Variable:
    absent = {MISSING: NOT_ANSWERED[MISSING]} if missing else {}
    return Variable(question.code, question.column, question.labels | absent)
