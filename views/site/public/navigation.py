"""The menu of the public pages, and the links at their foot."""
from views.shell.audiences import MenuItem

MENU = (
    MenuItem("news", "public_news.index", "Nieuws"),
    MenuItem("contact", "public_contact.show", "Contact"),
)
FOOT = (
    MenuItem("contact", "public_contact.show", "Contact"),
    MenuItem("privacy", "public_fixed.privacy", "Privacy"),
    MenuItem("accessibility", "public_fixed.accessibility", "Toegankelijkheid"),
)
