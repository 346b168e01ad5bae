"""How the scenes come to the state that they show: a page as it opens, an answer to a form, a search."""
from typing import NamedTuple


class Scene(NamedTuple):
    """`rule` is the route that it shows; `who` looks: nobody, De Ploeg, one who just began, or an administrator.

    A `long` page is one of hundreds of like rows, where each look of axe-core takes many seconds.
    """

    name: str
    rule: str
    who: str | None
    open: object
    wrong: bool = False
    long: bool = False


def at(path, *statuses):
    """The page at this address, as it opens; with another status than 200, one of these."""
    def show(window, world):
        window.expected |= {403, 404, 405, 410, *statuses}
        window.go(path.format(**vars(world)))

    return show


def sent(path, button, **fields):
    """The answer to its form, with `fields` typed into it, the others left as they were."""
    def send(window, world):
        at(path)(window, world)
        _fill(window.page, fields)
        _send(window.page, button)

    return send


def stale(path, change, **fields):
    """The form of somebody whom a colleague was before: `change(world)` is what the colleague did."""
    def send(window, world):
        window.expected.add(409)
        at(path)(window, world)
        change(world)
        _fill(window.page, fields or {"hours": "20,5", "name": "Roos Peeters-Claes", "address": "Dorp 1"})
        _send(window.page, "Opslaan")

    return send


def too_late(again):
    """A form that came after the session ended: the sign-in page, or what comes after signing in anew."""
    def send(window, world):
        window.expected |= {400, 401}
        window.go("/organisation/edit")
        _fill(window.page, {"address": "Dorp 1"})
        window.context.clear_cookies()
        if again:
            window.sign_in(world.login.account)
        _send(window.page, "Opslaan")

    return send


def searched(path, label, text):
    """The dashboard after somebody typed in a search box."""
    def search(window, world):
        at(path)(window, world)
        window.page.get_by_label(label, exact=True).fill(text.format(**vars(world)))
        window.page.locator("#announce:not(:empty)").wait_for(state="attached")

    return search


def _fill(page, fields):
    for name, value in fields.items():
        for field in page.locator(f"main form [name={name}]:visible").all():
            field.fill(value)


def _send(page, button):
    with page.expect_event("load"):
        page.get_by_role("button", name=button).click()
