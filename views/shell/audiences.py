"""Audiences: for each role of a wing the pages that it opens, its menu, and the words that the hall uses for it.

A page names its audiences in @open_to: those of the hall below, or a role such as 'care:organisation'.
"""
from dataclasses import dataclass
from functools import cached_property

from models.accounts.roles import OF_ORGANISATION, OF_PROVINCE, Role

# Everybody; everybody who is signed in. The two others keep an organisation, or administer a province.
ANYONE, SIGNED_IN = "anyone", "signed-in"
OF_HALL = frozenset((ANYONE, SIGNED_IN, OF_ORGANISATION, OF_PROVINCE))


@dataclass(frozen=True)
class MenuItem:
    """A link to a page; a template that sets `section` to the same word marks it as the current one."""

    section: str
    endpoint: str
    label: str


@dataclass(frozen=True)
class Audience:
    """The people with one role in one wing. The first item of their menu is their first page."""

    role: Role
    # The name of this role where somebody chooses one; that of the organisation or province follows.
    label: str
    menu: tuple[MenuItem, ...]
    # The page that shows their own login.
    own_login: MenuItem

    # The data that they work on, in the words of a sentence of the hall.
    data: str
    # Links on the hall's page of one organisation; each address gets its id as `organisation`.
    about_organisation: tuple[MenuItem, ...] = ()
    # Whether colleagues share one login.
    shares_login: bool = False

    @cached_property
    def names(self):
        """The audiences in @open_to that let them in."""
        return frozenset((SIGNED_IN, self.role.code, self.role.opens))
