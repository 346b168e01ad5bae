"""The demonstration of site: fictional initiatives, contacts, news and documents (sample.toml), and an editor."""
import datetime
import tomllib
from pathlib import Path
from typing import Any

from models.accounts import roles
from models.accounts.accounts import Account
from models.accounts.passwords import hash_password
from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE
from models.audit import OPERATOR
from models.database import now, today, transaction
from models.documents import documents
from models.documents.documents import Document
from models.documents.versions import body_of
from models.organisations import Organisation
from models.site import contacts
from models.site.contacts import Ticks
from models.site.demonstration.drawing import drawn
from models.site.demonstration.papers import FORMATS
from models.site.initiatives.initiatives import Initiative
from models.site.news.news import Details, News, add_news, publish_news
from models.site.pictures.pictures import Change, store_picture, uploaded
from models.site.roles import EDITOR, WING

SAMPLE = tomllib.loads((Path(__file__).parent / "sample.toml").read_text(encoding="utf-8"))
PASSWORD = "oefenen met het loket"  # printed for everybody who starts it
DOMAIN = "@voorbeeld.be"
EDITOR_EMAIL = f"redactie{DOMAIN}"
EDITOR_DESCRIPTION = "Redactie van de publieke site (stelt bij de eerste keer aanmelden een tweede stap in)"
# Each ninth initiative is on doeners.be, and each third of the others has a website; the others have a page here.
ON_DOENERS, WITH_WEBSITE = 9, 3
HOURS = "maandag tot donderdag: 9 tot 16 uur\nvrijdag: 9 tot 12 uur"
DESCRIPTION = (
    "Je begint met een kennismaking. Daarna kom je een week meewerken, zonder dat je iets belooft. Past het? Dan "
    "spreken we samen af hoeveel uren je komt en wat je graag leert.\n\nEr is altijd een begeleider in de "
    "buurt. Je krijgt koffie, en 's middags eten we samen.")


def fill() -> list[tuple[str, str, str]]:
    """Fill a database without initiatives, news, documents and anybody else's login; return the editor's login."""
    others = Account.select().where(Account.email.is_null() | ~Account.email.endswith(DOMAIN))
    filled = Initiative.select().exists() or News.select().exists() or Document.of(WING).exists()
    if not (filled or others.exists()):
        with transaction():
            password_hash = hash_password(PASSWORD)
            editor = Account.new(EDITOR, None, email=EDITOR_EMAIL, password_hash=password_hash)
            _show(editor, ("Redactie Arbeidszorg", "02 000 00 10", ""))
            _fill_contacts(password_hash)
            _fill_initiatives()
            for item in SAMPLE["news"]:
                _add_news(item, editor)
            for document in SAMPLE["documents"]:
                _add_document(document, editor)
    return [(EDITOR_DESCRIPTION, EDITOR_EMAIL, PASSWORD)] if Account.by_email(EDITOR_EMAIL) else []


def _show(account: Account, details: Any) -> None:
    """Show these contact details to everybody, as far as they are filled in."""
    name, telephone, email = details
    account.save_values(contact_name=name, contact_telephone=telephone, contact_email=email)
    contacts.show(account.id, Ticks(True, bool(telephone), bool(email)), by=OPERATOR)


def _fill_contacts(password_hash: str) -> None:
    """Let an administrator of each province be reached: one of another demonstration, else a new one."""
    role = next((role for role in roles.known() if role.opens == OF_PROVINCE), None)
    if role is None:
        return
    for account in Account.select().where(Account.contact_name != "", Account.email != EDITOR_EMAIL):
        if account.province:
            _show(account, (account.contact_name, account.contact_telephone, ""))
    for province, details in SAMPLE["contacts"].items():
        _show(Account.new(role, province, email=f"beheer.{province}{DOMAIN}", password_hash=password_hash), details)


def _fill_initiatives() -> None:
    """Add the initiatives, if a wing that is on has organisations."""
    if any(role.opens == OF_ORGANISATION for role in roles.known()):
        for place, row in enumerate(SAMPLE["initiatives"]):
            _add_initiative(place, *row)
        _publish_those_of_others()


def _add_initiative(place: int, *row: str) -> None:
    name, province, sector, postcode, municipality, address, forms, sentence = row
    added = Organisation.create_new(name, province, sector=sector)
    leads = {"doeners": "https://www.doeners.be/"} if place % ON_DOENERS == 0 else (
        {"website": "https://voorbeeld.be"} if place % WITH_WEBSITE == 1 else {})
    shown = SAMPLE["pictures"].get(name)
    picture_id = store_picture(uploaded(drawn(shown[0]), shown[1], True)).id if shown else None
    _publish(added, ticked=True, forms=forms, sentence=sentence, postcode=postcode, municipality=municipality,
             address=address, picture_id=picture_id, **leads)


def _publish_those_of_others() -> None:
    """Let the organisations of other demonstrations publish their address too."""
    for one in Organisation.select().where(Organisation.id.not_in(Initiative.select(Initiative.organisation_id))):
        street, _, place = one.address.partition(", ")
        postcode, _, municipality = place.partition(" ")
        if municipality:
            _publish(one, forms="workshop green", sentence="We werken samen, elk op het eigen tempo.",
                     postcode=postcode, municipality=municipality, address=street)


def _publish(organisation: Organisation, **values: Any) -> None:
    Initiative.create(
        organisation_id=organisation.id, description=DESCRIPTION,
        opening_hours=HOURS, contact_role="de begeleider van het onthaal", checked_on=today(), **values)


def _add_news(item: dict[str, Any], editor: Account) -> None:
    change = Change(removed=True)
    if "picture" in item:
        change = Change(uploaded(drawn(item["picture"]), item["alternative"], True))
    added = add_news(Details(item["title"], item["text"].strip()), change, by=editor)
    publish_news(added, added.version, by=editor)
    moment = now() - datetime.timedelta(days=item["days"])
    News.update(published_at=moment, year=moment.year, changed_at=moment).where(News.id == added.id).execute()


def _add_document(sample: dict[str, Any], editor: Account) -> None:
    """Add a document, a file or a link; a file with an earlier text replaced the file of that text."""
    title = sample["title"]
    details = documents.Details(title, sample["category"], today() - datetime.timedelta(days=sample["days"]),
                                sentence=sample["sentence"], public=True)
    texts = [sample[name] for name in ("earlier", "text") if name in sample]
    first, *later = [body_of(FORMATS[sample["format"]](title, text), "") for text in texts] or [
        body_of(None, sample["link"])]
    added = documents.add_document(WING, details, first, by=editor)
    for body in later:
        documents.add_version(added, body, added.version, by=editor)
