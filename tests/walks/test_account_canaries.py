"""Bank accounts pass through each step, and no number or holder is anywhere in clear but on pages of their facility."""
import logging

from models.audit import AuditEntry
from models.database import database, is_sqlite, today
from models.ecalcura.accounts import four_eyes, numbers
from models.ecalcura.facilities.facilities import Facility
from tests.hall import mails
from tests.models.ecalcura.bank_accounts import from_raas, iban_of, pair
from tests.walks.test_canaries import bytes_of
from tests.walks.test_secrets import raw_bytes

HOLDER = "Kanariehouder vzw"
NUMBERS = [iban_of(account=8_000_000 + at) for at in range(6)]
# The role that manages the money of the facility.
OWN = ("ecalcura:financial", "own")


def spread(home, desk):
    """Take every step with an account; the last one is left to confirm."""
    fien, luc = pair(home)
    confirmed, refused, withdrawn, raas = (
        four_eyes.propose(home, number, HOLDER, today(), fien) for number in NUMBERS[:4])
    four_eyes.confirm(home, confirmed, luc)
    four_eyes.refuse(home, refused, "Een oude rekening", luc)
    four_eyes.withdraw(home, withdrawn, fien)
    four_eyes.show_account(home, raas, "Vraag van de boekhouding", desk)
    four_eyes.take_over(home, from_raas(home, NUMBERS[4]), today(), luc)
    return four_eyes.propose(home, NUMBERS[5], HOLDER, today(), luc).id


def test_no_number_of_an_account_is_anywhere_in_clear(app, page, people, rows, caplog, database_url, tmp_path):
    """A2, A24, ASVS 8.2.3: only the pages of its own facility show a whole number."""
    caplog.set_level(logging.DEBUG)
    desk = people["ecalcura:dossier", "own"]
    rows["bank_account_id"] = spread(Facility.by_hco("990001"), desk)
    traces = {HOLDER, *NUMBERS, *map(numbers.written, NUMBERS)}
    seen = shown = 0
    for column, account in people.items():
        if account is None or not column[0].startswith("ecalcura:"):
            continue
        page.sign_in(account)
        with app.test_request_context():
            addresses = {rule.build(rows)[1] for rule in app.url_map.iter_rules()
                         if "GET" in rule.methods and rule.arguments <= set(rows) and rule.rule.startswith("/ecalcura")}
        for address in sorted(addresses):
            found = [trace for trace in traces if trace in bytes_of(page.browser.get(address)).decode("latin-1")]
            assert column == OWN or not found, (column, address)
            seen, shown = seen + 1, shown + bool(found)
    assert seen > 100
    assert shown
    for text in (caplog.text, str(mails()), *(str(entry.__data__) for entry in AuditEntry.select())):
        assert not [trace for trace in traces if trace in text]
    files = [file for file in tmp_path.rglob("*") if file.is_file() and not file.name.startswith("register.db")]
    for text in (*(file.name for file in files), *(file.read_bytes().decode("latin-1") for file in files)):
        assert not [trace for trace in traces if trace in text]
    if is_sqlite():
        database.close()
        raw = raw_bytes(database_url).decode("latin-1")
        assert not [trace for trace in traces if trace in raw]
