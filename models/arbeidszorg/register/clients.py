"""Clients: each is registered once, gets a number from one series, and has answers to the questionnaire."""
import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

import peewee

from models import names
from models.accounts.sessions import OwnOrganisation
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import (
    UNKNOWN,
    Answer,
    PastAnswer,
    answers_on_day,
    check_answers,
    is_correction,
    keep_past_answer,
    newest_past_answer,
)
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.arbeidszorg.register.questionnaire import TYPED, Answers, AnswerValue, Questionnaire, QuestionOption
from models.arbeidszorg.register.values import clean_name
from models.audit import Actor, record
from models.compiled import Statement, parameter
from models.database import BaseModel, locked, now, refusing, today, transaction
from models.days import local_day
from models.errors import Refused, Stale
from models.organisations import Organisation

# The questions that two registrations of one person answer alike.
IDENTIFYING = ("birth_date", "gender", "home_postcode")
AnyOrganisation = Organisation | OwnOrganisation | int


class Client(BaseModel):
    number = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation)
    organisation_id: int
    old_number = peewee.TextField(null=True)
    old_number_rank = peewee.IntegerField(default=2)
    old_number_key = peewee.TextField(default="")
    sealed_name = peewee.BlobField(null=True)
    birth_date = peewee.DateField(null=True)
    birth_date_unknown = peewee.BooleanField(default=False)
    home_postcode = peewee.TextField(null=True)
    work_postcode = peewee.TextField(null=True)
    # The days on which these two were given, as `Answer.given_on`.
    home_postcode_on = peewee.DateField(null=True)
    work_postcode_on = peewee.DateField(null=True)
    incomplete = peewee.BooleanField(default=False)
    active_until = peewee.DateField(null=True)  # the end of the last period, written by the database's triggers
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, organisation: AnyOrganisation) -> "peewee.ModelSelect[Client]":
        """Select the clients of an organisation (or its id): where every view begins."""
        return cls.select().where(cls.organisation == _id_of(organisation))

    @classmethod
    def one(cls, organisation: AnyOrganisation, number: int) -> "Client | None":
        """Return the client of an organisation (or its id) with this number, or None."""
        return _ONE.first(cls, organisation=_id_of(organisation), number=number)

    @classmethod
    def register(cls, organisation: AnyOrganisation, answers: Mapping[str, AnswerValue | None], name: str = "",
                 form_key: str | None = None, by: Actor | None = None) -> "Client":
        """Register a client of an organisation (or its id) and record it.

        A form that is sent again, recognised by its `form_key`, returns the client it made the first time, or raises
        Refused if its answers or name differ. Raises Refused for an answer or a name that is not allowed.
        """
        organisation_id = _id_of(organisation)
        given, name = check_answers(answers, today()), clean_name(name)
        try:
            with transaction():
                sent = cls._of_form(organisation_id, form_key)
                if sent is None:
                    return cls._insert(organisation_id, given, name, form_key, by)
        except peewee.IntegrityError:
            # On PostgreSQL a simultaneous post of the same form may have been first.
            sent = cls._of_form(organisation_id, form_key)
            if sent is None:
                raise
        if (sent.answers(), sent.name or "") != (given, name):
            raise Refused(ArbeidszorgCode.ALREADY_SAVED, client=sent)
        return sent

    @classmethod
    def _of_form(cls, organisation_id: int, form_key: str | None) -> "Client | None":
        if not form_key:
            return None
        if made := cls.of(organisation_id).where(cls.form_key == form_key).first():
            return made
        return cls.one(organisation_id, FormerNumber.goes_on_from_form(organisation_id, form_key) or 0)

    @classmethod
    def _insert(cls, organisation_id: int, answers: Answers, name: str, form_key: str | None,
                by: Actor | None) -> "Client":
        client = cls(organisation=organisation_id, form_key=form_key, incomplete=bool(_missing(answers)))
        client._set_typed(answers)
        client.save(force_insert=True)
        if name:
            # The name is sealed together with the client's number, which the database has just given out.
            client.sealed_name = names.seal(organisation_id, client.number, name)
            client.save()
        chosen = [(client.number, code, answer, today()) for code, answer in answers.items() if code not in TYPED]
        Answer.insert_many(
            chosen, [Answer.client_number, Answer.question, Answer.option, Answer.given_on]).execute()
        record(ArbeidszorgEvent.CLIENT_REGISTERED, by=by, organisation=client.organisation, subject=client.number)
        return client

    def change(self, answers: Mapping[str, AnswerValue | None], name: str | None, version: int,
               mistakes: Collection[str] = frozenset(), by: Actor | None = None) -> "Client":
        """Change answers and name, record it, and return the client as it is now.

        `version` is the version of the row from which the form was made: raises Stale, with the client as it is now,
        if a colleague saved a change meanwhile. A question that is absent from `answers` keeps its answer; the name
        stays when it is None. `mistakes` are the questions whose old answer was never true: it is not kept as a past
        answer, nor is one that was corrected (`is_correction`). Raises Refused for an answer or a name that is not
        allowed.
        """
        with refusing(period_before_birth=ArbeidszorgCode.BEFORE_BIRTH), transaction():
            client = locked(Client.select().where(Client.number == self.number)).get()
            if client.version != version:
                raise Stale(current=client)
            old = client.answers()
            given = check_answers(answers, today(), current=old)
            changed = {code: answer for code, answer in given.items() if old.get(code) != answer}
            renamed = client._change_name(name)
            if not changed and not renamed:
                return client
            client._save_answers(old, changed, mistakes)
            client.incomplete = bool(_missing(old | changed))
            client.version += 1
            client.changed_at = now()
            client.save()
            if changed:
                record(ArbeidszorgEvent.CLIENT_CHANGED, by=by, organisation=client.organisation, subject=client.number,
                       fields=sorted(changed))
            if renamed:
                record(ArbeidszorgEvent.CLIENT_NAME_CHANGED, by=by, organisation=client.organisation,
                       subject=client.number)
        return client

    def _save_answers(self, old: Answers, changed: Answers, mistakes: Collection[str]) -> None:
        given_on = self.given_on(changed)
        self._set_typed(changed)
        for code, answer in changed.items():
            if code not in TYPED:
                Answer.put(self.number, code, str(answer))
            if code in old:
                corrected = code in mistakes or is_correction(code, old[code], given_on[code], today())
                joined = keep_past_answer(self.number, code, old[code], answer, corrected, today())
                if joined and f"{code}_on" in self._meta.fields:
                    setattr(self, f"{code}_on", None)

    def given_on(self, codes: Collection[str]) -> dict[str, datetime.date | None]:
        """Return the day on which today's answer to each of these questions was given; None if that is long ago."""
        given = {answer.question: answer.given_on for answer in Answer.of(self.number)}
        given |= {"home_postcode": self.home_postcode_on, "work_postcode": self.work_postcode_on}
        return {code: given.get(code) or self._began(code) for code in codes}

    def _began(self, code: str) -> datetime.date | None:
        """Return the day after the last past answer; else that of the registration, if a form made the client."""
        if newest := newest_past_answer(self.number, code):
            return newest.until + datetime.timedelta(days=1)
        return local_day(self.created_at) if self.form_key else None

    def _change_name(self, name: str | None) -> bool:
        """Seal `name` if it differs from the name that is stored, and return whether it does.

        A stored name that cannot be read is not erased when a form is saved that shows it as unreadable or empty.
        """
        if name is None or name == names.UNREADABLE:
            return False
        name, kept = clean_name(name), self.name
        if name == (kept or "") or (not name and kept == names.UNREADABLE):
            return False
        self.sealed_name = names.seal(self.organisation_id, self.number, name) if name else None
        return True

    def _set_typed(self, answers: Mapping[str, Any]) -> None:
        if "birth_date" in answers:
            self.birth_date_unknown = answers["birth_date"] == UNKNOWN
            self.birth_date = None if self.birth_date_unknown else answers["birth_date"]
        for code in ("home_postcode", "work_postcode"):
            if code in answers:
                setattr(self, code, answers[code])
                setattr(self, f"{code}_on", today())

    @property
    def name(self) -> str | None:
        """The decrypted name: None without a name, `names.UNREADABLE` without the right key."""
        return names.open_names(self.organisation_id, [(self.number, self.sealed_name)])[0]

    def answers(self) -> Answers:
        """Return today's answers by the code of their question; a question without an answer is absent."""
        typed = {
            "birth_date": UNKNOWN if self.birth_date_unknown else self.birth_date,
            "home_postcode": self.home_postcode,
            "work_postcode": self.work_postcode,
        }
        return {code: answer for code, answer in typed.items() if answer is not None} | Answer.chosen(self.number)

    def past_answers(self) -> list[PastAnswer]:
        """Return the past answers, the newest first."""
        return list(PastAnswer.of(self.number))

    def old_numbers(self) -> list[str]:
        """Return its own old number, if it has one, then those of the clients that were merged into it."""
        return [*([self.old_number] if self.old_number else []), *FormerNumber.old_of(self.number)]

    def answers_on(self, day: datetime.date) -> dict[str, AnswerValue | None]:
        """Return the answers that held on `day`, by the code of their question."""
        return answers_on_day(self.answers(), self.past_answers(), day)

    def is_active(self, day: datetime.date) -> bool:
        """Whether a period runs on `day` or is planned for later."""
        return self.active_until is not None and self.active_until >= day


