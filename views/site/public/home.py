"""The home page, for whoever is not signed in; / redirects the others to their first page (views/shell/pages.py)."""
from flask import url_for

from models.site.initiatives import listing
from models.site.moment import last_change
from models.site.news import news
from views.shell import pages
from views.site.public import answers, contact
from views.site.public.provinces import provinces

NEWEST = 3


def page():
    """Show the home page. No browser remembers it: after signing in, / is another page."""
    change = last_change()
    response = _made()
    answers.keep(change, for_all=False)
    response.headers["Vary"] = f"Cookie, {pages.VARY_OF_FRAGMENT}"
    return response


def _made():
    counts = listing.counts()
    return answers.render(
        "site/public/home.html", total=sum(counts.values()), items=list(news.published().limit(NEWEST)),
        provinces=provinces(counts, "", _initiatives_of), contacts=[
            (place, found) for place, found in contact.by_province() if found])


def _initiatives_of(province):
    return url_for("public_initiatives.index", province=province)
