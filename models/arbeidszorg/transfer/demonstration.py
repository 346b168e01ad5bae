"""The demonstration: seven fictional organisations and three hundred fictional clients in Oost-Vlaanderen.

The random generator is seeded and every date is relative to today, so each run makes the same people with the same
periods, and some periods are always running or planned.
"""
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.accounts.accounts import Account
from models.accounts.administrators import change_contact
from models.accounts.passwords import hash_password
from models.accounts.sessions import Session
from models.arbeidszorg.deletion.requests import DeletionRequest
from models.arbeidszorg.register import questionnaire, series
from models.arbeidszorg.register.answers import UNKNOWN
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.questionnaire import CLOSING, TYPED, Answers, Question
from models.arbeidszorg.roles import ADMINISTRATOR, ORGANISATION
from models.arbeidszorg.transfer.staging.entries import Period
from models.arbeidszorg.transfer.staging.known import Known
from models.arbeidszorg.transfer.staging.moving_over import move
from models.arbeidszorg.transfer.staging.staged import PROVISIONAL, Staging
from models.database import now, today, transaction
from models.organisations import Organisation

PROVINCE = "oost-vlaanderen"
# The password of every login: it is public, as all people in the demonstration are fictional.
PASSWORD = "oefenen met het loket"


@dataclass(frozen=True)
class SampleOrganisation:
    """An organisation of the demonstration: its data, the postcodes where its clients live, its number of clients."""

    name: str
    sector: str
    email: str
    address: str
    telephone: str
    postcodes: tuple[str, ...]
    clients: int


ORGANISATIONS = (
    SampleOrganisation(
        "Atelier De Brug", "social-economy", "debrug@voorbeeld.be", "Kaaistraat 12, 9000 Gent", "09 000 00 01",
        ("9000", "9030", "9040", "9050"), 84),
    SampleOrganisation(
        "De Moestuin", "welfare", "moestuin@voorbeeld.be", "Veldweg 3, 9700 Oudenaarde", "055 00 00 02",
        ("9700", "9790", "9688"), 62),
    SampleOrganisation(
        "Dagwerk Den Hoek", "mental-health", "denhoek@voorbeeld.be", "Hoekstraat 8, 9300 Aalst", "053 00 00 03",
        ("9300", "9310", "9320"), 51),
    SampleOrganisation(
        "Het Weefgetouw", "disability", "weefgetouw@voorbeeld.be", "Spoelstraat 21, 9600 Ronse", "055 00 00 04",
        ("9600", "9690"), 43),
    SampleOrganisation(
        "Kringwinkel Waasland Werkt", "social-economy", "waaslandwerkt@voorbeeld.be", "Markt 40, 9100 Sint-Niklaas",
        "03 000 00 05", ("9100", "9120", "9140"), 38),
    SampleOrganisation(
        "Werkhuis Meetjesland", "other", "meetjesland@voorbeeld.be", "Stationsplein 5, 9900 Eeklo", "09 000 00 06",
        ("9900", "9990", "9930"), 22),
)
# An organisation that is registered, but whose login is not invited yet.
NOT_INVITED = SampleOrganisation(
    "Tuinhuis Overmere", "welfare", "tuinhuis@voorbeeld.be", "Donkstraat 17, 9290 Overmere", "09 000 00 07", (), 0)
ADMINISTRATOR_EMAIL = "beheer@voorbeeld.be"
ADMINISTRATOR_DESCRIPTION = "Provinciebeheerder (stelt bij de eerste keer aanmelden een tweede stap in)"
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
# The last period of a client: its kind, and how many percent of the clients have it ("none": no periods).
LAST_PERIODS = {"running": 52, "closed": 33, "planned": 6, "ending": 5, "none": 4}


def fill() -> list[tuple[str, str, str]]:
    """Fill the database if it is empty, and return the demonstration's logins as `logins` does."""
    if not Organisation.select().exists() and not Account.select().exists():
        with transaction():
            _Demonstration().create()
    return logins()


def logins() -> list[tuple[str, str, str]]:
    """Return (description, e-mail address, password) of the demonstration's logins; empty in any other database."""
    emails = [sample.email for sample in ORGANISATIONS]
    names = [sample.name for sample in ORGANISATIONS]
    accounts = [account for account in Account.select().where(Account.email.in_(emails)).order_by(Account.id)
                if account.organisation and account.organisation.name in names]
    found = [(account.organisation.name, account.email, PASSWORD) for account in accounts]
    if found and Account.by_email(ADMINISTRATOR_EMAIL):
        found.append((ADMINISTRATOR_DESCRIPTION, ADMINISTRATOR_EMAIL, PASSWORD))
    return found


