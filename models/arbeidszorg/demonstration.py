"""A fictional part of a province, to try Loket with: seven organisations, three hundred clients, nobody who exists.

Chance is seeded, and every date counts from today: the same people with the same stories each time, while there are
always running and planned periods.
"""
import random
from dataclasses import dataclass
from datetime import timedelta

from models.accounts.accounts import Account
from models.accounts.administrators import change_contact
from models.accounts.passwords import hash_password
from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register import questionnaire, series
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.questionnaire import CLOSING, TYPED
from models.arbeidszorg.transfer.batches import Batch, Known
from models.arbeidszorg.transfer.rows import Period
from models.database import now, today, transaction
from models.organisations import Organisation

PROVINCE = "oost-vlaanderen"
# Known to everybody, for a register of nobody.
PASSWORD = "oefenen met het loket"


@dataclass(frozen=True)
class Place:
    """An organisation of the demonstration, and how many clients it has."""

    name: str
    sector: str
    email: str
    address: str
    telephone: str
    postcodes: tuple
    clients: int


PLACES = (
    Place("Atelier De Brug", "social-economy", "debrug@voorbeeld.be", "Kaaistraat 12, 9000 Gent", "09 000 00 01",
          ("9000", "9030", "9040", "9050"), 84),
    Place("De Moestuin", "welfare", "moestuin@voorbeeld.be", "Veldweg 3, 9700 Oudenaarde", "055 00 00 02",
          ("9700", "9790", "9688"), 62),
    Place("Dagwerk Den Hoek", "mental-health", "denhoek@voorbeeld.be", "Hoekstraat 8, 9300 Aalst", "053 00 00 03",
          ("9300", "9310", "9320"), 51),
    Place("Het Weefgetouw", "disability", "weefgetouw@voorbeeld.be", "Spoelstraat 21, 9600 Ronse", "055 00 00 04",
          ("9600", "9690"), 43),
    Place("Kringwinkel Waasland Werkt", "social-economy", "waaslandwerkt@voorbeeld.be",
          "Markt 40, 9100 Sint-Niklaas", "03 000 00 05", ("9100", "9120", "9140"), 38),
    Place("Werkhuis Meetjesland", "other", "meetjesland@voorbeeld.be", "Stationsplein 5, 9900 Eeklo", "09 000 00 06",
          ("9900", "9990", "9930"), 22),
)
# Made by the administrator, and not yet invited.
WAITING = Place("Tuinhuis Overmere", "welfare", "tuinhuis@voorbeeld.be", "Donkstraat 17, 9290 Overmere", "09 000 00 07",
                (), 0)
ADMINISTRATOR = "beheer@voorbeeld.be"
ADMINISTRATOR_IS = "Provinciebeheerder (stelt bij de eerste keer aanmelden een tweede stap in)"
FIRST_NAMES = (
    "Amira", "An", "Anouk", "Bart", "Bilal", "Carine", "Chantal", "Christophe", "Dirk", "Eddy", "Elke", "Els",
    "Erik", "Eva", "Fatma", "Filip", "Frank", "Geert", "Gunther", "Hassan", "Hilde", "Ilse", "Inge", "Jan",
    "Jeroen", "Joke", "Karel", "Katrien", "Koen", "Kristof", "Lieve", "Linda", "Luc", "Marleen", "Mehmet", "Mieke",
    "Nadia", "Nancy", "Nele", "Patrick", "Peter", "Rita", "Ronny", "Sabine", "Samira", "Sofie", "Stijn", "Sven",
    "Tine", "Tom", "Veerle", "Wendy", "Wim", "Yusuf",
)
FAMILY_NAMES = (
    "Aerts", "Baert", "Bauwens", "Claeys", "Cools", "De Backer", "De Clercq", "De Smet", "De Wilde", "Demir",
    "D'Hondt", "El Amrani", "Goethals", "Haddad", "Heyman", "Janssens", "Lambrecht", "Maes", "Martens", "Michiels",
    "Pauwels", "Peeters", "Roels", "Saelens", "Schepens", "Segers", "Temmerman", "Van Acker", "Van Damme",
    "Van den Bossche", "Van Hecke", "Vandenberghe", "Verbeke", "Vercauteren", "Verhelst", "Vermeulen", "Willems",
    "Yıldız",
)
HOURS = (400, 600, 800, 800, 1000, 1250, 1520, 1600, 1900, 2000, 2400, 3000, 3800)
# What came of somebody: how often, out of a hundred.
STORIES = {"running": 52, "closed": 33, "planned": 6, "ending": 5, "none": 4}


def fill():
    """Fill an empty database; returns (description, e-mail address, password) of each login of it that is there."""
    if not Organisation.select().exists() and not Account.select().exists():
        with transaction():
            _Filling().fill()
    return logins()


def logins():
    """The demonstration's logins that this database has; none in a register that was not made by it."""
    emails = [place.email for place in PLACES]
    found = (Account.select(Account, Organisation).join(Organisation)
             .where(Account.email.in_(emails), Organisation.name.in_([place.name for place in PLACES]))
             .order_by(Account.id))
    told = [(account.organisation.name, account.email, PASSWORD) for account in found]
    if told and Account.by_email(ADMINISTRATOR):
        told.append((ADMINISTRATOR_IS, ADMINISTRATOR, PASSWORD))
    return told


