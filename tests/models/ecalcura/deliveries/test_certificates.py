"""Certificates: a new one ends the one before it, the content decides the type of a file, nothing is overwritten."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import transaction
from models.ecalcura.deliveries import certificates
from models.ecalcura.deliveries.certificates import Certificate, CertificateFile, add_certificate
from tests.hall import refusal
from tests.models.ecalcura.cast import facility

DAY = datetime.date
JANUARY, JULY = DAY(2026, 1, 1), DAY(2026, 7, 1)
PDF = b"%PDF-1.7\nErkenning\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 99 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 99 + b"IEND\xaeB`\x82"


def add(home, number="E1", since=JANUARY, until=None, content=PDF, kind="erkenning"):
    return add_certificate(home, kind, number, since, until, content)


@pytest.mark.parametrize(("content", "type_"), [(PDF, "pdf"), (JPEG, "jpeg"), (PNG, "png")])
def test_a_file_is_sealed_and_comes_back_as_it_was_sent(home, content, type_):
    made = add(home, content=content)
    assert certificates.file_of(home, made.id) == (type_, content)
    stored = CertificateFile.get()
    assert (stored.type, stored.size) == (type_, len(content))
    assert content[-9:] not in bytes(stored.sealed)
    assert certificates.file_of(facility("990002"), made.id) is None
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)] == ["certificate-added"]


@pytest.mark.parametrize("content", [
    b"", b"MZ\x90\x00", b"<html><script>1</script></html>", b"<svg xmlns='x'/>", b"PK\x03\x04", b" %PDF-1.7 %%EOF",
    PDF[:12], JPEG[:-2], PNG[:-4], b"GIF89a"])
def test_any_other_content_and_a_file_that_is_cut_off_is_refused(home, content):
    assert refusal(lambda: add(home, content=content)) == "certificate_type"
    assert Certificate.select().count() == 0


def test_a_file_has_eight_megabytes_at_most(home):
    add(home, content=PDF[:9] + b" " * (8 * 2**20 - len(PDF)) + PDF[9:])
    assert refusal(lambda: add(home, "E2", JULY, content=PDF[:9] + b" " * (8 * 2**20) + PDF[9:])) == "certificate_large"


def test_a_new_one_ends_the_one_before_it_also_one_from_raas(home):
    Certificate.create(facility_id=home.id, kind="Erkenning", number="R1", since=DAY(2020, 1, 1))
    add(home, "E1", JANUARY)
    add(home, "A1", JANUARY, kind="attest")
    add(home, "E2", JULY)
    assert {one.number: one.until for one in Certificate.of(home)} == {
        "R1": DAY(2025, 12, 31), "E1": DAY(2026, 6, 30), "A1": None, "E2": None}
    assert refusal(lambda: add(home, "E3", JANUARY)) == "certificate_later"


def test_the_same_one_once_more_adds_nothing_and_another_with_its_number_is_refused(home):
    assert add(home).id == add(home).id
    assert refusal(lambda: add(home, until=JULY)) == "certificate_twice"
    assert [entry.event for entry in AuditEntry.of_tenant(home.id)] == ["certificate-added"]


@pytest.mark.parametrize(("values", "code"), [
    ({"number": " "}, "certificate_number"), ({"number": "57010100010"}, "text_number"),
    ({"until": DAY(2025, 1, 1)}, "days_order"), ({"kind": "diploma"}, "certificate_kind")])
def test_wrong_values_are_refused(home, values, code):
    assert refusal(lambda: add(home, **values)) == code


def test_nothing_of_a_certificate_changes_but_its_end(home):
    made = add(home)
    for change in (Certificate.update(number="E9"), Certificate.update(since=JULY), Certificate.delete(),
                   CertificateFile.update(size=1), CertificateFile.delete()):
        with pytest.raises(peewee.IntegrityError, match="certificate_is_kept"), transaction():
            change.execute()
    Certificate.update(until=JULY).execute()
    assert Certificate.get_by_id(made.id).until == JULY
