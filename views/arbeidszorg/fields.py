"""Form fields that the pages of organisations and of administrators share."""
from wtforms import TextAreaField
from wtforms.validators import Optional, ValidationError

from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import values
from models.errors import Refused
from views.arbeidszorg.messages import ANSWER_LONG
from views.shell.fields import about_sign, lines
from views.shell.messages import WRONG_CHARACTERS, message

# Refusal code of a remark → the message for an answer.
ANSWERS = {ArbeidszorgCode.REMARK_LONG: ANSWER_LONG, ArbeidszorgCode.REMARK_CHARACTERS: WRONG_CHARACTERS}


class RemarkField(TextAreaField):
    """A remark, cleaned. With `required`, the message if it is empty, it is an answer to somebody."""

    clean = staticmethod(values.clean_remark)

    def __init__(self, label, required="", **options):
        super().__init__(label, [] if required else [Optional()], filters=[lines], **options)
        self.required = required

    def post_validate(self, form, validation_stopped):
        """Clean the text, or show why it is refused."""
        try:
            self.data = self.clean(self.data or "")
        except Refused as refused:
            words = ANSWERS.get(refused.code) if self.required else None
            raise ValidationError(message(refused, words) + about_sign(self)) from None
        if self.required and not self.data:
            raise ValidationError(self.required)


class ConclusionsField(RemarkField):
    """The conclusions of a report, cleaned."""

    clean = staticmethod(values.clean_conclusions)
