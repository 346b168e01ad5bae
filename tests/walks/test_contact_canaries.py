"""The name of a contact person and the text of a message are shown to both sides, and are nowhere else in clear."""
import logging

import pytest

from models.audit import AuditEntry
from models.database import database, is_sqlite
from models.ecalcura.communication import contacts, threads
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.threads import OF_DESK, Thread
from models.ecalcura.facilities.facilities import Facility
from tests.hall import mails
from tests.walks.test_canaries import bytes_of
from tests.walks.test_secrets import raw_bytes

NAME, TEXT = b"Kanarie Zilverstaart", b"kwinkeleert"
# The parts of an address that may show each of them.
SHOWN = {NAME: ("/contacts",), TEXT: ("/messages",)}
SEES = {NAME: {"privacy", "financial", "access", "dossier"}, TEXT: {"privacy", "financial", "dossier"}}


@pytest.fixture
def canaries(app, people, rows):
    """A contact person of the own facility, and an answer of the desk that nobody has read."""
    home, desk = Facility.by_hco(rows["hco"]), people["ecalcura:dossier", "own"]
    rows["contact_id"] = contacts.add(
        home, Details("canary@voorbeeld.be", NAME.decode(), "Zilverstaart", "09 876 54 32")).id
    thread = Thread.get_by_id(rows["thread_id"])
    threads.write(thread, TEXT.decode(), thread.version, desk, OF_DESK)


def test_names_and_texts_are_on_their_own_pages_alone(app, page, people, rows, canaries, caplog, database_url):
    """ASVS 8.2.3: no other page, and no address, log, mail or raw file."""
    caplog.set_level(logging.DEBUG)
    found = set()
    for (role, whose), account in people.items():
        if account is None or not role.startswith("ecalcura:"):
            continue
        page.sign_in(account)
        with app.test_request_context():
            addresses = {rule.build(rows)[1] for rule in app.url_map.iter_rules()
                         if "GET" in rule.methods and rule.arguments <= set(rows)}
        for address in sorted(addresses):
            answer = bytes_of(page.browser.get(address))
            for trace, parts in SHOWN.items():
                if trace in answer:
                    assert any(part in address for part in parts), address
                    assert role.partition(":")[2] in SEES[trace], address
                    assert whose == "own" or role == "ecalcura:dossier", address
                    found.add((trace, role.partition(":")[2]))
    assert found == {(trace, role) for trace, roles in SEES.items() for role in roles}
    texts = [caplog.text, str(mails()), *(str(entry.__data__) for entry in AuditEntry.select())]
    if is_sqlite():
        database.close()
        texts.append(raw_bytes(database_url).decode("latin-1"))
    for trace in ("Zilverstaart", "kwinkeleert", "876 54 32"):
        assert not [text for text in texts if trace in text]
