"""The initiatives of one province, as its administrators see them: which appear, which do not, and why."""
from typing import NamedTuple

from peewee import JOIN

from models.organisations import Organisation
from models.searching import fold
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import accepted, blocked

# Why an initiative appears or not.
ACCEPTED, TICKED, BLOCKED, UNWILLING, HIDDEN, NOT_ACCEPTED = (
    "accepted", "ticked", "blocked", "unwilling", "hidden", "not-accepted")
THAT_APPEAR = (ACCEPTED, TICKED)


class State(NamedTuple):
    """An organisation, whether it appears on the site, and why."""

    organisation: Organisation
    initiative: Initiative
    why: str

    @property
    def appears(self) -> bool:
        """Whether visitors see it."""
        return self.why in THAT_APPEAR


def of_province(province: str) -> list[State]:
    """Return the state of each organisation of a province: first those that do not appear, then by name."""
    states = _states(Organisation.province == province)
    return sorted(states, key=lambda state: (state.appears, fold(state.organisation.name), state.organisation.id))


def of_organisation(organisation: Organisation) -> State:
    """Return the state of one organisation."""
    [state] = _states(Organisation.id == organisation.id)
    return state


def _states(condition: object) -> list[State]:
    found = (
        Organisation.select(Organisation, Initiative, accepted().alias("accepted"), blocked().alias("blocked"))
        .join(Initiative, JOIN.LEFT_OUTER, on=Initiative.organisation_id == Organisation.id, attr="initiative")
        .where(condition))
    return [_state(one) for one in found]


def _state(organisation: Organisation) -> State:
    published = getattr(organisation, "initiative", None) or Initiative(organisation_id=organisation.id)
    return State(organisation, published, _why(organisation, published))


def _why(organisation: Organisation, initiative: Initiative) -> str:
    """Return why it appears or not, in the order in which `listing.appears` decides."""
    if initiative.hidden_because:
        return HIDDEN
    if initiative.unwilling:
        return UNWILLING
    if organisation.blocked:
        return BLOCKED
    if organisation.accepted:
        return ACCEPTED
    return TICKED if initiative.ticked else NOT_ACCEPTED
