"""The scenes of the desk's progress: the bars of a reference period, and the list of each part."""
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_CALCULATOR, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent

PROGRESS = f"{DESK}/progress"
LIST = f"{PROGRESS}/<int:period>/<int:number>"
OPEN = f"{PROGRESS}/{{open.period}}/{{open.number}}"
TRIMESTERS = f"{DESK}/trimesters"
DAYS = f"{TRIMESTERS}/<int:period>/<int:number>"
REOPEN = f"{DAYS}/facilities/<facility>/reopen"
DAYS_OF = f"{TRIMESTERS}/{{open.period}}/{{open.number}}"
SENT = f"{TRIMESTERS}/{{sent.period}}/{{sent.number}}/facilities/{{hco}}"


def _close_for_no_kind(window, world):
    at(f"{DAYS_OF}/close")(window, world)
    for box in window.page.locator("main input[type=checkbox]").all():
        box.uncheck()
    with window.page.expect_event("load"):
        window.page.get_by_role("button", name="Sluiten").click()


PROGRESS_SCENES = [
    Scene("progress", PROGRESS, DESK_DOSSIER, at(PROGRESS)),
    Scene("progress-calculator", PROGRESS, DESK_CALCULATOR, at(PROGRESS)),
    Scene("progress-list", LIST, DESK_DOSSIER, at(OPEN)),
    Scene("progress-remind-wrong", LIST, DESK_DOSSIER, sent(OPEN, "Herinner")),
    Scene("progress-before", f"{LIST}/before", DESK_CALCULATOR, at(f"{OPEN}/before")),
    Scene("desk-trimesters", TRIMESTERS, DESK_DOSSIER, at(TRIMESTERS)),
    Scene("trimester-days", DAYS, DESK_DOSSIER, at(DAYS_OF)),
    Scene("trimester-days-wrong", DAYS, DESK_DOSSIER, sent(DAYS_OF, "Opslaan", deadline_ibw="01/01/2019"), wrong=True),
    Scene("trimester-close", f"{DAYS}/close", DESK_DOSSIER, at(f"{DAYS_OF}/close")),
    Scene("trimester-close-wrong", f"{DAYS}/close", DESK_DOSSIER, _close_for_no_kind, wrong=True),
    Scene("trimester-reopen", REOPEN, DESK_DOSSIER, at(f"{SENT}/reopen")),
    Scene("trimester-reopen-wrong", REOPEN, DESK_DOSSIER, sent(f"{SENT}/reopen", "Heropenen"), wrong=True),
    Scene("trimester-refuse", f"{DAYS}/facilities/<facility>/refuse", DESK_DOSSIER, at(f"{SENT}/refuse")),
    Scene("trimester-refuse-wrong", f"{DAYS}/facilities/<facility>/refuse", DESK_DOSSIER,
          sent(f"{SENT}/refuse", "Weigeren"), wrong=True),
    Scene("progress-list-none", LIST, DESK_DOSSIER, at(f"{OPEN}?part=closed")),
]
