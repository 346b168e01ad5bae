"""The messages of pages for each code with which a model of site refuses."""
from enum import StrEnum

from models.site.errors import SiteCode

MESSAGES: dict[StrEnum, str] = {
    SiteCode.CONTACT_EMPTY: "Dit vulde je niet in, dus er is niets te tonen.",
    SiteCode.CONTACT_ALONE:
        "Met een naam alleen kan niemand je bereiken. Toon ook je telefoonnummer of je e-mailadres.",
    SiteCode.CONTACT_OF_LOGIN:
        "Met dit adres meldt iemand zich aan bij Loket. Vul bij je contactgegevens een ander adres in.",
    SiteCode.EDITOR_UNKNOWN: "Geen enkele beheerder van een provincie meldt zich aan met dit adres.",
    SiteCode.EDITOR_ONESELF: "Je eigen rol kan je niet beëindigen. Vraag het aan een collega.",
}
