"""The scenes of the desk: its list of facilities, and one of them."""
from tests.journeys.tools.showing import Scene, at

DESK_DOSSIER, DESK_CALCULATOR = "dossier", "calculator"
DESK = "/ecalcura/desk"
DESK_SCENES = [
    Scene("desk-facilities", f"{DESK}/facilities", DESK_DOSSIER, at(f"{DESK}/facilities")),
    Scene("desk-facilities-calculator", f"{DESK}/facilities", DESK_CALCULATOR, at(f"{DESK}/facilities")),
    Scene("desk-facility", f"{DESK}/facilities/<facility>", DESK_DOSSIER, at(f"{DESK}/facilities/{{hco}}")),
]
