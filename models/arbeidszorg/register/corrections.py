"""Corrections: changes that are corrections by themselves, and removing what was never true ('klopte niet')."""
from collections.abc import Mapping
from typing import NamedTuple

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.register.answers import PastAnswer, forget_day, is_correction, newest_past_answer
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.hours import PastHours, remove_others
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.register.questionnaire import AnswerValue
from models.audit import Actor, record
from models.database import locked, now, today, transaction


class Change(NamedTuple):
    """A changed answer; `is_correction` says that the old one was never true, whatever a form says about it."""

    question: str
    old: AnswerValue
    new: AnswerValue | None
    is_correction: bool


def changes(client: Client, answers: Mapping[str, AnswerValue | None]) -> list[Change]:
    """Return the answers that differ from those that the client has. A first answer changes no other."""
    old = client.answers()
    changed = {code: new for code, new in answers.items() if code in old and old[code] != new}
    given_on = client.given_on(changed)
    return [Change(code, old[code], new, is_correction(code, old[code], given_on[code], today()))
            for code, new in changed.items()]


def remove_past_answer(client: Client, past_id: int, by: Actor | None = None) -> bool:
    """Remove an earlier answer of a client, and record it; the answer after it held then too.

    Where the answers before and after it are equal they become one. Returns False if the client has no such earlier
    answer (any more).
    """
    with transaction():
        current = locked(Client.select().where(Client.number == client.number)).first()
        was = PastAnswer.of(client.number).where(PastAnswer.id == past_id).first()
        if current is None or was is None:
            return False
        if was == newest_past_answer(client.number, was.question):
            forget_day(client.number, was.question)
        was.delete_instance()
        _join(current, was.question)
        Client.update(version=Client.version + 1, changed_at=now()).where(Client.number == client.number).execute()
        record(ArbeidszorgEvent.PAST_ANSWER_REMOVED, by=by, organisation=current.organisation, subject=client.number,
               fields=[was.question])
    return True


def remove_past_hours(period: Period, past_id: int, by: Actor | None = None) -> bool:
    """Remove earlier hours of a period, and record it; the hours after them held then too.

    Where the hours before and after them are equal they become one. Returns False if the period has no such earlier
    hours (any more).
    """
    with transaction():
        client = locked(Client.select().where(Client.number == period.client_number)).first()
        current = Period.get_or_none(Period.id == period.id)
        was = PastHours.of(period.id).where(PastHours.id == past_id).first()
        if client is None or current is None or was is None:
            return False
        hours = current.hours_over_time().without(was.until)
        remove_others(period.id, hours.past)
        Period.update(hours_on=hours.given_on, version=Period.version + 1, changed_at=now()).where(
            Period.id == period.id).execute()
        record(ArbeidszorgEvent.PAST_HOURS_REMOVED, by=by, organisation=client.organisation, subject=client.number,
               period=period.id)
    return True


def _join(client: Client, code: str) -> None:
    """Delete each earlier answer that equals the one after it: it held without interruption."""
    is_newest, after = True, client.answers().get(code)
    for was in PastAnswer.of(client.number).where(PastAnswer.question == code):
        if was.answer == after:
            was.delete_instance()
            if is_newest:
                forget_day(client.number, code)
        else:
            is_newest, after = False, was.answer
