"""The form of the picture on an initiative's page."""
import peewee
from flask import url_for

from models.errors import Stale
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.picture import change_picture
from models.site.pictures.pictures import pictures_of
from views.shell import pages
from views.shell.access import signed_in
from views.shell.fields import version_field
from views.shell.kept import RETRY_AFTER
from views.site.pictures import PictureForm

CHOOSE = "Kies een foto."
CHANGED = "De pagina werd intussen gewijzigd. Kijk ze na en bevestig opnieuw."


class OwnPictureForm(PictureForm):
    version = version_field()

    @classmethod
    def of(cls, row, **options):
        """The form that shows the picture of this row."""
        form = cls(data={"version": row.version}, **options)
        form.has_picture = row.picture_id is not None
        if form.has_picture and not form.alternative.raw_data:
            form.alternative.data = pictures_of([row.picture_id])[row.picture_id].alternative
        return form

    def picture_change(self):
        """The `Change` that the fields ask for; None, with the message at its field, if it is refused."""
        if not (self.has_picture or self.picture.data or self.alternative.data):
            self.picture.errors = [CHOOSE]
            return None
        return super().picture_change()


def edit(organisation, place):
    """Show the form and save what it asks for; if the page was changed meanwhile, ask again: 409."""
    row = Initiative.of(organisation)
    form, status = OwnPictureForm.of(row), None
    if form.validate_on_submit() and (change := form.picture_change()):
        try:
            change_picture(organisation, change, form.version.data, signed_in())
        except Stale as stale:
            row, status = stale.current, 409
            form.version.data, form.version.raw_data = row.version, None
            form.form_errors.append(CHANGED)
        except peewee.OperationalError as error:
            form.ask_later(error)
            status = 503
        else:
            return pages.back_to(place.back, "Opgeslagen. Bezoekers zien het meteen.", **place.values)
    return _page(organisation, place, form, row, status)


def _page(organisation, place, form, row, status):
    form.ask_again()
    answer = pages.render(
        place.template, status=status or (422 if form.errors else 200), form=form, organisation=organisation,
        back=url_for(place.back, **place.values),
        stored=pictures_of([row.picture_id]).get(row.picture_id))
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer
