"""The forms of a news item: its words and picture, when it is published, and withdrawing it."""
import datetime
import re

from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from models.database import BRUSSELS
from models.days import parse_date
from models.site.markdown import LONGEST_TEXT
from models.site.news.news import LONGEST_TITLE, Details
from views.shell import filters
from views.shell.fields import (
    REPLACEMENT,
    BaseForm,
    FormKey,
    ParsedField,
    about_sign,
    choice_field,
    line,
    lines,
    required_text_field,
    version_field,
)
from views.shell.messages import REQUIRED, TOO_LONG, WRONG_CHARACTERS
from views.site.pictures import CHOOSE_AGAIN, PictureForm

NOW, LATER = "now", "later"
HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:.u]([0-5][0-9])")
NO_HOUR = "Typ een uur, zoals 9:00 of 14:30."


class WordsForm(PictureForm):
    title = required_text_field("Titel", LONGEST_TITLE)
    text = TextAreaField("Tekst", filters=[lines], validators=[
        DataRequired(REQUIRED), Length(max=LONGEST_TEXT, message=TOO_LONG.format(max=LONGEST_TEXT))])
    preview = SubmitField("Voorbeeld")

    def validate_text(self, field):
        """Refuse signs that nobody can see."""
        if REPLACEMENT in (field.data or ""):
            raise ValidationError(WRONG_CHARACTERS + about_sign(field))

    @property
    def details(self):
        """The words that were typed."""
        return Details(self.title.data, self.text.data)

    def ask_again(self):
        """Say that a chosen picture has to be chosen again, also after looking at the text in 'Voorbeeld'."""
        super().ask_again()
        if self.preview.data and self.picture.data:
            self.picture.errors = [CHOOSE_AGAIN]


class NewForm(WordsForm):
    form_key = FormKey()


class EditForm(WordsForm):
    version = version_field()
    opened = HiddenField()
    has_picture = True


class PublishForm(BaseForm):
    version = version_field()
    when = choice_field("Wanneer?", {NOW: "Nu meteen", LATER: "Op een later moment"}, "Kies een antwoord.")
    day = ParsedField("Dag", parse_date, filters.day)
    hour = StringField("Uur", filters=[line])

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        # The heading above it says when it is needed.
        self.day.flags.optional = False

    def validate_day(self, field):
        """Ask for a day if it is for later."""
        if self.when.data == LATER and not field.errors and field.data is None:
            raise ValidationError(REQUIRED)

    def validate_hour(self, field):
        """Ask for an hour if it is for later."""
        if self.when.data == LATER and not HOUR.fullmatch(field.data or ""):
            raise ValidationError(NO_HOUR)

    @property
    def moment(self):
        """The moment in UTC that was chosen; None for now."""
        if self.when.data != LATER:
            return None
        hour, minute = map(int, HOUR.fullmatch(self.hour.data).groups())
        chosen = datetime.datetime.combine(self.day.data, datetime.time(hour, minute), BRUSSELS)
        return chosen.astimezone(datetime.UTC).replace(tzinfo=None)


class VersionForm(BaseForm):
    version = version_field()
