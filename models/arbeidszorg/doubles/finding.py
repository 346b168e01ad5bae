"""The likely doubles of an organisation: clients with the same birth date, gender and home postcode."""
from typing import NamedTuple

import peewee

from models import names
from models.arbeidszorg.register.answers import Answer
from models.arbeidszorg.register.clients import AnyOrganisation, Client
from models.arbeidszorg.register.former_numbers import FormerNumber


class Double(NamedTuple):
    """A client that looks like another one, as the list of doubles shows it."""

    number: int
    old_numbers: list[str]
    name: str | None


def groups(organisation: AnyOrganisation) -> list[list[Double]]:
    """Return the groups of two or more clients that look alike, each by number, the groups by their first number."""
    organisation_id = organisation if isinstance(organisation, int) else organisation.id
    alike: dict[tuple[object, ...], list[Client]] = {}
    for client in _alike(organisation_id):
        alike.setdefault((client.birth_date, client.home_postcode, client.option), []).append(client)
    found = sorted(alike.values(), key=lambda group: group[0].number)
    return [[_double(organisation_id, client) for client in group] for group in found]


def _double(organisation_id: int, client: Client) -> Double:
    [name] = names.open_names(organisation_id, [(client.number, client.sealed_name)])
    own = [client.old_number] if client.old_number else []
    return Double(client.number, [*own, *FormerNumber.old_of(client.number)], name)


def _alike(organisation_id: int) -> "peewee.ModelSelect[Client]":
    """Select the clients with a likely double, each with its gender as `option`, by number."""
    other, other_gender = Client.alias(), Answer.alias()
    double = (other.select(other.number)
              .join(other_gender, on=(other_gender.client_number == other.number))
              .where(other.organisation == organisation_id, other.birth_date == Client.birth_date,
                     other.home_postcode == Client.home_postcode, other.number != Client.number,
                     other_gender.question == "gender", other_gender.option == Answer.option))
    return (Client.select(Client, Answer.option)
            .join(Answer, on=(Answer.client_number == Client.number))
            .where(Client.organisation == organisation_id, Answer.question == "gender", peewee.fn.EXISTS(double))
            .order_by(Client.number)
            .objects())
