"""The questions about each client, read from one data file.

Form, client page, import, export and report are made from it. The options are stored in the database too, which
refuses an answer that is not one of them, whichever way it comes.
"""
import datetime
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import peewee

from models.database import BaseModel, database, transaction
from models.errors import CannotStart

DEFAULT_FILE = Path(__file__).parent / "questionnaire.toml"
KINDS = ("choice", "date", "postcode")
# Questions with a typed answer. Each has its own column on the client, for the database compares a birth date with the
# periods.
TYPED = ("birth_date", "home_postcode", "work_postcode")
CLOSING = ("closing_reason", "outlook")
# Both closing questions have this option: a continued period is stored with it. Its reason is shown as CONTINUATION.
UNKNOWN = "unknown"
CONTINUATION = "Voortzetting"

# An option's code, a postcode or a birth date; and a client's answers by the code of their question.
AnswerValue = str | datetime.date
Answers = dict[str, AnswerValue]
AnyAnswer = TypeVar("AnyAnswer", bound=AnswerValue | None)


class QuestionnaireError(CannotStart):
    """The questionnaire file cannot be used; the message says what to correct in it."""


@dataclass(frozen=True)
class Option:
    """An answer to choose; a retired option is no longer offered, but stays where it was chosen."""

    code: str
    label: str
    retired: bool = False


@dataclass(frozen=True)
class Question:
    """A question, as an entry of the questionnaire file; `labels` and `codes` translate its options both ways.

    `column` is the heading in exports, `kind` one of `KINDS`, `about` is 'client' or 'period'. `retired` has the codes
    of the options that are no longer offered.
    """

    code: str
    label: str
    column: str
    chapter: str
    about: str
    kind: str
    options: tuple[Option, ...]
    reduced: str = ""  # the heading for administrators, who see a year or a province instead of the typed answer
    labels: dict[str, str] = field(init=False, repr=False, compare=False)
    codes: dict[str, str] = field(init=False, repr=False, compare=False)
    retired: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", {option.code: option.label for option in self.options})
        object.__setattr__(self, "codes", {option.label: option.code for option in self.options})
        object.__setattr__(self, "retired", frozenset(option.code for option in self.options if option.retired))

    def offered(self, current: AnswerValue | None = None) -> list[Option]:
        """Return the options that a form offers: all that are not retired, and the `current` answer's."""
        return [option for option in self.options if not option.retired or option.code == current]

    def label_of(self, answer: AnyAnswer) -> AnyAnswer | str:
        """Return the label of an option's code, the typed answer as it is, or None without an answer."""
        return self.labels.get(answer, answer) if isinstance(answer, str) else answer


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """The questions in the order of the file; `questionnaire[code]` is the question with that code."""

    questions: tuple[Question, ...]

    @property
    def of_client(self) -> list[Question]:
        """The questions about the client, whose answers are part of the client's page."""
        return [question for question in self.questions if question.about == "client"]

    @property
    def chosen(self) -> list[str]:
        """The codes of the questions about the client that are answered by choosing an option."""
        return [question.code for question in self.of_client if question.code not in TYPED]

    @property
    def of_closing(self) -> list[Question]:
        """The questions about a period that is closed."""
        return [question for question in self.questions if question.about == "period"]

    def chapters(self) -> list[tuple[str, list[Question]]]:
        """Return the client's questions by chapter, as (chapter, questions) in the order of the file."""
        chapters: dict[str, list[Question]] = {}
        for question in self.of_client:
            chapters.setdefault(question.chapter, []).append(question)
        return list(chapters.items())

    def __getitem__(self, code: str) -> Question:
        return next(question for question in self.questions if question.code == code)


class QuestionOption(BaseModel):
    """An option that answers may refer to, retired or not: the database's copy of the questionnaire file."""

    question = peewee.TextField()
    option = peewee.TextField()

    class Meta:
        table_name = "question_option"
        primary_key = peewee.CompositeKey("question", "option")


def load(path: Path | str | None = None) -> Questionnaire:
    """Read a questionnaire file (TOML). Raises QuestionnaireError if it cannot be used."""
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


def heading(code: str) -> str | None:
    """Return the heading of a question's column, or None if the questionnaire no longer has the question."""
    return next((question.column for question in current().questions if question.code == code), None)


def _question(entry: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in entry["options"])
    question = Question(**{**entry, "options": options})
    if question.kind not in KINDS or question.about not in ("client", "period"):
        raise ValueError(f"question {question.code}: unknown kind or about")
    if (question.kind != "choice") != (question.code in TYPED):
        raise ValueError(f"question {question.code}: only {', '.join(TYPED)} are typed, and they always are")
    if (question.about == "period") != (question.code in CLOSING):
        raise ValueError(f"question {question.code}: only {', '.join(CLOSING)} are about a period")
    if question.about == "period" and (UNKNOWN not in question.labels or CONTINUATION in question.codes):
        raise ValueError(f"question {question.code}: it must have an option '{UNKNOWN}', and none with the label "
                         f"'{CONTINUATION}', which Loket sets itself")
    if len(question.labels) < len(options) or len(question.codes) < len(options):
        raise ValueError(f"question {question.code}: a code or a label of an option is there twice")
    return question


def store(questionnaire: Questionnaire, kept_options: Callable[[], set[tuple[str, str]]]) -> None:
    """Make the database's options equal to the questionnaire's, in one transaction.

    `kept_options` returns the (question, option) pairs of deleted clients that can still be restored. Raises
    QuestionnaireError when an answer of one of them, or of a client, is missing from the questionnaire, because that
    answer could no longer be shown: the option must stay in the file, retired if it is no longer to be offered.
    """
    wanted = {(question.code, option.code) for question in questionnaire.questions for option in question.options}
    stored: set[tuple[str, str]] = {(row.question, row.option) for row in QuestionOption.select()}
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


def _removed(question: str, option: str) -> bool:
    """Delete an option that no answer refers to, and return whether it was deleted."""
    try:
        with database.atomic():
            (QuestionOption.delete()
             .where(QuestionOption.question == question, QuestionOption.option == option)
             .execute())
    except peewee.IntegrityError:
        return False
    return True


class _Current:
    questionnaire: Questionnaire | None = None


def start(settings: Mapping[str, Any]) -> None:
    """Use the questionnaire file of these settings, when the application starts. Raises QuestionnaireError."""
    use(load(settings["QUESTIONNAIRE"]))


def use(questionnaire: Questionnaire | None) -> None:
    """Make this the questionnaire of the running application; None for the default file's."""
    _Current.questionnaire = questionnaire


def current() -> Questionnaire:
    """Return the questionnaire of the running application: the default file's unless `use` chose another one."""
    if _Current.questionnaire is None:
        _Current.questionnaire = load()
    return _Current.questionnaire
