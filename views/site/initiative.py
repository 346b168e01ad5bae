"""One initiative as its page shows it, for visitors and in the preview of 'Onze pagina'."""
from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from models.organisations import PROVINCES, SECTORS, Organisation
from models.site.initiatives.forms_of_work import labels
from models.site.initiatives.initiatives import Initiative
from models.site.markdown import html_of
from models.site.pictures import pictures


class Shown(NamedTuple):
    """All that its page shows, as text; '' for anything that the organisation left out or does not want to show."""

    name: str
    province: str
    sector: str
    sentence: str
    description: Markup
    forms: list[str]
    place: str
    address: str
    opening_hours: str
    telephone: str
    email: str
    website: str
    doeners: str
    contact_role: str
    picture: pictures.Shown | None


def shown_of(organisation: Organisation, row: Initiative, first_heading: int = 2) -> Shown:
    """Return what the page shows of an organisation that published this row."""
    return shown(organisation, row.values, row.picture_id, first_heading)


def shown(organisation: Organisation, values: Mapping[str, Any], picture_id: int | None,
          first_heading: int = 2) -> Shown:
    """Return what the page shows of an organisation that publishes these values (initiatives.FIELDS) and this picture.

    `first_heading` is the level of the highest heading in the description: one lower in a preview.
    """
    return Shown(
        name=organisation.name,
        province=PROVINCES[organisation.province],
        sector=SECTORS.get(organisation.sector or "", ""),
        sentence=values["sentence"],
        description=Markup(html_of(values["description"], first_heading)),  # noqa: S704 (it was cleaned)
        forms=labels(values["forms"]),
        place=f"{values['postcode']} {values['municipality']}".strip(),
        address=values["address"],
        opening_hours=values["opening_hours"],
        telephone=values["telephone"] if values["shows_telephone"] else "",
        email=values["email"] if values["shows_email"] else "",
        website=values["website"],
        doeners=values["doeners"],
        contact_role=values["contact_role"],
        picture=pictures.pictures_of([picture_id]).get(picture_id or 0),
    )
