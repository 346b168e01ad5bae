"""The log in the words of bikes."""
from models.bikes.events import BikesEvent
from views.hall.log_words import Kind, LogWords

SENTENCES = {BikesEvent.BIKE_ADDED: "Fiets {bike} toegevoegd"}
KINDS = {"bike": Kind("Fietsen", (BikesEvent.BIKE_ADDED,))}


def _parts(entry):
    return {"bike": entry.subject}


LOG_WORDS = LogWords(SENTENCES, KINDS, _parts)
