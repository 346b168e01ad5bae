"""'Nieuws' for an editor: a concept, its preview, publishing or planning it, withdrawing and deleting it."""
import secrets

import peewee
from flask import Blueprint, abort, request, url_for

from models.errors import Refused, Stale
from models.paging import PAGE_SIZE, shown_page
from models.site.errors import SiteCode
from models.site.news import news
from models.site.news.news import Details, News, State
from models.site.pictures.pictures import pictures_of
from views.shell import filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.fields import merged, snapshot
from views.shell.kept import RETRY_AFTER
from views.shell.lanes import accepts
from views.shell.messages import message
from views.site.office.news.forms import LATER, EditForm, NewForm, PublishForm, VersionForm
from views.site.pictures import MOST_BYTES
from views.site.public.news import render_item, safe_html

blueprint = Blueprint("site_news", __name__, url_prefix="/site/news")

MENU = MenuItem("site-news", "site_news.index", "Nieuws")
ONE = "/<int:news_id>"
CHANGED = "Een collega wijzigde dit bericht intussen. Kijk het na en bevestig opnieuw."
LABELS = {State.CONCEPT: "Concept", State.PLANNED: "Gepland", State.PUBLISHED: "Gepubliceerd",
          State.WITHDRAWN: "Ingetrokken"}
# The shape beside the word: static/css/loket.css, .st.
SHAPES = {State.CONCEPT: "plan", State.PLANNED: "ends", State.PUBLISHED: "run", State.WITHDRAWN: "stop"}
FIELDS = {SiteCode.NEWS_PAST: "day"}


@blueprint.get("")
@open_to("site:editor")
def index():
    """List all news items, those that were changed last first."""
    query = news.every()
    page, last = shown_page(request.args.get("page", 1, int), query.count())
    return pages.render("site/office/news/index.html", items=query.paginate(page, PAGE_SIZE), labels=LABELS,
                        **paging.links(url_for("site_news.index"), page, last))


@blueprint.route("/new", methods=["GET", "POST"])
@open_to("site:editor")
@accepts(MOST_BYTES)
def create():
    """Add a concept; posted twice, it is there once. The button 'Voorbeeld' shows the text and saves nothing."""
    form = NewForm(data={"form_key": secrets.token_urlsafe(16)})
    if form.validate_on_submit() and not form.preview.data and (change := form.picture_change()):
        try:
            added = news.add_news(form.details, change, signed_in(), form.form_key.data)
        except peewee.OperationalError as error:
            form.ask_later(error)
            return _later(_form_page(form, "Bericht toevoegen", url_for("site_news.index"), status=503))
        return pages.back_to("site_news.show", "Het concept is opgeslagen. Niemand anders ziet het al.",
                             news_id=added.id)
    return _form_page(form, "Bericht toevoegen", url_for("site_news.index"))


@blueprint.get(ONE)
@open_to("site:editor")
def show(news_id):
    """Show who sees a news item and what can be done with it."""
    found = _one(news_id)
    address = found.slug and url_for("public_news.show", year=found.year, item=found.slug)
    return pages.render("site/office/news/item.html", item=found, label=LABELS[found.state],
                        shape=SHAPES[found.state], address=address)


@blueprint.get(f"{ONE}/preview")
@open_to("site:editor")
def preview(news_id):
    """Show a news item exactly as everybody will see it."""
    return render_item(_one(news_id), back=url_for("site_news.show", news_id=news_id))


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@open_to("site:editor")
@accepts(MOST_BYTES)
def edit(news_id):
    """Change the words or the picture; if a colleague did so meanwhile, show both: 409."""
    found = _one(news_id)
    form, title = _edit_form(found), "Bericht wijzigen"
    if form.validate_on_submit() and not form.preview.data and (change := form.picture_change()):
        try:
            news.change_news(found, form.details, change, form.version.data, signed_in())
        except Stale as stale:
            return _conflict(form, stale.current)
        except peewee.OperationalError as error:
            form.ask_later(error)
            return _later(_form_page(form, title, _back(found), found, 503))
        return pages.back_to("site_news.show", "Het bericht is opgeslagen.", news_id=news_id)
    return _form_page(form, title, _back(found), found)


