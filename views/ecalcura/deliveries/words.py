"""The words of the pages about deliveries."""
from models.ecalcura.deliveries import billed_days, billed_reopening

# State of billed days → the words, and the class of the state in ecalcura.css.
STATES = {
    billed_reopening.EMPTY: ("nog leeg", "todo"),
    billed_days.ENTRY: ("in invoer", "busy"),
    billed_days.SUBMITTED: ("ingediend", "done"),
    billed_days.REOPENED: ("heropend", "todo"),
}
PARTS = {1: "1 januari – 30 juni", 2: "1 juli – 31 december"}


def part(number, label, labels):
    """The label of a field in a part of a year: of the only field the part alone."""
    return PARTS[number] if len(labels) == 1 else f"{label}, {PARTS[number]}"
