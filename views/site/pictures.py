"""The fields of a picture in a form, and what they ask to change."""
from flask_wtf.file import FileField
from wtforms import BooleanField

from models.errors import Refused
from models.patience import is_busy
from models.site.errors import SiteCode
from models.site.pictures import pictures
from models.site.pictures.pictures import LONGEST_ALTERNATIVE, Change
from views.shell.fields import BaseForm, text_field
from views.shell.kept import BUSY

CHOOSE_AGAIN = "Kies ook de foto opnieuw."
WITHOUT_PICTURE = "Kies ook de foto, of maak de beschrijving van de foto leeg."
# A picture of 8 MB and the rest of its form; a larger file is refused at its field up to this bound.
MOST_BYTES = 12 * 2**20
FIELD_OF = {SiteCode.PICTURE_ALTERNATIVE: "alternative", SiteCode.PICTURE_CONSENT: "consented"}


class PictureForm(BaseForm):
    """The base of a form with one picture. `has_picture`: there is one already, whose words may be changed."""

    picture = FileField("Bestand")
    alternative = text_field("Wat is er op de foto te zien?", LONGEST_ALTERNATIVE)
    consented = BooleanField("Wie herkenbaar op de foto staat, gaf toestemming.")
    removed = BooleanField("Foto verwijderen")
    has_picture = False

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        # The heading above the fields says that a picture is optional; with one, words are needed.
        self.alternative.flags.optional = False

    def picture_change(self):
        """The `Change` that the fields ask for; None, with the message at its field, if it is refused."""
        words = self.alternative.data or ""
        try:
            if self.picture.data:
                return Change(pictures.uploaded(self.picture.data.read(), words, self.consented.data))
            if self.has_picture and not self.removed.data:
                return Change(alternative=pictures.checked_alternative(words))
        except Refused as refused:
            self.refuse(FIELD_OF.get(refused.code, "picture"), refused)
            return None
        if words and not self.has_picture:
            # After a form with errors: a page cannot keep the chosen file.
            self.picture.errors = [WITHOUT_PICTURE]
            return None
        return Change(removed=True)

    def ask_again(self):
        """Say that a chosen picture has to be chosen again: a page cannot keep it."""
        if self.errors and self.picture.data and not self.picture.errors:
            self.picture.errors = [CHOOSE_AGAIN]

    def ask_later(self, error):
        """Say that Loket is busy and the picture has to be chosen again; raises `error` otherwise.

        The usual answer to a lock carries a form's values along, and a file cannot be carried along.
        """
        if not is_busy(error) or not self.picture.data:
            raise error
        self.picture.errors = [BUSY]
