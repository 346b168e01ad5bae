"""Writes the fields of forms as HTML: the same bytes as the widgets of WTForms, in a tenth of their time.

WTForms makes several Markup objects for each attribute and each option; here a field is one (docs/decisions/0103).
"""
import functools

from markupsafe import Markup, escape
from wtforms import widgets
from wtforms.widgets.core import clean_key

# Longer lists, such as that of a province's organisations, are written each time instead of kept in memory.
KEPT_UP_TO = 50

_clean = functools.lru_cache(clean_key)


def written(field, given):
    """The HTML of a field, with the attributes `given` by the template; None if its widget is not written here."""
    write = _WRITERS.get(type(field.widget))
    if write is None:
        return None
    return write(field, {_clean(name): value for name, value in {**(field.render_kw or {}), **given}.items()})


def _attributes(field, given, **own):
    """The attributes of a field in the order of their names: its own, those of its validators, and the given ones."""
    allowed = field.widget.validation_attrs
    flags = {name: value for name, value in vars(field.flags).items() if name in allowed}
    shown = {"id": field.id, "name": field.name, **own, **flags, **given}
    return " ".join([name if value is True else f'{name}="{_quoted(value)}"'
                     for name, value in sorted(shown.items()) if value is not False])


def _tag(written):
    return Markup(written)  # noqa: S704 (each value in it was escaped)


def _quoted(value):
    # In text that is HTML already a quote may still be bare.
    return str(escape(value)).replace('"', "&quot;")


def _input(field, given):
    return _tag(f"<input {_attributes(field, given, type=field.widget.input_type, value=field._value())}>")


def _password(field, given):
    return _input(field, {**given, "value": ""})


def _box(field, given):
    ticked = getattr(field, "checked", field.data)
    return _input(field, {"checked": True, **given} if ticked else given)


def _text_area(field, given):
    return _tag(f"<textarea {_attributes(field, given)}>\r\n{escape(field._value())}</textarea>")


def _select(field, given):
    choices = tuple(field.choices.items())
    options = (_options if len(choices) <= KEPT_UP_TO else _options.__wrapped__)(choices)
    chosen = "" if field.data is None else f'<option value="{escape(field.data)}">'
    if chosen:
        options = options.replace(chosen, chosen.replace(" ", " selected ", 1), 1)
    return _tag(f"<select {_attributes(field, given)}>{options}</select>")


@functools.lru_cache(maxsize=100)
def _options(choices):
    return "".join([f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in choices])


_WRITERS = {
    widgets.TextInput: _input, widgets.EmailInput: _input, widgets.HiddenInput: _input,
    widgets.PasswordInput: _password, widgets.CheckboxInput: _box, widgets.RadioInput: _box,
    widgets.TextArea: _text_area, widgets.Select: _select,
}
