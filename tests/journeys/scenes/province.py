"""The scenes of an administrator: the overview, the clients without names, colleagues, the log."""
from tests.journeys.tools.showing import Scene, at, sent

ADMINISTRATOR = "administrator"
PROVINCE_SCENES = [
    Scene("province", "/province", ADMINISTRATOR, at("/province")),
    Scene("province-nothing", "/province", ADMINISTRATOR, at("/province?q=nergens")),
    Scene("province-clients", "/province/clients", ADMINISTRATOR, at("/province/clients")),
    Scene("province-clients-filtered", "/province/clients", ADMINISTRATOR,
          at("/province/clients?status=inactive&answer_gender=female&born_from=1900")),
    Scene("province-clients-nothing", "/province/clients", ADMINISTRATOR,
          at("/province/clients?q=987654&status=active")),
    Scene("province-client", "/province/clients/<int:number>", ADMINISTRATOR,
          at("/province/clients/{running.number}")),
    Scene("province-client-incomplete", "/province/clients/<int:number>", ADMINISTRATOR,
          at("/province/clients/{incomplete.number}")),
    Scene("administrators", "/province/administrators", ADMINISTRATOR, at("/province/administrators")),
    Scene("administrator-new", "/province/administrators/new", ADMINISTRATOR, at("/province/administrators/new")),
    Scene("administrator-new-wrong", "/province/administrators/new", ADMINISTRATOR,
          sent("/province/administrators/new", "Uitnodiging versturen", email="geen adres"), wrong=True),
    Scene("contact", "/province/contact", ADMINISTRATOR, at("/province/contact")),
    Scene("contact-wrong", "/province/contact", ADMINISTRATOR,
          sent("/province/contact", "Opslaan", telephone="bel mij"), wrong=True),
    Scene("province-log", "/province/log", ADMINISTRATOR, at("/province/log")),
    Scene("province-log-nothing", "/province/log", ADMINISTRATOR, at("/province/log?kind=deletion&until=01/01/2020")),
    Scene("province-log-wrong", "/province/log", ADMINISTRATOR, at("/province/log?since=31/02/2024", 422)),
]
