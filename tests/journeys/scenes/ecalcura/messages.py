"""The scenes of messages about a calculation, at both sides."""
from models.ecalcura.calculations import calculating, counted, publishing
from models.ecalcura.communication import threads
from models.ecalcura.communication.threads import OF_DESK, OF_FACILITY, Thread
from models.ecalcura.trimesters.calendar import Trimester
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent
from tests.models.ecalcura.submissions.snapshots import content, contract, employee, frozen

PRIVATE = "private"
# Before the trimesters of the other scenes; one for each thread.
ASKED, ANSWERED, EMPTY = (2023, 1), (2023, 2), (2023, 3)
FACILITY = "/ecalcura/<hco>/calculations/<int:calculation_id>/messages"
OF = "/ecalcura/{{hco}}/calculations/{{{}}}/messages"
AT_DESK, AT = f"{DESK}/messages/<int:thread_id>", f"{DESK}/messages/{{asked_thread}}"
FACILITY_AT_DESK = f"{DESK}/messages/facilities/<facility>"
QUESTION = ("Bij de berekening tellen 12 uren per week als vervangen. In ons overzicht staan er 14.\n\n"
            "Komt dat door de overeenkomst die pas op 1 oktober begon?")
ANSWER = "Ja: de vervanging telt vanaf de dag waarop de overeenkomst begint. De andere uren tellen daarna mee."


MESSAGE_SCENES = [
    Scene("messages-none", FACILITY, PRIVATE, at(OF.format("empty_calculation"))),
    Scene("messages", FACILITY, PRIVATE, at(OF.format("answered_calculation"))),
    Scene("messages-wrong", FACILITY, PRIVATE, sent(
        OF.format("answered_calculation"), "Versturen", text="Over 57010100010"), wrong=True),
    Scene("desk-messages", f"{DESK}/messages", DESK_DOSSIER, at(f"{DESK}/messages")),
    Scene("desk-messages-of-facility", FACILITY_AT_DESK, DESK_DOSSIER, at(f"{DESK}/messages/facilities/{{hco}}")),
    Scene("desk-messages-none", FACILITY_AT_DESK, DESK_DOSSIER, at(f"{DESK}/messages/facilities/{{small_hco}}")),
    Scene("desk-message-first", AT_DESK, DESK_DOSSIER, at(f"{DESK}/messages/{{empty_thread}}")),
    Scene("desk-message", AT_DESK, DESK_DOSSIER, at(AT)),
    Scene("desk-message-wrong", AT_DESK, DESK_DOSSIER, sent(AT, "Versturen", text=""), wrong=True),
]


def messages_of(home, private, dossier):
    """A calculation without messages, one with a question, and one with an answer."""
    asked, answered, empty = (_published(home, place) for place in (ASKED, ANSWERED, EMPTY))
    for thread in (asked, answered):
        threads.write(thread, QUESTION, 1, private, OF_FACILITY)
    threads.write(answered, ANSWER, 2, dossier, OF_DESK)
    return {"asked_thread": asked.id, "answered_calculation": answered.calculation_id,
            "empty_calculation": empty.calculation_id, "empty_thread": empty.id}


def _published(home, place):
    """The thread of a facility about a calculation of this trimester."""
    Trimester.get_or_make(*place)
    submission = frozen(home, content(employee(contracts=[contract(1)])), *place)
    counted.count(submission)
    made = calculating.make("advance", Trimester.known(*place), ["woonzorgcentrum"], None)
    publishing.publish(publishing.freeze(made, None), None)
    return Thread.about(home, made.id)
