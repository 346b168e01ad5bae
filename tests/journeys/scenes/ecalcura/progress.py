"""The scenes of the desk's progress: the bars of a reference period, and the list of each part."""
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_CALCULATOR, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent

PROGRESS = f"{DESK}/progress"
LIST = f"{PROGRESS}/<int:period>/<int:number>"
OPEN = f"{PROGRESS}/{{open.period}}/{{open.number}}"
PROGRESS_SCENES = [
    Scene("progress", PROGRESS, DESK_DOSSIER, at(PROGRESS)),
    Scene("progress-calculator", PROGRESS, DESK_CALCULATOR, at(PROGRESS)),
    Scene("progress-list", LIST, DESK_DOSSIER, at(OPEN)),
    Scene("progress-remind-wrong", LIST, DESK_DOSSIER, sent(OPEN, "Herinner")),
    Scene("progress-list-none", LIST, DESK_DOSSIER, at(f"{OPEN}?part=closed")),
]
