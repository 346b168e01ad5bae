"""The scenes of calculations: at the desk, and at a facility."""
from models.accounts.accounts import Account
from models.ecalcura.calculations import calculating, counted, publishing
from models.ecalcura.calculations.parameters import ParameterVersion
from models.ecalcura.facilities.facilities import RehabAgreement
from models.ecalcura.roles import CALCULATOR
from models.ecalcura.trimesters.calendar import Trimester
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_CALCULATOR, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.ecalcura.calculations import made
from tests.models.ecalcura.cast import facility
from tests.models.ecalcura.submissions.snapshots import content, frozen

CALCULATIONS, PARAMETERS, OWN = f"{DESK}/calculations", f"{DESK}/parameters", "/ecalcura/<hco>/calculations"
ONE, DRAFT = f"{CALCULATIONS}/<int:calculation_id>", f"{CALCULATIONS}/{{draft.id}}"
MERGED, OF_MERGED = "/ecalcura/<hco>/merged/<old>/calculations", "/ecalcura/{hco}/merged/{merged_hco}/calculations"
RESULTS = f"{DESK}/facilities/<facility>/calculations"
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
    Scene("merged-calculations", MERGED, "private", at(OF_MERGED)),
    Scene("merged-calculation", f"{MERGED}/<int:calculation_id>", "private", at(f"{OF_MERGED}/{{advance.id}}")),
    Scene("merged-calculation-explained", f"{MERGED}/<int:calculation_id>/explained", "private",
          at(f"{OF_MERGED}/{{advance.id}}/explained")),
    Scene("merged-messages", f"{MERGED}/<int:calculation_id>/messages", "private",
          at(f"{OF_MERGED}/{{advance.id}}/messages")),
    Scene("merged-messages-wrong", f"{MERGED}/<int:calculation_id>/messages", "private",
          sent(f"{OF_MERGED}/{{advance.id}}/messages", "Versturen", text=""), wrong=True),
    Scene("desk-results", RESULTS, DESK_DOSSIER, at(f"{DESK}/facilities/{{hco}}/calculations")),
    Scene("desk-results-none", RESULTS, DESK_CALCULATOR, at(f"{DESK}/facilities/{{small_hco}}/calculations")),
]
CALCULATION_FILES = {f"{ONE}/sums.csv", f"{ONE}/payments/payments.csv"}
# Forms that only ask.
CALCULATION_QUESTIONS = {f"{ONE}/{act}" for act in ("freeze", "publish", "discard")}
PLACE = (2025, 3)


def calculations_of(home, merged, number):
    """An advance that is published, a draft of the definitive calculation, and the parameters of both.

    They are of `home` and of the facility that merged into it. Two facilities of an agreement are in the draft, a third
    one waits for the other one of its agreement.
    """
    trimester = Trimester.get_or_make(*PLACE)
    days_of = {"period": PLACE[0], "number": PLACE[1], "first": f"{trimester.first}", "last": f"{trimester.last}"}
    for one in (home, merged, *_of_agreements(number)):
        counted.count(frozen(one, content(
            made.exempt(), made.replacing(2, made.replacement(since="2025-01-01")), trimester=days_of), *PLACE))
    first, second = (Account.new(CALCULATOR, None, email=f"{name}{number}@voorbeeld.be", password_hash="-")
                     for name in ("invoer", "bevestiging"))
    parameters = ParameterVersion.enter(
        "Voorbeeldbesluit, artikel 1", trimester.first, None, made.values(), first).confirm(second)
    kinds = ["revalidatie", "woonzorgcentrum"]
    advance = publishing.publish(publishing.freeze(calculating.make("advance", trimester, kinds, first), first), first)
    return {"parameters": parameters, "advance": advance,
            "draft": calculating.make("definitive", trimester, kinds, first)}


def _of_agreements(number):
    """Two facilities of one agreement, and one of another agreement, whose other facility did not submit."""
    found = []
    for agreement, places in ((f"7.71.{number}", (1, 2)), (f"7.72.{number}", (1, 2))):
        RehabAgreement.create(number=agreement)
        found += [facility(
            f"98{number:03}{agreement[3]}{place}", "revalidatie", "Revalidatiecentrum De Beuk (voorbeeld)",
            agreement=agreement, agreement_place=place) for place in places]
    return found[:3]
