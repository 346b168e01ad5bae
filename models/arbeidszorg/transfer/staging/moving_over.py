"""Moves what was staged to the register: a few statements in one transaction, each in the order of its table."""
import itertools
from collections.abc import Iterator
from typing import Any

import peewee

from models import names
from models.arbeidszorg.events import READINGS, ArbeidszorgEvent
from models.arbeidszorg.register.former_numbers import old_number_sort
from models.arbeidszorg.transfer.staging.staged import Staging
from models.arbeidszorg.transfer.staging.statements import run, run_each
from models.audit import Actor, Event
from models.database import now
from models.errors import Refused
from models.organisations import Organisation

NAMES = 1000
# After these, other clients are found by an old number or a mark, or an organisation by its name.
OF_KEYS = (
    ArbeidszorgEvent.REGISTER_IMPORTED, ArbeidszorgEvent.REGISTER_IMPORT_UNDONE, ArbeidszorgEvent.CLIENT_RESTORED,
    ArbeidszorgEvent.CLIENTS_MERGED, ArbeidszorgEvent.MERGE_UNDONE, ArbeidszorgEvent.CLIENT_MOVED,
    Event.ORGANISATION_CHANGED)
# The entries since the file was checked about clients and organisations of the file; an import by the operator is about
# no organisation.
CHANGED = """
    SELECT a.event, EXISTS (
      SELECT 1 FROM staged_client s
      WHERE s.organisation_id = a.tenant_id AND NOT s.is_new AND CAST(s.number AS TEXT) = a.subject)
    FROM audit_entry a
    WHERE a.id > ?
      AND (a.tenant_id IS NULL OR EXISTS (SELECT 1 FROM staged_client s WHERE s.organisation_id = a.tenant_id))"""
ORGANISATIONS = "SELECT id, province, name, email FROM staged_organisation ORDER BY id DESC"
MADE = "UPDATE staged_organisation SET made_id = ? WHERE id = ?"
STAGED_NAMES = """
    SELECT COALESCE(o.made_id, s.organisation_id), s.number, FINAL_NUMBER, s.sealed_name
    FROM staged_client s LEFT JOIN staged_organisation o ON o.id = s.organisation_id
    WHERE s.sealed_name IS NOT NULL ORDER BY 1, 2"""
SEAL_NAME = "UPDATE staged_client SET sealed_name = ? WHERE number = ?"

LEDGER = """
    INSERT INTO import_addition (import_id, client_number, changed_at, added)
    SELECT THE_IMPORT, c.number, c.changed_at, s.ledger
    FROM staged_client s JOIN client c ON c.number = s.number
    WHERE s.ledger IS NOT NULL ORDER BY s.number"""
MADE_LEDGER = """
    INSERT INTO import_organisation (import_id, organisation_id)
    SELECT THE_IMPORT, made_id FROM staged_organisation ORDER BY made_id"""
ADD_CLIENTS = """
    INSERT INTO client (number, organisation_id, old_number, old_number_rank, old_number_key, form_key, created_at,
      changed_at, sealed_name, birth_date, birth_date_unknown, home_postcode, work_postcode, incomplete)
    SELECT FINAL_NUMBER, COALESCE(o.made_id, s.organisation_id), s.old_number, s.old_number_rank, s.old_number_key,
      s.mark, ?AS_MOMENT, ?AS_MOMENT, s.sealed_name, s.birth_dateAS_DAY, s.birth_date_unknown, s.home_postcode,
      s.work_postcode, s.incomplete
    FROM staged_client s LEFT JOIN staged_organisation o ON o.id = s.organisation_id
    WHERE s.is_new ORDER BY s.number"""
COMPLETE_CLIENTS = """
    UPDATE client
    SET changed_at = ?AS_MOMENT, version = version + 1, sealed_name = COALESCE(s.sealed_name, client.sealed_name),
      birth_date = s.birth_dateAS_DAY, birth_date_unknown = s.birth_date_unknown, home_postcode = s.home_postcode,
      work_postcode = s.work_postcode, incomplete = s.incomplete
    FROM staged_client s
    WHERE s.is_completed AND NOT s.is_new AND client.number = s.number"""
FORMER_NUMBERS = """
    SELECT FINAL_NUMBER, COALESCE(o.made_id, s.organisation_id), f.number
    FROM staged_former f JOIN staged_client s ON s.number = f.client_number
    LEFT JOIN staged_organisation o ON o.id = s.organisation_id ORDER BY 1"""
ADD_FORMER_NUMBERS = """
    INSERT INTO former_number (client_number, organisation_id, kind, number, rank, sort_text)
    VALUES (?, ?, 'old', ?, ?, ?)"""