class _Demonstration:
    def __init__(self) -> None:
        self.random = random.Random(2026)  # noqa: S311 - seeded to repeat its choices, not used for a secret
        self.today = today()
        self.questionnaire = questionnaire.current()
        self.made: list[Known] = []

    def create(self) -> None:
        """Create the administrator and the organisations, each with its login, its clients and their periods."""
        password_hash = hash_password(PASSWORD)
        administrator = Account.new(
            ADMINISTRATOR, PROVINCE, email=ADMINISTRATOR_EMAIL, password_hash=password_hash)
        change_contact(administrator, "Lies Verhaegen", "09 000 00 10", "provincie@voorbeeld.be", by=administrator)
        clients = []
        for index, sample in enumerate(ORGANISATIONS):
            organisation = self._organisation(sample, by=administrator)
            login = Account.new(
                ORGANISATION, organisation, email=sample.email, password_hash=password_hash)
            self._past_session(login, now() - timedelta(days=1 + index * index))
            clients += [(organisation.id, sample, old_number) for old_number in self._old_numbers(sample.clients)]
        # The organisations share one series of numbers, in which the old register's clients come first, as after a
        # real import.
        self.random.shuffle(clients)
        for client in sorted(clients, key=lambda client: client[2] is None):
            self._client(*client)
        with Staging() as staging:
            staging.write(self.made, {question.code for question in self.questionnaire.of_client})
            highest = series.highest()
            move(staging, highest - PROVISIONAL)
        series.advance(highest + len(self.made))
        self._organisation(NOT_INVITED, by=administrator)
        self._request_deletion()

    def _organisation(self, sample: SampleOrganisation, by: Account) -> Organisation:
        return Organisation.create_new(sample.name, PROVINCE, email=sample.email, sector=sample.sector, by=by,
                                       address=sample.address, telephone=sample.telephone)

    def _past_session(self, login: Account, moment: datetime) -> None:
        """Store a session that has ended, for the login's last sign-in; it has no valid token."""
        Session.create(token_hash=f"demonstratie-{login.id}", account_id=login.id, device="Demonstratie",
                       created_at=moment, seen_at=moment, ended_at=moment)

    def _request_deletion(self) -> None:
        login = Account.get(Account.email == ORGANISATIONS[0].email)
        client = Client.of(login.organisation).order_by(Client.number.desc()).first()
        DeletionRequest.ask(client, "double", "Stond al in het register, onder een ouder nummer.", login)

    def _old_numbers(self, size: int) -> list[str | None]:
        """Return the old numbers of `size` clients: about half of them come from the old register.

        Its numbers were chosen freely, so some are texts.
        """
        numbers = [str(number) for number in range(1, size // 2)] + ["12b", "2019/4", "A-7"]
        return [*numbers, *[None] * (size - len(numbers))]

    def _client(self, organisation_id: int, sample: SampleOrganisation, old_number: str | None) -> None:
        number = len(self.made) + 1
        mark = None if old_number else f"demonstratie-{number}"
        client = Known(PROVISIONAL + number, organisation_id, old_number, mark, {}, [], is_new=True)
        periods = self._periods()
        client.add(self._answers(sample, periods, is_old=old_number is not None), self._name(old_number), None)
        for period in periods:
            client.add({}, "", period)
        self.made.append(client)

    def _name(self, old_number: str | None) -> str:
        """Return a full name, initials or ''. The old register held no names; many of its clients got one since."""
        if self.random.random() < (0.4 if old_number else 0.05):
            return ""
        first, family = self.random.choice(FIRST_NAMES), self.random.choice(FAMILY_NAMES)
        return f"{first[0]}. {family[0]}." if self.random.random() < 0.08 else f"{first} {family}"

    def _answers(self, sample: SampleOrganisation, periods: Sequence[Period], is_old: bool) -> Answers:
        answers: Answers = {question.code: self._option(question)
                            for question in self.questionnaire.of_client if question.code not in TYPED}
        first = min((period.start for period in periods), default=self.today)
        age = timedelta(days=self.random.randint(19 * 366, 58 * 366))
        answers["birth_date"] = first - age if self.random.random() < 0.98 else "unknown"
        answers["home_postcode"] = self.random.choice(sample.postcodes)
        answers["work_postcode"] = sample.postcodes[0]
        if is_old and self.random.random() < 0.2:
            for code in self.random.sample(sorted(answers), self.random.randint(1, 3)):
                del answers[code]
        return answers

    def _option(self, question: Question) -> str:
        """Return a random option's code; 'Onbekend' is chosen an eighth as often as each other option."""
        options = question.offered()
        return self.random.choices(options, [1 if option.code == UNKNOWN else 8 for option in options])[0].code

    def _periods(self) -> list[Period]:
        """Return the periods of a client, the newest first."""
        last = self.random.choices(list(LAST_PERIODS), list(LAST_PERIODS.values()))[0]
        if last == "none":
            return []
        if last == "planned":
            periods = [self._period(-self.random.randint(3, 40))]
        elif last == "closed":
            ago = self.random.randint(5, 1500)
            periods = [self._period(ago + self.random.randint(40, 900), ago)]
        else:
            ending = -self.random.randint(3, 90) if last == "ending" else None
            periods = [self._period(self.random.randint(10, 1800), ending)]
        # One client in four had an earlier period, one in four of those another one before that, and so on.
        while self.random.random() < 0.25:
            ago = (self.today - periods[-1].start).days + self.random.randint(20, 400)
            periods.append(self._period(ago + self.random.randint(30, 600), ago))
        return periods

    def _period(self, start: int, end: int | None = None) -> Period:
        """Return a period that started `start` days ago and ended `end` days ago; negative numbers lie ahead."""
        hours = self.random.choice(HOURS)
        reason, outlook = (self._option(self.questionnaire[code]) for code in CLOSING)
        started = self.today - timedelta(days=start)
        if end is None:
            return Period(started, None, hours, None, None)
        return Period(started, self.today - timedelta(days=end), hours, reason, outlook)
