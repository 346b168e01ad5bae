"""The home page, for whoever is not signed in; / redirects the others to their first page (views/shell/pages.py)."""
from views.site.public import answers


def page():
    """Show the home page. No browser remembers it: after signing in, / is another page."""
    response = answers.render("site/public/home.html")
    response.headers["Vary"] = f"Cookie, {response.headers['Vary']}"
    return response