_ONE = Statement(lambda: Client.select().where(
    Client.organisation == parameter("organisation"), Client.number == parameter("number")))


def _id_of(organisation: AnyOrganisation) -> int:
    return organisation if isinstance(organisation, int) else organisation.id


def _missing(answers: Mapping[str, AnswerValue]) -> list[str]:
    return [question.code for question in questionnaire.current().of_client if question.code not in answers]


def identifying_answers_changed(before: Mapping[str, AnswerValue | None],
                                after: Mapping[str, AnswerValue | None]) -> bool:
    """Whether birth date, gender or home postcode differ between two sets of answers."""
    return any(before.get(code) != after.get(code) for code in IDENTIFYING)


def likely_duplicates(organisation: AnyOrganisation, answers: Mapping[str, AnswerValue | None],
                      but: int | None = None) -> list[Client]:
    """Return the organisation's clients with the same birth date, gender and home postcode, by number.

    `but` is the number of the client that gave these answers. Empty when the birth date is unknown or one is absent.
    """
    birth_date, gender, postcode = (answers.get(code) for code in IDENTIFYING)
    if birth_date in (None, "", UNKNOWN) or not gender or not postcode:
        return []
    query = (Client.of(organisation)
             .join(Answer, on=(Answer.client_number == Client.number))
             .where(Client.birth_date == birth_date, Client.home_postcode == postcode)
             .where(Answer.question == "gender", Answer.option == gender)
             .order_by(Client.number))
    return [client for client in query if client.number != but]


