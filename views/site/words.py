"""Words of the screens of site."""
from models.site.fixed_pages import ACCESSIBILITY, PRIVACY

FIXED_PAGES = {PRIVACY: "Privacyverklaring", ACCESSIBILITY: "Toegankelijkheidsverklaring"}