@blueprint.route(f"{ONE}/publish", methods=["GET", "POST"])
@open_to("site:editor")
def publish(news_id):
    """Ask when to publish a news item, and do it now or plan it."""
    found, status = _one(news_id), None
    form = PublishForm(data=_planned(found))
    if form.validate_on_submit():
        try:
            news.publish_news(found, form.version.data, form.moment, signed_in())
        except Stale as stale:
            form.form_errors.append(CHANGED)
            found, status = stale.current, 409
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code), refused)
        else:
            return pages.back_to("site_news.show", _said(News.get_by_id(news_id)), news_id=news_id)
    return _question(form, found, "publish", status)


@blueprint.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@open_to("site:editor")
def withdraw(news_id):
    """Ask whether to withdraw a news item or its planning, and do it."""
    return _asked(news_id, "withdraw", news.withdraw_news, lambda: pages.back_to(
        "site_news.show", _said(News.get_by_id(news_id)), news_id=news_id))


@blueprint.route(f"{ONE}/delete", methods=["GET", "POST"])
@open_to("site:editor")
def delete(news_id):
    """Ask whether to delete a concept, and do it."""
    return _asked(news_id, "delete", news.delete_news, lambda: pages.back_to(
        "site_news.index", "Het concept is verwijderd."))


def _asked(news_id, question, act, done):
    """Ask before something is done with a news item that has no way back; `done` gives the answer afterwards."""
    found, form, status = _one(news_id), VersionForm(), None
    if form.validate_on_submit():
        try:
            act(found, form.version.data, signed_in())
        except Stale as stale:
            form.form_errors.append(CHANGED)
            found, status = stale.current, 409
        except Refused as refused:
            return pages.back_to("site_news.show", message(refused), news_id=news_id)
        else:
            return done()
    return _question(form, found, question, status)


def _later(answer):
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _one(news_id):
    return News.get_or_none(News.id == news_id) or abort(404)


def _back(found):
    return url_for("site_news.show", news_id=found.id)


def _said(found):
    """The sentence that follows publishing, planning or withdrawing."""
    return {State.CONCEPT: "De planning is geannuleerd. Het bericht is weer een concept.",
            State.PLANNED: f"Het bericht verschijnt vanzelf op {filters.moment(found.published_at)}.",
            State.PUBLISHED: "Het bericht staat op de site.",
            State.WITHDRAWN: "Het bericht is ingetrokken."}[found.state]


def _planned(found):
    """The values with which the question opens: the moment for which it is planned."""
    if found.state != State.PLANNED:
        return {"version": found.version, "when": "now"}
    day, hour = filters.moment(found.published_at).split(" ")
    return {"version": found.version, "when": LATER, "day": found.day, "hour": hour}


def _edit_form(found, details=None, **options):
    kept = found.details._asdict()
    form = EditForm(data={**(details or kept), "version": found.version, "opened": snapshot(kept)}, **options)
    form.has_picture = found.picture_id is not None
    if form.has_picture and not form.alternative.raw_data:
        form.alternative.data = pictures_of([found.picture_id])[found.picture_id].alternative
    return form


def _conflict(form, current):
    """The stored words beside the typed ones, in a form made from the row as it is now."""
    kept, typed = current.details._asdict(), form.details._asdict()
    wanted = merged(typed, form.opened.data, kept)
    again = _edit_form(current, wanted, formdata=None)
    return _form_page(again, "Bericht wijzigen", _back(current), current, 409, [
        (again[name].label.text, kept[name], typed[name]) for name in Details._fields if kept[name] != typed[name]])


def _form_page(form, title, back, found=None, status=None, differences=()):
    form.ask_again()
    shown = pictures_of([found.picture_id]).get(found.picture_id) if found else None
    looks = bool(form.preview.data) and not form.title.errors and not form.text.errors
    return pages.render(
        "site/office/news/form.html", status=status or (422 if form.errors and not looks else 200), form=form,
        title=title, back=back, shown=shown, differences=differences,
        preview=safe_html(form.text.data) if looks else None)


def _question(form, found, name, status):
    form.version.data, form.version.raw_data = found.version, None
    return pages.render(f"site/office/news/{name}.html", status=status or (422 if form.errors else 200), form=form,
                        item=found, back=_back(found))
