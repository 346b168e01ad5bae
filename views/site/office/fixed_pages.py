"""'Vaste pagina's': their texts, which an editor checks and saves."""
from flask import Blueprint, abort
from wtforms import IntegerField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from models.database import today
from models.days import parse_date
from models.errors import Refused, Stale
from models.site import fixed_pages
from models.site.fixed_pages import LONGEST_TEXT
from models.site.markdown import html_of
from views.shell import filters, pages
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.fields import LARGEST_INTEGER, REPLACEMENT, BaseForm, ParsedField, about_sign, lines
from views.shell.messages import REQUIRED, TOO_LONG, WRONG_CHARACTERS
from views.site.words import FIXED_PAGES

blueprint = Blueprint("site_pages", __name__, url_prefix="/site/pages")

MENU = MenuItem("fixed-pages", "site_pages.index", "Vaste pagina's")
CHANGED = "Een collega wijzigde deze tekst intussen. Jouw tekst staat nog in het veld; de zijne of hare staat eronder."


class FixedPageForm(BaseForm):
    text = TextAreaField("Tekst", filters=[lines], validators=[
        DataRequired(REQUIRED), Length(max=LONGEST_TEXT, message=TOO_LONG.format(max=LONGEST_TEXT))])
    checked_on = ParsedField("Nagekeken op", parse_date, filters.day, REQUIRED)
    # The number of the text that the form was made from: 0 for the one that ships.
    version = IntegerField(widget=HiddenInput(), validators=[NumberRange(0, LARGEST_INTEGER)])
    preview = SubmitField("Voorbeeld")

    def validate_text(self, field):
        """Refuse signs that nobody can see."""
        if REPLACEMENT in (field.data or ""):
            raise ValidationError(WRONG_CHARACTERS + about_sign(field))


@blueprint.get("")
@open_to("site:editor")
def index():
    """List the fixed pages, and when each was last checked."""
    return pages.render("site/office/fixed_pages.html", listed=[
        (name, label, fixed_pages.current(name)) for name, label in FIXED_PAGES.items()])


@blueprint.route("/<fixed_page>", methods=["GET", "POST"])
@open_to("site:editor")
def edit(fixed_page):
    """Change a text. The button 'Voorbeeld' shows it as visitors will see it, and saves nothing."""
    if fixed_page not in FIXED_PAGES:
        abort(404)
    current, status = fixed_pages.current(fixed_page), 200
    form = FixedPageForm(data={"text": current.text, "checked_on": today(), "version": current.number})
    if form.validate_on_submit() and not form.preview.data:
        try:
            fixed_pages.save(fixed_page, form.text.data, form.checked_on.data, form.version.data, signed_in())
        except Stale as stale:
            current, status = stale.current, 409
            form.version.data, form.version.raw_data = current.number, None
            form.form_errors.append(CHANGED)
        except Refused as refused:
            form.refuse("checked_on", refused)
        else:
            return pages.back_to("site_pages.index", "De tekst is opgeslagen. Bezoekers zien hem meteen.")
    if form.errors and status == 200:
        status = 422
    shown = html_of(form.text.data) if form.preview.data and not form.errors else None
    return pages.render("site/office/fixed_page.html", status=status, form=form, label=FIXED_PAGES[fixed_page],
                        newer=current.text if status == 409 else None, shown=shown,
                        history=fixed_pages.history(fixed_page))
