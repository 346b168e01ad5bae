"""Documents of a wing: versions that stay, audiences, withdrawing, and two people at once."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import database, transaction
from models.documents import documents
from models.documents.documents import Document, DocumentAudience
from models.documents.versions import DocumentVersion, body_of
from models.errors import Stale
from tests.hall import refusal
from tests.models.documents import files
from tests.models.documents.made import DAY, LINK, MANUAL


def added(**values):
    return documents.add_document("a-wing", MANUAL._replace(**values), body_of(files.PDF, ""))


def log():
    return [(entry.event, entry.subject, entry.details) for entry in AuditEntry.select().where(
        AuditEntry.event.startswith("document-")).order_by(AuditEntry.id)]


def titles(**options):
    return [one.title for one in documents.offered("a-wing", **options)]


def test_a_document_keeps_its_details_and_its_file(register):
    one = added(audience=("a", "b"), public=True)
    assert Document.one("a-wing", one.id).details == MANUAL._replace(audience=("a", "b"), public=True)
    assert Document.one("other-wing", one.id) is None
    [version] = one.versions
    assert (version.number, version.format, version.size, version.file()) == (1, "pdf", len(files.PDF), files.PDF)
    assert log() == [("document-added", str(one.id), {})]


def test_the_same_form_sent_twice_makes_one_document(register):
    first = documents.add_document("a-wing", MANUAL, body_of(None, LINK), form_key="k")
    assert documents.add_document("a-wing", MANUAL, body_of(None, LINK), form_key="k") == first
    assert Document.select().count() == DocumentVersion.select().count() == 1


def test_a_document_is_for_all_or_for_an_audience_and_the_newest_comes_first(register):
    added(title="Voor allen")
    added(title="Voor a", audience=("a",), day=DAY + datetime.timedelta(1))
    added(title="Voor b", audience=("b",), public=True)
    documents.add_document("other-wing", MANUAL, body_of(None, LINK))
    assert titles() == ["Voor a", "Voor b", "Voor allen"]
    assert titles(audience="a") == ["Voor a", "Voor allen"]
    assert titles(audience="c") == ["Voor allen"]
    assert titles(public=True) == ["Voor b"]


def test_other_details_are_stored_and_recorded_without_their_values(register):
    one = added(audience=("a",))
    changed = documents.change_document(one, MANUAL._replace(title="Nieuw", audience=("b",)), 1)
    assert Document.one("a-wing", one.id).details == MANUAL._replace(title="Nieuw", audience=("b",))
    assert log()[1] == ("document-changed", str(one.id), {"fields": ["title", "audience"]})
    documents.change_document(changed, changed.details, 2)
    assert len(log()) == 2
    with pytest.raises(Stale):
        documents.change_document(one, MANUAL, 1)


def test_a_new_version_is_added_to_the_former_one(register):
    one = added()
    documents.add_version(one, body_of(files.CSV, ""), 1)
    newest, former = one.versions
    assert (newest.number, newest.format, former.format, former.file()) == (2, "csv", "pdf", files.PDF)
    assert DocumentVersion.newest([one.id])[one.id] == newest
    assert log()[1] == ("document-version-added", str(one.id), {"number": 2})
    # The same form again, one with the same content, and one of a colleague.
    documents.add_version(one, body_of(files.CSV, ""), 1)
    assert refusal(documents.add_version, one, body_of(files.CSV, ""), 2) == "document_same"
    with pytest.raises(Stale):
        documents.add_version(one, body_of(None, LINK), 1)
    assert len(one.versions) == len(log()) == 2


def test_a_withdrawn_document_is_offered_to_nobody_and_never_changes(register):
    one = added(public=True)
    with pytest.raises(Stale):
        documents.withdraw_document(one, 9)
    documents.withdraw_document(one, 1)
    documents.withdraw_document(one, 1)
    assert titles() == titles(public=True) == titles(audience="a") == []
    assert [event for event, _, _ in log()] == ["document-added", "document-withdrawn"]
    assert refusal(documents.change_document, one, MANUAL, 2) == "document_withdrawn"
    assert refusal(documents.add_version, one, body_of(None, LINK), 2) == "document_withdrawn"
    assert one.versions[0].file() == files.PDF


@pytest.mark.parametrize("link", [
    "http://voorbeeld.be", "voorbeeld.be", "javascript:alert(1)", "data:text/html,a", "https://", "https://intranet",
    "https://a@voorbeeld.be", "https://voorbeeld.be/een map", "https://[", "https:\\\\voorbeeld.be",
    "https://voorbeeld.be/" + "x" * 500])
def test_only_a_complete_https_address_is_a_link(link):
    assert refusal(body_of, None, link) == "document_link"


def test_a_version_is_a_file_or_a_link():
    assert refusal(body_of, None, " ") == refusal(body_of, files.PDF, LINK) == "document_one"
    assert body_of(None, f" {LINK} ").link == LINK


def _refused_by_database(change):
    with pytest.raises(peewee.DatabaseError), transaction():
        change()


def test_the_database_keeps_documents_and_versions(register):
    one = added()
    [version] = one.versions
    for change in (
            one.delete_instance,
            version.delete_instance,
            DocumentVersion.update(content=b"%PDF-anders", size=11).execute,
            Document.update(wing="other-wing").execute,
            lambda: DocumentVersion.create(document_id=one.id, number=1, link=LINK, sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=3, link=LINK, sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=2, sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=2, link="http://a.be", sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=2, link=LINK, content=b"a", format="csv", size=1,
                                           sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=2, content=b"a", format="exe", size=1,
                                           sha256="0" * 64),
            lambda: DocumentVersion.create(document_id=one.id, number=2, content=b"ab", format="csv", size=1,
                                           sha256="0" * 64),
            lambda: DocumentAudience.create(document_id=999, audience="a"),
            lambda: database.execute_sql("UPDATE document SET title = ''"),
            lambda: added(title="x" * 151)):
        _refused_by_database(change)
    documents.withdraw_document(one, 1)
    _refused_by_database(Document.update(withdrawn_at=None).execute)
    _refused_by_database(lambda: DocumentVersion.create(document_id=one.id, number=2, link=LINK, sha256="0" * 64))
    assert one.versions[0].file() == files.PDF
