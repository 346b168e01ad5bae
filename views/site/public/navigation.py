"""The menu of the public pages, and the links at their foot."""
from views.shell.audiences import MenuItem

MENU = (
    MenuItem("initiatives", "public_initiatives.index", "Initiatieven"),
    MenuItem("news", "public_news.index", "Nieuws"),
    MenuItem("documents", "public_site_documents.index", "Documenten"),
    MenuItem("contact", "public_contact.show", "Contact"),
    MenuItem("help", "public_help.index", "Hulp"),
)
FOOT = (
    MenuItem("initiatives", "public_initiatives.index", "Initiatieven"),
    MenuItem("contact", "public_contact.show", "Contact"),
    MenuItem("privacy", "public_fixed.privacy", "Privacy"),
    MenuItem("accessibility", "public_fixed.accessibility", "Toegankelijkheid"),
    MenuItem("help", "public_help.index", "Hulp"),
)
