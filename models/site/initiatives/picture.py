"""The picture on the page of an initiative."""
from models.audit import Actor
from models.database import transaction
from models.organisations import Organisation
from models.site.events import SiteEvent
from models.site.initiatives.initiatives import Initiative
from models.site.pictures.pictures import Change, alternative_of, changed_picture, remove_picture


def change_picture(organisation: Organisation, change: Change, version: int, by: Actor) -> None:
    """Show another picture, other words for it, or no picture any more; the former one is removed.

    Raises `Stale` with the row as it is now for an older version of it.
    """
    with transaction():
        current = Initiative.of(organisation)
        shown, words = current.picture_id, alternative_of(current.picture_id)
        picture_id = changed_picture(shown, change, by)
        if (picture_id, alternative_of(picture_id)) == (shown, words):
            return
        Initiative.store(organisation, {"picture_id": picture_id}, SiteEvent.INITIATIVE_CHANGED, by, version,
                         fields=["picture"])
        if shown != picture_id:
            remove_picture(shown)
