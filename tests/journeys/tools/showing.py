"""Scenes, and functions that bring a window to the state that a scene shows: a page, a posted form, a search."""
from typing import NamedTuple


class Scene(NamedTuple):
    """A page in a state: `open(window, world)` shows it.

    `rule` is its route, `who` the attribute of `world` that is signed in (None for a visitor), `wrong` marks a form
    with errors, and `long` a page with hundreds of similar rows, for which a run of axe-core takes many seconds.
    """

    name: str
    rule: str
    who: str | None
    open: object
    wrong: bool = False
    long: bool = False


def at(path, *statuses):
    """Open the page at this address; `statuses` are the expected error statuses."""
    def show(window, world):
        window.expected |= {403, 404, 405, 410, *statuses}
        window.go(path.format(**vars(world)))

    return show


def sent(path, button, **fields):
    """Open the page, type `fields` into its form and post it."""
    def send(window, world):
        at(path)(window, world)
        _fill(window.page, fields)
        _send(window.page, button)

    return send


def stale(path, change, **fields):
    """Post a form after a colleague saved the same row by `change(world)`."""
    def send(window, world):
        window.expected.add(409)
        at(path)(window, world)
        change(world)
        _fill(window.page, fields or {"hours": "20,5", "name": "Roos Peeters-Claes", "address": "Dorp 1"})
        _send(window.page, "Opslaan")

    return send


def too_late(again):
    """Post a form after the session ended; if `again`, after signing in again in another tab."""
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
    """Open the page and type into the search box with this label."""
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