def apply_questionnaire(wanted: Questionnaire, kept_options: Callable[[], set[tuple[str, str]]]) -> None:
    """Bring the database in line with a questionnaire.

    Stores its options, and marks incomplete clients again when a question was added or removed. `kept_options` and the
    error are those of `questionnaire.store`.
    """
    with transaction():
        before = _questions()
        questionnaire.store(wanted, kept_options)
        if _questions() != before:
            recount_incomplete()


def _questions() -> set[str]:
    return set(QuestionOption.select(QuestionOption.question).distinct().scalars())


def recount_incomplete(number: int | None = None) -> None:
    """Mark which clients lack an answer to a question of the running questionnaire: all clients, or one number."""
    incomplete = _lack_an_answer()
    query = Client.update(incomplete=incomplete).where(Client.incomplete != incomplete)
    (query.where(Client.number == number) if number else query).execute()


def with_wrong_mark() -> "peewee.ModelSelect[Client]":
    """Select the clients whose mark `incomplete` is not what their answers say."""
    return Client.select(Client.number).where(Client.incomplete != _lack_an_answer())


def _lack_an_answer() -> peewee.Case:
    chosen = [question.code for question in questionnaire.current().of_client if question.code not in TYPED]
    given = (Answer.select(peewee.fn.COUNT(Answer.question))
             .where(Answer.client_number == Client.number, Answer.question.in_(chosen)))
    complete = ((Client.birth_date_unknown | Client.birth_date.is_null(False))
                & Client.home_postcode.is_null(False)
                & Client.work_postcode.is_null(False)
                & (given == len(chosen)))
    return peewee.Case(None, [(complete, False)], True)
