"""The messages of pages for each code with which a model of ecalcura refuses; of a file the report of the command."""
from enum import StrEnum

from models.ecalcura.errors import EcalcuraCode

MESSAGES: dict[StrEnum, str] = {
    EcalcuraCode.NO_DOSSIER: "Deze voorziening heeft geen eigen dossier, en dus geen rollen.",
    EcalcuraCode.COLLEAGUE_NAME: "Typ een naam van hoogstens 100 tekens.",
    EcalcuraCode.COLLEAGUE_ACTIVE: "Deze collega staat al in je lijst.",
    EcalcuraCode.ROLE_DAYS: "De laatste dag ligt voor de eerste dag.",
    EcalcuraCode.ROLE_PAST: "Een rol kan niet in het verleden beginnen of eindigen.",
    EcalcuraCode.ROLE_GIVER: "Op die dag ben je hier geen toegangsbeheerder.",
    EcalcuraCode.LAST_ACCESS:
        "Dit is de enige toegangsbeheerder zonder einddatum. Maak eerst een collega toegangsbeheerder.",
}
