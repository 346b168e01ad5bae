"""Clients: each is registered once, with a number of one series, and keeps what was answered."""
import unicodedata
from collections.abc import Callable

import peewee

from models import names
from models.arbeidszorg.register import answers as profile
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.register.answers import UNKNOWN, Answer, PastAnswer
from models.arbeidszorg.register.questionnaire import TYPED, QuestionOption
from models.arbeidszorg.register.values import clean_name
from models.audit import Event, record
from models.database import BaseModel, Refused, Stale, locked, now, refusing, today, transaction
from models.organisations import Organisation

OLD_NUMBER_LENGTH = 50
# What two registrations of one person have in common.
DOUBLE = ("birth_date", "gender", "home_postcode")


class Client(BaseModel):
    number = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation)
    old_number = peewee.TextField(null=True)
    old_number_rank = peewee.IntegerField(default=2)
    old_number_key = peewee.TextField(default="")
    sealed_name = peewee.BlobField(null=True)
    birth_date = peewee.DateField(null=True)
    birth_date_unknown = peewee.BooleanField(default=False)
    home_postcode = peewee.TextField(null=True)
    work_postcode = peewee.TextField(null=True)
    incomplete = peewee.BooleanField(default=False)
    active_until = peewee.DateField(null=True)  # written by the database, from the periods
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, organisation):
        """The clients of an organisation (or its id): where every view begins."""
        return cls.select().where(cls.organisation == getattr(organisation, "id", organisation))

    @classmethod
    def one(cls, organisation, number):
        """The client with this number of an organisation (or its id); None where it has none of it."""
        return cls.of(organisation).where(cls.number == number).first()

    @classmethod
    def register(cls, organisation, answers, name="", form_key=None, by=None):
        """Register a client. The same form sent again gives the same client, as long as it says the same."""
        organisation_id = getattr(organisation, "id", organisation)
        answers, name = profile.checked(answers, today()), clean_name(name)
        try:
            with transaction():
                sent = cls._of_form(organisation_id, form_key)
                if sent is None:
                    return cls._insert(organisation_id, answers, name, form_key, by)
        except peewee.IntegrityError:
            # On PostgreSQL the other of two simultaneous posts was first.
            sent = cls._of_form(organisation_id, form_key)
            if sent is None:
                raise
        if (sent.answers(), sent.name or "") != (answers, name):
            raise Refused("already_saved", client=sent)
        return sent

    @classmethod
    def _of_form(cls, organisation_id, form_key):
        return form_key and cls.of(organisation_id).where(cls.form_key == form_key).first()

    @classmethod
    def _insert(cls, organisation_id, answers, name, form_key, by):
        client = cls(organisation=organisation_id, form_key=form_key, incomplete=bool(_missing(answers)))
        client._set_typed(answers)
        client.save(force_insert=True)
        if name:
            # The number is sealed in with the name, and only the database gives it.
            client.sealed_name = names.seal(organisation_id, client.number, name)
            client.save()
        chosen = [(client.number, code, answer) for code, answer in answers.items() if code not in TYPED]
        Answer.insert_many(chosen, [Answer.client_number, Answer.question, Answer.option]).execute()
        record(Event.CLIENT_REGISTERED, by=by, organisation=client.organisation, client=client)
        return client

    def change(self, answers, name, version, mistakes=frozenset(), by=None):
        """Change answers and name, from a form that was made from row `version`.

        A question that `answers` leaves out stays as it is; so does the name when it is None. `mistakes` are the
        questions whose old answer never was true. Raises Stale, with the client as it is now, if a colleague was first.
        """
        with refusing(before_birth="period_before_birth"), transaction():
            client = locked(Client.select().where(Client.number == self.number)).get()
            if client.version != version:
                raise Stale(current=client)
            old = client.answers()
            given = profile.checked(answers, today(), current=old)
            changed = {code: answer for code, answer in given.items() if old.get(code) != answer}
            renamed = client._rename(name)
            if not changed and not renamed:
                return client
            client._answer(old, changed, mistakes)
            client.incomplete = bool(_missing(old | changed))
            client.version += 1
            client.changed_at = now()
            client.save()
            whose = {"by": by, "organisation": client.organisation, "client": client}
            if changed:
                record(Event.CLIENT_CHANGED, fields=sorted(changed), **whose)
            if renamed:
                record(Event.CLIENT_NAME_CHANGED, **whose)
        return client

    def _answer(self, old, changed, mistakes):
        self._set_typed(changed)
        for code, answer in changed.items():
            if code not in TYPED:
                Answer.put(self.number, code, answer)
            if code in old:
                profile.leave_behind(self.number, code, old[code], answer, code in mistakes, today())

    def _rename(self, name):
        """Seal a new name; whether it is another one. A name that cannot be read now is not lost by saving the rest."""
        if name is None or name == names.UNREADABLE:
            return False
        name, kept = clean_name(name), self.name
        if name == (kept or "") or (not name and kept == names.UNREADABLE):
            return False
        self.sealed_name = names.seal(self.organisation_id, self.number, name) if name else None
        return True

    def _set_typed(self, answers):
        if "birth_date" in answers:
            self.birth_date_unknown = answers["birth_date"] == UNKNOWN
            self.birth_date = None if self.birth_date_unknown else answers["birth_date"]
        for code in ("home_postcode", "work_postcode"):
            if code in answers:
                setattr(self, code, answers[code])

    @property
    def name(self):
        """The name, None where there is none, `names.UNREADABLE` without the key that fits."""
        return names.open_names(self.organisation_id, [(self.number, self.sealed_name)])[0]

    def answers(self):
        """Today's answers by question; a question without one is absent."""
        typed = {
            "birth_date": UNKNOWN if self.birth_date_unknown else self.birth_date,
            "home_postcode": self.home_postcode,
            "work_postcode": self.work_postcode,
        }
        chosen = {answer.question: answer.option for answer in Answer.of(self.number)}
        return {code: answer for code, answer in typed.items() if answer is not None} | chosen

    def past_answers(self):
        """What was answered before, the newest first."""
        return list(PastAnswer.of(self.number))

    def answers_on(self, day):
        return profile.on_day(self.answers(), self.past_answers(), day)

    def is_active(self, day):
        return self.active_until is not None and self.active_until >= day


