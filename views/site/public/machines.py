"""For machines: robots.txt, which keeps them out of everything but the public pages, and the list of these pages."""
from xml.sax.saxutils import escape

from flask import Blueprint, url_for

from models.site.initiatives import listing
from models.site.news import news
from views.shell.access import open_to
from views.site.public import answers
from views.site.public import help as help_pages
from views.site.public.navigation import FOOT, MENU

blueprint = Blueprint("public_machines", __name__)

TEXT, XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@blueprint.get("/robots.txt")
@open_to("anyone")
@answers.remembered
def robots():
    """Let search engines read the public pages and their files, and nothing else."""
    allowed = ["/$", *_pages(), "/beelden/", "/static/"]
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), "Disallow: /", "",
             f"Sitemap: {answers.canonical('/sitemap.xml')}"]
    return answers.text("\n".join(lines) + "\n", TEXT)


@blueprint.get("/sitemap.xml")
@open_to("anyone")
@answers.remembered
def sitemap():
    """List the addresses of all public pages."""
    places = "".join(f"<url><loc>{escape(answers.canonical(path))}</loc></url>\n" for path in [
        "/", *_pages(), *_initiatives(), *_news(), *_help()])
    return answers.text(f'{DECLARATION}\n<urlset xmlns="{NAMESPACE}">\n{places}</urlset>\n', XML)


def _initiatives():
    """The addresses of the initiatives that have a page here, and not elsewhere."""
    return [url_for("public_initiatives.show", address=tile.slug)
            for tile in listing.all_that_appear() if not tile.doeners and not tile.website]


def _news():
    """The addresses of the news."""
    return [url_for("public_news.show", year=item.year, item=item.slug) for item in news.published()]


def _help():
    """The addresses of the questions of the help."""
    return [url_for("public_help.show", topic=slug) for slug in help_pages.every()]


def _pages():
    """The addresses of the pages in the menu and at the foot, each once."""
    return list(dict.fromkeys(url_for(item.endpoint) for item in MENU + FOOT))
