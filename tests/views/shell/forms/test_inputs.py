"""The fields of forms as HTML: the same bytes as WTForms writes."""
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields import URLField
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from views.shell import fields
from views.shell.forms import inputs

CHOICES = {"": "Kies …", "a": "A & <b>", 'q"': "'Quoted'", "b": "B", **{f"long-{n}": f"Nr. {n}" for n in range(3)}}
MANY = {str(number): f"Organisatie <{number}>" for number in range(inputs.KEPT_UP_TO + 1)}
GIVEN = st.fixed_dictionaries({}, optional={
    "aria_describedby": st.sampled_from(["name-hint", False, "a b"]), "aria_invalid": st.sampled_from(["true", False]),
    "autofocus": st.booleans(), "class": st.just("short"), "class_": st.just("wide"), "maxlength": st.integers(1, 99),
    "data_words": st.text() | st.builds(Markup, st.text("ab \"'&;", max_size=5)), "required": st.booleans()})


class Everything(Form):
    text = StringField(validators=[InputRequired(), Length(2, 60)])
    mail = EmailField()
    secret = PasswordField(validators=[Length(max=256)])
    hidden = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    box = BooleanField(validators=[InputRequired()])
    remark = TextAreaField(validators=[Length(max=500)])
    choice = fields.choice_field("Keuze", CHOICES, "Kies.")
    many = fields.choice_field("Organisatie", MANY)
    styled = StringField(render_kw={"autocomplete": "off", "data_x": "1"})


def as_wtforms(field, attributes):
    return DefaultMeta().render_field(field, dict(attributes))


TYPED = st.text() | st.sampled_from([*CHOICES, *MANY, "y", "1", "<b>\"'&"])


@given(st.dictionaries(st.sampled_from(list(Everything()._fields)), TYPED), GIVEN)
def test_each_field_has_the_bytes_of_its_widget_in_wtforms(data, attributes):
    for field in Everything(data=data):
        assert inputs.written(field, attributes) == as_wtforms(field, attributes), field.name


@pytest.mark.parametrize("chosen", [None, *CHOICES, "not in the list", "<b>\"'&"])
def test_the_answer_is_chosen_in_a_list_that_was_written_before(chosen):
    for _ in range(2):
        field = Everything(data={"choice": chosen}).choice
        assert inputs.written(field, {}) == as_wtforms(field, {})
    assert inputs.written(field, {}).count(" selected ") == (chosen in CHOICES)


def test_a_long_list_is_not_kept_in_memory():
    kept = inputs._options.cache_info().currsize
    assert inputs.written(Everything().many, {}).count("<option") == len(MANY) > inputs.KEPT_UP_TO
    assert inputs._options.cache_info().currsize == kept


def test_each_button_of_a_question_is_written_and_the_list_around_them_is_left_to_wtforms():
    class Question(Form):
        numbers = RadioField(validators=[InputRequired()], choices={"1": "Één", "2": "Twee"})

    field = Question(data={"numbers": "2"}).numbers
    assert inputs.written(field, {}) is None
    written = [inputs.written(option, {}) for option in field]
    assert written == [as_wtforms(option, {}) for option in field]
    assert [" checked " in button for button in written] == [False, True]


def test_a_field_with_an_unknown_widget_writes_itself():
    class Other(Form):
        site = URLField()

    assert inputs.written(Other().site, {}) is None
