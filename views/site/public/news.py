"""'Nieuws': the list, an item, and the feed that programs read."""
from io import StringIO

from feedgenerator import Atom1Feed
from flask import Blueprint, abort, current_app, request, url_for
from markupsafe import Markup, escape

from models.days import local
from models.paging import PAGE_SIZE, shown_page
from models.site.markdown import html_of
from models.site.news import news
from models.site.pictures.pictures import pictures_of
from views.shell import paging
from views.shell.access import open_to
from views.site.public import answers

blueprint = Blueprint("public_news", __name__, url_prefix="/nieuws")

IN_FEED = 20
TITLE = "Nieuws over arbeidszorg"
SOURCE = "Arbeidszorg in Vlaanderen"


@blueprint.get("")
@open_to("anyone")
@answers.remembered
def index():
    """List the news, the newest first."""
    query = news.published()
    page, last = shown_page(request.args.get("page", 1, int), query.count())
    rows = list(query.paginate(page, PAGE_SIZE))
    return answers.render(
        "site/public/news/index.html", items=rows, number=page, pictures=pictures_of(row.picture_id for row in rows),
        **paging.links(url_for("public_news.index"), page, last))


@blueprint.get("/<int:year>/<item>")
@open_to("anyone")
@answers.remembered
def show(year, item):
    """Show a news item; 410 once it is withdrawn."""
    found = news.at_address(year, item) or abort(404)
    if found.state == news.State.WITHDRAWN:
        return answers.render("site/public/news/gone.html", status=410)
    return render_item(found)


def render_item(item, status=200, **values):
    """The page of a news item, alike for everybody and in 'Voorbeeld'."""
    return answers.render(
        "site/public/news/item.html", status=status, item=item, text=safe_html(item.text),
        picture_of_item=pictures_of([item.picture_id]).get(item.picture_id), **values)


@blueprint.get("/feed.atom")
@open_to("anyone")
@answers.remembered
def feed():
    """Send the newest items with their whole text, as Atom."""
    site = current_app.config["BASE_URL"]
    made = Atom1Feed(
        title=TITLE, link=_whole("public_news.index"), description="", language="nl-BE", author_name=SOURCE,
        feed_url=_whole("public_news.feed"), feed_guid=_whole("public_news.feed"))
    rows = list(news.published().limit(IN_FEED))
    pictures = pictures_of(row.picture_id for row in rows)
    for row in rows:
        address = _whole("public_news.show", year=row.year, item=row.slug)
        made.add_item(
            title=row.title, link=address, unique_id=address, description=None, pubdate=local(row.published_at),
            updateddate=local(max(row.published_at, row.changed_at)),
            content=_picture(pictures.get(row.picture_id)) + html_of(row.text, site=site))
    written = StringIO()
    made.write(written, "utf-8")
    return answers.text(written.getvalue(), made.content_type)


def safe_html(text):
    """A text in Markdown as HTML for a template; models/site/markdown.py makes it safe."""
    return Markup(html_of(text))  # noqa: S704


def _picture(shown):
    if not shown:
        return ""
    address = _whole("public_pictures.show", picture=shown.files[-1][1])
    return f'<p><img src="{address}" alt="{escape(shown.alternative)}"></p>\n'


def _whole(endpoint, **values):
    return answers.canonical(url_for(endpoint, **values))
