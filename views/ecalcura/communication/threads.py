"""The page of a thread, alike for the facility and the desk: its messages, answering, and saying that it was read."""
import secrets
from typing import NamedTuple

from flask import abort, current_app, url_for
from wtforms import TextAreaField

from models.ecalcura.calculations.calculations import Calculation
from models.ecalcura.communication import threads
from models.ecalcura.communication.threads import ANSWERED, NEW, OF_FACILITY, OPEN, READ, Message, Thread
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility
from models.errors import Code, Refused, Stale
from views.ecalcura.addresses import tabs
from views.ecalcura.calculations import words
from views.shell import pages
from views.shell.access import signed_in
from views.shell.fields import BaseForm, FormKey, lines, version_field

# State of a question → its words, and the class of the state in ecalcura.css.
STATES = {OPEN: ("nog geen bericht", "later"), NEW: ("nieuw", "todo"), READ: ("gelezen", "busy"),
          ANSWERED: ("beantwoord", "done")}
BEGUN_BY_DESK = ("bericht verstuurd", "done")
DEPARTMENT = "Departement Zorg"
AT_TEXT = {EcalcuraCode.MESSAGE_TEXT, EcalcuraCode.TEXT_NUMBER, Code.NAMES_KEY}
MEANWHILE = "Intussen kwam er een bericht bij. Lees het, en bevestig opnieuw."


class MessageForm(BaseForm):
    text = TextAreaField("Bericht", filters=[lines])
    form_key = FormKey()
    version = version_field()


class ReadForm(BaseForm):
    version = version_field()


class Seen(NamedTuple):
    """A thread as a side sees it: its template and the values of the page, and how to go back to the page."""

    thread: Thread
    facility: Facility
    side: str
    template: str
    values: dict
    back: object


def of_facility(reader, owner, calculation_id, blueprint, calculations, arguments):
    """The thread about a calculation of a facility, as its people or those of its successor see it; 404 without one.

    `reader` is the facility of the address; the blueprints are those of these messages and of the calculations.
    """
    thread, address = Thread.about(owner, calculation_id) or abort(404), {**arguments, "calculation_id": calculation_id}

    def back(text):
        return pages.back_to(f"{blueprint}.show", text, **address)

    return Seen(thread, owner, OF_FACILITY, "ecalcura/communication/messages.html", {
        "tabs_of": tabs(signed_in(), reader, "own_calculations"), "reader": reader,
        "write_url": url_for(f"{blueprint}.show", **address), "read_url": url_for(f"{blueprint}.read", **address),
        "calculation_url": url_for(f"{calculations}.show", **address)}, back)


def title(thread):
    """The calculation of a thread in words."""
    return words.title(Calculation.one(thread.calculation_id))


def state_of(thread):
    """The state of a thread in words, and the class of the state."""
    return BEGUN_BY_DESK if thread.is_begun_by_desk else STATES[thread.state]


def show(seen):
    """Show the messages, and add one that is posted: 409 with the typed text if somebody wrote meanwhile."""
    form = MessageForm(data={"form_key": secrets.token_urlsafe(16), "version": seen.thread.version})
    if form.validate_on_submit():
        try:
            threads.write(seen.thread, form.text.data or "", form.version.data, signed_in(), seen.side,
                          form.form_key.data)
        except Stale as stale:
            return _page(seen._replace(thread=stale.current), form, MEANWHILE)
        except Refused as refused:
            form.refuse("text" if refused.code in AT_TEXT else None, refused)
        else:
            return seen.back("Je bericht is verstuurd.")
    return _page(seen, form)


def read(seen):
    """Say that the last message was read; 409 if somebody wrote another one meanwhile."""
    form = ReadForm()
    if form.validate_on_submit():
        try:
            threads.mark_read(seen.thread, form.version.data, signed_in(), seen.side)
        except Stale as stale:
            return _page(seen._replace(thread=stale.current), _empty(stale.current), MEANWHILE)
        return seen.back("Gelezen.")
    return _page(seen, _empty(seen.thread), status=422)


def _empty(thread):
    return MessageForm(formdata=None, data={"form_key": secrets.token_urlsafe(16), "version": thread.version})


def _page(seen, form, meanwhile=None, status=200):
    thread = seen.thread
    form.version.data, form.version.raw_data = thread.version, None
    unread = thread.is_answer_new if seen.side == OF_FACILITY else thread.state == NEW
    return pages.render(
        seen.template, status=409 if meanwhile else 422 if form.errors else status, facility=seen.facility,
        thread=thread, about=title(thread), state=state_of(thread), meanwhile=meanwhile,
        messages=_messages(seen), form=form, unread=unread, questions_to=current_app.config["ECALCURA_QUESTIONS"],
        **seen.values)


def _messages(seen):
    """(sender in words, whether it is of the own side, moment, text) of each message."""
    found = list(Message.of(seen.thread))
    named = colleagues.names_of(seen.facility)
    authors = threads.authors(found)
    return [(_sender(seen.side, one, named, authors), one.sender == seen.side, one.made_at, one.text) for one in found]


def _sender(side, message, named, authors):
    if message.sender == OF_FACILITY:
        return named.get(message.account_id, "een collega" if side == OF_FACILITY else "de voorziening")
    # A facility writes with the Department, and not with one of its people.
    return DEPARTMENT if side == OF_FACILITY else authors.get(message.account_id, DEPARTMENT)
