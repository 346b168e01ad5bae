"""The scenes of calculations: at the desk, and at a facility."""
from models.accounts.accounts import Account
from models.ecalcura.calculations import calculating, counted, publishing
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.roles import CALCULATOR
from models.ecalcura.trimesters.calendar import Trimester
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_CALCULATOR, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.submissions.snapshots import content, frozen

CALCULATIONS, PARAMETERS, OWN = f"{DESK}/calculations", f"{DESK}/parameters", "/ecalcura/<hco>/calculations"
ONE, DRAFT = f"{CALCULATIONS}/<int:calculation_id>", f"{CALCULATIONS}/{{draft.id}}"
CALCULATION_SCENES = [
    Scene("calculations", CALCULATIONS, DESK_CALCULATOR, at(CALCULATIONS)),
    Scene("calculations-dossier", CALCULATIONS, DESK_DOSSIER, at(CALCULATIONS)),
    Scene("calculation-new", f"{CALCULATIONS}/new", DESK_CALCULATOR, at(f"{CALCULATIONS}/new")),
    Scene("calculation-new-wrong", f"{CALCULATIONS}/new", DESK_CALCULATOR,
          sent(f"{CALCULATIONS}/new", "Berekenen"), wrong=True),
    Scene("calculation-draft", ONE, DESK_CALCULATOR, at(DRAFT)),
    Scene("calculation", ONE, DESK_DOSSIER, at(f"{CALCULATIONS}/{{advance.id}}")),
    *(Scene(f"calculation-{act}", f"{ONE}/{act}", DESK_CALCULATOR, at(f"{DRAFT}/{act}"))
      for act in ("freeze", "publish", "discard")),
    Scene("calculation-facility", f"{ONE}/facilities/<facility>", DESK_DOSSIER,
          at(f"{DRAFT}/facilities/{{hco}}")),
    Scene("calculation-payments", f"{ONE}/payments", DESK_DOSSIER, at(f"{CALCULATIONS}/{{advance.id}}/payments")),
    Scene("parameters", PARAMETERS, DESK_CALCULATOR, at(PARAMETERS)),
    Scene("parameters-new", f"{PARAMETERS}/new", DESK_CALCULATOR, at(f"{PARAMETERS}/new")),
    Scene("parameters-new-wrong", f"{PARAMETERS}/new", DESK_CALCULATOR,
          sent(f"{PARAMETERS}/new", "Opslaan", since="31/02/2026"), wrong=True),
    Scene("parameters-version", f"{PARAMETERS}/<int:version_id>", DESK_CALCULATOR,
          at(f"{PARAMETERS}/{{parameters.id}}")),
    Scene("own-calculations", OWN, "private", at("/ecalcura/{hco}/calculations")),
    Scene("own-calculation", f"{OWN}/<int:calculation_id>", "private",
          at("/ecalcura/{hco}/calculations/{advance.id}")),
    Scene("own-calculation-explained", f"{OWN}/<int:calculation_id>/explained", "private",
          at("/ecalcura/{hco}/calculations/{advance.id}/explained")),
]
CALCULATION_FILES = {f"{ONE}/sums.csv", f"{ONE}/payments/payments.csv"}
# Forms that only ask.
CALCULATION_QUESTIONS = {f"{ONE}/{act}" for act in ("freeze", "publish", "discard")}
PLACE = (2025, 3)


def calculations_of(home, number):
    """An advance that is published, a draft of the definitive calculation, and the parameters of both."""
    trimester = Trimester.get_or_make(*PLACE)
    days_of = {"period": PLACE[0], "number": PLACE[1], "first": f"{trimester.first}", "last": f"{trimester.last}"}
    counted.count(frozen(home, content(
        made.exempt(), made.replacing(2, made.replacement(since="2025-01-01")), trimester=days_of), *PLACE))
    first, second = (Account.new(CALCULATOR, None, email=f"{name}{number}@voorbeeld.be", password_hash="-")
                     for name in ("invoer", "bevestiging"))
    parameters = ParameterVersion.enter(
        "Voorbeeldbesluit, artikel 1", trimester.first, None, made.values(), first).confirm(second)
    kinds = ["woonzorgcentrum"]
    advance = publishing.publish(publishing.freeze(calculating.make("advance", trimester, kinds, first), first), first)
    return {"parameters": parameters, "advance": advance,
            "draft": calculating.make("definitive", trimester, kinds, first)}
