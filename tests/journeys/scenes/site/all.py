"""The scenes of site: the public pages, and those of an editor."""
from types import SimpleNamespace

from models.organisations import Organisation
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import slug
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.journeys.scenes.site.documents import SITE_DOCUMENT_SCENES, site_documents_of
from tests.journeys.scenes.site.news import NEWS_SCENES, news_of
from tests.journeys.tools.showing import Scene, at, sent, stale

EDITS = "editor"
INITIATIVE = "/site/initiatives/<int:organisation_id>"


def _change_page(world):
    Initiative.insert(organisation_id=world.login.organisation.id).on_conflict_ignore().execute()
    Initiative.update(version=Initiative.version + 1, address="Kerkstraat 7", forms="green").where(
        Initiative.organisation_id == world.login.organisation.id).execute()


SITE_SCENES = [
    Scene("public-home", "/", None, at("/")),
    Scene("public-contact", "/contact", None, at("/contact")),
    Scene("public-initiatives", "/arbeidszorginitiatieven", None, at("/arbeidszorginitiatieven")),
    Scene("public-initiatives-near", "/arbeidszorginitiatieven", None,
          at("/arbeidszorginitiatieven?q=9000&work=green")),
    Scene("public-initiatives-municipality", "/arbeidszorginitiatieven", None,
          at("/arbeidszorginitiatieven?q=lokeren")),
    Scene("public-initiatives-nothing", "/arbeidszorginitiatieven", None,
          at("/arbeidszorginitiatieven?q=nergens&province=limburg")),
    Scene("public-initiative", "/arbeidszorginitiatieven/<address>", None, at("/arbeidszorginitiatieven/{initiative}")),
    Scene("own-page", "/site/own", "login", at("/site/own")),
    Scene("own-page-edit", "/site/own/edit", "login", at("/site/own/edit")),
    Scene("own-page-edit-wrong", "/site/own/edit", "login",
          sent("/site/own/edit", "Opslaan", website="geen website", postcode="90"), wrong=True),
    Scene("own-page-preview", "/site/own/edit", "login",
          sent("/site/own/edit", "Voorbeeld", sentence="We kweken groenten.", municipality="Gent")),
    Scene("own-page-picture", "/site/own/picture", "login", at("/site/own/picture")),
    Scene("own-page-picture-wrong", "/site/own/picture", "login", sent("/site/own/picture", "Opslaan"), wrong=True),
    Scene("own-page-stale", "/site/own/edit", "login", stale("/site/own/edit", _change_page)),
    Scene("site-initiatives", "/site/initiatives", "administrator", at("/site/initiatives")),
    Scene("site-initiative", INITIATIVE, "administrator", at("/site/initiatives/{login.organisation.id}")),
    Scene("site-initiative-wrong", INITIATIVE, "administrator",
          sent("/site/initiatives/{login.organisation.id}", "Verberg op de site")),
    Scene("site-initiative-hidden", INITIATIVE, "administrator", at("/site/initiatives/{unwanted.id}")),
    Scene("site-initiative-edit", f"{INITIATIVE}/edit", "administrator",
          at("/site/initiatives/{login.organisation.id}/edit")),
    Scene("site-initiative-edit-wrong", f"{INITIATIVE}/edit", "administrator",
          sent("/site/initiatives/{login.organisation.id}/edit", "Opslaan", postcode="90"), wrong=True),
    Scene("site-initiative-picture", f"{INITIATIVE}/picture", "administrator",
          at("/site/initiatives/{login.organisation.id}/picture")),
    Scene("site-initiative-picture-wrong", f"{INITIATIVE}/picture", "administrator",
          sent("/site/initiatives/{login.organisation.id}/picture", "Opslaan"), wrong=True),
    Scene("public-help", "/hulp", None, at("/hulp")),
    Scene("public-help-found", "/hulp", None, at("/hulp?q=verwijderen")),
    Scene("public-help-nothing", "/hulp", None, at("/hulp?q=zeppelin")),
    Scene("public-help-topic", "/hulp/<topic>", None, at("/hulp/client-verwijderen")),
    Scene("site-office", "/site", EDITS, at("/site")),
    Scene("public-privacy", "/privacy", None, at("/privacy")),
    Scene("public-accessibility", "/toegankelijkheid", None, at("/toegankelijkheid")),
    Scene("site-pages", "/site/pages", EDITS, at("/site/pages")),
    Scene("site-page", "/site/pages/<fixed_page>", EDITS, at("/site/pages/privacy")),
    Scene("site-page-preview", "/site/pages/<fixed_page>", EDITS, sent("/site/pages/privacy", "Voorbeeld")),
    Scene("site-page-wrong", "/site/pages/<fixed_page>", EDITS,
          sent("/site/pages/privacy", "Opslaan", text="", checked_on="gisteren"), wrong=True),
    Scene("site-editors", "/site/editors", EDITS, at("/site/editors")),
    Scene("site-editors-wrong", "/site/editors", EDITS,
          sent("/site/editors", "Toevoegen", email="niemand@voorbeeld.be"), wrong=True),
    Scene("site-contact", "/site/contact", EDITS, at("/site/contact")),
    Scene("site-contact-wrong", "/site/contact", EDITS,
          sent("/site/contact", "Opslaan", name="", telephone="bel mij"), wrong=True),
    *NEWS_SCENES,
    *SITE_DOCUMENT_SCENES,
    Scene("site-contact-province", "/site/contact", "administrator", at("/site/contact")),
]


def site_of(number):
    """An editor, and an initiative that says all there is to say; `number` makes the address unique."""
    found = Organisation.create(name=f"De Moestuin {number}", province="oost-vlaanderen", sector="welfare")
    Initiative.create(
        organisation_id=found.id, ticked=True, sentence="We kweken groenten en koken er soep van.",
        description="Je werkt samen met zes anderen.\n\nKom gerust eens kijken.", forms="green kitchen",
        postcode="9000", municipality="Gent", address="Kerkstraat 12",
        opening_hours="maandag tot vrijdag\n9 tot 16 uur",
        telephone="09 000 00 01", shows_telephone=True, contact_role="de begeleider van de tuin",
        website="https://voorbeeld.be")
    Initiative.create(
        organisation_id=Organisation.create(name=f"Op doeners {number}", province="limburg").id, ticked=True,
        doeners="https://www.doeners.be/")
    account = account_with(EDITOR, None, email=f"site{number}@voorbeeld.be", password_hash="-")
    unwanted = Organisation.create(name=f"Dubbel {number}", province="oost-vlaanderen")
    Initiative.create(organisation_id=unwanted.id, hidden_because="Deze pagina is dubbel.")
    return {"unwanted": unwanted, "initiative": slug(found.id, found.name),
            EDITS: SimpleNamespace(account=account), **news_of(), **site_documents_of()}
