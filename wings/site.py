"""The record of site: the public pages, and who keeps them."""
from pathlib import Path

from commands.site import COMMANDS
from commands.site.refusals import REFUSALS
from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE
from models.site import roles
from models.site.demonstration import demonstration
from views.hall.wing import MY_LOGIN, Wing
from views.shell.audiences import Audience, MenuItem
from views.site.log_words import LOG_WORDS
from views.site.messages import MESSAGES
from views.site.office import contact as own_contact
from views.site.office import documents as office_documents
from views.site.office import editors, overview
from views.site.office import fixed_pages as own_pages
from views.site.office.initiatives import own, province
from views.site.office.news import news as office_news
from views.site.public import contact, documents, fixed_pages, home, initiatives, machines, news, pictures
from views.site.public import help as help_pages

EDITOR = Audience(
    role=roles.EDITOR,
    label="Beheer van de site",
    menu=(
        MenuItem("site", "site_office.show", "Site"),
        office_news.MENU,
        office_documents.MENU,
        own_contact.MENU,
        own_pages.MENU,
        editors.MENU,
    ),
    own_login=MY_LOGIN,
    data="de publieke pagina's",
)
WING = Wing(
    name="site",
    blueprints=tuple(part.blueprint for part in (
        contact,
        initiatives,
        help_pages,
        overview,
        own_contact,
        editors,
        pictures,
        machines,
        fixed_pages,
        own_pages,
        news,
        documents,
        office_news,
        office_documents,
        own,
        province,
    )),
    audiences=(EDITOR,),
    messages=MESSAGES,
    log_words=LOG_WORDS,
    refusals=REFUSALS,
    commands=COMMANDS,
    migrations=Path(__file__).parent.parent / "migrations" / "site",
    demonstration=demonstration.fill,
    home=home.page,
    for_visitors=lambda: contact.LINK,
    menus={OF_ORGANISATION: (
        own.MENU,
    ), OF_PROVINCE: (
        province.MENU,
        own_contact.MENU,
    )},
    notices=(own.notice,),
    about_contact=(own_contact.SHOWN,),
    shows_reports=True,
    help=help_pages.FOLDER,
    help_topic=help_pages.link,
)
