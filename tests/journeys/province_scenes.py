"""The scenes of a province's administrator, who sees the organisations of De Ploeg and their clients."""
from tests.journeys.showing import Scene, at

ADMINISTRATOR = "administrator"
PROVINCE_SCENES = [
    Scene("province", "/province", ADMINISTRATOR, at("/province")),
    Scene("province-log", "/province/log", ADMINISTRATOR, at("/province/log")),
    Scene("province-log-nothing", "/province/log", ADMINISTRATOR, at("/province/log?kind=deletion&until=01/01/2020")),
    Scene("province-log-wrong", "/province/log", ADMINISTRATOR, at("/province/log?since=31/02/2024", 422)),
]
