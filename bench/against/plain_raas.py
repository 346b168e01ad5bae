"""The rival of the import from RaaS: read the CSV, hash and seal as Loket does, write the same rows with sqlite3.

Only the database checks rules; no row is refused, no contract is compared with another one.
"""
import csv
import datetime
import hmac
import json
import os
import sqlite3

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.database import PRAGMAS, now

INSERTS = {
    "employee": "id, facility_id, number_hash, sealed, register_state, register_asked_at, register_tries, step,"
                " created_at, changed_at",
    "contract": "id, employee_id, facility_id, role, qualification, statute, start, until, hours, full_time,"
                " qualification_state, qualification_asked_at, raas_number, created_at, changed_at",
    "choice": "employee_id, facility_id, step, kind, since, until, created_at, changed_at",
    "replacement": "contract_id, employee_id, facility_id, hours, since, until, created_at, changed_at",
    "lookup": "facility_id, purpose, number_hash, answer, made_at",
    "raas_row": "file, key, line, import_id, decided_id, facility_id, contract_number, role, result",
}
ROLES = {"gerechtigde": "entitled", "vervanger": "replacement"}
KINDS = {"premie": "premium", "vrijstelling": "exemption"}


def plain_raas(folder, people, path, facilities, steps):
    """Write the contracts of a folder into the database at `path`.

    `people` are the registers, by number; `facilities` RIZIV number → id; `steps` the first days of the steps.
    """
    register = sqlite3.connect(path, isolation_level=None)
    for name, value in PRAGMAS.items():
        setting = f"PRAGMA {name} = {value}"
        register.execute(setting)
    # As a batch of Loket.
    rows = {table: [] for table in INSERTS}
    keys = {facility_id: AESGCM(os.urandom(32)) for facility_id in facilities.values()}
    hash_key, moment = os.urandom(32), now().isoformat(" ")
    register.execute("BEGIN IMMEDIATE")
    register.execute("INSERT INTO raas_import (id, started_at) VALUES (1, ?)", (moment,))
    with (folder / "raas_contracten.csv").open(encoding="cp1252", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        next(reader)
        for place, cells in enumerate(reader, 1):
            _take(rows, place, cells, people[cells[2]], facilities[cells[0]], keys, hash_key, moment, steps)
            if place % 1000 == 0:
                _write(register, rows)
    _write(register, rows)
    register.execute("COMMIT")
    register.close()


def _take(rows, place, cells, person, facility_id, keys, hash_key, moment, steps):
    riziv, contract, number, _, _, code, statute, role, hours, full_time, start, until, *choices, _, _ = cells
    number_hash = hmac.digest(hash_key, number.encode(), "sha256")
    text = json.dumps([number, person["last"], person["first"], person["birth"], None, None], ensure_ascii=False,
                      separators=(",", ":")).encode()
    nonce = os.urandom(12)
    plain = len(text).to_bytes(2, "big") + text
    plain += bytes(-len(plain) % 128)
    sealed = b"\x01" + nonce + keys[facility_id].encrypt(nonce, plain, f"{facility_id}/{place}".encode())
    start, until = _day(start), _day(until) if until else None
    born = datetime.date.fromisoformat(person["birth"])
    begins = {age: day(born).isoformat() for age, day in steps.items()}
    rows["lookup"].append((facility_id, "import", number_hash, "found", moment))
    rows["employee"].append((place, facility_id, number_hash, sealed, "found", moment, 1,
                             max((age for age, day in begins.items() if day <= moment[:10]), default=None), moment,
                             moment))
    rows["contract"].append((
        place, place, facility_id, ROLES[role], code, statute, start, until, _hours(hours), _hours(full_time),
        "in_order" if person["codes"] else "not_applicable", moment if person["codes"] else None,
        f"{riziv}/{contract}", moment, moment))
    for age, kind in zip(begins, choices, strict=True):
        if kind and (until is None or begins[age] <= until):
            since = max(begins[age], start)
            rows["choice"].append((place, facility_id, age, KINDS[kind], since, until, moment, moment))
    if role == "vervanger":
        rows["replacement"].append((place, place, facility_id, _hours(hours), start, until, moment, moment))
    rows["raas_row"].append((
        "contracts", f"{riziv}/{contract}", place + 1, 1, 1, facility_id, contract, ROLES[role], "taken"))


def _write(register, rows):
    for table, columns in INSERTS.items():
        marks = ", ".join("?" * (columns.count(",") + 1))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        register.executemany(statement, rows[table])
        rows[table].clear()


def _day(text):
    return f"{text[6:]}-{text[3:5]}-{text[:2]}"


def _hours(text):
    whole, _, part = text.partition(",")
    return int(whole) * 100 + int(part.ljust(2, "0"))
