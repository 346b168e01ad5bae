"""The scenes of the desk: its list of facilities, and one of them with its tabs."""
from tests.journeys.tools.showing import Scene, at, sent

DESK_DOSSIER, DESK_CALCULATOR = "dossier", "calculator"
DESK = "/ecalcura/desk"
RULE, OF = f"{DESK}/facilities/<facility>", f"{DESK}/facilities/{{hco}}"
DESK_SCENES = [
    Scene("desk-facilities", f"{DESK}/facilities", DESK_DOSSIER, at(f"{DESK}/facilities")),
    Scene("desk-facilities-none", f"{DESK}/facilities", DESK_DOSSIER, at(f"{DESK}/facilities?q=nergens")),
    Scene("desk-facilities-calculator", f"{DESK}/facilities", DESK_CALCULATOR, at(f"{DESK}/facilities")),
    Scene("desk-facility", RULE, DESK_DOSSIER, at(OF)),
    Scene("desk-facility-merged", RULE, DESK_DOSSIER, at(f"{DESK}/facilities/{{merged_hco}}")),
    Scene("desk-facility-calculator", RULE, DESK_CALCULATOR, at(OF)),
    Scene("desk-access", f"{RULE}/access", DESK_DOSSIER, at(f"{OF}/access")),
    Scene("desk-access-none", f"{RULE}/access", DESK_DOSSIER, at(f"{DESK}/facilities/{{merged_hco}}/access")),
    Scene("desk-access-sessions", f"{RULE}/access/<int:colleague_id>/sessions", DESK_DOSSIER,
          at(f"{OF}/access/{{private.account.id}}/sessions")),
    Scene("desk-access-new", f"{RULE}/access/new", DESK_DOSSIER, at(f"{OF}/access/new")),
    Scene("desk-access-new-wrong", f"{RULE}/access/new", DESK_DOSSIER,
          sent(f"{OF}/access/new", "Toegangsbeheerder aanduiden", email="geen adres"), wrong=True),
]
# Forms that only ask.
DESK_QUESTIONS = {f"{RULE}/access/<int:colleague_id>/sessions"}
