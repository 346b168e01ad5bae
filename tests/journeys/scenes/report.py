"""The scenes of the yearly report, with enough clients for it to show counts."""
import itertools
import random
from types import SimpleNamespace

from models.accounts.accounts import Account
from models.arbeidszorg.register import questionnaire
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation
from tests.factories import ANSWERS, client_of, days, period_of
from tests.journeys.tools.showing import Scene, at

ADMINISTRATOR = "administrator"
PEOPLE = 60
_numbers = itertools.count(1)


def guided(path):
    """A scene of the report, with some sixty clients of one organisation, a few of whom stopped."""
    def show(window, world):
        if not hasattr(world, "reported"):
            world.reported = guide_some()
        at(path)(window, world)

    return show


def guide_some():
    """Make an organisation with some sixty guided clients; returns its login."""
    number = next(_numbers)
    organisation = Organisation.create_new(f"De Teller {number}", "oost-vlaanderen", f"teller{number}@voorbeeld.be")
    login = SimpleNamespace(organisation=organisation, account=Account.new(
        ORGANISATION, organisation, email=f"teller{number}@voorbeeld.be"))
    chance = random.Random(1)
    options = {question.code: list(question.labels) for question in questionnaire.current().of_client
               if question.code in ANSWERS and question.labels}
    for person in range(PEOPLE):
        answers = {code: codes[min(int(chance.paretovariate(1)) - 1, len(codes) - 1)]
                   for code, codes in options.items()}
        client = client_of(login, **answers)
        start = days(-chance.randint(400, 1200))
        period_of(client, login, start, days(-person) if person % 6 == 0 else None)
    return login


REPORT_SCENES = [
    Scene("report", "/province/report", ADMINISTRATOR, guided("/province/report?year={today.year}&open=all"),
          long=True),
    Scene("report-flanders", "/province/report", ADMINISTRATOR, guided("/province/report?scope=vlaanderen"), long=True),
    Scene("report-rows", "/province/report/rows", ADMINISTRATOR,
          guided("/province/report/rows?year={today.year}")),
]
