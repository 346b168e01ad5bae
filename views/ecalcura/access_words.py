"""The colleagues of a facility with their roles, and the log of these, as text: for the facility and for the desk."""
import datetime

from models.accounts.roles import is_outside
from models.days import local_day
from models.ecalcura.facilities import access_log, colleagues
from models.ecalcura.roles import ACCESS, LABELS
from views.hall import log_words
from views.hall.words import LOGIN_STATES

A_SECOND = datetime.timedelta(seconds=1)


def given_here():
    """Whether access managers give the roles; else the service that signs people in from outside does."""
    return not is_outside(ACCESS.code)


def people(facility):
    """(person, words for the state of the login, roles) of each colleague; of a role its id, label and days."""
    return [(person, LOGIN_STATES[person.state], [_shown(grant) for grant in person.roles])
            for person in colleagues.people(facility)]


def _shown(grant):
    """(id, label, first day, last day) of a role."""
    last = local_day(grant.until - A_SECOND) if grant.until else None
    return grant.id, LABELS[grant.code], local_day(grant.since), last


def log(facility):
    """(moment, who, sentence) of the latest events about the access to this facility."""
    names = {person.account.id: person.name for person in colleagues.people(facility)}
    return [(line.made_at, log_words.who(line), _sentence(line, names)) for line in access_log.latest(facility)]


def _sentence(line, names):
    # A login of another service has no address.
    named = "" if line.changed_login else names.get(line.details.get("account"))
    about = [part for part in (named, LABELS.get(line.details.get("role"))) if part]
    return f"{log_words.line(line)} ({', '.join(about)})" if about else log_words.line(line)
