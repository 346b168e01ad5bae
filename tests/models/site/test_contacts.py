"""The public contacts: each shows what that person ticked, and no address with which somebody signs in."""
import datetime

import peewee
import pytest

from models.accounts import administrators
from models.accounts.grants import Grant
from models.audit import AuditEntry
from models.database import database, now
from models.site import contacts
from models.site.contacts import FLANDERS, PublicContact, Ticks
from models.site.errors import SiteCode
from models.site.moment import last_change
from models.site.roles import EDITOR
from tests.hall import refusal

LIES = ("Lies Verhaegen", "09 000 00 10", "lies@voorbeeld.be")
ALL = Ticks(True, True, True)


@pytest.fixture
def lies(cast):
    """The administrator of De Ploeg's province, whose contact details are filled in."""
    cast.administrator.save_values(contact_name=LIES[0], contact_telephone=LIES[1], contact_email=LIES[2])
    return cast.administrator


def shown(place="oost-vlaanderen"):
    return [tuple(one) for one in contacts.by_place().get(place, ())]


def test_nothing_is_public_until_it_is_ticked(lies):
    assert contacts.by_place() == {}
    contacts.show(lies.id, Ticks(name=True, telephone=True), by=lies)
    assert shown() == [("Lies Verhaegen", "09 000 00 10", "")]
    contacts.show(lies.id, Ticks(), by=lies)
    assert contacts.by_place() == {}


def test_the_log_names_the_parts_that_changed(lies):
    contacts.show(lies.id, ALL, by=lies)
    contacts.show(lies.id, ALL, by=lies)
    contacts.show(lies.id, ALL._replace(name=False), by=lies)
    entries = [entry.details for entry in AuditEntry.select().where(AuditEntry.event == "public-contact-changed")]
    assert [entry["fields"] for entry in entries] == [["name", "telephone", "email"], ["name"]]


def test_a_part_that_is_empty_or_a_name_alone_is_refused(lies):
    lies.save_values(contact_telephone="")
    assert refusal(contacts.show, lies.id, ALL, lies) == SiteCode.CONTACT_EMPTY
    assert refusal(contacts.show, lies.id, Ticks(name=True), lies) == SiteCode.CONTACT_ALONE
    with pytest.raises(peewee.IntegrityError), database.atomic():
        PublicContact.create(account_id=lies.id, name=True)


def test_an_address_with_which_somebody_signs_in_is_never_shown(cast, lies):
    lies.save_values(contact_email=cast.ploeg.account.email)
    assert refusal(contacts.show, lies.id, ALL, lies) == SiteCode.CONTACT_OF_LOGIN
    lies.save_values(contact_email=LIES[2])
    contacts.show(lies.id, ALL, by=lies)
    before = last_change().number
    cast.ploeg.account.save_values(email=LIES[2])
    assert shown() == [(*LIES[:2], "")]
    assert last_change().number > before


def test_somebody_without_the_role_or_who_is_blocked_is_not_shown(cast, lies):
    contacts.show(lies.id, ALL, by=lies)
    lies.save_values(blocked=True)
    assert shown() == []
    lies.save_values(blocked=False)
    assert shown() == [LIES]
    Grant.of(lies.id).first().end()
    assert shown() == []


def test_an_editor_is_a_contact_for_flanders(cast, lies):
    contacts.show(lies.id, ALL, by=lies)
    grant = Grant.give(lies.id, EDITOR)
    assert shown(FLANDERS) == shown() == [LIES]
    assert contacts.by_place().keys() == {"oost-vlaanderen", FLANDERS}
    grant.end()
    assert shown(FLANDERS) == []


def test_a_role_that_has_yet_to_begin_shows_nothing(cast, lies):
    contacts.show(lies.id, ALL, by=lies)
    Grant.give(lies.id, EDITOR, since=now() + datetime.timedelta(days=1))
    assert shown(FLANDERS) == []


def test_a_contact_that_is_emptied_or_changed_follows(lies):
    contacts.show(lies.id, ALL, by=lies)
    administrators.change_contact(lies, "Lies V.", "09 1", "", by=lies)
    assert shown() == [("Lies V.", "09 1", "")]
    administrators.change_contact(lies, "", "", "", by=lies)
    assert shown() == []
