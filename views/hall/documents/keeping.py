"""How documents are kept, alike in every wing that has them: added, changed, replaced and withdrawn."""
import secrets
from collections.abc import Callable
from typing import NamedTuple

import peewee
from flask import abort, url_for

from models.documents import documents as store
from models.documents.documents import Details, Document
from models.errors import Code, Refused, Stale
from views.hall.documents import shown
from views.hall.documents.forms import VersionForm, WithdrawForm
from views.shell import pages
from views.shell.access import signed_in
from views.shell.fields import merged, snapshot
from views.shell.kept import RETRY_AFTER
from views.shell.messages import message

# A file of 20 MB and the rest of its form; a larger file is refused at its field up to this bound.
MOST_BYTES = 25 * 2**20
CHANGED = "Een collega wijzigde dit document intussen. Kijk het na en bevestig opnieuw."


class Keeping(NamedTuple):
    """The pages on which a wing keeps its documents; each view of the blueprint `pages` calls one method.

    `argument` names the document in their addresses, `templates` is their folder. `new_form` and `edit_form` have the
    property `details`; `written` gives name → the value of each detail as a page writes it; `file_url` gives the
    address of a version's file.
    """

    wing: str
    pages: str
    argument: str
    templates: str
    new_form: type
    edit_form: type
    written: Callable
    file_url: Callable

    def one(self, document_id):
        """The document with this id; 404 without."""
        return Document.one(self.wing, document_id) or abort(404)

    def add(self):
        """Add a document; posted twice, it is there once."""
        form = self.new_form(data={"form_key": secrets.token_urlsafe(16)})
        title, back = "Document toevoegen", url_for(f"{self.pages}.index")
        if form.validate_on_submit() and (body := form.body()):
            try:
                added = store.add_document(self.wing, form.details, body, signed_in(), form.form_key.data)
            except peewee.OperationalError as error:
                form.ask_later(error)
                return _later(self._form_page(form, title, back, 503))
            return self._back_to(added.id, "Het document is toegevoegd.")
        form.ask_again()
        return self._form_page(form, title, back)

    def show(self, document_id):
        """Show a document and its versions."""
        document = self.one(document_id)
        return pages.render(
            f"{self.templates}/document.html", document=document, facts=self.written(document.details),
            versions=[(version, shown.address(version, self.file_url), shown.about(version))
                      for version in document.versions])

    def download(self, document_id, digest):
        """Send the file of a version, also of a former one."""
        return shown.file_answer(next(
            (version for version in self.one(document_id).versions if version.format and version.digest == digest),
            None) or abort(404))

    def edit(self, document_id):
        """Change the details of a document; if a colleague did so meanwhile, show both: 409."""
        document = self.one(document_id)
        form = self._edit_form(document)
        if form.validate_on_submit():
            try:
                store.change_document(document, form.details, form.version.data, signed_in())
            except Stale as stale:
                return self._conflict(form, stale.current)
            except Refused as refused:
                return self._back_to(document_id, message(refused))
            return self._back_to(document_id, "Het document is opgeslagen.")
        return self._form_page(form, "Document wijzigen", self._url(document_id))

    def add_version(self, document_id):
        """Add a version of a document; the former ones stay."""
        document, status = self.one(document_id), None
        form = VersionForm(data={"version": document.version})
        if form.validate_on_submit() and (body := form.body()):
            try:
                store.add_version(document, body, form.version.data, signed_in())
            except peewee.OperationalError as error:
                form.ask_later(error)
                return _later(self._question(form, document, "version", 503))
            except Stale as stale:
                form.form_errors.append(CHANGED)
                document, status = stale.current, 409
            except Refused as refused:
                if refused.code == Code.DOCUMENT_WITHDRAWN:
                    return self._back_to(document_id, message(refused))
                form.refuse("file" if body.content else "link", refused)
            else:
                return self._back_to(document_id, "De nieuwe versie is toegevoegd.")
        form.ask_again()
        return self._question(form, document, "version", status)

    def withdraw(self, document_id):
        """Ask whether to withdraw a document, and do it."""
        document, form, status = self.one(document_id), WithdrawForm(), None
        if form.validate_on_submit():
            try:
                store.withdraw_document(document, form.version.data, signed_in())
            except Stale as stale:
                form.form_errors.append(CHANGED)
                document, status = stale.current, 409
            else:
                return self._back_to(document_id, "Het document is ingetrokken.")
        return self._question(form, document, "withdraw", status)

    def _url(self, document_id):
        return url_for(f"{self.pages}.show", **{self.argument: document_id})

    def _back_to(self, document_id, words):
        return pages.back_to(f"{self.pages}.show", words, **{self.argument: document_id})

    def _edit_form(self, document, details=None, **options):
        kept = document.details._asdict()
        return self.edit_form(
            data={**(details or kept), "version": document.version, "opened": snapshot(kept)}, **options)

    def _conflict(self, form, current):
        """The stored values beside the typed ones, in a form made from the row as it is now."""
        kept, typed = current.details._asdict(), form.details._asdict()
        wanted = merged(typed, form.opened.data, kept)
        if wanted == kept:
            return self._back_to(current.id, "Het document was al zo opgeslagen.")
        now, then = self.written(Details(**kept)), self.written(Details(**typed))
        again = self._edit_form(current, wanted, formdata=None)
        return self._form_page(again, "Document wijzigen", self._url(current.id), 409, [
            (again[name].label.text, now[name], then[name]) for name in now if kept[name] != typed[name]])

    def _form_page(self, form, title, back, status=None, differences=()):
        return pages.render(f"{self.templates}/form.html", status=status or (422 if form.errors else 200), form=form,
                            title=title, back=back, differences=differences)

    def _question(self, form, document, name, status):
        form.version.data, form.version.raw_data = document.version, None
        return pages.render(
            f"{self.templates}/{name}.html", status=status or (422 if form.errors else 200), form=form,
            document=document, facts=self.written(document.details), back=self._url(document.id))


def _later(answer):
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer
