"""The form that merges two clients, made from their comparison, and the values of the page around it."""
from typing import NamedTuple

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from models.arbeidszorg.doubles.joining import last_of
from models.arbeidszorg.doubles.merging import JOIN, Decisions
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import questionnaire
from views.arbeidszorg.messages import MESSAGES
from views.arbeidszorg.organisation import client_page
from views.shell import filters
from views.shell.fields import BaseForm, line
from views.shell.messages import NOT_IN_LIST

ANSWER, CLASH = "answer_", "clash_"


class OtherForm(BaseForm):
    """Asks the number of another client."""

    other = StringField("Volgnummer van de andere cliënt", [InputRequired("Typ een volgnummer.")], filters=[line])


class MergeForm(BaseForm):
    """The fields of each merge; `merge_form` adds one for each difference."""

    seen = HiddenField()

    def decisions(self):
        """The decisions, as the models take them."""
        return Decisions(
            goes_on=int(self.goes_on.data),
            seen=self.seen.data or "",
            answers={name.removeprefix(ANSWER): int(self[name].data) for name in self._fields
                     if name.startswith(ANSWER)},
            name=int(self["name"].data) if "name" in self else None,
            clashes={int(name.removeprefix(CLASH)): _side(self[name].data) for name in self._fields
                     if name.startswith(CLASH)})


def _side(value):
    return value if value == JOIN else int(value)


def merge_form(compared):
    """The form for this comparison. Only an answer or a name that one of the two lacks is chosen beforehand."""
    both = {str(one.client.number): f"Cliënt {client_page.label(one.client)}" for one in compared.both}
    fields = {"goes_on": _choice("Welk nummer gaat verder?", both)}
    data = {}
    if compared.names_differ:
        fields["name"], data["name"] = _choice("Naam", both), _text(compared.named)
    for question in compared.differing:
        name = ANSWER + question.code
        fields[name], data[name] = _choice(question.label, both), _text(compared.known(question.code))
    for group in compared.clashes:
        fields[f"{CLASH}{group[0].id}"] = _choice("Periodes die samenvallen", {JOIN: _joined(group)} | {
            number: f"Die van cliënt {number} blijven" for number in both})
    return type("MergeOfTwo", (MergeForm,), fields)(data=data)


def _choice(label, choices):
    return RadioField(label, [InputRequired(MESSAGES[ArbeidszorgCode.MERGE_UNDECIDED])], choices=choices,
                      validate_choice=True, invalid_choice_message=NOT_IN_LIST)


def _text(number):
    return None if number is None else str(number)


def _joined(group):
    last = last_of(group)
    until = f"tot en met {filters.day(last.end_date)}" if last.end_date else "zonder einddatum"
    return f"Eén periode van {filters.day(group[0].start_date)} {until}, met {filters.hours(last.hours)} uren per week"


class Row(NamedTuple):
    """A question in the comparison: the text of both cells, each (answer, earlier answers), and its field or None."""

    id: str
    label: str
    cells: list
    field: str | None


def rows(compared, form):
    """The `Row` of the name and of each question."""
    name = [(one.name, []) for one in compared.both]
    past = [one.client.past_answers() for one in compared.both]

    def row(question):
        cells = [(client_page.words(question, one.answers.get(question.code)),
                  [(filters.day(was.until), client_page.words(question, was.answer)) for was in earlier
                   if was.question == question.code])
                 for one, earlier in zip(compared.both, past, strict=True)]
        return Row(question.code, question.label, cells, _field(form, ANSWER + question.code))

    return [Row("name", "Naam", name, _field(form, "name")), *map(row, questionnaire.current().of_client)]


def _field(form, name):
    return name if name in form else None


def period_rows(periods, labels):
    """(label of the client, `PeriodRow`) of each period, by start."""
    ordered = sorted(periods, key=lambda period: period.start_date)
    rows = client_page.rows_of(ordered)
    return [(labels[period.client_number], row) for period, row in zip(ordered, rows, strict=True)]
