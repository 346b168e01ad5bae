"""The questions that are asked of each client, read from one data file.

Form, client page, import, export and report are made from it. The options are kept in the database too, so that
an answer outside its list is refused whichever way it comes.
"""
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import peewee

from models.database import BaseModel, database, transaction

DEFAULT_FILE = Path(__file__).parent / "questionnaire.toml"
KINDS = ("choice", "date", "postcode")
# These have a column of their own on the client: the database guards a birth date against the periods.
TYPED = ("birth_date", "home_postcode", "work_postcode")
CLOSING = ("closing_reason", "outlook")


class QuestionnaireError(Exception):
    """The questionnaire file cannot be used; the message says what to mend in it."""


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    retired: bool = False


@dataclass(frozen=True)
class Question:
    code: str
    label: str
    column: str
    chapter: str
    about: str
    kind: str
    options: tuple[Option, ...]
    reduced: str = ""  # the heading for administrators, who see a year or a province in place of what was typed
    labels: dict = field(init=False, repr=False, compare=False)
    codes: dict = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "labels", {option.code: option.label for option in self.options})
        object.__setattr__(self, "codes", {option.label: option.code for option in self.options})

    def offered(self, current=None):
        """The options that a form offers: those not retired, and `current`, the one answered already."""
        return [option for option in self.options if not option.retired or option.code == current]

    def label_of(self, answer):
        """The words for an answer: an option's label, or what was typed; None where there is no answer."""
        return self.labels.get(answer, answer)


@dataclass(frozen=True)
class Questionnaire:
    questions: tuple[Question, ...]

    @property
    def of_client(self):
        return [question for question in self.questions if question.about == "client"]

    @property
    def of_closing(self):
        return [question for question in self.questions if question.about == "period"]

    def chapters(self):
        """The client's questions by chapter: a list of (chapter, questions) in the order of the file."""
        chapters = {}
        for question in self.of_client:
            chapters.setdefault(question.chapter, []).append(question)
        return list(chapters.items())

    def __getitem__(self, code):
        return next(question for question in self.questions if question.code == code)


class QuestionOption(BaseModel):
    question = peewee.TextField()
    option = peewee.TextField()

    class Meta:
        table_name = "question_option"
        primary_key = peewee.CompositeKey("question", "option")


def load(path=None):
    """Read a questionnaire file (TOML). Raises QuestionnaireError where it cannot be used."""
    path = Path(path or DEFAULT_FILE)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        questions = tuple(_question(entry) for entry in content["question"])
    except OSError as error:
        raise QuestionnaireError(f"{path}: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise QuestionnaireError(f"{path}: {error}") from error
    codes = [question.code for question in questions]
    doubled = {code for code in codes if codes.count(code) > 1}
    missing = {*TYPED, *CLOSING} - set(codes)
    if doubled or missing:
        raise QuestionnaireError(f"{path}: doubled questions {sorted(doubled)}, missing questions {sorted(missing)}")
    return Questionnaire(questions)


def heading(code):
    """What a question is called above a column; None where there is no such question (any more)."""
    return next((question.column for question in current().questions if question.code == code), None)


def _question(entry):
    options = tuple(Option(**option) for option in entry["options"])
    question = Question(**{**entry, "options": options})
    if question.kind not in KINDS or question.about not in ("client", "period"):
        raise ValueError(f"question {question.code}: unknown kind or about")
    if (question.kind != "choice") != (question.code in TYPED):
        raise ValueError(f"question {question.code}: only {', '.join(TYPED)} are typed, and they always are")
    if (question.about == "period") != (question.code in CLOSING):
        raise ValueError(f"question {question.code}: only {', '.join(CLOSING)} are about a period")
    if len(question.labels) < len(options) or len(question.codes) < len(options):
        raise ValueError(f"question {question.code}: a code or a label of an option is there twice")
    return question


def store(questionnaire: Questionnaire, kept_options: Callable[[], set[tuple[str, str]]]) -> None:
    """Bring the database's options in line with the file, in one transaction.

    `kept_options` returns the (question, option) pairs of deleted clients that can still be put back. Raises
    QuestionnaireError when an option that one of them or a client has is missing from the file: it must be there, if
    need be retired, for else that answer could no longer be shown.
    """
    wanted = {(question.code, option.code) for question in questionnaire.questions for option in question.options}
    stored = set(QuestionOption.select().tuples())
    if wanted == stored:
        return
    with transaction():
        QuestionOption.insert_many(sorted(wanted - stored)).on_conflict_ignore().execute()
        # Read inside the transaction, so that no client is deleted in between.
        kept = kept_options() if stored - wanted else set()
        for question, option in sorted(stored - wanted):
            if (question, option) in kept or not _removed(question, option):
                raise QuestionnaireError(
                    f"option '{option}' of question '{question}' is in use by a client but missing from the "
                    "questionnaire file: put it back, with retired = true if it is no longer to be offered")


def _removed(question, option):
    try:
        with database.atomic():
            (QuestionOption.delete()
             .where(QuestionOption.question == question, QuestionOption.option == option)
             .execute())
    except peewee.IntegrityError:
        return False
    return True


class _Current:
    questionnaire = None


def use(questionnaire):
    """Make this the questionnaire of the running application."""
    _Current.questionnaire = questionnaire


def current():
    """The questionnaire of the running application; the default file's when none was chosen."""
    if _Current.questionnaire is None:
        _Current.questionnaire = load()
    return _Current.questionnaire
