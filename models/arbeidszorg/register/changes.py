"""Changed answers: which answers a form changes, and which of those changes are corrections by themselves."""
from collections.abc import Mapping
from typing import NamedTuple

from models.arbeidszorg.register.answers import is_correction
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.questionnaire import AnswerValue
from models.database import today


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
