"""Finding one client of an organisation by any of its numbers."""
import re

from models.arbeidszorg.register.clients import AnyOrganisation, Client
from models.arbeidszorg.register.former_numbers import FormerNumber
from models.searching import BIGGEST_NUMBER, clean_search

# A number as the list prints it: '#25', or '25 (21)'.
_PRINTED = re.compile(r"#?([0-9]+)(?: \(.*\))?")


def find_client(organisation: AnyOrganisation, text: str, but: int | None = None) -> Client | None:
    """Return the organisation's client with this number: new, old, or of a client that was merged into it.

    A new number goes before an old one. `but` is the number of a client that is not meant.
    """
    texts = [clean_search(text)]
    own = Client.of(organisation).where(Client.number != (but or 0))
    if printed := _PRINTED.fullmatch(texts[0]):
        texts.append(printed[1])
        number = int(printed[1]) if len(printed[1]) < 11 else 0
        found = own.where(Client.number == number).first() if 0 < number <= BIGGEST_NUMBER else None
        if found:
            return found
    organisation_id = organisation if isinstance(organisation, int) else organisation.id
    former = FormerNumber.select(FormerNumber.client_number).where(
        FormerNumber.organisation_id == organisation_id, FormerNumber.number.in_(texts))
    return own.where(Client.old_number.in_(texts)).first() or own.where(Client.number.in_(former)).first()
