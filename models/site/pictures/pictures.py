"""Pictures as they are kept: in the database, so that a backup has them, each width at an address of its content."""
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import peewee

from models.audit import Actor
from models.database import BaseModel, now
from models.errors import Refused
from models.site.errors import SiteCode
from models.site.pictures.decoding import Drawn, decoded

# Also in migrations/site/0003_tables.sql.
LONGEST_ALTERNATIVE = 250
# Characters of the hash of the content that the address of a picture has.
DIGEST = 32


class Upload(NamedTuple):
    """A picture that was sent, decoded, with its text alternative; whoever sent it ticked the consent."""

    drawn: tuple[Drawn, ...]
    alternative: str


class Change(NamedTuple):
    """The change of a picture that a form asks for: another one, other words, or no picture any more."""

    upload: Upload | None = None
    alternative: str | None = None
    removed: bool = False


class Shown(NamedTuple):
    """A picture for a page: a width and digest of each file, the narrowest first, and the size of the widest."""

    files: tuple[tuple[int, str], ...]
    width: int
    height: int
    alternative: str


class Picture(BaseModel):
    id = peewee.AutoField()
    alternative = peewee.TextField()
    consented = peewee.BooleanField()
    account_id = peewee.IntegerField(null=True)
    made_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "site_picture"


class PictureFile(BaseModel):
    picture_id = peewee.IntegerField()
    width = peewee.IntegerField()
    height = peewee.IntegerField()
    digest = peewee.TextField()
    content = peewee.BlobField()

    class Meta:
        table_name = "site_picture_file"
        primary_key = peewee.CompositeKey("picture_id", "width")


def uploaded(content: bytes, alternative: str, consented: bool) -> Upload:
    """Decode a picture that was sent. Raises `Refused` for a file that is not in order, or without words or consent."""
    drawn = decoded(content)
    checked_alternative(alternative)
    if not consented:
        raise Refused(SiteCode.PICTURE_CONSENT)
    return Upload(drawn, alternative)


def checked_alternative(alternative: str) -> str:
    """Return the words for people who do not see the picture; raises `Refused` without words."""
    if not alternative.strip():
        raise Refused(SiteCode.PICTURE_ALTERNATIVE)
    return alternative.strip()


def store_picture(upload: Upload, by: Actor | None = None) -> Picture:
    """Keep a picture, in the transaction of whatever shows it."""
    picture = Picture.create(alternative=upload.alternative, consented=True, account_id=by and by.id)
    for drawn in upload.drawn:
        PictureFile.create(
            picture_id=picture.id, width=drawn.width, height=drawn.height, content=drawn.content,
            digest=hashlib.sha256(drawn.content).hexdigest()[:DIGEST])
    return picture


def changed_picture(picture_id: int | None, change: Change, by: Actor | None = None) -> int | None:
    """Carry out a change and return the id of the picture to show from now on.

    Store that id in the row that shows the picture, then call `remove_picture` with the former one if it differs.
    """
    if change.upload:
        return store_picture(change.upload, by).id
    if change.removed or picture_id is None:
        return None
    if change.alternative is not None:
        Picture.update(alternative=checked_alternative(change.alternative)).where(
            Picture.id == picture_id, Picture.alternative != change.alternative).execute()
    return picture_id


def alternative_of(picture_id: int | None) -> str | None:
    """Return the words of a picture for people who do not see it; None without a picture."""
    row = Picture.get_or_none(Picture.id == picture_id)
    return row and row.alternative


def remove_picture(picture_id: int | None) -> None:
    """Remove a picture that is shown no more, in the transaction of that change: a person on it may have asked."""
    PictureFile.delete().where(PictureFile.picture_id == picture_id).execute()
    Picture.delete().where(Picture.id == picture_id).execute()


def pictures_of(ids: Iterable[int | None]) -> dict[int, Shown]:
    """Return these pictures for a page by their ids, by one statement and without their content."""
    wanted = [picture_id for picture_id in ids if picture_id]
    if not wanted:
        return {}
    rows = (PictureFile.select(PictureFile.picture_id, PictureFile.width, PictureFile.height, PictureFile.digest,
                               Picture.alternative)
            .join(Picture, on=Picture.id == PictureFile.picture_id)
            .where(PictureFile.picture_id.in_(wanted))
            .order_by(PictureFile.picture_id, PictureFile.width)
            .tuples())
    found: dict[int, Shown] = {}
    for picture_id, width, height, digest, alternative in rows:
        before = found[picture_id].files if picture_id in found else ()
        found[picture_id] = Shown((*before, (width, digest)), width, height, alternative)
    return found


def picture_content(digest: str) -> bytes | None:
    """Return the content of the picture with this digest, a WebP, or None."""
    row = PictureFile.select(PictureFile.content).where(PictureFile.digest == digest).first()
    return bytes(row.content) if row else None
