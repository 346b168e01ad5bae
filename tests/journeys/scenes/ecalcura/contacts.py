"""The scenes of contact persons and of the address of a facility, at both sides, and the desk's overview."""
from models.ecalcura.communication import contacts
from models.ecalcura.communication.contacts import Details
from models.ecalcura.communication.reminding import ContactReminder
from models.ecalcura.facilities import address
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.facilities import Facility
from tests.journeys.scenes.ecalcura.desk import DESK, DESK_DOSSIER
from tests.journeys.tools.showing import Scene, at, sent, stale

PRIVATE = "private"
FACILITY, OF = "/ecalcura/<hco>/contacts", "/ecalcura/{hco}/contacts"
AT_DESK, AT = f"{DESK}/contacts/facilities/<facility>", f"{DESK}/contacts/facilities/{{hco}}"
ADDRESS, OF_ADDRESS = "/ecalcura/<hco>/address", "/ecalcura/{hco}/address"
DESK_ADDRESS, OF_DESK = f"{DESK}/facilities/<facility>/address", f"{DESK}/facilities/{{hco}}/address"
ONE, THIS = "<int:contact_id>", "{contact_id}"


def renamed(world):
    """Let a colleague save the contact person first."""
    one = contacts.ContactPerson.get_by_id(world.contact_id)
    contacts.change(one, one.details._replace(function="Directeur"), one.version)


def moved(world):
    """Let a colleague save the address data first."""
    home = Facility.by_hco(world.hco)
    address.change(home, Address("Kerkstraat 12 bus 3", "9000", "Gent", "info@voorbeeld.be"), home.version)


BAD = {"street": "", "postcode": "90", "email": "geen adres"}
WRONG = {"email": "geen adres", "name": "57010100010"}
CONTACT_SCENES = [
    Scene("contacts", FACILITY, PRIVATE, at(OF)),
    Scene("contacts-none", FACILITY, "two_facilities", at("/ecalcura/{merged_hco}/contacts")),
    Scene("contact-new", f"{FACILITY}/new", PRIVATE, at(f"{OF}/new")),
    Scene("contact-new-wrong", f"{FACILITY}/new", PRIVATE, sent(f"{OF}/new", "Opslaan", **WRONG), wrong=True),
    Scene("contact-edit", f"{FACILITY}/{ONE}", PRIVATE, at(f"{OF}/{THIS}")),
    Scene("contact-edit-wrong", f"{FACILITY}/{ONE}", PRIVATE, sent(f"{OF}/{THIS}", "Opslaan", **WRONG), wrong=True),
    Scene("contact-edit-stale", f"{FACILITY}/{ONE}", PRIVATE, stale(f"{OF}/{THIS}", renamed, function="Boekhouder")),
    Scene("contact-remove", f"{FACILITY}/{ONE}/remove", PRIVATE, at(f"{OF}/{THIS}/remove")),
    Scene("address", ADDRESS, PRIVATE, at(OF_ADDRESS)),
    Scene("address-wrong", ADDRESS, PRIVATE, sent(OF_ADDRESS, "Opslaan", **BAD), wrong=True),
    Scene("address-stale", ADDRESS, PRIVATE, stale(
        OF_ADDRESS, moved, street="Lindelaan 3", postcode="9000", town="Gent")),
    Scene("desk-address", DESK_ADDRESS, DESK_DOSSIER, at(OF_DESK)),
    Scene("desk-address-wrong", DESK_ADDRESS, DESK_DOSSIER, sent(OF_DESK, "Opslaan", **BAD), wrong=True),
    Scene("desk-contacts", f"{DESK}/contacts", DESK_DOSSIER, at(f"{DESK}/contacts")),
    Scene("desk-contacts-wrong", f"{DESK}/contacts", DESK_DOSSIER, sent(f"{DESK}/contacts", "Herinneren"),
          wrong=True),
    Scene("desk-contacts-facility", AT_DESK, DESK_DOSSIER, at(AT)),
    Scene("desk-contact-new", f"{AT_DESK}/new", DESK_DOSSIER, at(f"{AT}/new")),
    Scene("desk-contact-new-wrong", f"{AT_DESK}/new", DESK_DOSSIER, sent(f"{AT}/new", "Opslaan", **WRONG), wrong=True),
    Scene("desk-contact-edit", f"{AT_DESK}/{ONE}", DESK_DOSSIER, at(f"{AT}/{THIS}")),
    Scene("desk-contact-edit-wrong", f"{AT_DESK}/{ONE}", DESK_DOSSIER, sent(f"{AT}/{THIS}", "Opslaan", **WRONG),
          wrong=True),
    Scene("desk-contact-remove", f"{AT_DESK}/{ONE}/remove", DESK_DOSSIER, at(f"{AT}/{THIS}/remove")),
]
# Forms that only ask whether to go on.
CONTACT_QUESTIONS = {f"{FACILITY}/{ONE}/remove", f"{AT_DESK}/{ONE}/remove"}


def contacts_of(home, lacking):
    """A contact person of a facility, and another facility that lacks one and was reminded just now."""
    contacts.add(home, Details("personeel@voorbeeld.be", "Kim Van den Broeck-Claes", "Hoofd personeelsdienst"))
    one = contacts.add(home, Details("kim@voorbeeld.be", "Bo Nijs", "", "09 123 45 67"))
    ContactReminder.create(facility_id=lacking.id)
    return {"contact_id": one.id}
