"""The menu of the public pages, and the links at their foot."""
from views.shell.audiences import MenuItem

MENU = (
    MenuItem("contact", "public_contact.show", "Contact"),
)
FOOT = (
    MenuItem("contact", "public_contact.show", "Contact"),
)
