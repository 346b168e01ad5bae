"""A form of whole numbers, and both versions of them when a colleague saved the same numbers meanwhile."""
import functools

from wtforms import HiddenField

from models.ecalcura.deliveries.fields import parse_count
from views.shell.fields import BaseForm, ParsedField, merged, snapshot, version_field


class CountField(ParsedField):
    """A text field for a whole number. It may stay empty, which needs no words beside each of them."""

    def __init__(self, label, **options):
        super().__init__(label, parse_count, **options)
        self.flags.optional = False


@functools.cache
def _form(labels):
    """The form with a field for each of these (name, label)."""
    return type("NumbersForm", (BaseForm,), {
        **{name: CountField(label) for name, label in labels}, "version": version_field(), "opened": HiddenField()})


def numbers_form(labels, kept, version):
    """A form with a field for each of `labels`, name → label, and the stored values `kept`."""
    return _form(tuple(labels.items()))(data={**kept, "version": version, "opened": snapshot(kept)})


def given(form, labels):
    """The typed values, as name → number or None."""
    return {name: form[name].data for name in labels}


def after_colleague(form, labels, kept, version):
    """(form, differences) after a colleague saved: the form has both edits; each difference is (label, stored, typed).
    """
    typed = given(form, labels)
    values = merged(typed, form.opened.data, kept)
    again = _form(tuple(labels.items()))(
        formdata=None, data={**values, "version": version, "opened": snapshot(kept)})
    return again, [(label, _shown(kept.get(name)), _shown(typed[name])) for name, label in labels.items()
                   if kept.get(name) != typed[name]]


def _shown(number):
    return "–" if number is None else str(number)
