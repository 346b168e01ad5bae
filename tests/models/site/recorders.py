"""The functions of site that write to the audit, for tests/models/test_both_or_neither.py."""
from models.database import today
from models.site import contacts, fixed_pages
from models.site.contacts import Ticks
from models.site.fixed_pages import PRIVACY
from models.site.news import news
from models.site.pictures.pictures import Change
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.models.site import initiative_recorders
from tests.models.site.news.made import an_item, published


def rows():
    """The rows of site that the functions work on."""
    return {
        "news": an_item(picture=True),
        "public_news": published(),
        "shown": account_with(EDITOR, None, email="redactie@voorbeeld.be", contact_telephone="09 000 00 10"),
    }


VERBS = {
    **initiative_recorders.VERBS,
    "save": [lambda there: fixed_pages.save(PRIVACY, "Wij bewaren niets.", today(), 0, there.administrator)],
    "add_news": [lambda _there: an_item(picture=True)],
    "change_news": [lambda there: news.change_news(there.news, there.news.details, Change(removed=True), 1)],
    "publish_news": [lambda there: news.publish_news(there.news, 1)],
    "withdraw_news": [lambda there: news.withdraw_news(there.public_news, 2)],
    "delete_news": [lambda there: news.delete_news(there.news, 1)],
    "show": [lambda there: contacts.show(there.shown.id, Ticks(telephone=True), by=there.administrator)],
}