def _missing(answers):
    return [question.code for question in questionnaire.current().of_client if question.code not in answers]


def looks_different(before, after):
    """Whether one of the answers by which a double is recognised is another than it was."""
    return any(before.get(code) != after.get(code) for code in DOUBLE)


def likely_doubles(organisation, answers, but=None):
    """The organisation's clients, but for one number, of the same birth date, gender and home postcode."""
    birth_date, gender, postcode = (answers.get(code) for code in DOUBLE)
    if birth_date in (None, "", UNKNOWN) or not gender or not postcode:
        return []
    query = (Client.of(organisation)
             .join(Answer, on=(Answer.client_number == Client.number))
             .where(Client.birth_date == birth_date)
             .where(Client.home_postcode == postcode)
             .where(Answer.question == "gender", Answer.option == gender)
             .order_by(Client.number))
    return [client for client in query if client.number != but]


def follow(wanted: questionnaire.Questionnaire, kept_options: Callable[[], set[tuple[str, str]]]) -> None:
    """Bring the database in line with a questionnaire: the options, and who is incomplete if the questions changed.

    `kept_options` and the error are those of `questionnaire.store`.
    """
    with transaction():
        before = _questions()
        questionnaire.store(wanted, kept_options)
        if _questions() != before:
            recount_incomplete()


def _questions():
    return {question for question, in QuestionOption.select(QuestionOption.question).distinct().tuples()}


def recount_incomplete(number=None):
    """Decide anew of every client, or of one, whether an answer is missing, after the questionnaire file changed."""
    chosen = [question.code for question in questionnaire.current().of_client if question.code not in TYPED]
    given = (Answer.select(peewee.fn.COUNT(Answer.question))
             .where(Answer.client_number == Client.number, Answer.question.in_(chosen)))
    complete = ((Client.birth_date_unknown | Client.birth_date.is_null(False))
                & Client.home_postcode.is_null(False)
                & Client.work_postcode.is_null(False)
                & (given == len(chosen)))
    incomplete = peewee.Case(None, [(complete, False)], True)
    query = Client.update(incomplete=incomplete).where(Client.incomplete != incomplete)
    (query.where(Client.number == number) if number else query).execute()


def old_number_sort(text):
    """How an old number sorts, as (rank, key): numbers as numbers, then other texts, then clients without one."""
    if not text:
        return 2, ""
    if text.isascii() and text.isdigit():
        return 0, text.zfill(OLD_NUMBER_LENGTH)
    return 1, unicodedata.normalize("NFC", text.casefold())
