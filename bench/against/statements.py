"""The statements of the bare function, as Loket ran them in November 2026 on SQLite.

They are frozen: a statement that Loket writes otherwise since then does not change what it is compared with. Each is
its SQL, and the names of its parameters in order; a parameter in a list of one is a value.
"""
import datetime

PAGE_SIZE = 25
NUMBERS = tuple(f"number_{index}" for index in range(PAGE_SIZE))

SESSION = (
    "SELECT s.id, s.created_at, s.seen_at, s.grant_id, a.id, a.email,"
    " g.since, g.until, g.id, g.wing, g.role, g.province, g.tenant_id, o.name, o.province"
    " FROM session s"
    " JOIN account a ON a.id = s.account_id"
    " JOIN account_grant g ON g.account_id = a.id"
    " LEFT JOIN organisation o ON o.id = g.tenant_id"
    " WHERE s.token_hash = ? AND s.ended_at IS NULL AND NOT a.blocked"
    " AND NOT s.awaits_factor ORDER BY g.id",
    ("token",))

COUNTS = (
    'SELECT'
    ' (SELECT COUNT(*) FROM "client" AS "t1" WHERE (("t1"."organisation_id" = ?) AND ("t1"."active_until" >= ?))),'
    ' (SELECT COUNT(*) FROM "client" AS "t1" WHERE (("t1"."organisation_id" = ?) AND ("t1"."active_until" < ?))),'
    ' (SELECT COUNT(*) FROM "client" AS "t1" WHERE (("t1"."organisation_id" = ?) AND ("t1"."active_until" IS NULL)))',
    ("organisation", "today", "organisation", "today", "organisation"))

PAGE = (
    'SELECT "t1"."number" FROM "client" AS "t1" WHERE (("t1"."organisation_id" = ?)'
    ' AND (COALESCE("t1"."active_until", ?) >= ?)) ORDER BY "t1"."number" LIMIT ? OFFSET ?',
    ("organisation", [datetime.date(1, 1, 1)], "today", "size", "first"))

CLIENTS = (
    'SELECT "t1"."number", "t1"."old_number", "t1"."sealed_name", "t1"."incomplete",'
    ' (SELECT GROUP_CONCAT("t2"."number", ?) FROM "former_number" AS "t2"'
    ' WHERE (("t1"."number" = "t2"."client_number") AND ("t2"."kind" = ?))),'
    ' "t3"."id", "t3"."start_date", "t3"."end_date" FROM "client" AS "t1"'
    ' LEFT OUTER JOIN "period" AS "t3" ON ("t3"."id" = COALESCE('
    '(SELECT "t4"."id" FROM "period" AS "t4" WHERE (("t4"."client_number" = "t1"."number")'
    ' AND (COALESCE("t4"."end_date", ?) >= ?)) ORDER BY "t4"."start_date" LIMIT ?),'
    ' (SELECT "t4"."id" FROM "period" AS "t4" WHERE ("t4"."client_number" = "t1"."number")'
    ' ORDER BY "t4"."start_date" DESC LIMIT ?)))'
    f' WHERE (("t1"."organisation_id" = ?) AND ("t1"."number" IN ({", ".join("?" * PAGE_SIZE)})))',
    (["\x1f"], ["old"], [datetime.date(9999, 12, 31)], "today", [1], [1], "organisation", *NUMBERS))

# The two that only the whole page runs.
LOGIN_MOVE = (
    'SELECT "t1"."id", "t1"."account_id", "t1"."old_email", "t1"."new_email", "t1"."status", "t1"."asked_by",'
    ' "t1"."created_at", "t1"."effective_at", "t1"."ended_at" FROM "login_move" AS "t1"'
    ' WHERE ((("t1"."account_id" = ?) AND ("t1"."status" = ?)) AND ("t1"."old_email" = ?)) LIMIT ? OFFSET ?',
    ("account", ["pending"], "email", [1], [0]))

MOVES_WAITING = (
    'SELECT COUNT("t1"."id") FROM "client_move" AS "t1" WHERE ((("t1"."from_organisation_id" = ?)'
    ' AND ("t1"."status" = ?)) OR (("t1"."to_organisation_id" = ?) AND ("t1"."status" = ?)))',
    ("organisation", ["proposed"], "organisation", ["agreed"]))


def prepared(statement):
    """(sql, function from the named values to its parameters) of one of these statements."""
    sql, slots = statement
    pairs = [(slot, None) if isinstance(slot, str) else (None, slot[0]) for slot in slots]
    return sql, lambda values: [values[name] if name else value for name, value in pairs]
