"""The scenes of bank accounts, of a facility and at the desk."""
from models.database import today
from models.ecalcura.accounts import four_eyes
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_CALCULATOR, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.ecalcura.bank_accounts import from_raas, iban_of

HOLDER = "Zorg Vlier vzw (voorbeeld)"
TWO, ALONE = "two_facilities", "alone"
FACILITY, OF = "/ecalcura/<hco>/accounts", "/ecalcura/{hco}/accounts"
ONE, ALONE_OF = f"{FACILITY}/<int:bank_account_id>", "/ecalcura/{small_hco}/accounts"
AT_DESK, DESK_OF = f"{DESK}/facilities/<facility>/accounts", f"{DESK}/facilities/{{small_hco}}/accounts"
ASKED = f"{DESK_OF}/{{asked_account}}"
ACCOUNT_SCENES = [
    Scene("bank-accounts", FACILITY, TWO, at(OF)),
    Scene("bank-accounts-none", FACILITY, ALONE, at(ALONE_OF)),
    Scene("bank-account-new", f"{FACILITY}/new", TWO, at(f"{OF}/new")),
    Scene("bank-account-new-wrong", f"{FACILITY}/new", TWO,
          sent(f"{OF}/new", "Voorstellen", iban="BE76 1170 0010 0096", holder="", valid_from="31/02/2027"), wrong=True),
    Scene("bank-account-to-confirm", ONE, TWO, at(f"{OF}/{{waiting_account}}")),
    Scene("bank-account-refuse-wrong", ONE, TWO, sent(f"{OF}/{{waiting_account}}", "Weigeren")),
    Scene("bank-account-in-use", ONE, TWO, at(f"{OF}/{{used_account}}")),
    Scene("bank-account-raas", ONE, TWO, at(f"{OF}/{{raas_account}}")),
    Scene("bank-account-take-over", f"{ONE}/propose", TWO, at(f"{OF}/{{raas_account}}/propose")),
    Scene("bank-account-take-over-wrong", f"{ONE}/propose", TWO,
          sent(f"{OF}/{{raas_account}}/propose", "Voorstellen", valid_from="morgen"), wrong=True),
    Scene("bank-account-alone", ONE, ALONE, at(f"{ALONE_OF}/{{own_account}}")),
    Scene("desk-bank-accounts", f"{DESK}/accounts", DESK_DOSSIER, at(f"{DESK}/accounts")),
    Scene("desk-bank-accounts-calculator", f"{DESK}/accounts", DESK_CALCULATOR, at(f"{DESK}/accounts")),
    Scene("desk-bank-accounts-of-facility", AT_DESK, DESK_DOSSIER, at(f"{DESK}/facilities/{{hco}}/accounts")),
    Scene("desk-bank-accounts-of-facility-calculator", AT_DESK, DESK_CALCULATOR,
          at(f"{DESK}/facilities/{{hco}}/accounts")),
    Scene("desk-bank-account", f"{AT_DESK}/<int:bank_account_id>", DESK_DOSSIER, at(ASKED)),
    Scene("desk-bank-account-number", f"{AT_DESK}/<int:bank_account_id>", DESK_DOSSIER,
          sent(ASKED, "Toon rekeningnummer", purpose="Vraag van de boekhouding")),
    Scene("desk-bank-account-number-wrong", f"{AT_DESK}/<int:bank_account_id>", DESK_DOSSIER,
          sent(ASKED, "Toon rekeningnummer")),
    Scene("desk-bank-account-wrong", f"{AT_DESK}/<int:bank_account_id>", DESK_DOSSIER,
          sent(ASKED, "Bevestigen", called_on="gisteren")),
]


def accounts_of(home, small, fien, luc, alone):
    """Accounts of a facility in each state; and of a small one, where somebody is alone, one that the desk is asked."""
    raas = from_raas(home)
    used, refused, waiting = (
        four_eyes.propose(home, iban_of(account=account), HOLDER, today(), luc) for account in (1100, 1200, 1300))
    four_eyes.confirm(home, used, fien)
    four_eyes.refuse(home, refused, "Dit is de oude rekening", fien)
    own, asked = (
        four_eyes.propose(small, iban_of(account=account), HOLDER, today(), alone) for account in (1400, 1500))
    four_eyes.ask_desk(small, asked, alone)
    return {"waiting_account": waiting.id, "used_account": used.id, "raas_account": raas.id, "own_account": own.id,
            "asked_account": asked.id}
