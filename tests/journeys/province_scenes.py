"""The scenes of a province's administrator, who sees the organisations of De Ploeg and their clients."""
from tests.journeys.showing import Scene, at

ADMINISTRATOR = "administrator"
PROVINCE_SCENES = [
    Scene("province", "/province", ADMINISTRATOR, at("/province")),
]
