"""A register in use as the build before migration 0004 left it: every table filled, by statements of that build."""
import hashlib
import shutil

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playhouse.migrations import Runner

from models import keys
from models.database import MIGRATIONS, connect, database, is_sqlite, now
from tests.factories import NAMES_KEY

BEFORE = ("0001_register", "0002_province", "0003_editions")
TOKEN = "the token of a session from before"
DATA_KEY = bytes(32)
HASH = "ab" * 32
# `?` takes the values after the statement; {m} is this moment, {l} a year later. Rows 3 are removed again, so that
# the last number given is higher than any that is left.
FILLED = """
INSERT INTO organisation (name, province, created_at, changed_at) VALUES ('De Ploeg', 'limburg', {m}, {m}),
  ('Het Atelier', 'antwerpen', {m}, {m}), ('Weg', 'antwerpen', {m}, {m});
INSERT INTO account (role, organisation_id, province, email, blocked, created_at, changed_at) VALUES
  ('organisation', 1, NULL, 'ploeg@voorbeeld.be', FALSE, {m}, {m}),
  ('administrator', NULL, 'limburg', 'beheer@voorbeeld.be', FALSE, {m}, {m}),
  ('organisation', 1, NULL, 'tweede@voorbeeld.be', TRUE, {m}, {m}),
  ('organisation', 2, NULL, 'atelier@voorbeeld.be', FALSE, {l}, {l}),
  ('administrator', NULL, 'limburg', 'weg@voorbeeld.be', FALSE, {m}, {m});
INSERT INTO session (token_hash, account_id, created_at, seen_at, ended_at, awaits_factor) VALUES
  ('{token}', 1, {m}, {m}, NULL, FALSE), ('cd', 2, {m}, {m}, NULL, TRUE), ('ef', 3, {m}, {m}, {m}, FALSE),
  ('gh', 4, {m}, {m}, NULL, FALSE);
INSERT INTO one_time_link (account_id, kind, token_hash, created_at, expires_at)
  VALUES (3, 'invitation', 'ij', {m}, {l});
INSERT INTO attempt (subject, made_at) VALUES ('ploeg@voorbeeld.be', {m});
INSERT INTO mail (recipient, subject, created_at, next_try_at, sent_at)
  VALUES ('ploeg@voorbeeld.be', 'Dag', {m}, {m}, {m});
INSERT INTO audit_entry (made_at, event, actor, account_id, organisation_id, province, client_number, detail) VALUES
  ({m}, 'client-viewed', 'organisation', 1, 1, 'limburg', 2, '{{}}'),
  ({m}, 'client-name-changed', 'organisation', 1, 1, 'limburg', 2, '{{}}'),
  ({m}, 'clients-exported', 'administrator', 2, NULL, 'limburg', NULL, '{{"rows": 2}}'),
  ({m}, 'client-deleted', 'administrator', 2, 1, 'limburg', 3, '{{}}'),
  ({m}, 'names-rotated', 'operator', NULL, NULL, NULL, NULL, '{{}}'),
  ({m}, 'organisation-created', 'operator', NULL, 3, 'antwerpen', NULL, '{{}}'),
  ({m}, 'sign-in-failed', 'nobody', 1, 1, 'limburg', NULL, '{{}}');
INSERT INTO name_key (organisation_id, kind, wrapped) VALUES (1, 'server', ?);
INSERT INTO question_option VALUES ('gender', 'female'), ('closing_reason', 'health'), ('outlook', 'same');
INSERT INTO client (organisation_id, old_number_rank, old_number_key, sealed_name, incomplete, created_at, changed_at)
  VALUES (2, 2, '', NULL, TRUE, {m}, {m}), (1, 2, '', ?, TRUE, {m}, {m}), (1, 2, '', ?, TRUE, {m}, {m});
INSERT INTO answer VALUES (2, 'gender', 'female');
INSERT INTO past_answer (client_number, question, value, until, made_at)
  VALUES (2, 'home_postcode', '9000', '2024-05-05', {m});
INSERT INTO period (client_number, hours, start_date, end_date, closing_reason, outlook, created_at, changed_at)
  VALUES (2, 800, '2024-01-01', '2024-06-01', 'health', 'same', {m}, {m});
INSERT INTO deletion_request (client_number, organisation_id, account_id, reason, status, created_at, changed_at)
  VALUES (3, 1, 1, 'double', 'approved', {m}, {m});
INSERT INTO deletion (client_number, organisation_id, account_id, request_id, reason, registered_at, kept_rows,
    deleted_at)
  VALUES (3, 1, 2, 1, 'double', {m}, '{{}}', {m});
INSERT INTO deleted_name SELECT number, sealed_name FROM client WHERE number = 3;
DELETE FROM client WHERE number = 3;
INSERT INTO second_factor VALUES (2, ?, 58000000, {m});
INSERT INTO recovery_code VALUES ('kl', 2, {m});
INSERT INTO login_move (account_id, old_email, new_email, asked_by, created_at, effective_at)
  VALUES (1, 'ploeg@voorbeeld.be', 'nieuw@voorbeeld.be', 2, {m}, {l});
INSERT INTO edition (year, scope, reference_day, account_id, counted_at, published_at, contents, hash)
  VALUES (2024, 'limburg', '2025-02-01', 2, {m}, {m}, '{{}}', '{hash}');
DELETE FROM session WHERE id = 4;
DELETE FROM account WHERE id = 5;
DELETE FROM organisation WHERE id = 3;
"""


def fill(url, folder):
    """Make the register in an empty database; `folder` is one to copy the migrations to."""
    folder.mkdir()
    for name in BEFORE:
        for file in MIGRATIONS.glob(f"{name[:4]}_*"):
            shutil.copy(file, folder)
    connect(url)
    Runner(database.obj, str(folder)).up()
    moment = now()
    values = {"m": f"'{moment}'", "l": f"'{moment.replace(year=moment.year + 1, day=1)}'", "hash": HASH,
              "token": hashlib.sha256(TOKEN.encode()).hexdigest()}
    sealed = iter([keys.seal(NAMES_KEY, DATA_KEY, b"name-key server 1"), *map(_name, (2, 3)), b"sealed"])
    for statement in FILLED.format(**values).split(";\n")[:-1]:
        given = [next(sealed) for _ in range(statement.count("?"))]
        database.execute_sql(statement if is_sqlite() else statement.replace("?", "%s"), given)
    database.close()


def _name(number):
    nonce, text = bytes(12), b"Roos Peeters"
    plain = len(text).to_bytes(2, "big") + text
    context = b"\1" + (1).to_bytes(8, "big") + number.to_bytes(8, "big")
    return b"\1" + nonce + AESGCM(DATA_KEY).encrypt(nonce, plain + bytes(-len(plain) % 128), context)