class _Filling:
    def __init__(self):
        self.chance = random.Random(2026)  # noqa: S311 - to be the same each time, and no secret
        self.today = today()
        self.asked = questionnaire.current()
        self.batch = Batch([])
        self.number = series.highest()

    def fill(self):
        """Make the administrator, and the organisations, each with its login, its clients and their periods."""
        password_hash = hash_password(PASSWORD)
        administrator = Account.create(
            role="administrator", province=PROVINCE, email=ADMINISTRATOR, password_hash=password_hash)
        change_contact(administrator, "Lies Verhaegen", "09 000 00 10", "provincie@voorbeeld.be", by=administrator)
        clients = []
        for days, place in enumerate(PLACES):
            made = self._organisation(place, by=administrator)
            login = Account.create(
                role="organisation", organisation=made, email=place.email, password_hash=password_hash)
            self._signed_in(login, now() - timedelta(days=1 + days * days))
            clients += [(made.id, place, old_number) for old_number in self._old_numbers(place.clients)]
        # One series for all organisations, the old register's clients first, as after a real import.
        self.chance.shuffle(clients)
        for client in sorted(clients, key=lambda client: client[2] is None):
            self._client(*client)
        self.batch.write({question.code for question in self.asked.of_client})
        series.advance(self.number)
        self._organisation(WAITING, by=administrator)
        self._ask_for_a_deletion()

    def _organisation(self, place, by):
        return Organisation.create_new(place.name, PROVINCE, email=place.email, sector=place.sector, by=by,
                                       address=place.address, telephone=place.telephone)

    def _signed_in(self, login, moment):
        """A session that ended long ago: its token was never made."""
        Session.create(token_hash=f"demonstratie-{login.id}", account_id=login.id, device="Demonstratie",
                       created_at=moment, seen_at=moment, ended_at=moment)

    def _ask_for_a_deletion(self):
        login = Account.by_email(PLACES[0].email)
        client = Client.of(login.organisation).order_by(Client.number.desc()).first()
        DeletionRequest.ask(client, "double", "Stond al in het register, onder een ouder nummer.", login)

    def _old_numbers(self, size):
        """About half the clients come from the old register, where numbers were chosen freely."""
        numbers = [str(number) for number in range(1, size // 2)] + ["12b", "2019/4", "A-7"]
        return numbers + [None] * (size - len(numbers))

    def _client(self, organisation_id, place, old_number):
        self.number += 1
        mark = None if old_number else f"demonstratie-{self.number}"
        client = Known(self.number, organisation_id, old_number, mark, {}, [], is_new=True)
        periods = self._periods()
        client.add(self._answers(place, periods, is_old=old_number is not None), self._name(old_number), None)
        for period in periods:
            client.add({}, "", period)
        self.batch.put(client)

    def _name(self, old_number):
        """The old register held no names; many of its clients were given one since."""
        if self.chance.random() < (0.4 if old_number else 0.05):
            return ""
        first, family = self.chance.choice(FIRST_NAMES), self.chance.choice(FAMILY_NAMES)
        return f"{first[0]}. {family[0]}." if self.chance.random() < 0.08 else f"{first} {family}"

    def _answers(self, place, periods, is_old):
        answers = {question.code: self._option(question)
                   for question in self.asked.of_client if question.code not in TYPED}
        first = min((period.start for period in periods), default=self.today)
        age = timedelta(days=self.chance.randint(19 * 366, 58 * 366))
        answers["birth_date"] = first - age if self.chance.random() < 0.98 else "unknown"
        answers["home_postcode"] = self.chance.choice(place.postcodes)
        answers["work_postcode"] = place.postcodes[0]
        if is_old and self.chance.random() < 0.2:
            for code in self.chance.sample(sorted(answers), self.chance.randint(1, 3)):
                del answers[code]
        return answers

    def _option(self, question):
        """Any of them, but seldom 'Onbekend'."""
        options = question.offered()
        return self.chance.choices(options, [1 if option.code == UNKNOWN else 8 for option in options])[0].code

    def _periods(self):
        story = self.chance.choices(list(STORIES), STORIES.values())[0]
        if story == "none":
            return []
        if story == "planned":
            periods = [self._period(-self.chance.randint(3, 40))]
        elif story == "closed":
            ago = self.chance.randint(5, 1500)
            periods = [self._period(ago + self.chance.randint(40, 900), ago)]
        else:
            ending = -self.chance.randint(3, 90) if story == "ending" else None
            periods = [self._period(self.chance.randint(10, 1800), ending)]
        # Before it, with a pause between, there may have been others.
        while self.chance.random() < 0.25:
            ago = (self.today - periods[-1].start).days + self.chance.randint(20, 400)
            periods.append(self._period(ago + self.chance.randint(30, 600), ago))
        return periods

    def _period(self, start, end=None):
        """A period by how many days ago it began and, perhaps, ended."""
        hours = self.chance.choice(HOURS)
        closing = [self._option(self.asked[code]) for code in CLOSING]
        begun = self.today - timedelta(days=start)
        if end is None:
            return Period(begun, None, hours, None, None)
        return Period(begun, self.today - timedelta(days=end), hours, *closing)
