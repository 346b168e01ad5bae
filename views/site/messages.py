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
    SiteCode.CHECKED_LATER: "Deze dag moet nog komen.",
    SiteCode.EDITOR_ONESELF: "Je eigen rol kan je niet beëindigen. Vraag het aan een collega.",
    SiteCode.PICTURE_EMPTY: "Dit bestand is leeg. Kies een andere foto.",
    SiteCode.PICTURE_LARGE: "Dit bestand is te groot. Kies een foto van ten hoogste 8 MB.",
    SiteCode.PICTURE_FORMAT: "Dit bestand is geen foto die we kunnen tonen. Kies een JPEG, PNG of WebP.",
    SiteCode.PICTURE_BROKEN: "Deze foto is beschadigd. Open ze, sla ze opnieuw op en kies dan dat bestand.",
    SiteCode.PICTURE_PIXELS: "Deze foto heeft meer dan 30 miljoen beeldpunten. Maak ze eerst kleiner.",
    SiteCode.PICTURE_SMALL: "Deze foto is te klein. Kies er een die minstens 200 beeldpunten breed en hoog is.",
    SiteCode.PICTURE_SHAPE: "Deze foto is te smal of te breed. Snij ze bij: de lange kant is ten hoogste vier keer "
                            "de korte.",
    SiteCode.PICTURE_MOVES: "Dit is een bewegend beeld. Kies een gewone foto.",
    SiteCode.PICTURE_ALTERNATIVE: "Schrijf in één zin wat er op de foto te zien is, voor wie ze niet ziet.",
    SiteCode.PICTURE_CONSENT: "Vink dit aan, of kies een foto zonder herkenbare mensen en vink het dan aan.",
    SiteCode.NEWS_PAST: "Dit moment is voorbij. Kies een later moment, of publiceer nu meteen.",
    SiteCode.NEWS_PUBLISHED: "Dit bericht staat al op de site.",
    SiteCode.NEWS_NOT_PUBLIC: "Dit bericht staat niet op de site en is niet gepland.",
    SiteCode.NEWS_NOT_CONCEPT: "Alleen een concept kan je verwijderen. Dit bericht is gepland of was al op de site.",
    SiteCode.NOT_HTTPS: "Typ een volledig adres dat met https:// begint, bijvoorbeeld https://www.voorbeeld.be.",
    SiteCode.NOT_DOENERS: "Dit is geen adres van doeners.be. Kopieer het adres van je pagina daar.",
    SiteCode.WRONG_POSTCODE: "Typ een postcode van vier cijfers.",
    SiteCode.EMAIL_OF_LOGIN:
        "Met dit adres meldt iemand zich aan bij Loket, dus het komt niet op de site. Vul een ander adres in.",
    SiteCode.NO_REASON: "Schrijf waarom: de organisatie leest dit.",
}