ADD_ANSWERS = """
    INSERT INTO answer (client_number, question, option)
    SELECT FINAL_NUMBER, a.key, a.value
    FROM staged_client s, EACH_ANSWER
    WHERE a.key NOT IN ('birth_date', 'home_postcode', 'work_postcode')
    ORDER BY s.number"""
ADD_PAST_ANSWERS = """
    INSERT INTO past_answer (client_number, question, option, value, until, made_at)
    SELECT FINAL_NUMBER, e.value ->> 0,
      CASE WHEN e.value ->> 0 NOT IN ('birth_date', 'home_postcode', 'work_postcode') THEN e.value ->> 2 END,
      CASE WHEN e.value ->> 0 IN ('birth_date', 'home_postcode', 'work_postcode') THEN e.value ->> 2 END,
      (e.value ->> 1)AS_DAY, ?AS_MOMENT
    FROM staged_client s, EACH_PAST
    ORDER BY s.number"""
ADD_PERIODS = """
    INSERT INTO period (client_number, start_date, end_date, hours, closing_reason, outlook, created_at, changed_at)
    SELECT FINAL_NUMBER, (e.value ->> 0)AS_DAY, (e.value ->> 1)AS_DAY, (e.value ->> 2)AS_INTEGER, e.value ->> 3,
      e.value ->> 4, ?AS_MOMENT, ?AS_MOMENT
    FROM staged_client s, EACH_PERIOD
    ORDER BY s.number"""
ADD_PAST_HOURS = """
    INSERT INTO past_hours (period_id, hours, until, made_at)
    SELECT p.id, (e.value ->> 2)AS_INTEGER, (e.value ->> 1)AS_DAY, ?AS_MOMENT
    FROM (SELECT FINAL_NUMBER AS number, s.past_hours FROM staged_client s WHERE s.past_hours IS NOT NULL) s,
      EACH_PAST_HOURS, period p
    WHERE p.client_number = s.number AND p.start_date = (e.value ->> 0)AS_DAY"""


class Changed(Exception):
    """The register changed since the file was checked against it."""


def check_unchanged(staging: Staging, given: int = 0) -> None:
    """Raise `Changed` if something that the file was checked against changed meanwhile.

    `given` is the number that was given last, if the clients keep the numbers of the file: then none may be given.
    """
    changed = (event in OF_KEYS or (of_client and event not in READINGS)
               for event, of_client in run(CHANGED, staging.since).fetchall())
    if given or any(changed):
        raise Changed


def move(staging: Staging, offset: int, by: Actor | None = None, import_id: int | None = None) -> None:
    """Move the staged rows to the register, in the transaction that is open.

    `offset` makes final numbers of provisional ones. The additions are noted under `import_id`, for taking them back.
    Raises `Changed` where a rule of the database refuses it.
    """
    try:
        _make_organisations(by)
        _seal_names(staging, offset)
        if import_id:
            run(LEDGER, import_id)
            run(MADE_LEDGER, import_id)
        _add(offset)
    except peewee.IntegrityError as error:
        raise Changed from error


def _make_organisations(by: Actor | None) -> None:
    for provisional, province, name, email in run(ORGANISATIONS).fetchall():
        try:
            made = Organisation.create_new(name, province, email=email, by=by)
        except Refused as refused:
            raise Changed from refused
        run(MADE, made.id, provisional)


def _seal_names(staging: Staging, offset: int) -> None:
    """Seal each staged name with the key of its organisation, for the final number of its client."""
    rows = iter(run(STAGED_NAMES, offset))
    for organisation_id, found in itertools.groupby(rows, key=lambda row: row[0]):
        while some := list(itertools.islice(found, NAMES)):
            sealed = names.seal_all(organisation_id, [
                (final, staging.open_name(number, name)) for _, number, final, name in some])
            run_each(SEAL_NAME, [(name, row[1]) for name, row in zip(sealed, some, strict=True)])


def _former_numbers(offset: int) -> Iterator[tuple[Any, ...]]:
    for number, organisation_id, former in run(FORMER_NUMBERS, offset):
        yield number, organisation_id, former, *old_number_sort(former)


def _add(offset: int) -> None:
    moment = now()
    run(ADD_CLIENTS, offset, moment, moment)
    run(COMPLETE_CLIENTS, moment)
    run_each(ADD_FORMER_NUMBERS, _former_numbers(offset))
    run(ADD_ANSWERS, offset)
    run(ADD_PAST_ANSWERS, offset, moment)
    run(ADD_PERIODS, offset, moment, moment)
    run(ADD_PAST_HOURS, moment, offset)
