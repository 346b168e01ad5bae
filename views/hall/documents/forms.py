"""The forms that every wing with documents has: a file or a link, a new version, and withdrawing."""
from flask_wtf.file import FileField
from wtforms import StringField

from models.documents.versions import body_of
from models.errors import Code, Refused
from models.patience import is_busy
from views.shell.fields import BaseForm, line, version_field
from views.shell.kept import BUSY

CHOOSE_AGAIN = "Kies ook het bestand opnieuw."


class BodyForm(BaseForm):
    file = FileField("Bestand")
    link = StringField("Of een link", filters=[line])

    def body(self):
        """The file or the link; None, with the message at its field, if it is refused."""
        try:
            return body_of(self.file.data.read() if self.file.data else None, self.link.data or "")
        except Refused as refused:
            self.refuse("link" if refused.code == Code.DOCUMENT_LINK else "file", refused)
            return None

    def ask_again(self):
        """Say that a chosen file has to be chosen again: a page cannot keep it."""
        if self.errors and self.file.data and not self.file.errors:
            self.file.errors = [CHOOSE_AGAIN]

    def ask_later(self, error):
        """Say that the file has to be chosen again; raises `error` if Loket is not busy, and for a link.

        The usual answer carries a form's values along, and a file cannot be carried along.
        """
        if not is_busy(error) or not self.file.data:
            raise error
        self.file.errors = [BUSY]


class VersionForm(BodyForm):
    version = version_field()


class WithdrawForm(BaseForm):
    version = version_field()
